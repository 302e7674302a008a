// The reordering timer (RFC 8985 section 6.3): what was overtaken has had its chance to arrive late.

import { settleAck } from '../acknowledge.ts';
import type { Turn } from '../outcome.ts';
import { markOverdue } from '../rack.ts';
import { enterOverdueRecovery } from '../recovery.ts';
import type { Joined } from '../tcb.ts';
import { transmit } from '../transmit.ts';

/** Judges again by time, and repeats what is lost now. */
export function expireReordering(turn: Turn, tcb: Joined): void {
  if (markOverdue(turn, tcb)) enterOverdueRecovery(turn, tcb);
  transmit(turn, tcb);
  settleAck(turn, tcb);
}
