// The calls of one host's applications as a packetdrill script makes them. Calls that wait are written where they
// return, without waiting: then what is under test has something for them.

import type { Call, Return } from '../host/call.ts';
import type { Host, Socket } from '../host/host.ts';
import type { SocketError, SocketOptions } from '../tcp/socket.ts';
import type { Step } from '../world/outcome.ts';

/** The lines of what the applications of a host call in an event and are told in it; `@` stands for the time. */
export function* calls(step: Step, host: 0 | 1): Generator<string> {
  const { event } = step;
  const call =
    event.kind === 'decision' && event.action.kind === 'call' && event.action.host === host ? event.action.call : null;
  const own = step.returns.filter((one) => one.host === host);
  if (call !== null && step.refused === null) yield* made(call, step, host, own);
  for (const delivery of step.deliveries) {
    if (delivery.host !== host) continue;
    const count = delivery.octets.length;
    yield `@ read(${descriptorOf(step, host, delivery.socket)}, ..., ${count}) = ${count}`;
  }
  for (const one of own) yield* returned(one, step, host);
}

// What an application does at once; calls that wait are written where they return.
function* made(call: Call, step: Step, host: 0 | 1, returns: readonly Return[]): Generator<string> {
  const answer = returns.find((one) => one.call === call.do);
  const machine = step.world.hosts[host];
  const socket = answer?.socket ?? pendingOf(machine, call)?.id ?? null;
  const fd = socket === null ? 0 : descriptorOf(step, host, socket);
  switch (call.do) {
    case 'listen': {
      const made = newest(machine, (one) => one.tcb.state === 'LISTEN');
      if (made === null) return;
      yield* opened(made.descriptor, call.options);
      yield `@ bind(${made.descriptor}, ..., ...) = 0`;
      yield `@ listen(${made.descriptor}, ${call.backlog}) = 0`;
      return;
    }
    case 'connect': {
      const made = newest(machine, (one) => one.listener === null && one.parent === 0);
      if (made === null) return;
      yield* opened(made.descriptor, call.options);
      yield `@ fcntl(${made.descriptor}, F_SETFL, O_RDWR|O_NONBLOCK) = 0`;
      yield `@ connect(${made.descriptor}, ..., ...) = -1 EINPROGRESS (Operation now in progress)`;
      return;
    }
    case 'send': {
      const count = octetsOf(call.payload);
      if (answer?.result.kind === 'error') return;
      if (answer === undefined) yield '// the call waits for room in the buffer';
      const flags = [call.urgent ? 'MSG_OOB' : '', call.push ? '' : 'MSG_MORE'].filter((flag) => flag !== '').join('|');
      const words = flags === '' ? `write(${fd}, ..., ${count})` : `send(${fd}, ..., ${count}, ${flags})`;
      yield `@ ${words} = ${answer?.result.kind === 'octets' ? answer.result.count : count}`;
      return;
    }
    case 'shutdown':
      if (answer?.result.kind === 'error') return;
      yield `@ shutdown(${fd}, SHUT_${call.how}) = 0`;
      return;
    case 'close':
      yield `@ close(${closing(step, host, socket)}) = 0`;
      return;
    case 'abort': {
      const closed = closing(step, host, socket);
      yield `@ setsockopt(${closed}, SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}, 8) = 0`;
      yield `@ close(${closed}) = 0`;
      return;
    }
    case 'set':
      yield* settings(fd, call.options);
      return;
    case 'accept':
    case 'receive':
    case 'read':
    case 'status':
      return;
    case 'kill':
    case 'crash':
    case 'boot':
    case 'tune':
    case 'bind':
    case 'sendto':
      yield `// ${call.do}: not for a script`;
      return;
  }
}

function* opened(fd: number, options: Partial<SocketOptions>): Generator<string> {
  yield `@ socket(..., SOCK_STREAM, IPPROTO_TCP) = ${fd}`;
  yield `@ setsockopt(${fd}, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0`;
  yield* settings(fd, options);
}

function* settings(fd: number, options: Partial<SocketOptions>): Generator<string> {
  const number = function* (
    level: string,
    name: string,
    value: number | boolean | null | undefined,
  ): Generator<string> {
    if (value !== undefined && value !== null)
      yield `@ setsockopt(${fd}, ${level}, ${name}, [${Number(value)}], 4) = 0`;
  };
  const seconds = (time: number | null | undefined): number | null =>
    time == null ? null : Math.ceil(time / 1_000_000);
  yield* number('SOL_TCP', 'TCP_NODELAY', options.nodelay);
  yield* number('SOL_TCP', 'TCP_CORK', options.cork);
  yield* number('SOL_TCP', 'TCP_QUICKACK', options.quickAck);
  yield* number('SOL_SOCKET', 'SO_KEEPALIVE', options.keepalive);
  yield* number('SOL_TCP', 'TCP_KEEPIDLE', seconds(options.keepaliveIdle));
  yield* number('SOL_TCP', 'TCP_KEEPINTVL', seconds(options.keepaliveInterval));
  yield* number('SOL_TCP', 'TCP_KEEPCNT', options.keepaliveProbes);
  yield* number('SOL_SOCKET', 'SO_RCVBUF', options.receiveBuffer);
  yield* number('SOL_SOCKET', 'SO_SNDBUF', options.sendBuffer);
  yield* number('SOL_TCP', 'TCP_MAXSEG', options.maxSegment);
  yield* number('SOL_TCP', 'TCP_SYNCNT', options.synRetries);
  yield* number('SOL_TCP', 'TCP_DEFER_ACCEPT', seconds(options.deferAccept));
  yield* number('SOL_SOCKET', 'SO_OOBINLINE', options.urgentInline);
  if (options.userTimeout != null) {
    yield* number('SOL_TCP', 'TCP_USER_TIMEOUT', Math.ceil(options.userTimeout / 1_000));
  }
}

function* returned({ call, result, socket }: Return, step: Step, host: 0 | 1): Generator<string> {
  const fd = descriptorOf(step, host, socket);
  switch (call) {
    case 'accept':
      yield result.kind === 'error'
        ? `@ accept(${fd}, ..., ...) = ${failure(result.error)}`
        : accepted(step, host, fd, socket);
      return;
    case 'connect':
      yield `@ getsockopt(${fd}, SOL_SOCKET, SO_ERROR, [${result.kind === 'error' ? result.error : 0}], [4]) = 0`;
      return;
    case 'receive':
    case 'read':
      if (result.kind === 'eof') yield `@ read(${fd}, ..., 1000) = 0`;
      if (result.kind === 'error') yield `@ read(${fd}, ..., 1000) = ${failure(result.error)}`;
      return;
    case 'send':
      if (result.kind === 'error') yield `@ write(${fd}, ..., 1) = ${failure(result.error)}`;
      return;
    case 'shutdown':
      if (result.kind === 'error') yield `@ shutdown(${fd}, SHUT_WR) = ${failure(result.error)}`;
      return;
    case 'listen':
    case 'close':
    case 'abort':
    case 'set':
    case 'status':
    case 'kill':
    case 'crash':
    case 'boot':
    case 'tune':
    case 'bind':
    case 'sendto':
      return;
  }
}

function accepted(step: Step, host: 0 | 1, fd: number, child: number): string {
  const { sockets } = step.world.hosts[host];
  const parent = sockets.at(child)?.parent ?? 0;
  const listener =
    parent === 0 ? newest(step.world.hosts[host], (one) => one.tcb.state === 'LISTEN') : sockets.at(parent);
  return `@ accept(${listener?.descriptor ?? 3}, ..., ...) = ${fd}`;
}

const failures: Readonly<Record<SocketError, string>> = {
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: 'Connection reset by peer',
  EPIPE: 'Broken pipe',
  ETIMEDOUT: 'Connection timed out',
  EADDRINUSE: 'Address already in use',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  EHOSTUNREACH: 'No route to host',
  EISCONN: 'Transport endpoint is already connected',
  ENOTCONN: 'Transport endpoint is not connected',
  EINVAL: 'Invalid argument',
};

function failure(error: SocketError): string {
  return `-1 ${error} (${failures[error]})`;
}

function octetsOf(payload: Extract<Call, { do: 'send' }>['payload']): number {
  return 'octets' in payload ? payload.octets : new TextEncoder().encode(payload.text).length;
}

// A socket that the application has closed holds no descriptor any more: then the one it held before.
function descriptorOf(step: Step, host: 0 | 1, socket: number): number {
  const [after, before] = [step.world, step.before].map(
    (world) => world.hosts[host].sockets.at(socket)?.descriptor ?? 0,
  );
  return after === undefined || after === 0 ? (before ?? 0) : after;
}

// The descriptor that a close gave up.
function closing(step: Step, host: 0 | 1, socket: number | null): number {
  if (socket !== null) return descriptorOf(step, host, socket);
  for (const one of step.before.hosts[host].sockets.values()) {
    const now = step.world.hosts[host].sockets.at(one.id)?.descriptor ?? 0;
    if (one.descriptor !== 0 && now === 0) return one.descriptor;
  }
  return 0;
}

function newest(host: Host, fits: (socket: Socket) => boolean): Socket | null {
  let found: Socket | null = null;
  for (const socket of host.sockets.values()) if (fits(socket) && socket.descriptor !== 0) found = socket;
  return found;
}

// The socket on which a call waits.
function pendingOf(host: Host, call: Call): Socket | null {
  return newest(host, ({ pending }) => pending.some((one) => one.call === call));
}
