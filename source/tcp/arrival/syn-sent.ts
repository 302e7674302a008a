// SEGMENT ARRIVES, state SYN-SENT (RFC 9293 section 3.10.7.3): ACK, RST, (security), SYN, and neither of the last two.

import { acknowledgeNow } from '../acknowledge.ts';
import { due } from '../clock.ts';
import { startTimer } from '../departure.ts';
import { agreeOnOptions, establish, expectAfterSyn, forgiveRepetitions } from '../establish.ts';
import { resetTo, synAckFrom } from '../header.ts';
import type { Turn } from '../outcome.ts';
import { adapts, enterQuick } from '../quick-ack.ts';
import { retireSegments } from '../retire.ts';
import { sample } from '../rtt.ts';
import { ACK, FIN, has, PSH, RST, Segment, SYN } from '../segment.ts';
import { Sent } from '../sent.ts';
import { add, after, before, distance } from '../seq.ts';
import { Joined, type SynSent } from '../tcb.ts';
import { off } from '../timers.ts';
import { transmit } from '../transmit.ts';

/**
 * Returns the rest of a segment that carried more than the handshake (text, FIN) for the checks of the other
 * states, with the TCB in its new shape; null when nothing is left to do.
 */
export function arriveSynSent(turn: Turn, tcb: SynSent, segment: Segment): Segment | null {
  if (!acknowledgmentFits(turn, tcb, segment)) return null; // first, the ACK bit
  if (has(segment, RST)) {
    reset(turn, segment);
    return null;
  }
  turn.find('check.rst-clear');
  // Third, security, is not modelled. Fourth, the SYN bit; fifth, neither of the two.
  if (!has(segment, SYN)) {
    turn.find('syn-sent.drop');
    return null;
  }
  return has(segment, ACK) ? synchronised(turn, tcb, segment) : simultaneous(turn, tcb, segment);
}

// First, the ACK bit. Not equality: data on our SYN may have been acknowledged in part.
function acknowledgmentFits(turn: Turn, tcb: SynSent, segment: Segment): boolean {
  const { snd } = tcb;
  if (!has(segment, ACK)) {
    turn.find('check.ack-absent');
    return true;
  }
  if (before(segment.ack, add(snd.iss, turn.profile.synOccupies)) || after(segment.ack, snd.nxt)) {
    if (has(segment, RST)) {
      turn.find('syn-sent.rst-ignored', 'SEG.ACK', segment.ack, 'ISS', snd.iss);
      return false;
    }
    turn.find('syn-sent.bad-ack-reset', 'SEG.ACK', segment.ack, 'ISS', snd.iss, 'SND.NXT', snd.nxt);
    turn.emit(resetTo(segment));
    againSoon(turn, tcb);
    return false;
  }
  turn.find('check.ack-acceptable', 'SEG.ACK', segment.ack, 'SND.NXT', snd.nxt);
  return true;
}

// The peer's leftover connection has just been reset, so a SYN that was not repeated yet need not wait its full time.
function againSoon(turn: Turn, tcb: SynSent): void {
  const { synAgainAfterBadAck } = turn.profile;
  if (synAgainAfterBadAck === null || tcb.synRepetitions > 0) return;
  tcb.timers.retransmission = due(turn, synAgainAfterBadAck);
  turn.find('syn-sent.again-soon', 'wait', synAgainAfterBadAck);
}

// Second, the RST bit.
function reset(turn: Turn, segment: Segment): void {
  if (!has(segment, ACK)) {
    turn.find('syn-sent.rst-ignored');
    return;
  }
  turn.find('syn-sent.refused', 'SEG.ACK', segment.ack);
  turn.close('ECONNREFUSED');
}

// Fourth, the SYN bit, with our SYN acknowledged: ESTABLISHED.
function synchronised(turn: Turn, half: SynSent, segment: Segment): Segment | null {
  const tcb = Joined.from(half, segment.seq, 'ESTABLISHED');
  expectAfterSyn(turn, tcb);
  turn.tcb = tcb;
  const { snd } = tcb;
  snd.una = segment.ack;
  const octets = Math.max(0, (snd.una - tcb.queueFrom) | 0);
  tcb.queue = tcb.queue.drop(octets);
  tcb.queueFrom = add(tcb.queueFrom, octets);
  retireSegments(turn, tcb, snd.una);
  tcb.timers.retransmission = off;
  tcb.heardAt = turn.now;
  takeSample(turn, tcb, half, segment);
  agreeOnOptions(turn, tcb, segment);
  turn.find('syn-sent.established', 'SEG.ACK', segment.ack, 'RCV.NXT', tcb.rcv.nxt);
  establish(turn, tcb, segment);
  if (tcb.outstanding.length === 0) tcb.timers.user = off;
  else startTimer(turn, tcb); // the peer has not taken the data that came with our SYN
  const rest = afterSyn(turn, tcb, segment, turn.profile.synAckText);
  if (rest !== null) {
    turn.acknowledging = 'now';
    return rest;
  }
  transmit(turn, tcb);
  if (turn.acknowledged) return null;
  if (adapts(turn.profile) && tcb.interactive) ackWithData(turn, tcb);
  else acknowledgeNow(turn, tcb);
  return null;
}

// Where ACKs wait for data the third segment of the handshake does so as well (Linux tcp_rcv_synsent_state_process).
function ackWithData(turn: Turn, tcb: Joined): void {
  const { ackDelay, quickAcks } = turn.profile;
  enterQuick(turn, tcb, quickAcks);
  tcb.timers['delayed-ack'] = due(turn, ackDelay);
  turn.find('ack.delay', 'delay', ackDelay);
}

// The same without an ACK: both sides opened at once.
function simultaneous(turn: Turn, half: SynSent, segment: Segment): Segment | null {
  const tcb = Joined.from(half, segment.seq, 'SYN-RECEIVED');
  expectAfterSyn(turn, tcb);
  turn.tcb = tcb;
  tcb.heardAt = turn.now;
  agreeOnOptions(turn, tcb, segment);
  tcb.snd.wnd = segment.wnd;
  tcb.snd.maxWnd = segment.wnd;
  tcb.snd.wl1 = segment.seq;
  turn.find('syn-sent.simultaneous', 'SEG.SEQ', segment.seq, 'RCV.NXT', tcb.rcv.nxt);
  // The SYN has now been sent twice: its acknowledgment times neither (Karn), unless this is the first answer.
  tcb.outstanding = apart(turn, half);
  tcb.rtt.backoff = 0;
  tcb.timers.retransmission = off;
  const rest = afterSyn(turn, tcb, segment, turn.profile.synText);
  if (rest !== null) {
    tcb.unread = tcb.unread.append(rest.data);
    tcb.rcv.nxt = add(tcb.rcv.nxt, rest.data.length);
    tcb.rcv.wnd -= rest.data.length;
    if (has(rest, FIN)) tcb.rcv.fin = tcb.rcv.nxt;
    turn.find('syn.text-queued', 'octets', rest.data.length);
  }
  turn.emit(synAckFrom(turn, tcb));
  startTimer(turn, tcb);
  return null;
}

// Data that left with our SYN does not go with the SYN,ACK: it is repeated by itself.
function apart(turn: Turn, half: SynSent): Sent[] {
  const { synOccupies } = turn.profile;
  const { iss, nxt } = half.snd;
  const textFrom = add(iss, synOccupies);
  const sent = [new Sent(iss, synOccupies, SYN, half.waitingSince, turn.now)];
  const text = distance(nxt, textFrom);
  if (text > 0) sent.push(new Sent(textFrom, text, PSH, half.waitingSince));
  return sent;
}

function takeSample(turn: Turn, tcb: Joined, half: SynSent, segment: Segment): void {
  const [syn] = half.outstanding;
  if (syn === undefined) return;
  const stamped = half.tsOk && segment.options.tsVal !== null;
  forgiveRepetitions(turn, tcb, segment, half.waitingSince);
  if (syn.times > 1 && stamped && turn.profile.rttSampling === 'every-ack') return; // the echo is measured instead
  if (syn.times > 1 && !stamped) {
    turn.find('rto.karn', 'transmissions', syn.times);
    return;
  }
  const time = turn.now - syn.lastAt;
  sample(tcb.rtt, time, turn.profile, tcb.snd.una, tcb.snd.nxt);
  tcb.rtt.timedAt = -1;
  turn.find('rto.sample', 'R', time, 'SRTT', Math.round(tcb.rtt.srtt), 'RTO', tcb.rtt.rto);
}

// What remains of the segment after its SYN, cut to the window like any other text; null when that was all.
function afterSyn(turn: Turn, tcb: Joined, segment: Segment, text: 'keep' | 'drop'): Segment | null {
  const { data } = segment;
  if (data.length === 0 && !has(segment, FIN)) return null;
  if (text === 'drop') {
    turn.find('syn.text-dropped', 'octets', data.length);
    return null;
  }
  const taken = data.cut(0, Math.min(data.length, tcb.rcv.wnd));
  const beyond = data.length - taken.length;
  if (beyond > 0) turn.find('seq.trimmed', 'before', 0, 'after', beyond);
  const ctl = segment.ctl & ~(beyond > 0 ? SYN | FIN : SYN);
  const from = add(segment.seq, turn.profile.synOccupies);
  return new Segment(from, segment.ack, ctl, segment.wnd, segment.up, taken, segment.options);
}
