// A packetdrill script of one side (github.com/google/packetdrill): the same calls and the same arriving packets put to
// a real kernel, which then has to send what the engine sent. What a script cannot do stands in it as a comment.

import type { Call, Return } from '../host/call.ts';
import type { Host, Socket } from '../host/host.ts';
import type { NetworkNotice } from '../tcp/notice.ts';
import type { Options } from '../tcp/options.ts';
import { ACK, has, type Segment, SYN, UDP, URG } from '../tcp/segment.ts';
import type { SocketError, SocketOptions } from '../tcp/tcb.ts';
import type { Step } from '../world/outcome.ts';
import type { Flight } from '../world/wire.ts';
import { courseOf, type Exhibit } from './exhibit.ts';
import { passagesOf } from './passages.ts';
import { headline, nameOf } from './words.ts';

/** The script of `exhibit.side`, or of the end that opens the connection; it ends in a line end. */
export function packetdrill(exhibit: Exhibit): string {
  const { session, last } = exhibit;
  const course = courseOf(exhibit);
  const host = exhibit.side ?? openerOf(exhibit);
  const { subject, profile } = session;
  const events: string[] = [];
  const connection = new Connection(host);
  const passages = passagesOf(course, 1, last);
  for (const { step, position } of course.steps(1, last)) {
    const at = timeOf(step.world.now);
    const who = position === null ? null : (course.decisions[position]?.by ?? null);
    const lines = [
      ...arrivals(step, host, connection, (id) => passages.get(id)?.flight),
      ...calls(step, host),
      ...departures(step, host, connection),
    ];
    if (lines.length > 0) events.push(`// ${headline(step, who)}`, ...lines.map((line) => line.replace('@', at)), '');
  }
  return [
    `// ${subject.title.en} (${subject.id}, ${profile}), as the ${nameOf(host)} meets it.`,
    '// Run as root: packetdrill FILE',
    '--tolerance_usecs=100000',
    `\`sysctl -q ${connection.sysctls().join(' ')}\``,
    '',
    ...events,
  ].join('\n');
}

// Without a wish the side with a life of its own: the first that sends anything.
function openerOf(exhibit: Exhibit): 0 | 1 {
  const course = courseOf(exhibit);
  for (const { step } of course.steps(1, exhibit.last)) {
    for (const flight of step.sent) {
      if (!flight.forged && flight.from.host !== -1) return flight.from.host;
    }
  }
  return 0;
}

function timeOf(time: number): string {
  const whole = Math.floor(time / 1_000_000);
  return `${whole}.${String(time - whole * 1_000_000).padStart(6, '0')}`;
}

// ---- packets

/** The one connection that a script is about: its ports, and the sequence numbers that count as 0. */
class Connection {
  private readonly host: 0 | 1;
  private ports: readonly [own: number, other: number] | null = null;
  private ownBase: number | null = null;
  private otherBase: number | null = null;
  private options: Options | null = null;

  constructor(host: 0 | 1) {
    this.host = host;
  }

  /** Whether a flight belongs to it; the first one that is asked about decides which it is. */
  holds({ from, to, segment }: Flight): boolean {
    if (has(segment, UDP)) return false;
    const [own, other] = to.host === this.host ? [to.port, from.port] : [from.port, to.port];
    this.ports ??= [own, other];
    return this.ports[0] === own && this.ports[1] === other;
  }

  /** A packet as packetdrill writes it: `S. 0:0(0) ack 1 <mss 1460>`. */
  line(flight: Flight, inbound: boolean): string {
    const { segment } = flight;
    if (inbound) this.otherBase ??= segment.seq;
    else {
      this.ownBase ??= segment.seq;
      if (has(segment, SYN)) this.options ??= segment.options;
    }
    const base = (inbound ? this.otherBase : this.ownBase) ?? 0;
    const start = (segment.seq - base) >>> 0;
    const acknowledged = (inbound ? this.ownBase : this.otherBase) ?? (segment.ack - 1) >>> 0;
    const ack = has(segment, ACK) ? ` ack ${(segment.ack - acknowledged) >>> 0}` : '';
    const win = inbound ? ` win ${segment.wnd}` : '';
    const urg = has(segment, URG) ? ` urg ${segment.up}` : '';
    const options = optionWords(segment.options, acknowledged);
    const ecn = inbound && flight.marked ? ' [ce]' : '';
    const said = `${start}:${start + segment.data.length}(${segment.data.length})${ack}${win}${urg}`;
    return `@ ${inbound ? '<' : '>'}${ecn} ${flagWords(segment)} ${said}${options} // #${flight.id}`;
  }

  /** What a router says about a packet that was sent: `icmp unreachable frag_needed mtu 600 [1:1461(1460)]`. */
  notice({ segment }: Flight, what: NetworkNotice): string {
    const code =
      what === 'soft' ? 'host_unreachable' : what === 'hard' ? 'port_unreachable' : `frag_needed mtu ${what.mtu}`;
    const start = (segment.seq - (this.ownBase ?? segment.seq)) >>> 0;
    return `@ < icmp unreachable ${code} [${start}:${start + segment.data.length}(${segment.data.length})]`;
  }

  /** Settings of a Linux kernel under which its SYN offers what the engine's offered. */
  sysctls(): readonly string[] {
    const { options } = this;
    const on = (wanted: boolean): number => (wanted ? 1 : 0);
    return [
      `net.ipv4.tcp_timestamps=${on(options?.tsVal != null)}`,
      `net.ipv4.tcp_sack=${on(options?.sackPermitted === true)}`,
      `net.ipv4.tcp_window_scaling=${on(options?.wscale != null)}`,
      'net.ipv4.tcp_syncookies=0',
    ];
  }
}

const flagLetters: readonly (readonly [bit: number, letter: string])[] = [
  [1, 'F'],
  [2, 'S'],
  [4, 'R'],
  [8, 'P'],
  [32, 'U'],
  [64, 'E'],
  [128, 'W'],
];

function flagWords({ ctl }: Segment): string {
  const letters = flagLetters.map(([bit, letter]) => ((ctl & bit) === 0 ? '' : letter)).join('');
  const words = `${letters}${(ctl & ACK) === 0 ? '' : '.'}`;
  return words === '' ? '-' : words;
}

// In the order in which they stand in the header.
function optionWords(options: Options, acknowledged: number): string {
  const { mss, wscale, sackPermitted, tsVal, tsEcr, sack } = options;
  const words: string[] = [];
  if (mss !== null) words.push(`mss ${mss}`);
  if (sackPermitted) words.push(...(tsVal === null ? ['nop', 'nop'] : []), 'sackOK');
  else if (tsVal !== null) words.push('nop', 'nop');
  if (tsVal !== null) words.push(`TS val ${tsVal} ecr ${tsEcr}`);
  if (wscale !== null) words.push('nop', `wscale ${wscale}`);
  if (sack.length > 0) {
    const blocks = sack.map(({ from, to }) => `${(from - acknowledged) >>> 0}:${(to - acknowledged) >>> 0}`);
    words.push('nop', 'nop', `sack ${blocks.join(' ')}`);
  }
  return words.length === 0 ? '' : ` <${words.join(',')}>`;
}

function* arrivals(
  { event, fates }: Step,
  host: 0 | 1,
  connection: Connection,
  sentAs: (id: number) => Flight | undefined,
): Generator<string> {
  for (const { flight, reason } of fates) {
    if (reason === 'delivered' && flight.to.host === host) {
      if (connection.holds(flight)) yield connection.line(flight, true);
      else yield `// not of this connection: #${flight.id}`;
    }
    if (reason === 'corrupt' && flight.to.host === host) yield `// #${flight.id} arrives with a wrong checksum`;
    if (reason === 'refused' && flight.from.host === host) {
      const decided = event.kind === 'decision' && event.action.kind === 'tamper' ? event.action.tamper : null;
      const what = decided?.do === 'refuse' ? decided.what : flight.refusal;
      if (what !== null) yield connection.notice(sentAs(flight.id) ?? flight, what);
    }
  }
}

function* departures({ sent }: Step, host: 0 | 1, connection: Connection): Generator<string> {
  for (const flight of sent) {
    if (flight.from.host !== host || flight.forged || flight.copyOf !== 0) continue;
    if (connection.holds(flight)) yield connection.line(flight, false);
    else yield `// not of this connection: #${flight.id}`;
  }
}

// ---- calls

function* calls(step: Step, host: 0 | 1): Generator<string> {
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
      const words = call.urgent ? `send(${fd}, ..., ${count}, MSG_OOB)` : `write(${fd}, ..., ${count})`;
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
