// A segment enters the wire: it gets an id and a landing time, and standing rules may interfere.

import { hash } from '../host/hash.ts';
import type { Packet } from '../host/work.ts';
import { ctlNames, type Segment } from '../tcp/segment.ts';
import type { Draft } from './draft.ts';
import { type End, Flight, type HostIndex, type Match, type Rule } from './wire.ts';

/** What may differ from an ordinary departure. */
export interface Departure {
  /** Landing time; the wire's delay from now when absent. */
  readonly due?: number;
  readonly copyOf?: number;
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
  );
  world.nextFlight += 1;
  draft.sent.push(flight);
  put(draft, flight);
  if (world.wire.cut) {
    draft.find('net.cut', 'segment', flight.id);
    draft.end(flight, 'cable-cut');
  } else if (!flight.forged && flight.copyOf === 0) obeyRules(draft, flight);
  return flight;
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
  );
}

/** Whose address this is. */
export function endOf(draft: Draft, address: string, port: number): End {
  const [client, server] = draft.world.hosts;
  const host: HostIndex = address === client.address ? 0 : address === server.address ? 1 : -1;
  return { host, address, port };
}

// The first rule in force that matches decides.
function obeyRules(draft: Draft, flight: Flight): void {
  const { wire, now, seed } = draft.world;
  for (const rule of wire.rules) {
    if (now >= rule.until || !matches(rule.match, flight)) continue;
    const seen = rule.seen + 1;
    draft.world.wire.rules = draft.world.wire.rules.map((other) => (other === rule ? { ...rule, seen } : other));
    if (rule.nth !== null && rule.nth !== seen) continue;
    if (rule.percent !== null && hash(rule.percent.seed ^ seed, rule.id, seen) % 100 >= rule.percent.of) continue;
    apply(draft, flight, rule);
    return;
  }
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
  return launch(draft, packet, { due, copyOf: flight.copyOf === 0 ? flight.id : flight.copyOf });
}

/** Whether a flight fits every field given. */
export function matches(match: Match, flight: Flight): boolean {
  if (match.from !== null && sideOf(flight.from.host) !== match.from) return false;
  const names: readonly string[] = ctlNames(flight.segment.ctl);
  if (match.flags?.some((flag) => !names.includes(flag))) return false;
  if (match.without?.some((flag) => names.includes(flag))) return false;
  return match.len === null || fits(match.len, flight.segment);
}

function sideOf(host: HostIndex): 'client' | 'server' | 'third' {
  if (host === 0) return 'client';
  return host === 1 ? 'server' : 'third';
}

function fits(len: NonNullable<Match['len']>, segment: Segment): boolean {
  switch (len.is) {
    case '=':
      return segment.data.length === len.octets;
    case '>':
      return segment.data.length > len.octets;
    case '<':
      return segment.data.length < len.octets;
  }
}
