// A trace replayed: its sysctls, rules, calls and crafted segments become a beginning and a list of decisions for
// the engine, and what the engine makes of them is written down in the words of a trace.

import type { Call } from '../../host/call.ts';
import type { Decision } from '../../session/decision.ts';
import type { Start } from '../../session/session.ts';
import { type Setting, worldBefore } from '../../session/setting.ts';
import type { Profile } from '../../tcp/profile.ts';
import type { Action, SegmentFields } from '../../world/event.ts';
import { next, step } from '../../world/step.ts';
import type { World } from '../../world/world.ts';
import type { Scenario } from '../scenario.ts';
import { Unreadable } from '../unreadable.ts';
import { Observer, sideOf } from './observe.ts';
import { clockOffset } from './phase.ts';
import { socketOptions } from './socket-options.ts';
import { profileOf } from './sysctl.ts';
import {
  NotUnderstood,
  type Side,
  type Trace,
  type TraceAction,
  type TraceCall,
  type TraceEvent,
  type TraceInjection,
  type TraceWire,
} from './trace.ts';
import { flagNames, orderOf } from './wire-rule.ts';

/** The engine's run of a trace. */
export interface Replay {
  /** The beginning and the decisions: the same run again, wherever it is opened. */
  readonly start: Start;
  /** What the engine did, up to the end of the recording. */
  readonly events: readonly TraceEvent[];
}

/** The profile that traces are compared with. */
export const kernelProfile = 'linux';

// Between the end of the recording and the last thing it shows a few milliseconds may lie.
const margin = 5_000;

// The recording looks at the sockets after each delivery, so that bursts land 0.6 ms apart (kernel-truth README,
// "Trace file"). A segment has left its host so long before the recording sees it.
const pace = 600;
const unseen = 100;

// The hosts of the recording were built with headers of another length than the profile assumes, from which the
// first send buffer follows: 2 * 10 * (2048 + 256) octets (Linux tcp_input.c tcp_sndbuf_expand).
const sendBuffer = 46_080;

/** The most steps of a replay. */
const stepLimit = 200_000;

/** Replays a trace. Throws NotUnderstood for whatever has no counterpart. */
export function replay(trace: Trace): Replay {
  const setting = settingOf(trace);
  const decisions: Decision[] = [];
  const script = new Script(trace, worldBefore(setting, kernelProfile), decisions);
  script.run();
  const start: Start = {
    subject: {
      id: trace.name,
      title: { en: trace.title === '' ? trace.name : trace.title, zh: trace.title === '' ? trace.name : trace.title },
      about: { en: trace.kernel, zh: trace.kernel },
      group: 'trace',
      lesson: null,
      cites: [],
      minutes: 1,
      beside: [],
    },
    profile: kernelProfile,
    setting,
    decisions,
    opening: { position: 0, at: 0 },
    captions: [],
    ways: [],
  };
  return { start, events: script.observer.events };
}

function settingOf(trace: Trace): Setting {
  const tick = Math.round(1_000_000 / trace.hz);
  const common: Partial<Profile> = { mtu: trace.mtu, tick, clockOffset: clockOffset(trace.fires, tick), sendBuffer };
  const values = { c: profileOf(trace.sysctl.c), s: profileOf(trace.sysctl.s) };
  const delay = (trace.transit ?? trace.delay) + unseen;
  return {
    seed: 1,
    delay: [delay, delay],
    ends: [
      { address: '10.0.0.1', port: null, iss: [], values: values.c },
      { address: '10.0.0.2', port: null, iss: [], values: values.s },
    ],
    values: common,
  };
}

/** A trace as a scenario to step through: the engine's run, from the first call to the end of the recording. */
export function scenarioOf(trace: Trace, file: string): Scenario {
  try {
    const { start } = replay(trace);
    return { ...start, profiles: [start.profile], until: trace.end, expected: new Map() };
  } catch (error) {
    if (error instanceof NotUnderstood) throw new Unreadable(file, null, `not understood: ${error.message}`);
    throw error;
  }
}

// The script: its own names for sockets, what is held on the wire, and the world as it stands.
class Script {
  readonly observer: Observer;
  private readonly trace: Trace;
  private readonly decisions: Decision[];
  private world: World;
  private steps = 0;
  // Side, process and the script's name of a socket -> ours, and how often a name has been used.
  private readonly names = new Map<string, string>();
  private readonly uses = new Map<string, number>();
  // Our names of the sockets of each process.
  private readonly held = new Map<string, readonly number[]>();
  private readonly dark = new Set<Side>();

  constructor(trace: Trace, world: World, decisions: Decision[]) {
    this.trace = trace;
    this.world = world;
    this.decisions = decisions;
    this.observer = new Observer(trace, world);
  }

  run(): void {
    this.decide(0, { kind: 'tamper', tamper: { do: 'pace', by: pace } });
    for (const rule of this.trace.rules) {
      this.decide(0, { kind: 'tamper', tamper: { do: 'rule', rule: orderOf(rule) } });
    }
    for (const action of this.trace.actions) {
      this.advance(action.t, false);
      this.act(action);
    }
    this.advance(this.trace.end + margin, true);
  }

  // Lets happen what happens before a decision at `until`: arrivals at that time, but not timers.
  private advance(until: number, through: boolean): void {
    for (;;) {
      const event = next(this.world);
      if (event === null || event.at > until) return;
      if (event.at === until && event.kind === 'expiry' && !through) return;
      this.take(event);
    }
  }

  private take(event: Parameters<typeof step>[1]): void {
    this.steps += 1;
    if (this.steps > stepLimit) throw new NotUnderstood(`more than ${stepLimit} steps`);
    const made = step(this.world, event);
    this.world = made.world;
    if (event.kind === 'decision') this.noteEphemeral(event.action);
    for (const { rule, saw } of made.findings) {
      const [, flight, word, id] = saw;
      if (rule !== 'net.hold' || word !== 'rule' || typeof flight !== 'number' || typeof id !== 'number') continue;
      const name = String(this.trace.rules[id - 1]?.['name']);
      this.held.set(name, [...(this.held.get(name) ?? []), flight]);
    }
    this.observer.observe(made);
  }

  // Which ephemeral port is taken is chance: ours goes by the name of the kernel's.
  private noteEphemeral(action: Action): void {
    if (action.kind !== 'call' || action.call.do !== 'connect' || action.call.from !== null) return;
    const { as } = action.call;
    const socket = [...this.world.hosts[action.host].sockets.values()].find((one) => one.name === as);
    const side = sideOf(action.host);
    const sent = this.trace.events.find(
      (event) => event.k === 'tx' && event.side === side && event.t >= this.world.now && event.fl[0] === 'S',
    );
    if (socket === undefined || sent?.k !== 'tx') return;
    const port = sent.flow === null ? this.trace.mainPorts[side] : Number(/:(\d+)>/.exec(sent.flow)?.[1]);
    this.observer.rename(socket.localAddress, socket.localPort, port);
  }

  private decide(at: number, action: Action): void {
    this.decisions.push({ at, after: null, action, by: 'scenario', off: false });
    this.take({ kind: 'decision', at, action, ghost: null });
  }

  private act(action: TraceAction): void {
    try {
      switch (action.k) {
        case 'app':
          return this.call(action);
        case 'wire':
          return this.interfere(action);
        case 'inj':
          return this.inject(action);
      }
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      throw new NotUnderstood(`at ${action.t / 1_000} ms: ${error.message}`);
    }
  }

  private call(action: TraceCall): void {
    const [unknown] = action.unknown;
    if (unknown !== undefined) throw new NotUnderstood(`a call with ${unknown}`);
    const usual =
      action.do === 'listen' || action.do === 'accept'
        ? 'l'
        : action.side === 'c' || action.do === 'connect'
          ? 'k'
          : 'a';
    const own = action.s ?? usual;
    const makes = action.do === 'listen' || action.do === 'connect';
    const socket = makes ? this.fresh(action, own) : this.known(action, own);
    const as = action.as ?? 'a';
    const gives = action.do === 'accept' ? this.fresh(action, as) : (socket ?? '');
    const made = this.callOf(action, socket ?? '', gives);
    const { t, side, proc, a } = action;
    const call = { a, side, proc, do: action.do, s: own, socket: socket ?? '', gives, as };
    if (socket === null && made.do !== 'kill') {
      this.observer.answer(t, call, { err: 'HARNESS-no-such-socket' });
      return;
    }
    if (made.do !== 'kill') this.observer.await(call);
    if (made.do === 'connect') this.observer.poll(gives, side, proc, own);
    if (made.do === 'close' || made.do === 'abort') this.observer.unwatch(socket ?? '');
    if (made.do === 'kill') this.forgetProcess(action);
    this.decide(t, { kind: 'call', host: side === 'c' ? 0 : 1, call: made });
    if (made.do === 'close' || made.do === 'abort') {
      this.observer.forget(socket ?? '');
      this.names.delete(key(action, own));
    }
    if (made.do === 'send') this.blocked(t, call);
  }

  private callOf(action: TraceCall, on: string, gives: string): Call {
    const { trace } = this;
    const ports = action.side === 'c' ? [trace.mainPorts.c, trace.mainPorts.s] : [trace.mainPorts.s, trace.mainPorts.c];
    const [ownPort = 0, peerPort = 0] = ports;
    const octets = action.n ?? 0;
    switch (action.do) {
      case 'listen':
        return {
          do: 'listen',
          port: action.port ?? trace.mainPorts.s,
          backlog: action.backlog ?? 8,
          options: { reuseAddress: action.reuse, ...socketOptions(action.opts) },
          as: on,
        };
      case 'accept':
        return { do: 'accept', on, as: gives };
      case 'connect':
        return {
          do: 'connect',
          port: action.port ?? peerPort,
          from: action.bind === 0 ? null : (action.bind ?? ownPort),
          to: this.destination(action),
          iss: null,
          options: { reuseAddress: action.reuse, ...socketOptions(action.opts) },
          payload: null,
          as: on,
        };
      case 'send':
        return { do: 'send', on, payload: { octets }, urgent: action.oob, push: true };
      case 'recv':
        return { do: 'receive', on, octets: action.n ?? 1 << 20, urgent: action.oob };
      case 'read':
      case 'close':
      case 'abort':
        return { do: action.do, on };
      case 'shutdown':
        return { do: 'shutdown', on, how: action.how === 'rd' ? 'RD' : action.how === 'rdwr' ? 'RDWR' : 'WR' };
      case 'setopt':
        return { do: 'set', on, options: socketOptions(action.opts) };
      case 'getopt':
        if (action.opt !== 'SO_ERROR') throw new NotUnderstood(`getopt ${action.opt ?? ''}`);
        return { do: 'status', on };
      case 'kill':
      case 'exit':
        if (this.otherProcesses(action)) throw new NotUnderstood('the end of one of several processes');
        return { do: 'kill' };
    }
    throw new NotUnderstood(`the call ${action.do}`);
  }

  // A trace does not keep where a connect went; the segment that it sent shows it.
  private destination(action: TraceCall): string | null {
    const sent = this.trace.events.find(
      (event) => event.k === 'tx' && event.side === action.side && event.t >= action.t && event.fl[0] === 'S',
    );
    const address =
      sent?.k === 'tx' && sent.t < action.t + 50_000 ? /^.*>(.*):\d+$/.exec(sent.flow ?? '')?.[1] : undefined;
    return address === undefined || address === 'c' || address === 's' ? null : address;
  }

  private otherProcesses(action: TraceCall): boolean {
    const mine = `${action.side} ${action.proc ?? ''} `;
    return [...this.names.keys()].some((name) => name.startsWith(`${action.side} `) && !name.startsWith(mine));
  }

  private forgetProcess(action: TraceCall): void {
    for (const [name, socket] of this.names) {
      if (!name.startsWith(`${action.side} ${action.proc ?? ''} `)) continue;
      this.observer.forget(socket);
      this.names.delete(name);
    }
  }

  // What has to wait says so once, as a socket does that does not block.
  private blocked(t: number, call: Parameters<Observer['await']>[0]): void {
    if (!this.observer.waits(call.a)) return;
    const host = this.world.hosts[call.side === 'c' ? 0 : 1];
    const socket = [...host.sockets.values()].find((one) => one.name === call.socket);
    if (socket === undefined || socket.tcb.state === 'SYN-SENT' || socket.tcb.state === 'SYN-RECEIVED') return;
    const pending = socket.pending.findLast((one) => one.call.do === 'send');
    this.observer.answer(t, call, { would_block: true, queued: pending?.moved ?? 0 });
  }

  private fresh(action: TraceCall, name: string): string {
    const count = (this.uses.get(`${action.side} ${name}`) ?? 0) + 1;
    this.uses.set(`${action.side} ${name}`, count);
    const ours = count === 1 ? name : `${name}-${count}`;
    this.names.set(key(action, name), ours);
    return ours;
  }

  private known(action: TraceCall, name: string): string | null {
    if (action.do === 'kill' || action.do === 'exit') return null;
    return this.names.get(key(action, name)) ?? null;
  }

  private interfere({ do: what, t, side, name }: TraceWire): void {
    const host = side === 'c' ? 0 : 1;
    switch (what) {
      case 'release': {
        const flights = this.held.get(name ?? '') ?? [];
        this.held.delete(name ?? '');
        for (const flight of flights) this.decide(t, { kind: 'tamper', tamper: { do: 'release', flight } });
        return;
      }
      case 'blackhole':
        if (side !== null) this.darken(t, new Set([...this.dark, side]));
        return;
      case 'unblackhole':
        this.darken(t, new Set([...this.dark].filter((one) => one !== side)));
        return;
      case 'crash':
        this.decide(t, { kind: 'call', host, call: { do: 'crash' } });
        for (const [known, socket] of this.names) {
          if (!known.startsWith(`${side} `)) continue;
          this.observer.forget(socket);
          this.names.delete(known);
        }
        return;
      case 'boot':
        this.decide(t, { kind: 'call', host, call: { do: 'boot' } });
        return;
    }
    throw new NotUnderstood(`the wire's ${what}${what === 'sysctl' ? ' (a trace does not say what was set)' : ''}`);
  }

  // A side in the dark is one whose cable is cut; for two hosts it is the same cable.
  private darken(t: number, sides: ReadonlySet<Side>): void {
    const before = this.dark.size;
    this.dark.clear();
    for (const side of sides) this.dark.add(side);
    if (before === 0 && this.dark.size > 0) this.decide(t, { kind: 'tamper', tamper: { do: 'cut' } });
    if (before > 0 && this.dark.size === 0) this.decide(t, { kind: 'tamper', tamper: { do: 'mend' } });
  }

  // A crafted segment keeps its place in our sequence spaces: what counts from a SYN there counts from ours here.
  private inject(injection: TraceInjection): void {
    const { side, t } = injection;
    const [from, to] = this.endsOf(injection);
    const { numberings } = this.observer;
    const own = numberings.of(end(from), end(to));
    const peer = numberings.of(end(to), end(from));
    const known = kernelNumber(this.trace, injection);
    const seq = place(own, injection.seq, injection.seqOf, injection.abs[0], known);
    const ack = place(peer, injection.ack, injection.ackOf, injection.abs[1], null);
    const { opt } = injection;
    const fields: SegmentFields = {
      ctl: flagNames(injection.fl),
      seq,
      ack,
      wnd: injection.win,
      ...(injection.len > 0 ? { len: injection.len } : {}),
      ...(injection.urg === null ? {} : { up: injection.urg }),
      ...(opt.mss === undefined ? {} : { mss: opt.mss }),
      ...(opt.ws === undefined ? {} : { wscale: opt.ws }),
      ...(opt.sok === undefined ? {} : { sackPermitted: true }),
      ...(opt.ts === undefined ? {} : timestamps(opt.ts, own.firstTimestamp, peer.firstTimestamp)),
    };
    if (opt.sack !== undefined) throw new NotUnderstood('a crafted segment with SACK blocks');
    this.decide(t, {
      kind: 'tamper',
      tamper: {
        do: 'forge',
        from: from.name === 'c' ? 'client' : from.name === 's' ? 'server' : 'third',
        to: side === 'c' ? 'client' : 'server',
        address: from.name === 'c' || from.name === 's' ? null : from.name,
        port: from.port,
        toPort: to.port,
        fields,
        at: t,
      },
    });
  }

  private endsOf(injection: TraceInjection): readonly [Named, Named] {
    const { c, s } = this.trace.mainPorts;
    const main = { c: { name: 'c', port: c }, s: { name: 's', port: s } };
    if (injection.flow === null) return injection.side === 's' ? [main.c, main.s] : [main.s, main.c];
    const parts = /^(.+):(\d+)>(.+):(\d+)$/.exec(injection.flow);
    if (parts === null) throw new NotUnderstood(`a crafted segment on ${injection.flow}`);
    const [, from = '', port = '', to = '', toPort = ''] = parts;
    return [
      { name: from, port: Number(port) },
      { name: to, port: Number(toPort) },
    ];
  }
}

interface Named {
  readonly name: string;
  readonly port: number;
}

function end({ name, port }: Named): string {
  return `${name}:${port}`;
}

function key({ side, proc }: TraceCall, name: string): string {
  return `${side} ${proc ?? ''} ${name}`;
}

// The kernel's latest real SYN of the injected direction before the injection: its number and label.
function kernelNumber(
  trace: Trace,
  injection: TraceInjection,
): { readonly isn: number; readonly label: string } | null {
  const sender: Side = injection.side === 's' ? 'c' : 's';
  if (injection.from !== sender) return null;
  let found: { isn: number; label: string } | null = null;
  for (const event of trace.events) {
    if (event.t > injection.t) break;
    if (event.k !== 'tx' || event.side !== sender || event.fl[0] !== 'S' || event.flow !== injection.flow) continue;
    found = { isn: event.abs[0], label: event.seqOf ?? 'r0' };
  }
  return found;
}

function place(
  numbering: { isn(label: string): number | null },
  number: number | null,
  of: string | null,
  absolute: number,
  known: { readonly isn: number; readonly label: string } | null,
): number {
  if (number === null) return absolute >>> 0;
  const isn = numbering.isn(of ?? 'r0');
  if (isn !== null) return (isn + number) >>> 0;
  // A crafted SYN that nothing was counted from yet: as far from the latest real one as it was there.
  const real = known === null ? null : numbering.isn(known.label);
  return known === null || real === null ? absolute >>> 0 : (real + (absolute - known.isn)) >>> 0;
}

function timestamps(
  [value, echo]: readonly [number, number],
  own: number | null,
  peer: number | null,
): Pick<SegmentFields, 'tsVal' | 'tsEcr'> {
  return { tsVal: ((own ?? 1_000) + value) >>> 0, tsEcr: echo === 0 && peer === null ? 0 : ((peer ?? 0) + echo) >>> 0 };
}
