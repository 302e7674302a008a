// What Wireshark would say of the segments of an event, where the engine knows.

import type { Timeline } from '../session/timeline.ts';
import { has, UDP } from '../tcp/segment.ts';
import type { Step } from '../world/outcome.ts';
import type { Flight } from '../world/wire.ts';
import { Analysis, type Verdict } from './wireshark-analysis.ts';

/** A packet that a capture at one end sees. */
export interface Seen {
  readonly host: 0 | 1;
  readonly direction: 'in' | 'out';
  /** As it looks there. */
  readonly flight: Flight;
}

/** What captures at both ends see of an event, in order. Copies and forgeries are made on the way: no host sends them. */
export function* seenIn({ fates, sent }: Pick<Step, 'fates' | 'sent'>): Generator<Seen> {
  for (const { flight, reason } of fates) {
    const arrives = reason === 'delivered' || reason === 'corrupt';
    if (arrives && flight.to.host !== -1) yield { host: flight.to.host, direction: 'in', flight };
  }
  for (const flight of sent) {
    if (flight.from.host === -1 || flight.forged || flight.copyOf !== 0) continue;
    yield { host: flight.from.host, direction: 'out', flight };
  }
}

/** What Wireshark would say of one segment of an event. */
export interface Said {
  readonly flight: Flight;
  readonly verdicts: readonly Verdict[];
}

/** Events that are looked at from the beginning on: beyond, nobody reads a capture line by line. */
const most = 2_000;

interface Course {
  reached: number;
  readonly ends: readonly [Analysis, Analysis];
  readonly said: Map<number, readonly Said[]>;
}

// Courses of events never change, so what was found of one stays.
const known = new WeakMap<Timeline, Course>();

/** What Wireshark would say of the segments of the event with this index, each at the end where that event is. */
export function wiresharkSays(course: Timeline, index: number): readonly Said[] {
  if (index > most) return [];
  let found = known.get(course);
  if (found === undefined) {
    found = { reached: 0, ends: [new Analysis(), new Analysis()], said: new Map() };
    known.set(course, found);
  }
  for (const { index: at, step } of course.steps(found.reached + 1, index)) {
    const said = [...seenIn(step)].flatMap(({ host, flight }): readonly Said[] => {
      if (has(flight.segment, UDP)) return [];
      const verdicts = found.ends[host].judge({ ...flight, at: step.world.now });
      return verdicts.length === 0 ? [] : [{ flight, verdicts }];
    });
    if (said.length > 0) found.said.set(at, said);
    found.reached = at;
  }
  return found.said.get(index) ?? [];
}

/** How Wireshark writes them in its list of packets. */
export const labels: Readonly<Record<Verdict, string>> = {
  retransmission: '[TCP Retransmission]',
  fast_retransmission: '[TCP Fast Retransmission]',
  spurious_retransmission: '[TCP Spurious Retransmission]',
  out_of_order: '[TCP Out-Of-Order]',
  lost_segment: '[TCP Previous segment not captured]',
  ack_lost_segment: '[TCP ACKed unseen segment]',
  duplicate_ack: '[TCP Dup ACK]',
  zero_window: '[TCP ZeroWindow]',
  zero_window_probe: '[TCP ZeroWindowProbe]',
  zero_window_probe_ack: '[TCP ZeroWindowProbeAck]',
  window_full: '[TCP Window Full]',
  window_update: '[TCP Window Update]',
  keep_alive: '[TCP Keep-Alive]',
  keep_alive_ack: '[TCP Keep-Alive ACK]',
  reused_ports: '[TCP Port numbers reused]',
};
