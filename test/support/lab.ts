// A laboratory for tests: two hosts and a wire, driven only through the world's public interface (world, next, step).
// Times are integer microseconds of virtual time, as in the engine; `ms` and `s` make them readable.

import type { Call, CallName, Payload, Result, Return } from '../../source/host/call.ts';
import type { Host, Socket } from '../../source/host/host.ts';
import type { Finding } from '../../source/tcp/finding.ts';
import type { Options } from '../../source/tcp/options.ts';
import type { Profile } from '../../source/tcp/profile.ts';
import { rfc9293 } from '../../source/tcp/profiles/rfc9293.ts';
import type { RuleId } from '../../source/tcp/rules.ts';
import { ACK, ctlNames, type Segment } from '../../source/tcp/segment.ts';
import type { SocketOptions } from '../../source/tcp/socket.ts';
import { Joined, type State } from '../../source/tcp/tcb.ts';
import type { Action, Event, SegmentFields, Tamper } from '../../source/world/event.ts';
import type { Step } from '../../source/world/outcome.ts';
import { next, step } from '../../source/world/step.ts';
import { type FateReason, Flight } from '../../source/world/wire.ts';
import { type World, world } from '../../source/world/world.ts';

/** So many milliseconds. */
export const ms = (count: number): number => Math.round(count * 1_000);

/** So many seconds. */
export const s = (count: number): number => Math.round(count * 1_000_000);

/** The two hosts by name; the client is host 0, 10.0.0.1. */
export type Side = 'client' | 'server';

/** What a laboratory starts from. Everything has a default: profile rfc9293, ISS 100 and 300, 10 ms each way. */
export interface Setup {
  readonly profile?: Profile;
  /** Values that differ from the profile on both hosts, and on one of them. */
  readonly values?: Partial<Profile>;
  readonly client?: Partial<Profile>;
  readonly server?: Partial<Profile>;
  /** Initial sequence numbers of client and server, used up in order; null: by the profile's rule. */
  readonly iss?: readonly [readonly number[], readonly number[]] | null;
  /** One-way delay. */
  readonly delay?: number;
  readonly seed?: number;
  /** Segments stay on the wire until `land`, instead of landing by themselves. */
  readonly handOver?: boolean;
}

/** One segment that entered the wire, as a test wants to read it. */
export interface Sent {
  readonly flight: Flight;
  readonly from: Side | 'third';
  /** Since the laboratory's origin. */
  readonly at: number;
  readonly seq: number;
  /** Null when the ACK bit is off. */
  readonly ack: number | null;
  /** The RFC's notation, for example 'SYN,ACK'; PSH, which the figures do not print, stands apart. */
  readonly ctl: string;
  readonly psh: boolean;
  readonly urg: boolean;
  readonly len: number;
  readonly wnd: number;
  readonly options: Options;
}

/** What a test decides for a segment at the moment it is sent. */
type Interference = 'drop' | 'hold' | number;

/** Two hosts, a wire and a clock, with a memory of everything that happened. */
export class Lab {
  world: World;
  /** The present. The world's own clock only moves with events. */
  clock = 0;
  /** What `at` of sent segments and the times of `until` count from. */
  origin = 0;
  readonly steps: Step[] = [];
  private marked = 0;
  readonly client: Party;
  readonly server: Party;
  readonly handOver: boolean;
  private readonly interference: ((sent: Sent) => Interference | null)[] = [];

  constructor(setup: Setup = {}) {
    const profile: Profile = { ...(setup.profile ?? rfc9293.values), ...setup.values };
    const iss = setup.iss === undefined ? ([[100], [300]] as const) : setup.iss;
    const delay = setup.delay ?? ms(10);
    this.world = world({
      profile,
      seed: setup.seed ?? 1,
      delay: [delay, delay],
      iss: iss ?? [[], []],
      addresses: ['10.0.0.1', '10.0.0.2'],
      ports: [40_001, null],
      overrides: [setup.client ?? {}, setup.server ?? {}],
    });
    this.handOver = setup.handOver ?? false;
    this.client = new Party(this, 'client');
    this.server = new Party(this, 'server');
  }

  /** The host with this name, as a party to talk to. */
  party(side: Side): Party {
    return side === 'client' ? this.client : this.server;
  }

  /** The present becomes the origin: times count from here, and only what follows is remembered by the lists below. */
  mark(): this {
    this.origin = this.clock;
    this.marked = this.steps.length;
    return this;
  }

  /** The steps since the origin. */
  get recent(): readonly Step[] {
    return this.steps.slice(this.marked);
  }

  /** Everything that entered the wire since the origin, in order, forged segments included. */
  get sent(): Sent[] {
    return this.recent.flatMap((one) => one.sent.map((flight) => this.seen(flight)));
  }

  /** Every finding since the origin, in order. */
  get findings(): Finding[] {
    return this.recent.flatMap((one) => one.findings);
  }

  /** The rules found since the origin, in order, without the checks that merely passed. */
  get rules(): RuleId[] {
    return this.findings.map(({ rule }) => rule).filter((rule) => !rule.startsWith('check.'));
  }

  /** How often a rule was found since the origin. */
  count(rule: RuleId): number {
    return this.rules.filter((found) => found === rule).length;
  }

  /** How a segment ended; null while it is on the wire. */
  fate(sent: Sent): FateReason | null {
    for (const { fates } of this.steps) {
      const fate = fates.find(({ flight }) => flight.id === sent.flight.id);
      if (fate !== undefined) return fate.reason;
    }
    return null;
  }

  /** From now on every segment that fits is lost, at most `times` of them. */
  drop(fits: (sent: Sent) => boolean, times = Number.POSITIVE_INFINITY): this {
    return this.interfere(fits, times, 'drop');
  }

  /** From now on every segment that fits is kept back until `land`. */
  hold(fits: (sent: Sent) => boolean, times = Number.POSITIVE_INFINITY): this {
    return this.interfere(fits, times, 'hold');
  }

  /** From now on every segment that fits takes so much longer. */
  slow(fits: (sent: Sent) => boolean, by: number, times = Number.POSITIVE_INFINITY): this {
    return this.interfere(fits, times, by);
  }

  /** No longer interferes with what is sent. */
  relent(): this {
    this.interference.length = 0;
    return this;
  }

  private interfere(fits: (sent: Sent) => boolean, times: number, what: Interference): this {
    let left = times;
    this.interference.push((sent) => {
      if (left <= 0 || !fits(sent)) return null;
      left -= 1;
      return what;
    });
    return this;
  }

  /** Processes the next event of its own, or throws when the world is quiet. */
  one(): Step {
    const event = next(this.world);
    if (event === null) throw new Error('nothing happens by itself any more');
    this.clock = Math.max(this.clock, event.at);
    return this.happen(event);
  }

  /** Everything up to and including this time after the origin. */
  until(time: number): this {
    const limit = this.origin + time;
    for (let event = next(this.world); event !== null && event.at <= limit; event = next(this.world))
      this.happen(event);
    this.clock = Math.max(this.clock, limit);
    return this;
  }

  /** Everything that happens within so much time from now. */
  run(time: number): this {
    return this.until(this.clock - this.origin + time);
  }

  /** Runs until the condition holds; throws when that does not happen within the time (default: a day). */
  when(condition: (lab: Lab) => boolean, within = s(86_400)): this {
    const limit = this.clock + within;
    while (!condition(this)) {
      const event = next(this.world);
      if (event === null) throw new Error(`the world fell quiet before: ${condition}`);
      if (event.at > limit) throw new Error(`did not happen in time: ${condition}`);
      this.clock = event.at;
      this.happen(event);
    }
    return this;
  }

  /** Runs until nothing is left that would happen by itself. */
  quiet(): this {
    return this.when(({ world }) => next(world) === null);
  }

  /** Lets a segment that is on the wire land at once. */
  land(sent: Sent): Step {
    return this.tamper({ do: 'release', flight: sent.flight.id });
  }

  /** Loses a segment that is on the wire. */
  lose(sent: Sent): Step {
    return this.tamper({ do: 'drop', flight: sent.flight.id });
  }

  /** Interferes with the network now. A copy of a segment that has landed is found among those sent. */
  tamper(tamper: Tamper): Step {
    const ghost =
      tamper.do === 'duplicate'
        ? (this.steps.flatMap(({ sent }) => sent).find(({ id }) => id === tamper.flight) ?? null)
        : null;
    return this.decide({ kind: 'tamper', tamper }, ghost);
  }

  /** Puts a segment on the wire that nobody sent and lets it land at once, by default on the latest connection. */
  forge(
    to: Side,
    fields: SegmentFields,
    ends: { from?: Side | 'third'; port?: number; toPort?: number; address?: string } = {},
  ): Step {
    const made = this.tamper({
      do: 'forge',
      from: ends.from ?? (to === 'client' ? 'server' : 'client'),
      to,
      address: ends.address ?? null,
      port: ends.port ?? null,
      toPort: ends.toPort ?? null,
      fields,
      at: this.clock,
    });
    const [flight] = made.sent;
    if (flight === undefined) throw new Error('nothing was forged');
    return this.tamper({ do: 'release', flight: flight.id });
  }

  /** A segment of any making arrives now, as if the other end had sent it, by default on the latest connection. */
  arrive(to: Side, segment: Segment, ports?: { from: number; to: number }): Step {
    const target = this.party(to);
    const peer = this.party(to === 'client' ? 'server' : 'client');
    const { localPort, remotePort } =
      ports === undefined ? target.socket : { localPort: ports.to, remotePort: ports.from };
    const flight = new Flight(
      this.world.nextFlight,
      { host: peer.host.index, address: peer.host.address, port: remotePort },
      { host: target.host.index, address: target.host.address, port: localPort },
      segment,
      this.clock,
      this.clock,
      0,
      true,
      false,
    );
    return this.happen({ kind: 'arrival', at: this.clock, flight });
  }

  /** A decision at the present moment. */
  decide(action: Action, ghost: Flight | null = null): Step {
    const done = this.happen({ kind: 'decision', at: this.clock, action, ghost });
    if (done.refused !== null) throw new Error(`refused: ${done.refused} (${JSON.stringify(action)})`);
    return done;
  }

  /** A flight as a test wants to read it. */
  seen(flight: Flight): Sent {
    const { segment } = flight;
    const names = ctlNames(segment.ctl);
    return {
      flight,
      from: flight.from.host === 0 ? 'client' : flight.from.host === 1 ? 'server' : 'third',
      at: flight.sentAt - this.origin,
      seq: segment.seq,
      ack: (segment.ctl & ACK) === 0 ? null : segment.ack,
      ctl: names.filter((name) => name !== 'PSH' && name !== 'URG').join(','),
      psh: names.includes('PSH'),
      urg: names.includes('URG'),
      len: segment.data.length,
      wnd: segment.wnd,
      options: segment.options,
    };
  }

  private happen(event: Event): Step {
    const done = step(this.world, event);
    this.world = done.world;
    this.steps.push(done);
    for (const flight of done.sent) this.interfereWith(flight);
    return done;
  }

  private interfereWith(flight: Flight): void {
    if (flight.forged || this.world.wire.flights.at(flight.id) === undefined) return;
    const sent = this.seen(flight);
    for (const rule of this.interference) {
      const what = rule(sent);
      if (what !== null) {
        this.obey(what, flight);
        return;
      }
    }
    if (this.handOver) this.obey('hold', flight);
  }

  private obey(what: Interference, flight: Flight): void {
    const tamper: Tamper =
      what === 'drop'
        ? { do: 'drop', flight: flight.id }
        : { do: 'delay', flight: flight.id, until: what === 'hold' ? null : flight.due + what };
    const at = this.world.now;
    this.happen({ kind: 'decision', at, action: { kind: 'tamper', tamper }, ghost: null });
  }
}

/** One host: the calls of its application, and what can be seen of its connection. */
export class Party {
  readonly lab: Lab;
  readonly side: Side;

  constructor(lab: Lab, side: Side) {
    this.lab = lab;
    this.side = side;
  }

  /** The host as it is now. */
  get host(): Host {
    const [client, server] = this.lab.world.hosts;
    return this.side === 'client' ? client : server;
  }

  /** Its connections and listeners, oldest first. */
  get sockets(): Socket[] {
    return [...this.host.sockets.values()];
  }

  /** Its latest connection, which may be over; undefined when it has none. */
  get connection(): Socket | undefined {
    return this.sockets.findLast(({ listener }) => listener === null);
  }

  /** The state an RFC figure would print: of its connection, or LISTEN, or CLOSED. */
  get state(): State | '(REBOOT)' {
    if (!this.host.running) return '(REBOOT)';
    const { connection } = this;
    if (connection !== undefined) return connection.tcb.state;
    return this.sockets.length > 0 ? 'LISTEN' : 'CLOSED';
  }

  /** Its latest connection; throws when it has none. */
  get socket(): Socket {
    const { connection } = this;
    if (connection === undefined) throw new Error(`${this.side} has no connection`);
    return connection;
  }

  /** The connection's TCB; throws unless both sequence spaces are known. */
  get tcb(): Joined {
    const tcb = this.connection?.tcb;
    if (tcb instanceof Joined) return tcb;
    throw new Error(`${this.side} is ${this.state}`);
  }

  /** The segments it has sent since the origin, oldest first. */
  get sent(): Sent[] {
    return this.lab.sent.filter(({ from, flight }) => from === this.side && !flight.forged && flight.copyOf === 0);
  }

  /** The latest segment it has sent since the origin; throws when there is none. */
  get last(): Sent {
    const last = this.sent.at(-1);
    if (last === undefined) throw new Error(`${this.side} has sent nothing`);
    return last;
  }

  /** What its calls have returned since the origin, in order. */
  get returned(): Return[] {
    const index = this.host.index;
    return this.lab.recent.flatMap(({ returns }) => returns.filter(({ host }) => host === index));
  }

  /** What the latest call of this name returned; undefined while it waits. */
  result(call: CallName): Result | undefined {
    return this.returned.findLast((one) => one.call === call)?.result;
  }

  /** The octets its application has received since the laboratory was built. */
  get received(): number[] {
    const index = this.host.index;
    return this.lab.steps.flatMap(({ deliveries }) =>
      deliveries.filter(({ host }) => host === index).flatMap(({ octets }) => [...octets.bytes()]),
    );
  }

  /** Makes any call now. */
  call(call: Call): this {
    this.lab.decide({ kind: 'call', host: this.side === 'client' ? 0 : 1, call });
    return this;
  }

  listen(fields: { port?: number; backlog?: number; options?: Partial<SocketOptions>; as?: string } = {}): this {
    const { port = 80, backlog = 4, options = {}, as = 'listener' } = fields;
    return this.call({ do: 'listen', port, backlog, options, as });
  }

  accept(as: string | null = null): this {
    return this.call({ do: 'accept', on: null, as });
  }

  connect(
    fields: {
      port?: number;
      from?: number;
      to?: string;
      iss?: number;
      options?: Partial<SocketOptions>;
      payload?: Payload;
      as?: string;
    } = {},
  ): this {
    const { port = 80, from = null, to = null, iss = null, options = {}, payload = null, as = null } = fields;
    return this.call({ do: 'connect', port, from, to, iss, options, payload, as });
  }

  /** Writes a text, or so many octets of the pattern. */
  send(what: number | string, urgent = false, on: string | null = null): this {
    const payload: Payload = typeof what === 'number' ? { octets: what } : { text: what };
    return this.call({ do: 'send', on, payload, urgent, push: true });
  }

  receive(octets: number, on: string | null = null, urgent = false): this {
    return this.call({ do: 'receive', on, octets, urgent });
  }

  status(): this {
    return this.call({ do: 'status', on: null });
  }

  read(on: string | null = null): this {
    return this.call({ do: 'read', on });
  }

  shutdown(how: 'RD' | 'WR' | 'RDWR'): this {
    return this.call({ do: 'shutdown', on: null, how });
  }

  close(on: string | null = null): this {
    return this.call({ do: 'close', on });
  }

  abort(): this {
    return this.call({ do: 'abort', on: null });
  }

  set(options: Partial<SocketOptions>): this {
    return this.call({ do: 'set', on: null, options });
  }

  tune(values: Partial<Profile>): this {
    return this.call({ do: 'tune', values });
  }

  kill(): this {
    return this.call({ do: 'kill' });
  }

  crash(): this {
    return this.call({ do: 'crash' });
  }

  boot(): this {
    return this.call({ do: 'boot' });
  }
}

/** A laboratory in which nothing has happened yet. */
export function lab(setup: Setup = {}): Lab {
  return new Lab(setup);
}
