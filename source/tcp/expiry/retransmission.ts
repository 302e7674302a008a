// The retransmission timer (RFC 6298 section 5.4-5.7, RFC 9293 section 3.8.3): repeat, back off, give up.

import { timeoutsIn } from '../defer.ts';
import { startTimer } from '../departure.ts';
import { synAckFrom, synFrom } from '../header.ts';
import type { Turn } from '../outcome.ts';
import type { GiveUp } from '../profile.ts';
import { respondToTimeout } from '../recovery.ts';
import { repeat } from '../repeat.ts';
import { isBareFin } from '../retire.ts';
import { backedOff } from '../rtt.ts';
import { SYN } from '../segment.ts';
import type { Sent } from '../sent.ts';
import { Joined, type SynSent } from '../tcb.ts';

/** Repeats the earliest unacknowledged segment, or ends the connection when the limit is reached. */
export function expireRetransmission(turn: Turn, tcb: SynSent | Joined): void {
  const [first] = tcb.outstanding;
  if (first === undefined) return;
  const closedWindow = tcb.snd.wnd === 0 && tcb instanceof Joined && tcb.state !== 'SYN-RECEIVED';
  if (!closedWindow && exhausted(turn, tcb, first)) {
    giveUp(turn, tcb);
    return;
  }
  // SHLD-17: what lies beyond a window that shrank does not count towards giving up.
  if (!closedWindow) {
    if (tcb.repetitions === 0) tcb.repeatedAt = turn.now;
    tcb.repetitions += 1;
  }
  tcb.rtt.timedAt = -1;
  backOff(turn, tcb);
  if (tcb instanceof Joined && waitsForData(turn, tcb)) {
    turn.find('listen.defer', 'timeouts', tcb.repetitions);
    startTimer(turn, tcb);
    return;
  }
  // A connection that was closed in SYN-RECEIVED is in FIN-WAIT-1 while its SYN,ACK may still have to be repeated.
  if (tcb instanceof Joined && (first.ctl & SYN) === 0) repeatData(turn, tcb, first);
  else repeatSyn(turn, tcb, first);
  if (tcb.repetitions === turn.profile.r1) {
    turn.find('r1.warn', 'repetitions', tcb.repetitions);
    turn.signals.push('delivery-trouble');
  }
}

// The peer has acknowledged the SYN,ACK and only its data is waited for: nothing is repeated but at the very end
// (Linux inet_connection_sock.c syn_ack_recalc).
function waitsForData(turn: Turn, tcb: Joined): boolean {
  const { deferAccept } = tcb.socket;
  if (tcb.state !== 'SYN-RECEIVED' || !tcb.deferred || deferAccept === null) return false;
  return tcb.repetitions < timeoutsIn(deferAccept, turn.profile);
}

function exhausted(turn: Turn, tcb: SynSent | Joined, first: Sent): boolean {
  // MUST-21: an application that sets a user timeout sets R2, and that limit has a timer of its own.
  if (tcb.socket.userTimeout !== null && tcb instanceof Joined && tcb.state !== 'SYN-RECEIVED') return false;
  const limit = limitOf(turn, tcb);
  switch (limit.after) {
    case 'repetitions':
      return tcb.repetitions >= limit.count;
    case 'retries': {
      const { initialRto, synLinearTimeouts } = turn.profile;
      if (tcb.repetitions >= limit.count + synLinearTimeouts) return true;
      const time = (2 ** (limit.count + 1) - 1) * initialRto;
      return tcb.repetitions > 0 && turn.now - tcb.waitingSince >= time;
    }
    case 'first-transmission':
      return turn.now - Math.max(first.firstAt, tcb.waitingSince) >= limit.time;
    case 'first-repetition':
      return tcb.repetitions > 0 && turn.now - tcb.repeatedAt >= limit.time;
  }
}

function limitOf(turn: Turn, tcb: SynSent | Joined): GiveUp {
  const { profile } = turn;
  if (tcb.state === 'SYN-SENT') {
    if (tcb.socket.synRetries === null) return profile.synGiveUp;
    return { after: 'retries', count: tcb.socket.synRetries };
  }
  if (tcb.state === 'SYN-RECEIVED') {
    if (tcb.passive && turn.repetitionsLeft !== null) {
      turn.find('listen.prune', 'repetitions', turn.repetitionsLeft);
      return { after: 'repetitions', count: turn.repetitionsLeft };
    }
    return tcb.passive ? profile.synAckGiveUp : profile.synGiveUp;
  }
  return tcb.owned ? profile.dataGiveUp : profile.orphanGiveUp;
}

function giveUp(turn: Turn, tcb: SynSent | Joined): void {
  const saw = ['repetitions', tcb.repetitions, 'waited', turn.now - tcb.waitingSince] as const;
  if (tcb.state === 'SYN-SENT') turn.find('syn-sent.give-up', ...saw);
  else if (tcb.state === 'SYN-RECEIVED') turn.find('syn-rcvd.give-up', ...saw);
  else turn.find('rto.give-up', ...saw);
  turn.close(tcb.state === 'SYN-RECEIVED' && tcb.passive ? null : 'ETIMEDOUT');
}

function backOff(turn: Turn, tcb: SynSent | Joined): void {
  const was = backedOff(tcb.rtt, turn.profile);
  if (tcb.state === 'SYN-SENT' && tcb.repetitions <= turn.profile.synLinearTimeouts) {
    turn.find('rto.linear', 'RTO', was, 'repetitions', tcb.repetitions);
    return;
  }
  tcb.rtt.backoff += 1;
  turn.find('rto.backoff', 'RTO', backedOff(tcb.rtt, turn.profile), 'was', was);
}

function repeatSyn(turn: Turn, tcb: SynSent | Joined, first: Sent): void {
  tcb.synRepetitions += 1;
  tcb.outstanding = [first.again(turn.now), ...tcb.outstanding.slice(1)];
  if (tcb instanceof Joined) {
    turn.find('syn-rcvd.rtx', 'SEG.SEQ', first.seq, 'repetition', tcb.repetitions);
    turn.emit(synAckFrom(turn, tcb));
  } else {
    turn.find('syn-sent.rtx', 'SEG.SEQ', first.seq, 'repetition', tcb.repetitions);
    turn.emit(synFrom(turn, tcb, tcb.queue.peek(0, first.length - turn.profile.synOccupies)));
  }
  startTimer(turn, tcb);
}

function repeatData(turn: Turn, tcb: Joined, first: Sent): void {
  turn.find('rto.fire', 'SND.UNA', tcb.snd.una, 'repetition', tcb.repetitions);
  if (isBareFin(first)) turn.find('fin.rtx', 'SEG.SEQ', first.seq);
  respondToTimeout(turn, tcb, tcb.repetitions <= 1);
  // RFC 6298 (5.4): the earliest segment, and that one alone; what else was lost follows as ACKs come.
  repeat(turn, tcb, 0);
}
