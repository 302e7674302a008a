// Fifth check: the ACK field (RFC 9293 section 3.10.7.4 (5)).

import { challenge } from '../../acknowledge.ts';
import { due } from '../../clock.ts';
import { startPersist } from '../../departure.ts';
import { establish, forgiveRepetitions } from '../../establish.ts';
import { resetTo } from '../../header.ts';
import { heard } from '../../keepalive.ts';
import type { Turn } from '../../outcome.ts';
import { respondToAck, respondToCongestionEcho, respondToDuplicate } from '../../recovery.ts';
import { recutProbe } from '../../repeat.ts';
import { advance, sampleBySack } from '../../retire.ts';
import { hasDsack, nothing, recordBlocks } from '../../scoreboard.ts';
import { ACK, ECE, FIN, has, type Segment, SYN } from '../../segment.ts';
import { add, after, atOrBefore, before, distance } from '../../seq.ts';
import { respondToDsack } from '../../spurious.ts';
import { finAcknowledged, type Joined } from '../../tcb.ts';
import { off } from '../../timers.ts';
import { enterTimeWait } from '../time-wait.ts';

/** Null when the segment goes no further. */
export function checkAcknowledgment(turn: Turn, tcb: Joined, segment: Segment): Segment | null {
  if (!has(segment, ACK)) {
    turn.find('ack.missing');
    return null;
  }
  if (tooOld(turn, tcb, segment)) return null;
  if (tcb.state === 'SYN-RECEIVED' && !completes(turn, tcb, segment)) return null;
  switch (tcb.state) {
    case 'SYN-RECEIVED':
      return null;
    case 'TIME-WAIT':
      return segment;
    case 'ESTABLISHED':
    case 'FIN-WAIT-1':
    case 'FIN-WAIT-2':
    case 'CLOSE-WAIT':
    case 'CLOSING':
    case 'LAST-ACK':
      break;
  }
  if (after(segment.ack, tcb.snd.nxt)) {
    challenge(turn, tcb, 'ack.unsent', 0, 'SEG.ACK', segment.ack, 'SND.NXT', tcb.snd.nxt);
    return null;
  }
  // Only what passed every check so far proves that the peer lives: anybody can forge what does not fit.
  heard(turn, tcb);
  take(turn, tcb, segment);
  return afterwards(turn, tcb, segment);
}

// RFC 5961 section 5: an ACK older than any window ever offered smells of injection.
function tooOld(turn: Turn, tcb: Joined, segment: Segment): boolean {
  if (!turn.profile.blindDataCheck) return false;
  const lowest = add(tcb.snd.una, -tcb.snd.maxWnd);
  if (!before(segment.ack, lowest)) return false;
  challenge(turn, tcb, 'ack.too-old', 0, 'SEG.ACK', segment.ack, 'SND.UNA-MAX.SND.WND', lowest);
  return true;
}

// SYN-RECEIVED: whether the ACK completes the handshake, and what the listener says to that.
function completes(turn: Turn, tcb: Joined, segment: Segment): boolean {
  const { snd } = tcb;
  if (before(segment.ack, add(snd.una, turn.profile.synOccupies)) || after(segment.ack, snd.nxt)) {
    turn.find('syn-rcvd.bad-ack-reset', 'SEG.ACK', segment.ack, 'SND.UNA', snd.una, 'SND.NXT', snd.nxt);
    turn.emit(resetTo(segment));
    return false;
  }
  if (tcb.passive) {
    switch (turn.admission) {
      case 'open':
        break;
      case 'full-ignore':
        turn.find('accept.overflow-drop');
        return false;
      case 'full-reset':
        turn.find('accept.overflow-rst');
        turn.emit(resetTo(segment));
        turn.close(null);
        return false;
      case 'wait-for-data':
        if (segment.data.length > 0 || has(segment, FIN)) break;
        tcb.deferred = true;
        turn.find('listen.defer');
        return false;
    }
  }
  turn.find('syn-rcvd.ack-acceptable', 'SEG.ACK', segment.ack, 'SND.NXT', snd.nxt);
  const [syn] = tcb.outstanding;
  if (syn !== undefined) forgiveRepetitions(turn, tcb, segment, syn.firstAt);
  advance(turn, tcb, segment);
  establish(turn, tcb, segment);
  if (tcb.finQueued) tcb.state = 'FIN-WAIT-1';
  return true;
}

// What the ACK field says about our octets and about the peer's window.
function take(turn: Turn, tcb: Joined, segment: Segment): void {
  const { snd } = tcb;
  const flight = distance(snd.nxt, snd.una);
  const reported = tcb.sackOk && segment.options.sack.length > 0 ? recordBlocks(turn, tcb, segment) : nothing;
  const news = reported.octets;
  const needless = tcb.sackOk && hasDsack(segment);
  if (has(segment, ECE) && tcb.ecnOk && (segment.ctl & SYN) === 0) respondToCongestionEcho(turn, tcb, flight);
  if (after(segment.ack, snd.una)) {
    const acknowledged = distance(segment.ack, snd.una);
    advance(turn, tcb, segment, reported.sentAt);
    turn.find('ack.new', 'SEG.ACK', segment.ack, 'octets', acknowledged);
    updateWindow(turn, tcb, segment);
    respondToAck(turn, tcb, segment, acknowledged, news);
    if (needless) respondToDsack(turn, tcb);
    return;
  }
  sampleBySack(turn, tcb, segment, reported.sentAt);
  const windowMoved = segment.wnd * 2 ** snd.wscale !== snd.wnd;
  const bare = segment.data.length === 0 && !has(segment, SYN | FIN);
  // With SACK it is the news that counts, whatever else the segment carries (RFC 6675 section 2).
  const repeats = tcb.sackOk ? news > 0 : bare && !windowMoved;
  const duplicate = repeats && segment.ack === snd.una && tcb.outstanding.length > 0;
  if (flight > 0 || before(segment.ack, snd.una))
    turn.find('ack.duplicate', 'SEG.ACK', segment.ack, 'SND.UNA', snd.una);
  updateWindow(turn, tcb, segment);
  if (needless) respondToDsack(turn, tcb);
  if (duplicate && tcb.timers.persist === off) respondToDuplicate(turn, tcb, flight, news);
}

// Only a segment newer than the last report may change the window (SND.WL1, SND.WL2), and only if SND.UNA =< SEG.ACK:
// a high SEG.SEQ alone is cheap to forge.
function updateWindow(turn: Turn, tcb: Joined, segment: Segment): void {
  const { snd } = tcb;
  const fresh = before(snd.wl1, segment.seq) || (snd.wl1 === segment.seq && atOrBefore(snd.wl2, segment.ack));
  const wnd = segment.wnd * 2 ** snd.wscale;
  if (before(segment.ack, snd.una)) {
    turn.find('wnd.stale', 'SEG.ACK', segment.ack, 'SND.UNA', snd.una);
    return;
  }
  if (!fresh) {
    turn.find('wnd.stale', 'SEG.SEQ', segment.seq, 'SND.WL1', snd.wl1);
    return;
  }
  if (wnd !== snd.wnd) turn.find('wnd.update', 'SND.WND', wnd, 'was', snd.wnd);
  snd.wnd = wnd;
  snd.wl1 = segment.seq;
  snd.wl2 = segment.ack;
  if (wnd > snd.maxWnd) snd.maxWnd = wnd;
  if (tcb.timers.persist !== off) followProbe(turn, tcb);
}

// The peer answered a window probe, or opened its window unasked.
function followProbe(turn: Turn, tcb: Joined): void {
  const { snd } = tcb;
  if (snd.wnd === 0) {
    if (!turn.profile.probeRestarts) return;
    tcb.timers.persist = off;
    startPersist(turn, tcb);
    return;
  }
  tcb.timers.persist = off;
  tcb.windowProbes = 0;
  tcb.repetitions = 0;
  turn.find('persist.open', 'SND.WND', snd.wnd);
  if (tcb.outstanding.length > 0) recutProbe(turn, tcb);
}

// What the acknowledgment of our FIN means in each state.
function afterwards(turn: Turn, tcb: Joined, segment: Segment): Segment | null {
  switch (tcb.state) {
    case 'FIN-WAIT-1':
      if (finAcknowledged(tcb)) {
        tcb.state = 'FIN-WAIT-2';
        turn.passedFinWait2 = true;
        turn.find('fin-wait-1.fin-acked', 'SEG.ACK', segment.ack);
        if (!tcb.owned && tcb.socket.linger2 === 0) {
          turn.find('fin-wait-2.refused', 'SEG.ACK', segment.ack);
          turn.emit(resetTo(segment));
          turn.close(null);
          return null;
        }
        startFinWait2(turn, tcb);
      }
      return segment;
    case 'CLOSING':
      if (!finAcknowledged(tcb)) return null;
      turn.find('closing.ack', 'SEG.ACK', segment.ack);
      enterTimeWait(turn, tcb);
      return null;
    case 'LAST-ACK':
      if (!finAcknowledged(tcb)) return segment;
      turn.find('last-ack.ack', 'SEG.ACK', segment.ack);
      turn.close(null);
      return null;
    case 'SYN-RECEIVED':
    case 'ESTABLISHED':
    case 'FIN-WAIT-2':
    case 'CLOSE-WAIT':
    case 'TIME-WAIT':
      return segment;
  }
}

/** An orphan does not stay in FIN-WAIT-2 for ever where the profile sets a limit. */
export function startFinWait2(turn: Turn, tcb: Joined): void {
  const limit = tcb.socket.linger2 ?? turn.profile.finWait2;
  if (tcb.owned || limit === null) return;
  turn.find('fin-wait-2.enter-orphan', 'limit', limit);
  tcb.timers['fin-wait-2'] = due(turn, limit);
}
