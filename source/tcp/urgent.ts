// Urgent data as the application meets it (RFC 9293 section 3.8.5): how much of it is still ahead of the reader.

import { add, distance } from './seq.ts';
import type { Joined } from './tcb.ts';

/** Octets from the next one to be read up to the urgent pointer; 0 when nothing urgent is ahead (MUST-33). */
export function distanceToUrgent(tcb: Readonly<Joined>): number {
  return Math.max(0, distance(tcb.rcv.up, add(tcb.rcv.nxt, -tcb.unread.length)));
}
