// When a tail loss probe is due (RFC 8985 section 7.2; Linux tcp_schedule_loss_probe).

import { due } from './clock.ts';
import type { Turn } from './outcome.ts';
import { backedOff } from './rtt.ts';
import type { Joined } from './tcb.ts';
import { off } from './timers.ts';

const twoMilliseconds = 2_000;

/**
 * Puts a probe in the place of the retransmission timer: two round trips from now, plus room for the peer's
 * delayed ACK when a single segment is out, and never later than the RTO would be. `restarted` says that the
 * RTO has just been started afresh.
 */
export function scheduleProbe(turn: Turn, tcb: Joined, restarted: boolean): void {
  const { profile } = turn;
  const [first] = tcb.outstanding;
  if (!profile.tailLossProbe || !tcb.sackOk || tcb.congestion.phase !== 'open') return;
  if (first === undefined || tcb.timers.persist !== off || tcb.rtt.backoff > 0) return;
  const rto = backedOff(tcb.rtt, profile);
  const single = tcb.outstanding.length === 1;
  const probe = tcb.rtt.srtt > 0 ? 2 * tcb.rtt.srtt + (single ? profile.rtoMin : twoMilliseconds) : profile.initialRto;
  const remaining = restarted ? rto : Math.max(1, first.lastAt + rto - turn.now);
  tcb.timers['tail-loss-probe'] = due(turn, Math.round(Math.min(probe, remaining)));
  tcb.timers.retransmission = off;
}
