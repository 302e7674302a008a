// What a connection starts with before anything is known of its path.

import { Congestion } from './congestion.ts';
import type { Turn } from './outcome.ts';
import { RoundTrip } from './rtt.ts';
import type { Seq } from './seq.ts';

/** No samples yet: the initial RTO (RFC 6298 section 2.1). */
export function beginRoundTrip(turn: Turn, iss: Seq): RoundTrip {
  return new RoundTrip(turn.profile.initialRto, iss);
}

/** A window that is set once the segment size is known, and the profile's first threshold. */
export function beginCongestion(turn: Turn): Congestion {
  return new Congestion(0, turn.profile.initialThreshold ?? Number.POSITIVE_INFINITY);
}
