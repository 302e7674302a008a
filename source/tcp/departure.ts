// A segment leaves for the first time: what it takes along, what is kept of it, and the timers that wait for its answer.

import { due } from './clock.ts';
import { fullSize, segmentFrom } from './header.ts';
import type { Turn } from './outcome.ts';
import { adapts, dataLeaves } from './quick-ack.ts';
import { backedOff } from './rtt.ts';
import { CWR, FIN, type Segment } from './segment.ts';
import { Sent } from './sent.ts';
import { add, distance } from './seq.ts';
import type { Joined, Sending } from './tcb.ts';
import { off } from './timers.ts';

/** Starts the retransmission timer if it is off (RFC 6298 section 5.1). */
export function startTimer(turn: Turn, tcb: Sending): void {
  const { timers } = tcb;
  if (timers.retransmission !== off || timers.persist !== off || timers['tail-loss-probe'] !== off) return;
  const wait = backedOff(tcb.rtt, turn.profile);
  tcb.timers.retransmission = due(turn, wait);
  turn.find('rto.start', 'RTO', wait);
}

/** One segment with new data (or our FIN alone) leaves; `kept` are the bits that a repetition of it carries. */
export function launchSegment(turn: Turn, tcb: Joined, octets: number, ctl: number, kept: number): void {
  const { snd } = tcb;
  const data = tcb.queue.peek(distance(snd.nxt, tcb.queueFrom), octets);
  const cwr = tcb.cwrPending && octets > 0 ? CWR : 0;
  if (cwr !== 0) tcb.cwrPending = false;
  const fin = (ctl & FIN) === 0 ? 0 : 1;
  launch(turn, tcb, segmentFrom(turn, tcb, snd.nxt, ctl | cwr, data), octets + fin, kept);
}

/** Our FIN is about to take this number. */
export function finLeaves(turn: Turn, tcb: Joined, at: typeof tcb.snd.nxt): void {
  const merged = tcb.rcv.fin !== null && tcb.rcv.ackSent !== tcb.rcv.nxt;
  tcb.finSeq = at;
  turn.find('fin.sent', 'SEG.SEQ', at);
  if (merged) turn.find('fin.merged-with-ack', 'RCV.NXT', tcb.rcv.nxt);
}

/** A new segment leaves: it becomes outstanding, is timed, and starts the timer. */
export function launch(turn: Turn, tcb: Joined, segment: Segment, size: number, ctl: number): void {
  const { snd, rtt } = tcb;
  if (tcb.outstanding.length === 0) tcb.waitingSince = turn.now;
  turn.emit(segment);
  tcb.outstanding = [...tcb.outstanding, new Sent(snd.nxt, size, ctl, turn.now)];
  snd.nxt = add(snd.nxt, size);
  if (rtt.timedAt < 0) {
    rtt.timedEnd = snd.nxt;
    rtt.timedAt = turn.now;
  }
  tcb.congestion.sentAt = turn.now;
  tcb.congestion.prrOut += turn.profile.windowUnit === 'packets' ? fullSize(turn, tcb) : size;
  if (adapts(turn.profile) && segment.data.length > 0) dataLeaves(turn, tcb);
  tcb.timers.persist = off;
  startTimer(turn, tcb);
  startUserTimeout(turn, tcb);
}

/** Starts the user timeout when something begins to wait for its acknowledgment (RFC 9293 section 3.9.1.1). */
export function startUserTimeout(turn: Turn, tcb: Sending): void {
  const limit = tcb.socket.userTimeout ?? turn.profile.userTimeout;
  if (limit !== null && tcb.timers.user === off) tcb.timers.user = due(turn, limit);
}

/** Starts the timer that probes a closed window: after one RTO at first, then backed off (RFC 9293 section 3.8.6.1). */
export function startPersist(turn: Turn, tcb: Joined): void {
  if (tcb.timers.persist !== off) return;
  const { profile } = turn;
  const base = Math.max(tcb.rtt.rto, profile.persistMin);
  const wait = Math.min(base * 2 ** Math.min(tcb.windowProbes, 30), profile.persistMax);
  tcb.timers.persist = due(turn, wait);
  tcb.timers.retransmission = off;
  turn.find('persist.start', 'SND.WND', tcb.snd.wnd, 'wait', wait);
}
