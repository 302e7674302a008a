// What may be sent now (RFC 9293 sections 3.7.4, 3.8.6.2.1 and 3.10.2): repetitions first, then new octets, then our FIN.

import { sendChunks } from './chunk.ts';
import { finLeaves, launch, startPersist } from './departure.ts';
import { pipe } from './flight.ts';
import { fullSize, presentSize, segmentFrom } from './header.ts';
import { none } from './octets.ts';
import type { Turn } from './outcome.ts';
import { scheduleProbe } from './probe.ts';
import { repeatDoubtful, repeatLost } from './repeat.ts';
import { CWR, FIN, PSH } from './segment.ts';
import { add, after, distance } from './seq.ts';
import { finWaits, type Joined, unsent, usableWindow } from './tcb.ts';
import { restartAfterIdle } from './usage.ts';

/** Sends everything that the windows and the small-segment rules allow, repetitions first. */
export function transmit(turn: Turn, tcb: Joined): void {
  switch (tcb.state) {
    case 'SYN-RECEIVED':
    case 'FIN-WAIT-2':
    case 'TIME-WAIT':
      return;
    case 'ESTABLISHED':
    case 'CLOSE-WAIT':
    case 'FIN-WAIT-1':
    case 'CLOSING':
    case 'LAST-ACK':
      break;
  }
  const from = tcb.snd.nxt;
  if (turn.newDataFirst) probeTimeout(turn, tcb);
  else repeatLost(turn, tcb);
  if (turn.profile.chunks) sendChunks(turn, tcb, 'usual', 'all');
  else sendNew(turn, tcb);
  if (tcb.snd.nxt === from) repeatDoubtful(turn, tcb);
  else if (!turn.profile.chunks) scheduleProbe(turn, tcb, false);
}

/**
 * One segment of new data for a tail loss probe, whatever the congestion window says (RFC 8985 section 7.3); false where
 * there is none, or the peer's window has no room for it.
 */
export function sendProbe(turn: Turn, tcb: Joined): boolean {
  const waiting = unsent(tcb);
  const size = Math.min(waiting, usableWindow(tcb), presentSize(turn, tcb));
  if (size <= 0) return false;
  if (turn.profile.chunks) return sendChunks(turn, tcb, 'push', 'probe');
  sendSegment(turn, tcb, size, size === waiting, false);
  return true;
}

// F-RTO (RFC 5682 section 2.1 (2b)): what new data does tells whether the old is lost; where none can leave, it counts as lost.
function probeTimeout(turn: Turn, tcb: Joined): void {
  const from = tcb.snd.nxt;
  if (turn.profile.chunks) sendChunks(turn, tcb, 'push', 'all');
  else sendNew(turn, tcb);
  if (tcb.snd.nxt !== from) return;
  tcb.congestion.frto = false;
  repeatLost(turn, tcb);
}

// Segment by segment, each past four gates: the peer's window, the congestion window, Nagle, and silly windows.
function sendNew(turn: Turn, tcb: Joined): void {
  const { snd } = tcb;
  const full = fullSize(turn, tcb);
  let inFlight = -1;
  for (let waiting = unsent(tcb); waiting > 0 || finWaits(tcb); waiting = unsent(tcb)) {
    const usable = usableWindow(tcb);
    if (usable <= 0) return holdForWindow(turn, tcb, usable);
    if (waiting === 0) return sendFin(turn, tcb);
    if (inFlight < 0) {
      restartAfterIdle(turn, tcb, full);
      inFlight = countedInFlight(turn, tcb);
    }
    const most = presentSize(turn, tcb);
    const size = Math.min(waiting, usable, most);
    if (!hasCongestionRoom(turn, tcb, inFlight, size, full)) return;
    if (size < most && !mayBeSmall(turn, tcb, waiting, usable)) return;
    noteLimitedTransmit(turn, tcb, size);
    sendSegment(turn, tcb, size, size === waiting, size === waiting && usable > size && finWaits(tcb));
    if (size < most) snd.smallEnd = snd.nxt;
    inFlight += size;
  }
}

// The peer's window: nothing fits, or it was even taken back (RFC 9293 section 3.8.6).
function holdForWindow(turn: Turn, tcb: Joined, usable: number): void {
  const { snd } = tcb;
  if (usable < 0) turn.find('wnd.shrunk', 'SND.NXT', snd.nxt, 'SND.UNA+SND.WND', add(snd.una, snd.wnd));
  else turn.find('rwnd.limited', 'SND.WND', snd.wnd, 'SND.NXT', snd.nxt);
  if (finWaits(tcb)) turn.find('fin.queued', 'SND.WND', snd.wnd);
  if (tcb.outstanding.length === 0) startPersist(turn, tcb);
}

// The congestion window (RFC 5681 section 3.1). With nothing in flight one segment may always leave.
function hasCongestionRoom(turn: Turn, tcb: Joined, inFlight: number, size: number, full: number): boolean {
  if (turn.profile.congestion === 'none' || inFlight === 0) return true;
  const { cwnd } = tcb.congestion;
  if (inFlight + size <= cwnd + beyondWindow(turn, tcb, full)) return true;
  turn.find('cwnd.limited', 'in flight', inFlight, 'cwnd', cwnd);
  return false;
}

// Before recovery, what SACK reported makes room only by way of limited transmit (RFC 6675 section 5 (3)).
function countedInFlight(turn: Turn, tcb: Joined): number {
  const { phase } = tcb.congestion;
  return phase === 'open' && !turn.profile.limitedTransmit ? distance(tcb.snd.nxt, tcb.snd.una) : pipe(tcb);
}

// Limited transmit (RFC 3042): the first two duplicates let one segment each leave beyond the window. With SACK the pipe
// has become shorter by what they report, which comes to the same.
function beyondWindow(turn: Turn, tcb: Joined, full: number): number {
  const { phase, duplicates } = tcb.congestion;
  return turn.profile.limitedTransmit && !tcb.sackOk && phase === 'open' ? Math.min(duplicates, 2) * full : 0;
}

function noteLimitedTransmit(turn: Turn, tcb: Joined, size: number): void {
  const { phase, duplicates, cwnd } = tcb.congestion;
  if (phase !== 'open' || duplicates === 0 || distance(tcb.snd.nxt, tcb.snd.una) + size <= cwnd) return;
  turn.find('cc.limited-transmit', 'duplicate ACKs', duplicates, 'cwnd', cwnd);
}

// Less than a full segment leaves only past Nagle (RFC 9293 section 3.7.4), and when it is all there is or at least half of
// the largest window ever seen (section 3.8.6.2.1).
function mayBeSmall(turn: Turn, tcb: Joined, waiting: number, usable: number): boolean {
  const { snd } = tcb;
  if (tcb.socket.cork && !tcb.finQueued) {
    turn.find('nagle.hold', 'waiting', waiting, 'TCP_CORK', 1);
    return false;
  }
  if (!after(tcb.pushedTo, snd.nxt) && !tcb.finQueued) {
    turn.find('push.hold', 'waiting', waiting, 'pushed to', tcb.pushedTo);
    return false;
  }
  if (heldByNagle(turn, tcb)) {
    turn.find('nagle.hold', 'waiting', waiting, 'SND.UNA', snd.una, 'SND.NXT', snd.nxt);
    return false;
  }
  if (waiting <= usable || usable >= snd.maxWnd / 2) return true;
  turn.find('sws.hold', 'usable', usable, 'MAX.SND.WND', snd.maxWnd);
  if (tcb.outstanding.length === 0) startPersist(turn, tcb);
  return false;
}

function heldByNagle(turn: Turn, tcb: Joined): boolean {
  const { snd } = tcb;
  if (tcb.socket.nodelay) return false;
  switch (turn.profile.nagle) {
    case 'off':
      return false;
    case 'any-unacknowledged':
      return snd.nxt !== snd.una;
    case 'small-unacknowledged':
      return !tcb.finQueued && snd.nxt !== snd.una && after(snd.smallEnd, snd.una);
  }
}

function sendSegment(turn: Turn, tcb: Joined, size: number, last: boolean, fin: boolean): void {
  const { snd } = tcb;
  const data = tcb.queue.peek(distance(snd.nxt, tcb.queueFrom), size);
  turn.find('send.data', 'SND.NXT', snd.nxt, 'octets', size);
  // MUST-61: the last of what is buffered, as far as it is to be pushed at all (a FIN pushes by itself).
  const push = last && (after(tcb.pushedTo, snd.nxt) || tcb.finQueued);
  if (push) turn.find('psh.set');
  const ctl = (push ? PSH : 0) | (fin ? FIN : 0) | (tcb.cwrPending ? CWR : 0);
  tcb.cwrPending = false;
  if (fin) finLeaves(turn, tcb, add(snd.nxt, size));
  launch(turn, tcb, segmentFrom(turn, tcb, snd.nxt, ctl, data), size + (fin ? 1 : 0), ctl & ~CWR);
}

// The FIN alone, once every octet has left.
function sendFin(turn: Turn, tcb: Joined): void {
  const { snd } = tcb;
  finLeaves(turn, tcb, snd.nxt);
  launch(turn, tcb, segmentFrom(turn, tcb, snd.nxt, FIN, none), 1, FIN);
}
