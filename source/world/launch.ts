// A segment enters the wire: it gets an id and a landing time, and standing rules may interfere.

import { hash } from '../host/hash.ts';
import type { Packet } from '../host/work.ts';
import { optionLength } from '../tcp/options.ts';
import { ACK, ctlNames, has, type Segment } from '../tcp/segment.ts';
import { courseOf, needsCourses, relative, repeats, watch } from './course.ts';
import type { Draft } from './draft.ts';
import { type Bound, type Course, type End, Flight, type HostIndex, type Match, type Nth, type Rule } from './wire.ts';

/** What may differ from an ordinary departure. */
export interface Departure {
  /** Landing time; the wire's delay from now when absent. */
  readonly due?: number;
  readonly copyOf?: number;
  readonly copy?: number;
  readonly forged?: boolean;
}

/** Puts a packet on the wire and returns its flight (which a rule may already have ended). */
export function launch(draft: Draft, packet: Packet, departure: Departure = {}): Flight {
  const { world } = draft;
  const from = endOf(draft, packet.fromAddress, packet.fromPort);
  const to = endOf(draft, packet.toAddress, packet.toPort);
  const delay = world.wire.delay[to.host === 0 ? 1 : 0];
  const flight = new Flight(
    world.nextFlight,
    from,
    to,
    packet.segment,
    world.now,
    departure.due ?? world.now + delay,
    departure.copyOf ?? 0,
    departure.forged ?? false,
    false,
    false,
    null,
    departure.copy ?? 0,
  );
  world.nextFlight += 1;
  draft.sent.push(flight);
  put(draft, flight);
  const { courses } = world.wire;
  const own = !flight.forged && flight.copyOf === 0;
  if (own && needsCourses(world.wire.rules)) world.wire.courses = watch(courses, flight);
  if (world.wire.cut) {
    draft.find('net.cut', 'segment', flight.id);
    draft.end(flight, 'cable-cut');
  } else if (own) obeyRules(draft, flight, courses);
  if (own && world.wire.pace > 0) keepPace(draft, flight);
  return flight;
}

// Behind what lands before it; what a rule has lost or delayed goes its own way.
function keepPace(draft: Draft, flight: Flight): void {
  const { wire } = draft.world;
  const current = wire.flights.at(flight.id);
  if (current === undefined || current.due !== flight.due || flight.to.host === -1) return;
  const due = Math.max(current.due, wire.landing + wire.pace);
  wire.landing = due;
  if (due !== current.due) put(draft, changed(current, { due }));
}

/** Stores a flight, new or changed. */
export function put(draft: Draft, flight: Flight): void {
  draft.world.wire.flights = draft.world.wire.flights.with(flight.id, flight);
}

/** A flight with some fields changed. */
export function changed(flight: Flight, changes: Partial<Flight>): Flight {
  const next = { ...flight, ...changes };
  return new Flight(
    next.id,
    next.from,
    next.to,
    next.segment,
    next.sentAt,
    next.due,
    next.copyOf,
    next.forged,
    next.corrupt,
    next.marked,
    next.refusal,
    next.copy,
  );
}

/** Whose address this is. */
export function endOf(draft: Draft, address: string, port: number): End {
  const [client, server] = draft.world.hosts;
  const host: HostIndex = address === client.address ? 0 : address === server.address ? 1 : -1;
  return { host, address, port };
}

// The first rule in force that matches decides, and those behind it where it lets them. `courses` is what the
// wire knew before this segment.
function obeyRules(draft: Draft, flight: Flight, courses: readonly Course[]): void {
  const { wire, now, seed } = draft.world;
  for (const rule of wire.rules) {
    if (now < rule.since || now >= rule.until || !matches(rule.match, flight, courses)) continue;
    const seen = rule.seen + 1;
    draft.world.wire.rules = draft.world.wire.rules.map((other) => (other === rule ? { ...rule, seen } : other));
    if (rule.nth !== null && !meant(rule.nth, seen)) continue;
    if (rule.percent !== null && hash(rule.percent.seed ^ seed, rule.id, seen) % 100 >= rule.percent.of) continue;
    const current = draft.world.wire.flights.at(flight.id);
    if (current !== undefined) apply(draft, current, rule);
    if (!rule.goesOn) return;
  }
}

function meant(nth: Nth, seen: number): boolean {
  if (typeof nth === 'number') return nth === seen;
  return 'from' in nth ? seen >= nth.from : nth.includes(seen);
}

function apply(draft: Draft, flight: Flight, rule: Rule): void {
  switch (rule.do) {
    case 'drop':
      draft.find('net.drop', 'segment', flight.id, 'rule', rule.id);
      draft.end(flight, 'dropped-by-rule');
      return;
    case 'delay':
      draft.find('net.delay', 'segment', flight.id, 'rule', rule.id);
      put(draft, changed(flight, { due: flight.due + rule.by }));
      return;
    case 'duplicate':
      draft.find('net.dup', 'segment', flight.id, 'rule', rule.id);
      copyOf(draft, flight, flight.due + rule.by);
      return;
    case 'hold':
      draft.find('net.hold', 'segment', flight.id, 'rule', rule.id);
      put(draft, changed(flight, { due: Number.POSITIVE_INFINITY }));
      return;
    case 'mark':
      draft.find('net.mark', 'segment', flight.id, 'rule', rule.id);
      put(draft, changed(flight, { marked: true }));
      return;
    case 'refuse':
      put(draft, changed(flight, { refusal: rule.what }));
  }
}

/** An extra copy of a flight that lands at `due`. */
export function copyOf(draft: Draft, flight: Flight, due: number): Flight {
  const packet = {
    fromAddress: flight.from.address,
    fromPort: flight.from.port,
    toAddress: flight.to.address,
    toPort: flight.to.port,
    segment: flight.segment,
  };
  const original = flight.copyOf === 0 ? flight.id : flight.copyOf;
  const { wire } = draft.world;
  const copy = (wire.copied.find((one) => one.flight === original)?.times ?? 0) + 1;
  const others = wire.copied.filter((one) => one.flight !== original);
  wire.copied = [...others, { flight: original, times: copy }].slice(-remembered);
  return launch(draft, packet, { due, copyOf: original, copy });
}

/** Flights whose copies are counted: a rule that copies everything must not make the world grow. */
const remembered = 32;

/** Whether a flight fits every field given. */
function matches(match: Match, flight: Flight, courses: readonly Course[]): boolean {
  if (match.from !== null && sideOf(flight.from.host) !== match.from) return false;
  const names: readonly string[] = ctlNames(flight.segment.ctl);
  if (match.flags?.some((flag) => !names.includes(flag))) return false;
  if (match.without?.some((flag) => names.includes(flag))) return false;
  if (match.exactly !== undefined && !match.exactly.some((set) => sameSet(set, names))) return false;
  if (match.port !== undefined && flight.from.port !== match.port) return false;
  if (match.toPort !== undefined && flight.to.port !== match.toPort) return false;
  if (match.len !== null && !fits({ is: match.len.is, limit: match.len.octets }, flight.segment.data.length))
    return false;
  if (match.wnd !== undefined && !fits(match.wnd, flight.segment.wnd)) return false;
  if (match.size !== undefined && !fits(match.size, sizeOf(flight.segment))) return false;
  return fitsCourse(match, flight, courses);
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}

// The segment itself belongs to the course that its numbers are counted in, but not to what it might repeat.
function fitsCourse(match: Match, flight: Flight, before: readonly Course[]): boolean {
  if (match.seq === undefined && match.ack === undefined && match.again === undefined) return true;
  const { from, to, segment } = flight;
  if (match.again !== undefined && repeats(courseOf(before, from, to), segment) !== match.again) return false;
  const now = watch(before, flight);
  const seq = relative(courseOf(now, from, to), segment.seq);
  if (match.seq !== undefined && (seq === null || !fits(match.seq, seq))) return false;
  if (match.ack === undefined) return true;
  const ack = has(segment, ACK) ? relative(courseOf(now, to, from), segment.ack) : null;
  return ack !== null && fits(match.ack, ack);
}

// IPv4 and TCP headers of 20 octets each.
function sizeOf(segment: Segment): number {
  return 40 + optionLength(segment.options) + segment.data.length;
}

function sideOf(host: HostIndex): 'client' | 'server' | 'third' {
  if (host === 0) return 'client';
  return host === 1 ? 'server' : 'third';
}

function fits(bound: Bound, number: number): boolean {
  switch (bound.is) {
    case '=':
      return number === bound.limit;
    case '>':
      return number > bound.limit;
    case '<':
      return number < bound.limit;
  }
}
