// Whether the congestion window is used up, and what becomes of one that is not (Linux tcp_output.c tcp_cwnd_validate;
// RFC 7661 has the same aim): a window that nobody fills says nothing about the path, so it neither grows nor stays.

import { type Congestion, initialWindow } from './congestion.ts';
import { segmentsInFlight } from './flight.ts';
import { fullSize } from './header.ts';
import type { Turn } from './outcome.ts';
import { before } from './seq.ts';
import type { Joined } from './tcb.ts';

/** Whether the window may grow: it was filled, or in slow start at least half of it (tcp_is_cwnd_limited). */
export function isUsedUp(congestion: Readonly<Congestion>, smss: number): boolean {
  if (congestion.filled) return true;
  return congestion.cwnd < congestion.ssthresh && Math.floor(congestion.cwnd / smss) < 2 * congestion.mostOut;
}

/** After segments have left, or `held` back because the window is full: how far it was used in this round trip. */
export function noteUsage(turn: Turn, tcb: Joined, sent: boolean, held: boolean): void {
  if (turn.profile.windowUnit !== 'packets') return;
  const { congestion, snd } = tcb;
  const smss = fullSize(turn, tcb);
  const filled = held || segmentsInFlight(tcb) >= Math.floor(congestion.cwnd / smss);
  if (!sent && !filled) return;
  const out = tcb.outstanding.length;
  if (!before(snd.una, congestion.usageEnd) || filled || (!congestion.filled && out > congestion.mostOut)) {
    congestion.filled = filled;
    congestion.mostOut = out;
    congestion.usageEnd = snd.nxt;
  }
  if (isUsedUp(congestion, smss)) {
    congestion.used = 0;
    congestion.usedAt = turn.now;
    return;
  }
  congestion.used = Math.max(congestion.used, out);
  if (turn.profile.idleRestart && turn.now - congestion.usedAt >= tcb.rtt.rto) applicationLimited(turn, tcb, smss);
}

// For a whole timeout the application sent less than it might have: half of the unused part goes.
function applicationLimited(turn: Turn, tcb: Joined, smss: number): void {
  const { congestion } = tcb;
  if (congestion.phase === 'open' && !tcb.writerWaits) {
    const segments = Math.floor(congestion.cwnd / smss);
    const used = Math.max(congestion.used, initialWindow(turn.profile, smss, false) / smss);
    if (used < segments) {
      congestion.ssthresh = presentThreshold(congestion, smss);
      congestion.cwnd = ((segments + used) >> 1) * smss;
      turn.find('cc.application-limited', 'used', used * smss, 'cwnd', congestion.cwnd);
    }
    congestion.used = 0;
  }
  congestion.usedAt = turn.now;
}

/** What the path has carried lately, kept as the threshold: three quarters of the window at least (tcp_current_ssthresh). */
export function presentThreshold(congestion: Readonly<Congestion>, smss: number): number {
  if (congestion.phase === 'recovery') return congestion.ssthresh;
  const segments = Math.floor(congestion.cwnd / smss);
  return Math.max(congestion.ssthresh, ((segments >> 1) + (segments >> 2)) * smss);
}

/** After a pause of more than one RTO the window says nothing about the path any more (RFC 5681 section 4.1). */
export function restartAfterIdle(turn: Turn, tcb: Joined, full: number): void {
  const { congestion } = tcb;
  if (!turn.profile.idleRestart || tcb.outstanding.length > 0 || congestion.sentAt === 0) return;
  const idle = turn.now - congestion.sentAt;
  if (idle <= tcb.rtt.rto) return;
  const restart = Math.min(initialWindow(turn.profile, full, false), congestion.cwnd);
  const byPackets = turn.profile.windowUnit === 'packets';
  if (byPackets) {
    congestion.ssthresh = presentThreshold(congestion, full);
    congestion.usedAt = turn.now;
    congestion.used = 0;
  }
  if (restart === congestion.cwnd) return;
  // Halved for each timeout of the pause where packets count, else restarted at once.
  const halvings = byPackets ? Math.ceil(idle / tcb.rtt.rto) - 1 : Number.POSITIVE_INFINITY;
  const segments = Math.floor(Math.floor(congestion.cwnd / full) / 2 ** Math.min(halvings, 30));
  congestion.cwnd = Math.max(restart, segments * full);
  turn.find('cc.idle-restart', 'idle', idle, 'cwnd', congestion.cwnd);
}
