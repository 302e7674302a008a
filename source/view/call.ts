// The socket calls by the names programmers know them by, with what they returned.

import type { Call, CallName, Result, Return } from '../host/call.ts';
import { quote } from '../session/quote.ts';
import type { Step } from '../world/outcome.ts';

const names: Readonly<Record<CallName, string>> = {
  listen: 'listen()',
  accept: 'accept()',
  connect: 'connect()',
  send: 'send()',
  receive: 'recv()',
  read: 'read()',
  shutdown: 'shutdown()',
  close: 'close()',
  abort: 'abort()',
  set: 'setsockopt()',
  status: 'status()',
  kill: 'exit()',
  crash: 'crash',
  boot: 'boot',
  tune: 'sysctl',
  bind: 'bind()',
  sendto: 'sendto()',
};

/** `connect()` */
export function callName(call: CallName): string {
  return names[call];
}

/** The call with the argument that matters: `send(500)`, `shutdown(WR)`. */
export function callText(call: Call): string {
  switch (call.do) {
    case 'send':
      return `send(${'octets' in call.payload ? call.payload.octets : quote(call.payload.text)}${call.urgent ? ', MSG_OOB' : ''}${call.push ? '' : ', MSG_MORE'})`;
    case 'receive':
      return `recv(${call.octets})`;
    case 'shutdown':
      return `shutdown(${call.how})`;
    case 'bind':
      return `bind(${call.port})`;
    case 'sendto':
      return `sendto(${'octets' in call.payload ? call.payload.octets : quote(call.payload.text)})`;
    case 'listen':
      return `listen(${call.backlog})`;
    case 'accept':
    case 'connect':
    case 'read':
    case 'close':
    case 'abort':
    case 'set':
    case 'status':
    case 'kill':
    case 'crash':
    case 'boot':
    case 'tune':
      return names[call.do];
  }
}

/** `recv() = 500`, `read() = EOF`, `connect() ECONNREFUSED`, `accept() = ok` */
export function returned(call: CallName, result: Result): string {
  return `${names[call]}${resultText(result)}`;
}

/** What stands behind a call that returned: ` = 500`, ` = EOF`, ` ECONNREFUSED`. */
export function resultText(result: Result): string {
  switch (result.kind) {
    case 'ok':
      return ' = ok';
    case 'octets':
      return ` = ${result.count}`;
    case 'eof':
      return ' = EOF';
    case 'status':
      return ` = ${result.status.state}`;
    case 'error':
      return ` ${result.error}`;
  }
}

/** What the call that the step consists of returned at once; null where it is no call, or the call waits. */
export function atOnce(step: Step): Return | null {
  const { event, returns } = step;
  if (event.kind !== 'decision' || event.action.kind !== 'call') return null;
  const { host, call } = event.action;
  return returns.find((one) => one.host === host && one.call === call.do) ?? null;
}
