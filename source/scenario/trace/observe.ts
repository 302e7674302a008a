// What the engine did, told in the words of a trace: segments, states, results, and what a poll would show.

import type { Socket } from '../../host/host.ts';
import { optionLength } from '../../tcp/options.ts';
import { ACK, has, SYN, URG } from '../../tcp/segment.ts';
import { add, after } from '../../tcp/seq.ts';
import { Joined, type State, type Tcb } from '../../tcp/tcb.ts';
import type { Step } from '../../world/outcome.ts';
import type { End, Flight } from '../../world/wire.ts';
import type { World } from '../../world/world.ts';
import { type Numbering, Numberings } from './numbering.ts';
import type { Side, Trace, TraceEvent, TraceOptions, TraceReturn, TraceSegment } from './trace.ts';
import { flagLetters } from './wire-rule.ts';

/** A call of the script that has not returned yet, or not for the last time. */
export interface Awaited {
  readonly a: number;
  readonly side: Side;
  readonly proc: string | null;
  readonly do: string;
  /** The name the script knows the socket by, and ours. */
  readonly s: string | null;
  readonly socket: string;
  /** For accept and connect: our name of the new socket, and the script's. */
  readonly gives: string;
  readonly as: string;
}

/** The side of a host. */
export function sideOf(host: 0 | 1): Side {
  return host === 0 ? 'c' : 's';
}

/** Writes the engine's own trace while it runs. */
export class Observer {
  readonly events: TraceEvent[] = [];
  readonly numberings = new Numberings();
  private readonly trace: Trace;
  private readonly addresses: Readonly<Record<string, Side>>;
  private readonly states: Record<Side, Map<string, State>> = { c: new Map(), s: new Map() };
  private readonly waiting: Awaited[] = [];
  private readonly ports = new Map<string, number>();
  // Our name of a polled socket -> what a poll of it has shown so far.
  private readonly polled = new Map<string, { side: Side; proc: string | null; s: string; seen: Set<string> }>();

  constructor(trace: Trace, world: World) {
    this.trace = trace;
    this.addresses = { [world.hosts[0].address]: 'c', [world.hosts[1].address]: 's' };
  }

  /** A port of our choice goes by another number in the trace. */
  rename(address: string, port: number, as: number): void {
    this.ports.set(`${address}:${port}`, as);
  }

  /** A call has been made and will return. */
  await(call: Awaited): void {
    this.waiting.push(call);
  }

  /** A socket is polled no more. */
  unwatch(socket: string): void {
    this.polled.delete(socket);
  }

  /** The application has let go of a socket: nothing more is reported of it. */
  forget(socket: string): void {
    this.unwatch(socket);
    for (let index = this.waiting.length - 1; index >= 0; index--) {
      if (this.waiting[index]?.socket === socket) this.waiting.splice(index, 1);
    }
  }

  /** Whether a call waits that has not returned anything yet. */
  waits(a: number): boolean {
    return this.waiting.some((call) => call.a === a);
  }

  /** Reports a result that no step of the engine brings: a call on a socket that does not exist. */
  answer(t: number, call: Awaited, result: TraceReturn): void {
    this.events.push({ k: 'ret', t, side: call.side, proc: call.proc, a: call.a, do: call.do, s: call.s, result });
  }

  /** Everything that one step shows. */
  observe(step: Step): void {
    const t = step.world.now;
    this.observeStates(step.world, t);
    for (const flight of step.sent) this.observeSegment(flight, step, t);
    this.observePolls(step, t);
    this.observeReturns(step, t);
  }

  private observeStates(world: World, t: number): void {
    for (const host of world.hosts) {
      const side = sideOf(host.index);
      const known = this.states[side];
      const now = new Map<string, State>();
      for (const socket of host.sockets.values()) {
        if (socket.tcb.state !== 'CLOSED') now.set(this.nameOf(socket, side), socket.tcb.state);
      }
      for (const [sk, from] of known) {
        if (!now.has(sk)) this.events.push({ k: 'st', t, side, sk, from: kernelState(from), to: 'CLOSED' });
      }
      for (const [sk, to] of now) {
        const from = known.get(sk) ?? 'CLOSED';
        if (from !== to) this.events.push({ k: 'st', t, side, sk, from: kernelState(from), to: kernelState(to) });
      }
      this.states[side] = now;
    }
  }

  private nameOf(socket: Socket, side: Side): string {
    if (socket.tcb.state === 'LISTEN') return `${socket.localPort} listen`;
    const { c, s } = this.trace.mainPorts;
    const [own, peer] = side === 'c' ? [c, s] : [s, c];
    const remote = this.who(socket.remoteAddress);
    const localPort = this.port(socket.localAddress, socket.localPort);
    const remotePort = this.port(socket.remoteAddress, socket.remotePort);
    const isMain = localPort === own && remotePort === peer && (remote === 'c' || remote === 's');
    return isMain ? 'main' : `${localPort}>${remote}:${remotePort}`;
  }

  private who(address: string): string {
    return this.addresses[address] ?? address;
  }

  private port(address: string, port: number): number {
    return this.ports.get(`${address}:${port}`) ?? port;
  }

  // One end as traces write it: `c:40000`.
  private end({ address, port }: Pick<End, 'address' | 'port'>): string {
    return `${this.who(address)}:${this.port(address, port)}`;
  }

  private observeSegment(flight: Flight, step: Step, t: number): void {
    const [from, to] = [this.end(flight.from), this.end(flight.to)];
    const own = this.numberings.of(from, to);
    const { segment } = flight;
    if (has(segment, SYN)) own.note(segment.seq, !flight.forged);
    if (own.firstTimestamp === null && segment.options.tsVal !== null) own.firstTimestamp = segment.options.tsVal;
    if (flight.forged || flight.copyOf !== 0 || flight.from.host === -1) return;
    this.events.push({
      k: 'tx',
      t,
      side: sideOf(flight.from.host),
      n: flight.id,
      fate: fateOf(flight, step),
      retx: false,
      ...this.segmentOf(flight, own, this.numberings.of(to, from)),
    });
  }

  private segmentOf(flight: Flight, own: Numbering, peer: Numbering): TraceSegment {
    const { segment } = flight;
    const seq = own.count(segment.seq);
    const ack = has(segment, ACK) ? peer.count(segment.ack) : { number: null, of: null };
    return {
      fl: flagLetters(segment.ctl),
      seq: seq.number,
      seqOf: seq.of === 'r0' ? null : seq.of,
      seqAbs: seq.number === null ? segment.seq >>> 0 : null,
      ack: ack.number,
      ackOf: ack.of === 'r0' ? null : ack.of,
      ackAbs: has(segment, ACK) && ack.number === null ? segment.ack >>> 0 : null,
      len: segment.data.length,
      win: segment.wnd,
      opt: this.optionsOf(flight, own, peer),
      urg: has(segment, URG) ? segment.up : null,
      ecn: null,
      flow: this.flowOf(flight),
      abs: [segment.seq >>> 0, segment.ack >>> 0],
    };
  }

  private flowOf({ from, to }: Flight): string | null {
    const { c, s } = this.trace.mainPorts;
    const ports = [this.port(from.address, from.port), this.port(to.address, to.port)];
    const isMain = from.host !== -1 && to.host !== -1 && ports.includes(c) && ports.includes(s) && c !== s;
    return isMain ? null : `${this.end(from)}>${this.end(to)}`;
  }

  private optionsOf({ segment }: Flight, own: Numbering, peer: Numbering): TraceOptions {
    const { options } = segment;
    let opt: TraceOptions = {};
    if (optionLength(options) === 0) return opt;
    if (options.mss !== null) opt = { ...opt, mss: options.mss };
    if (options.sackPermitted) opt = { ...opt, sok: true };
    if (options.tsVal !== null) {
      const echo = options.tsEcr === 0 ? 0 : (options.tsEcr - (peer.firstTimestamp ?? 0)) | 0;
      opt = { ...opt, ts: [(options.tsVal - (own.firstTimestamp ?? 0)) | 0, echo] };
    }
    if (options.wscale !== null) opt = { ...opt, ws: options.wscale };
    if (options.sack.length > 0) {
      opt = { ...opt, sack: options.sack.map(({ from, to }) => [peer.count(from).number, peer.count(to).number]) };
    }
    return opt;
  }

  // What a call returns comes as the engine's result; what a reading call has moved comes as a delivery.
  private observeReturns(step: Step, t: number): void {
    for (const { host, socket, octets } of step.deliveries) {
      const name = this.socketName(step, host, socket);
      const call = this.first(sideOf(host === 0 ? 0 : 1), name, ['recv', 'read']);
      if (call !== null && call.do === 'read') this.answer(t, call, { n: octets.length });
    }
    for (const { host, name, socket, call: kind, result } of step.returns) {
      const side = sideOf(host === 0 ? 0 : 1);
      const does = callNames[kind];
      const own = name === '' ? this.socketName(step, host, socket) : name;
      const call =
        kind === 'accept'
          ? (this.waiting.find((one) => one.side === side && one.do === 'accept' && one.gives === own) ?? null)
          : this.first(side, own, [does]);
      if (call === null) continue;
      this.waiting.splice(this.waiting.indexOf(call), 1);
      switch (result.kind) {
        case 'ok':
          if (kind === 'accept') this.accepted(step, t, call, socket);
          else this.answer(t, call, { ok: true });
          break;
        case 'octets':
          this.answer(t, call, { n: result.count });
          break;
        case 'status':
          this.answer(t, call, { v: 0 });
          break;
        case 'eof':
          this.answer(t, call, { n: 0, eof: true });
          break;
        case 'error':
          if (kind === 'status') this.answer(t, call, { v: result.error });
          else this.answer(t, call, { err: result.error, ...(kind === 'send' ? { sent: 0 } : {}) });
          break;
      }
    }
  }

  private accepted(step: Step, t: number, call: Awaited, id: number): void {
    const socket = step.world.hosts[call.side === 'c' ? 0 : 1].sockets.at(id);
    const peer =
      socket === undefined ? {} : { peer: this.end({ address: socket.remoteAddress, port: socket.remotePort }) };
    this.answer(t, call, { new: call.as, ...peer });
    this.poll(call.gives, call.side, call.proc, call.as);
  }

  /** From now on a poll of this socket is watched. */
  poll(socket: string, side: Side, proc: string | null, s: string): void {
    this.polled.set(socket, { side, proc, s, seen: new Set() });
  }

  private socketName(step: Step, host: number, id: number): string {
    const side = host === 0 ? 0 : 1;
    return step.world.hosts[side].sockets.at(id)?.name ?? step.before.hosts[side].sockets.at(id)?.name ?? '';
  }

  private first(side: Side, socket: string, does: readonly string[]): Awaited | null {
    return this.waiting.find((call) => call.side === side && call.socket === socket && does.includes(call.do)) ?? null;
  }

  private observePolls(step: Step, t: number): void {
    for (const [name, polled] of this.polled) {
      const host = step.world.hosts[polled.side === 'c' ? 0 : 1];
      const socket = [...host.sockets.values()].find((one) => one.name === name);
      if (socket === undefined) continue;
      const failed = step.returns.some(
        (one) =>
          one.socket === socket.id && one.host === host.index && one.result.kind === 'error' && one.call !== 'send',
      );
      const fresh = pollBits(socket.tcb, failed).filter((bit) => !polled.seen.has(bit));
      if (fresh.length === 0) continue;
      for (const bit of fresh) polled.seen.add(bit);
      this.events.push({ k: 'poll', t, side: polled.side, proc: polled.proc, s: polled.s, poll: fresh });
    }
  }
}

// tcp_poll: RDHUP once nothing more can come, HUP once neither direction is open, ERR while an error waits to be told.
function pollBits(tcb: Tcb, failed: boolean): readonly string[] {
  if (tcb.state === 'CLOSED') return ['RDHUP', 'HUP', ...(tcb.error !== null || failed ? ['ERR'] : [])];
  if (!(tcb instanceof Joined)) return [];
  const received = !tcb.reading || (tcb.rcv.fin !== null && after(tcb.rcv.nxt, tcb.rcv.fin));
  const bits = received ? ['RDHUP'] : [];
  if (received && (tcb.finQueued || tcb.state === 'TIME-WAIT')) bits.push('HUP');
  const { up, nxt, irs } = tcb.rcv;
  if (after(up, add(irs, 1)) && !after(up, nxt)) bits.push('PRI');
  return bits;
}

const callNames = {
  listen: 'listen',
  accept: 'accept',
  connect: 'connect',
  send: 'send',
  receive: 'recv',
  read: 'read',
  shutdown: 'shutdown',
  close: 'close',
  abort: 'abort',
  set: 'setopt',
  status: 'getopt',
  kill: 'kill',
  crash: 'crash',
  boot: 'boot',
  tune: 'sysctl',
  bind: 'bind',
  sendto: 'sendto',
} as const;

function fateOf(flight: Flight, step: Step): string | null {
  const fate = step.fates.find((one) => one.flight.id === flight.id);
  if (fate !== undefined) return fate.reason === 'cable-cut' ? 'blackhole' : 'drop';
  if (flight.to.host === -1) return 'sink';
  const now = step.world.wire.flights.at(flight.id);
  if (now === undefined) return null;
  if (now.refusal !== null && typeof now.refusal === 'object') return `ptb:${now.refusal.mtu}`;
  if (now.due === Number.POSITIVE_INFINITY) return 'hold';
  if (now.marked) return 'ce';
  const late = now.due - now.sentAt - step.world.wire.delay[flight.to.host === 0 ? 1 : 0];
  return late > 0 ? `delay:${late / 1_000}` : null;
}

/** `SYN_RECV` for SYN-RECEIVED: the kernel's name of a state. */
export function kernelState(state: State): string {
  return state === 'SYN-RECEIVED' ? 'SYN_RECV' : state.replaceAll('-', '_');
}
