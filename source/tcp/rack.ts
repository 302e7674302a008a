// Losses judged by time (RFC 8985 section 6): what was sent well before something that has already arrived is lost.

import { due } from './clock.ts';
import { markLost } from './flight.ts';
import type { Turn } from './outcome.ts';
import type { Sent } from './sent.ts';
import { after } from './seq.ts';
import type { Joined } from './tcb.ts';
import { off } from './timers.ts';

// Linux TCP_TIMEOUT_MIN: two ticks of a millisecond clock at least before the timer looks again.
const patience = 2_000;

/** An outstanding segment has arrived, as an ACK or a SACK block says. */
export function noteDelivered(turn: Turn, tcb: Joined, entry: Readonly<Sent>): void {
  const { congestion } = tcb;
  const rtt = turn.now - entry.lastAt;
  // A repetition acknowledged faster than any round trip so far: the original arrived after all.
  if (entry.times > 1 && rtt < tcb.rtt.min) return;
  const end = entry.end;
  if (entry.lastAt < congestion.rackAt || (entry.lastAt === congestion.rackAt && !after(end, congestion.rackEnd))) {
    if (entry.times === 1 && after(congestion.rackEnd, end)) congestion.reordered = true;
    return;
  }
  congestion.rackAt = entry.lastAt;
  congestion.rackEnd = end;
  congestion.rackRtt = rtt;
}

// How long after the round trip a segment may still be merely out of order.
function reorderingWindow(turn: Turn, tcb: Readonly<Joined>): number {
  if (!tcb.congestion.reordered) {
    if (tcb.congestion.phase !== 'open') return 0;
    let received = 0;
    for (const entry of tcb.outstanding) if (entry.sacked) received += 1;
    if (received >= turn.profile.duplicateAcks) return 0;
  }
  return Math.min(tcb.rtt.min / 4, tcb.rtt.srtt);
}

/** Marks what is overdue as lost, and sets the timer for what soon will be; true when something was marked. */
export function markOverdue(turn: Turn, tcb: Joined): boolean {
  const { congestion } = tcb;
  tcb.timers.reordering = off;
  if (congestion.rackAt < 0) return false;
  const window = reorderingWindow(turn, tcb);
  let marked = false;
  let wait = 0;
  for (let index = 0; index < tcb.outstanding.length; index++) {
    const entry = tcb.outstanding[index];
    if (entry === undefined || entry.sacked || entry.lost || !overtaken(entry, tcb)) continue;
    const remaining = congestion.rackRtt + window - (turn.now - entry.lastAt);
    if (remaining <= 0) {
      turn.find('rack.lost', 'SEG.SEQ', entry.seq, 'overdue', -remaining);
      markLost(tcb, index);
      marked = true;
    } else wait = Math.max(wait, remaining);
  }
  if (wait > 0) tcb.timers.reordering = due(turn, wait + patience);
  return marked;
}

function overtaken(entry: Readonly<Sent>, tcb: Readonly<Joined>): boolean {
  const { rackAt, rackEnd } = tcb.congestion;
  return entry.lastAt < rackAt || (entry.lastAt === rackAt && after(rackEnd, entry.end));
}
