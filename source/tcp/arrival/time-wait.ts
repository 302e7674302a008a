// TIME-WAIT, where RFC 9293 section 3.10.7.4 has rules of its own: a new SYN, and whatever is not acceptable.

import { acknowledgeNow, challenge } from '../acknowledge.ts';
import { due } from '../clock.ts';
import type { Turn } from '../outcome.ts';
import { ACK, end, FIN, has, length, RST, type Segment, SYN } from '../segment.ts';
import { add, after } from '../seq.ts';
import type { Joined } from '../tcb.ts';
import { stopAll } from '../timers.ts';

/** Enters TIME-WAIT for the profile's 2MSL, or leaves it out where that is none. */
export function enterTimeWait(turn: Turn, tcb: Joined): void {
  // Where little is kept of the connection, its last ACK leaves while all of it is still there.
  if (turn.profile.timeWaitKeeps === 'numbers' && turn.acknowledging !== 'no') acknowledgeNow(turn, tcb);
  stopAll(tcb.timers);
  tcb.state = 'TIME-WAIT';
  tcb.outstanding = [];
  if (turn.profile.timeWait === 0) {
    if (turn.acknowledging !== 'no') acknowledgeNow(turn, tcb);
    turn.find('time-wait.skipped');
    turn.close(null);
    return;
  }
  turn.find('time-wait.enter', '2MSL', turn.profile.timeWait);
  tcb.timers['time-wait'] = due(turn, turn.profile.timeWait);
}

/**
 * A new SYN for this pair of sockets: true when it has been dealt with. It may replace the old connection when
 * it is provably newer (MAY-2, RFC 6191) and somebody listens; the listener then takes the same segment.
 */
export function synInTimeWait(turn: Turn, tcb: Joined, segment: Segment): boolean {
  if (!has(segment, SYN) || has(segment, RST | ACK | FIN)) return false;
  const { profile } = turn;
  const { tsVal } = segment.options;
  const higher = after(segment.seq, tcb.rcv.nxt);
  const timestamps = profile.timeWaitSyn === 'higher-sequence-or-timestamp';
  const newer = timestamps && tsVal !== null && tcb.tsOk ? ((tsVal - tcb.tsRecent) | 0) > 0 : false;
  const older = timestamps && tsVal !== null && tcb.tsOk ? ((tsVal - tcb.tsRecent) | 0) < 0 : false;
  const fromNone = timestamps && tsVal !== null && !tcb.tsOk;
  const accepted = profile.timeWaitSyn !== 'never' && !older && (newer || higher || fromNone);
  if (accepted && turn.listening) {
    turn.find('time-wait.syn-reuse', 'SEG.SEQ', segment.seq, 'RCV.NXT', tcb.rcv.nxt);
    turn.reopenFrom = add(tcb.snd.nxt, profile.reopenGap);
    turn.close(null);
    return true;
  }
  if (profile.timeWaitSynRefused === 'drop')
    turn.find('time-wait.syn-reject', 'SEG.SEQ', segment.seq, 'RCV.NXT', tcb.rcv.nxt);
  else challenge(turn, tcb, 'time-wait.syn-reject', 0, 'SEG.SEQ', segment.seq, 'RCV.NXT', tcb.rcv.nxt);
  return true;
}

/**
 * An unacceptable segment in TIME-WAIT is acknowledged. When it is the peer's FIN again, our last ACK was
 * lost and 2MSL starts over; Table 6 alone would never let the RFC's own rule for that be reached.
 */
export function againInTimeWait(turn: Turn, tcb: Joined, segment: Segment): void {
  const fin = has(segment, FIN) && tcb.rcv.fin !== null && add(end(segment), -1) === tcb.rcv.fin;
  if (tcb.sackOk && turn.profile.dsack && length(segment) > 0 && !after(end(segment), tcb.rcv.nxt)) {
    tcb.dsack = { from: segment.seq, to: end(segment) };
  }
  if (fin) {
    turn.find('time-wait.fin-again', 'SEG.SEQ', segment.seq, '2MSL', turn.profile.timeWait);
    tcb.timers['time-wait'] = due(turn, turn.profile.timeWait);
    acknowledgeNow(turn, tcb);
    return;
  }
  challenge(turn, tcb, 'time-wait.old-segment', segment.data.length, 'SEG.SEQ', segment.seq, 'RCV.NXT', tcb.rcv.nxt);
}
