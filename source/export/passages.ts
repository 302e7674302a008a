// The segments of a course of events, each with its whole life.

import type { Timeline } from '../session/timeline.ts';
import { ACK, FIN, has, length, RST, SYN, UDP } from '../tcp/segment.ts';
import type { FateReason, Flight } from '../world/wire.ts';

/** One segment from its sending to its end. */
export interface Passage {
  /** As it was sent. */
  readonly flight: Flight;
  /** Index and time (microseconds) of the event that put it on the wire. */
  readonly sent: { readonly index: number; readonly at: number };
  /** How it ended and in which shape; null while it is on the wire. */
  readonly end: {
    readonly index: number;
    readonly at: number;
    readonly reason: FateReason;
    readonly flight: Flight;
    readonly byPerson: boolean;
  } | null;
  /** Id of the earliest segment that carried the same sequence numbers; 0 where this is no retransmission. */
  readonly repeats: number;
}

/** The segments that were put on the wire by the events `from` to `to` (indexes, both included), by their ids. */
export function passagesOf(course: Timeline, from: number, to: number): ReadonlyMap<number, Passage> {
  const passages = new Map<number, Passage>();
  const earliest = new Map<string, number>();
  for (const { index, step, position } of course.steps(from, to)) {
    const at = step.world.now;
    for (const flight of step.sent) {
      passages.set(flight.id, { flight, sent: { index, at }, end: null, repeats: repeated(flight, earliest) });
    }
    const byPerson = position !== null && course.decisions[position]?.by === 'person';
    for (const { flight, reason } of step.fates) {
      const passage = passages.get(flight.id);
      if (passage !== undefined) {
        passages.set(flight.id, { ...passage, end: { index, at, reason, flight, byPerson } });
      }
    }
  }
  return passages;
}

// A pure ACK takes no sequence number and a datagram has none, so they are never repetitions. Copies that the network made are not either.
function repeated(flight: Flight, earliest: Map<string, number>): number {
  const { segment, from, to } = flight;
  if (flight.copyOf !== 0 || flight.forged || length(segment) === 0 || has(segment, UDP)) return 0;
  // A SYN,ACK that answers a SYN is another segment than the SYN before it; elsewhere ACK comes as it happens.
  const telling = segment.ctl & (SYN | FIN | RST | ((segment.ctl & SYN) === 0 ? 0 : ACK));
  const key = `${from.address} ${from.port} ${to.address} ${to.port} ${segment.seq} ${telling}`;
  const first = earliest.get(key);
  if (first === undefined) earliest.set(key, flight.id);
  return first ?? 0;
}
