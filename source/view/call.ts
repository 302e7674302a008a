// The socket calls by the names programmers know them by, with what they returned.

import type { Call, CallName, Result } from '../host/call.ts';
import { quote } from '../session/quote.ts';

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
  switch (result.kind) {
    case 'ok':
      return `${names[call]} = ok`;
    case 'octets':
      return `${names[call]} = ${result.count}`;
    case 'eof':
      return `${names[call]} = EOF`;
    case 'status':
      return `${names[call]} = ${result.status.state}`;
    case 'error':
      return `${names[call]} ${result.error}`;
  }
}
