// The delayed ACK (RFC 9293 section 3.8.6.3, MUST-40).

import { acknowledgeNow } from '../acknowledge.ts';
import type { Turn } from '../outcome.ts';
import { adapts, missed } from '../quick-ack.ts';
import type { Joined } from '../tcb.ts';

/** Nothing came to carry the acknowledgment: it leaves alone. */
export function expireDelayedAck(turn: Turn, tcb: Joined): void {
  turn.find('ack.delay-fired', 'RCV.NXT', tcb.rcv.nxt);
  if (adapts(turn.profile)) missed(turn, tcb);
  acknowledgeNow(turn, tcb);
}
