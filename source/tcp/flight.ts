// What is in flight: how much of it there is in the network, and what of it is lost.

import { fullSize } from './header.ts';
import type { Turn } from './outcome.ts';
import type { Joined, Sending } from './tcb.ts';

/**
 * Octets believed to be in the network: what is outstanding, less what SACK reported and what was judged
 * lost and not repeated (the "pipe" of RFC 6675 section 4).
 */
export function pipe(tcb: Readonly<Sending>): number {
  let octets = 0;
  for (const entry of tcb.outstanding) if (!entry.sacked && !entry.lost) octets += entry.length;
  return octets;
}

/** Segments that are in the network, as counted against the congestion window. */
export function segmentsInFlight(tcb: Readonly<Joined>): number {
  let count = 0;
  for (const entry of tcb.outstanding) if (!entry.sacked && !entry.lost) count += 1;
  // Without SACK each duplicate ACK tells that one of them has arrived, whichever (tcp_add_reno_sack).
  return tcb.sackOk ? count : Math.max(count - tcb.congestion.duplicates, 0);
}

/** What is in the network, in octets; where the window counts packets, each of them counts as a full one. */
export function inNetwork(turn: Turn, tcb: Readonly<Joined>): number {
  return turn.profile.windowUnit === 'packets' ? segmentsInFlight(tcb) * fullSize(turn, tcb) : pipe(tcb);
}

/** What one segment of so many octets counts against the congestion window. */
export function weight(turn: Turn, tcb: Joined, octets: number): number {
  return turn.profile.windowUnit === 'packets' ? fullSize(turn, tcb) : octets;
}

/** Marks everything outstanding and not reported received as lost (after a timeout). */
export function markAllLost(tcb: Sending): void {
  tcb.outstanding = tcb.outstanding.map((entry) => (entry.sacked || entry.lost ? entry : entry.missing()));
}

/** Marks one outstanding segment as lost. */
export function markLost(tcb: Sending, index: number): void {
  const entry = tcb.outstanding[index];
  if (entry === undefined || entry.lost || entry.sacked) return;
  const outstanding = tcb.outstanding.slice();
  outstanding[index] = entry.missing();
  tcb.outstanding = outstanding;
}
