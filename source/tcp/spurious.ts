// Repetitions that were needless, and the reduction taken back: a timeout that came too early (F-RTO, RFC 5682), an ACK that
// echoes the original and not its repetition (Eifel, RFC 3522 and RFC 4015), duplicates reported by D-SACK (RFC 3708).
// The order of the tests is that of Linux tcp_input.c tcp_process_loss.

import type { Turn } from './outcome.ts';
import type { Segment } from './segment.ts';
import { after, atOrAfter } from './seq.ts';
import { type Joined, unsent, usableWindow } from './tcb.ts';

/** In recovery: an ACK moved SND.UNA, and its echo shows that what was repeated had only been late (tcp_try_undo_partial). */
export function undoRecovery(turn: Turn, tcb: Joined, segment: Segment): boolean {
  if (!echoesOriginal(tcb, segment)) return false;
  if (tcb.outstanding.some(({ times, sacked }) => times > 1 && !sacked)) return false;
  noteEcho(turn, tcb, segment);
  takeBack(turn, tcb);
  tcb.congestion.phase = 'open';
  return true;
}

function noteEcho(turn: Turn, tcb: Joined, { options }: Segment): void {
  turn.find('cc.eifel', 'TSecr', options.tsEcr, 'repeated from', tcb.congestion.repeatedFrom);
}

/** What an ACK says about a timeout: that it came too early, that new data will tell, or nothing. */
export type Verdict = 'spurious' | 'try-new-data' | 'none';

/** The window is about to be reduced: what it was is kept, in case that turns out to be a mistake. */
export function remember(turn: Turn, tcb: Joined, threshold: number): void {
  const { congestion } = tcb;
  congestion.priorCwnd = congestion.cwnd;
  congestion.priorSsthresh = threshold;
  congestion.undoLeft = turn.profile.undo ? 0 : -1;
  congestion.repeatedFrom = -1;
}

/** After a timeout an ACK moved SND.UNA; `news` says that SACK reported something besides. */
export function judgeTimeout(turn: Turn, tcb: Joined, segment: Segment, news: boolean): Verdict {
  const { congestion, snd } = tcb;
  if (echoesOriginal(tcb, segment)) {
    noteEcho(turn, tcb, segment);
    takeBack(turn, tcb);
    // Without SACK late duplicates could look like a new loss: the state is left once it is behind us (RFC 6582).
    if (tcb.sackOk) congestion.phase = 'open';
    return 'spurious';
  }
  if (!congestion.frto) return 'none';
  if (turn.originals > 0) return provenSpurious(turn, tcb);
  if (after(snd.nxt, congestion.recover)) {
    if (news) congestion.frto = false;
    return 'none';
  }
  if (atOrAfter(snd.una, congestion.recover)) return 'none';
  if (unsent(tcb) > 0 && usableWindow(tcb) > 0) {
    turn.find('cc.frto-probe', 'SND.UNA', snd.una, 'recover', congestion.recover);
    return 'try-new-data';
  }
  congestion.frto = false;
  return 'none';
}

/** After a timeout an ACK repeats SND.UNA: by SACK it may still report what was never repeated. */
export function judgeDuplicate(turn: Turn, tcb: Joined): Verdict {
  const { congestion, snd } = tcb;
  if (!congestion.frto) return 'none';
  if (turn.originals > 0) return provenSpurious(turn, tcb);
  // Only the new data has arrived: what was in flight before the timeout is lost indeed.
  if (after(snd.nxt, congestion.recover)) congestion.frto = false;
  return 'none';
}

function provenSpurious(turn: Turn, tcb: Joined): Verdict {
  turn.find('cc.frto', 'SND.UNA', tcb.snd.una, 'never repeated', turn.originals);
  takeBack(turn, tcb);
  tcb.congestion.phase = 'open';
  return 'spurious';
}

/** Whether this ACK was caused by something sent before the first repetition (tcp_packet_delayed). */
function echoesOriginal(tcb: Readonly<Joined>, { options }: Segment): boolean {
  const { repeatedFrom, undoLeft } = tcb.congestion;
  if (repeatedFrom < 0 || undoLeft < 0 || !tcb.tsOk || options.tsVal === null || options.tsEcr === 0) return false;
  return ((options.tsEcr - repeatedFrom) | 0) < 0;
}

/** D-SACK says that a repetition was needless; when all were, the reduction was too (tcp_try_undo_dsack). */
export function respondToDsack(turn: Turn, tcb: Joined): void {
  const { congestion } = tcb;
  if (congestion.undoLeft <= 0) return;
  congestion.undoLeft -= 1;
  if (congestion.undoLeft > 0) return;
  takeBack(turn, tcb);
  congestion.phase = 'open';
}

// Nothing is lost any more, and the window is what it was (tcp_undo_cwnd_reduction).
function takeBack(turn: Turn, tcb: Joined): void {
  const { congestion } = tcb;
  if (tcb.outstanding.some(({ lost }) => lost))
    tcb.outstanding = tcb.outstanding.map((entry) => (entry.lost ? entry.found() : entry));
  congestion.undoLeft = -1;
  congestion.cwnd = Math.max(congestion.cwnd, congestion.priorCwnd);
  congestion.ssthresh = Math.max(congestion.ssthresh, congestion.priorSsthresh);
  if (tcb.sackOk || turn.profile.windowUnit === 'octets') congestion.duplicates = 0;
  congestion.frto = false;
  turn.find('cc.undo', 'cwnd', congestion.cwnd, 'ssthresh', congestion.ssthresh);
}
