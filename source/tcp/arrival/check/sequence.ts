// First check: the sequence number (RFC 9293 section 3.10.7.4 (1), Table 6), with PAWS before it (RFC 7323 section 5).

import { challenge, wantAck } from '../../acknowledge.ts';
import { startTimer } from '../../departure.ts';
import { synAckFrom } from '../../header.ts';
import { none } from '../../octets.ts';
import type { Turn } from '../../outcome.ts';
import { enterQuick } from '../../quick-ack.ts';
import { ACK, end, FIN, has, length, RST, Segment, SYN } from '../../segment.ts';
import { add, after, atOrBefore, before, distance, type Seq, within } from '../../seq.ts';
import type { Joined } from '../../tcb.ts';
import { off } from '../../timers.ts';
import { againInTimeWait } from '../time-wait.ts';

/** Whether Table 6 accepts a segment of this length at this sequence number. */
export function acceptable(from: Seq, len: number, nxt: Seq, wnd: number): boolean {
  if (len === 0) return wnd === 0 ? from === nxt : within(from, nxt, wnd);
  if (wnd === 0) return false;
  return within(from, nxt, wnd) || within(add(from, len - 1), nxt, wnd);
}

/** The part of the segment inside the window, or null when the segment must not be used. */
export function checkSequence(turn: Turn, tcb: Joined, segment: Segment): Segment | null {
  const { rcv } = tcb;
  if (tcb.state === 'SYN-RECEIVED' && has(segment, SYN) && segment.seq === rcv.irs && !has(segment, RST)) {
    return synAgain(turn, tcb, segment);
  }
  if (!timestampAcceptable(turn, tcb, segment)) return null;
  if (!acceptable(segment.seq, length(segment), rcv.nxt, rcv.wnd)) return refuse(turn, tcb, segment);
  turn.find('check.seq-acceptable', 'SEG.SEQ', segment.seq, 'RCV.NXT', rcv.nxt, 'RCV.WND', rcv.wnd);
  takeTimestamp(turn, tcb, segment);
  return trim(turn, tcb, segment);
}

// The peer's SYN once more. With an ACK it is the other half of a simultaneous open: only its ACK counts
// (RFC 9293 appendix A.2; by the letter of Table 6 it would be refused). Without one, our SYN,ACK may be lost.
function synAgain(turn: Turn, tcb: Joined, segment: Segment): Segment | null {
  if (has(segment, ACK)) {
    turn.find('syn-rcvd.synack-simultaneous', 'SEG.SEQ', segment.seq, 'IRS', tcb.rcv.irs);
    if (turn.profile.dsackOnSimultaneousOpen && tcb.sackOk) {
      tcb.dsack = { from: segment.seq, to: tcb.rcv.nxt };
      turn.acknowledging = 'now';
    }
    return withoutSyn(turn, segment);
  }
  if (turn.profile.duplicateSyn === 'acknowledge') {
    challenge(turn, tcb, 'syn-rcvd.dup-syn-ack', 0, 'SEG.SEQ', segment.seq, 'IRS', tcb.rcv.irs);
    return null;
  }
  turn.find('syn-rcvd.dup-syn-resend', 'SEG.SEQ', segment.seq, 'IRS', tcb.rcv.irs);
  const { challengeInterval } = turn.profile;
  if (challengeInterval > 0 && turn.now - tcb.rcv.challengedAt < challengeInterval) {
    turn.find('challenge.rate-limited', 'since last', turn.now - tcb.rcv.challengedAt);
    return null;
  }
  tcb.rcv.challengedAt = turn.now;
  turn.emit(synAckFrom(turn, tcb));
  const [sent] = tcb.outstanding;
  // Where every ACK is timed it must show that nobody knows which copy was acknowledged.
  if (sent !== undefined && turn.profile.rttSampling === 'every-ack')
    tcb.outstanding = [sent.again(turn.now), ...tcb.outstanding.slice(1)];
  tcb.synAnswers += 1;
  tcb.rtt.timedAt = -1;
  tcb.timers.retransmission = off;
  startTimer(turn, tcb);
  return null;
}

function withoutSyn(turn: Turn, segment: Segment): Segment {
  const { ack, ctl, wnd, up, data, options } = segment;
  return new Segment(add(segment.seq, turn.profile.synOccupies), ack, ctl & ~SYN, wnd, up, data, options);
}

// PAWS: a timestamp older than the last one marks a segment from the past, whatever its number (RFC 7323 section 5.3 R1).
function timestampAcceptable(turn: Turn, tcb: Joined, segment: Segment): boolean {
  if (!tcb.tsOk || has(segment, RST)) return true;
  const { tsVal } = segment.options;
  const { profile } = turn;
  if (tsVal === null) {
    if (profile.timestampMissing === 'accept' || has(segment, SYN)) return true;
    turn.find('seq.paws-reject', 'TS.Recent', tcb.tsRecent);
    return false;
  }
  const age = (tcb.tsRecent - tsVal) | 0;
  if (age <= profile.pawsSlack || tcb.tsRecent === 0 || turn.now - tcb.tsRecentAt > profile.pawsLapse) return true;
  if (profile.dsack && tcb.sackOk && segment.data.length > 0 && before(segment.seq, tcb.rcv.nxt)) {
    tcb.dsack = { from: segment.seq, to: earlierEnd(segment, tcb.rcv.nxt) };
  }
  challenge(turn, tcb, 'seq.paws-reject', segment.data.length, 'TSval', tsVal, 'TS.Recent', tcb.tsRecent);
  return false;
}

// RFC 7323 section 4.3: TS.Recent follows the segment that the last ACK was waiting for.
function takeTimestamp(turn: Turn, tcb: Joined, segment: Segment): void {
  const { tsVal } = segment.options;
  if (!tcb.tsOk || tsVal === null || has(segment, RST)) return;
  if (((tsVal - tcb.tsRecent) | 0) >= 0 && atOrBefore(segment.seq, tcb.rcv.ackSent)) {
    tcb.tsRecent = tsVal;
    tcb.tsRecentAt = turn.now;
  }
}

// Not acceptable: a reset is dropped silently, everything else earns an ACK with the right position.
function refuse(turn: Turn, tcb: Joined, segment: Segment): Segment | null {
  const { rcv } = tcb;
  const saw = ['SEG.SEQ', segment.seq, 'SEG.LEN', length(segment), 'RCV.NXT', rcv.nxt, 'RCV.WND', rcv.wnd] as const;
  if (has(segment, RST)) {
    if (rcv.wnd === 0 && segment.seq === rcv.nxt) return withoutText(segment);
    turn.find('rst.out-of-window', ...saw);
    return null;
  }
  if (tcb.state === 'TIME-WAIT') {
    againInTimeWait(turn, tcb, segment);
    return null;
  }
  if (has(segment, SYN)) {
    challenge(turn, tcb, turn.profile.challenge ? 'syn.challenge' : 'seq.unacceptable-ack', 0, ...saw);
    return null;
  }
  if (rcv.wnd === 0 && segment.seq === rcv.nxt && !has(segment, SYN)) {
    // MUST-66: the text has no room, but the ACK, RST and URG fields count all the same.
    wantAck(turn, 'seq.zero-window', ...saw);
    return withoutText(segment);
  }
  const old = length(segment) > 0 && !after(end(segment), rcv.nxt);
  if (length(segment) > 0 && before(segment.seq, rcv.nxt)) enterQuick(turn, tcb, turn.profile.quickAcks);
  if (old && segment.data.length > 0) {
    if (tcb.sackOk && turn.profile.dsack) tcb.dsack = { from: segment.seq, to: earlierEnd(segment, rcv.nxt) };
    challenge(turn, tcb, 'data.duplicate', segment.data.length, ...saw);
  } else {
    if (old && tcb.sackOk && turn.profile.dsack) tcb.dsack = { from: segment.seq, to: end(segment) };
    challenge(turn, tcb, 'seq.unacceptable-ack', old ? 1 : segment.data.length, ...saw);
  }
  return null;
}

function earlierEnd(segment: Segment, nxt: Seq): Seq {
  return after(end(segment), nxt) ? nxt : end(segment);
}

function withoutText(segment: Segment): Segment {
  const { ack, ctl, wnd, up, options } = segment;
  return new Segment(segment.seq, ack, ctl & ~FIN, wnd, up, none, options);
}

// Cuts off what was received before and what lies beyond the window, a FIN there included.
function trim(turn: Turn, tcb: Joined, segment: Segment): Segment {
  const { rcv } = tcb;
  const syn = has(segment, SYN) ? 1 : 0;
  const { data } = segment;
  const dataFrom = add(segment.seq, syn);
  const front = Math.max(0, distance(rcv.nxt, dataFrom));
  const right = add(rcv.nxt, rcv.wnd);
  const back = Math.max(0, distance(add(dataFrom, data.length), right));
  const finBeyond = has(segment, FIN) && !before(add(dataFrom, data.length), right) && data.length > 0;
  if ((front === 0 || data.length === 0) && back === 0 && !finBeyond) return segment;
  const cut = data.cut(Math.min(front, data.length), Math.max(front, data.length - back));
  const ctl = back > 0 || finBeyond ? segment.ctl & ~FIN : segment.ctl;
  if (front > 0 && data.length > 0 && tcb.sackOk && turn.profile.dsack) {
    tcb.dsack = { from: dataFrom, to: rcv.nxt };
    turn.acknowledging = 'now';
  }
  turn.find('seq.trimmed', 'before', front, 'after', back);
  const from = front > 0 && data.length > 0 ? add(dataFrom, front) : segment.seq;
  return new Segment(from, segment.ack, ctl, segment.wnd, segment.up, cut, segment.options);
}
