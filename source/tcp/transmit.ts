// What may be sent now, and what has to be repeated (RFC 9293 sections 3.7.4, 3.8.6.2.1 and 3.10.2).

import { sendChunks } from './chunk.ts';
import { finLeaves, launch, startPersist, startTimer } from './departure.ts';
import { fullSize, sackLength, segmentFrom, synAckFrom } from './header.ts';
import { none } from './octets.ts';
import type { Turn } from './outcome.ts';
import { scheduleProbe } from './probe.ts';
import { CWR, FIN, PSH, type Segment, SYN } from './segment.ts';
import type { Sent } from './sent.ts';
import { add, after, before, distance } from './seq.ts';
import { type Joined, type Sending, unsent } from './tcb.ts';
import { inNetwork, restartAfterIdle } from './usage.ts';

/**
 * Octets believed to be in the network: what is outstanding, less what SACK reported and what was judged
 * lost and not repeated (the "pipe" of RFC 6675 section 4).
 */
export function pipe(tcb: Readonly<Sending>): number {
  let octets = 0;
  for (const entry of tcb.outstanding) if (!entry.sacked && !entry.lost) octets += entry.length;
  return octets;
}

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
  repeatLost(turn, tcb);
  const from = tcb.snd.nxt;
  if (turn.profile.chunks) sendChunks(turn, tcb, 'usual', 'all');
  else sendNew(turn, tcb);
  if (tcb.snd.nxt === from) repeatDoubtful(turn, tcb);
  if (tcb.snd.nxt !== from) scheduleProbe(turn, tcb, false);
}

// What was judged lost goes first, as far as the congestion window has room for it.
function repeatLost(turn: Turn, tcb: Joined): void {
  if (tcb.congestion.phase === 'open') return;
  let inFlight = -1;
  for (let index = 0; index < tcb.outstanding.length; index++) {
    const entry = tcb.outstanding[index];
    if (entry === undefined || !entry.lost || entry.sacked) continue;
    if (inFlight < 0) inFlight = inNetwork(turn, tcb);
    const size = weight(turn, tcb, entry.length);
    if (!turn.repeatAnyway && inFlight > 0 && inFlight + size > tcb.congestion.cwnd) return;
    turn.repeatAnyway = false;
    repeat(turn, tcb, index);
    inFlight += size;
  }
}

// What one segment counts against the congestion window.
function weight(turn: Turn, tcb: Joined, octets: number): number {
  return turn.profile.windowUnit === 'packets' ? fullSize(turn, tcb) : octets;
}

// RFC 6675 section 4, NextSeg (3): with nothing known to be lost and nothing new to send, a hole below what SACK has
// reported is filled even if it may still be on its way.
function repeatDoubtful(turn: Turn, tcb: Joined): void {
  if (tcb.congestion.phase !== 'recovery' || !tcb.sackOk || turn.profile.rack) return;
  const highest = tcb.outstanding.findLastIndex((entry) => entry.sacked);
  let inFlight = -1;
  for (let index = 0; index < highest; index++) {
    const entry = tcb.outstanding[index];
    if (entry === undefined || entry.sacked || entry.times > 1) continue;
    if (inFlight < 0) inFlight = pipe(tcb);
    if (inFlight + entry.length > tcb.congestion.cwnd) return;
    repeat(turn, tcb, index);
    inFlight += entry.length;
  }
}

/** Sends one outstanding segment again, in its old place and with today's acknowledgment and window. */
export function repeat(turn: Turn, tcb: Joined, index: number): void {
  if (turn.profile.repeatsTogether) joinFollowers(turn, tcb, index);
  const entry = tcb.outstanding[index];
  if (entry === undefined) return;
  turn.emit((entry.ctl & SYN) === 0 ? segmentAgain(turn, tcb, entry) : synAckFrom(turn, tcb));
  const outstanding = tcb.outstanding.slice();
  outstanding[index] = entry.again(turn.now);
  tcb.outstanding = outstanding;
  tcb.congestion.prrOut += weight(turn, tcb, entry.length);
  if (tcb.congestion.undoLeft >= 0) tcb.congestion.undoLeft += 1;
  tcb.rtt.timedAt = -1;
  startTimer(turn, tcb);
}

// Small segments that follow are repeated in one with it, as far as a full segment and the window hold them
// (tcp_retrans_try_collapse; repacketizing is allowed by RFC 1122 section 4.2.2.15).
function joinFollowers(turn: Turn, tcb: Joined, index: number): void {
  const first = tcb.outstanding[index];
  if (first === undefined || (first.ctl & SYN) !== 0) return;
  const windowEnd = add(tcb.snd.una, tcb.snd.wnd);
  let room = Math.min(fullSize(turn, tcb), distance(windowEnd, first.seq)) - dataOf(first);
  let joined = first;
  let count = 0;
  for (const next of tcb.outstanding.slice(index + 1)) {
    room -= dataOf(next);
    if (room < 0 || next.sacked || !isOwnChunk(tcb, next) || after(next.end, windowEnd)) break;
    joined = joined.with(next);
    count += 1;
  }
  if (count === 0) return;
  turn.find('rtx.together', 'SEG.SEQ', first.seq, 'segments', count + 1);
  tcb.outstanding = tcb.outstanding.toSpliced(index, count + 1, joined);
  tcb.chunkEnds = tcb.chunkEnds.filter((end) => !after(end, first.seq) || !before(end, joined.end));
}

function dataOf(entry: Sent): number {
  return entry.length - ((entry.ctl & FIN) !== 0 ? 1 : 0);
}

function isOwnChunk(tcb: Readonly<Joined>, { seq, end }: Sent): boolean {
  return tcb.chunkEnds.includes(end) && (seq === tcb.snd.una || tcb.chunkEnds.includes(seq));
}

function segmentAgain(turn: Turn, tcb: Joined, entry: Sent): Segment {
  const fin = (entry.ctl & FIN) !== 0 ? 1 : 0;
  const data = tcb.queue.peek(distance(entry.seq, tcb.queueFrom), entry.length - fin);
  const push = data.length > 0 ? entry.ctl & PSH : 0;
  return segmentFrom(turn, tcb, entry.seq, (entry.ctl & FIN) | push, data);
}

function sendNew(turn: Turn, tcb: Joined): void {
  const { snd, congestion } = tcb;
  const full = fullSize(turn, tcb);
  let inFlight = -1;
  for (;;) {
    const waiting = unsent(tcb);
    const finWaits = tcb.finQueued && tcb.finSeq === null;
    if (waiting === 0 && !finWaits) return;
    const usable = distance(add(snd.una, snd.wnd), snd.nxt);
    if (usable <= 0) {
      holdForWindow(turn, tcb, usable);
      return;
    }
    if (waiting === 0) {
      sendFin(turn, tcb);
      return;
    }
    if (inFlight < 0) {
      restartAfterIdle(turn, tcb, full);
      inFlight = inFlightOf(turn, tcb);
    }
    const most = Math.max(1, full - sackLength(tcb));
    const size = Math.min(waiting, usable, most);
    const extra = limitedTransmit(turn, tcb, full);
    if (turn.profile.congestion !== 'none' && inFlight > 0 && inFlight + size > congestion.cwnd + extra) {
      turn.find('cwnd.limited', 'in flight', inFlight, 'cwnd', congestion.cwnd);
      return;
    }
    if (size < most && !mayBeSmall(turn, tcb, waiting, usable)) return;
    if (
      congestion.phase === 'open' &&
      congestion.duplicates > 0 &&
      distance(snd.nxt, snd.una) + size > congestion.cwnd
    ) {
      turn.find('cc.limited-transmit', 'duplicate ACKs', congestion.duplicates, 'cwnd', congestion.cwnd);
    }
    const fin = finWaits && size === waiting && usable > size;
    sendSegment(turn, tcb, size, fin, size === waiting);
    inFlight += size;
    if (size < most) snd.smallEnd = snd.nxt;
  }
}

// Before recovery, what SACK reported makes room only by way of limited transmit (RFC 6675 section 5 (3)).
function inFlightOf(turn: Turn, tcb: Joined): number {
  const { phase } = tcb.congestion;
  return phase === 'open' && !turn.profile.limitedTransmit ? distance(tcb.snd.nxt, tcb.snd.una) : pipe(tcb);
}

// RFC 3042: the first two duplicates let one segment each leave beyond the window. With SACK the pipe has become
// shorter by what they report, which comes to the same.
function limitedTransmit(turn: Turn, tcb: Joined, full: number): number {
  const { phase, duplicates } = tcb.congestion;
  return turn.profile.limitedTransmit && !tcb.sackOk && phase === 'open' ? Math.min(duplicates, 2) * full : 0;
}

// RFC 9293 section 3.8.6.2.1: less than a full segment leaves only when nothing else is in flight (Nagle) and
// it is either all there is or at least half of the largest window ever seen.
function mayBeSmall(turn: Turn, tcb: Joined, waiting: number, usable: number): boolean {
  const { snd } = tcb;
  if (tcb.socket.cork && !tcb.finQueued) {
    turn.find('nagle.hold', 'waiting', waiting, 'TCP_CORK', 1);
    return false;
  }
  if (held(turn, tcb)) {
    turn.find('nagle.hold', 'waiting', waiting, 'SND.UNA', snd.una, 'SND.NXT', snd.nxt);
    return false;
  }
  if (waiting <= usable) return true;
  if (usable >= snd.maxWnd / 2) return true;
  turn.find('sws.hold', 'usable', usable, 'MAX.SND.WND', snd.maxWnd);
  if (tcb.outstanding.length === 0) startPersist(turn, tcb);
  return false;
}

function held(turn: Turn, tcb: Joined): boolean {
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

function sendSegment(turn: Turn, tcb: Joined, size: number, fin: boolean, last: boolean): void {
  const { snd } = tcb;
  const data = tcb.queue.peek(distance(snd.nxt, tcb.queueFrom), size);
  turn.find('send.data', 'SND.NXT', snd.nxt, 'octets', size);
  if (last) turn.find('psh.set');
  const ctl = (last ? PSH : 0) | (fin ? FIN : 0) | (tcb.cwrPending ? CWR : 0);
  tcb.cwrPending = false;
  if (fin) finLeaves(turn, tcb, add(snd.nxt, size));
  launch(turn, tcb, segmentFrom(turn, tcb, snd.nxt, ctl, data), size + (fin ? 1 : 0), ctl & ~CWR);
}

function sendFin(turn: Turn, tcb: Joined): void {
  const { snd } = tcb;
  finLeaves(turn, tcb, snd.nxt);
  launch(turn, tcb, segmentFrom(turn, tcb, snd.nxt, FIN, none), 1, FIN);
}

function holdForWindow(turn: Turn, tcb: Joined, usable: number): void {
  const { snd } = tcb;
  if (usable < 0) turn.find('wnd.shrunk', 'SND.NXT', snd.nxt, 'SND.UNA+SND.WND', add(snd.una, snd.wnd));
  else turn.find('rwnd.limited', 'SND.WND', snd.wnd, 'SND.NXT', snd.nxt);
  if (tcb.finQueued && tcb.finSeq === null) turn.find('fin.queued', 'SND.WND', snd.wnd);
  if (tcb.outstanding.length === 0) startPersist(turn, tcb);
}

/** Marks everything outstanding and not reported received as lost (after a timeout). */
export function markAllLost(tcb: Sending): void {
  tcb.outstanding = tcb.outstanding.map((entry) => (entry.sacked || entry.lost ? entry : entry.missing()));
}

/** Marks one outstanding segment as lost. */
export function markLost(tcb: Sending, index: number): void {
  const entry = tcb.outstanding[index];
  if (entry === undefined || entry.lost || entry.sacked) return;
  const outstanding = tcb.outstanding.slice();
  outstanding[index] = entry.missing();
  tcb.outstanding = outstanding;
}

/**
 * The window has opened after a probe: the probe's octet is sent again together with what follows it, as one
 * segment, instead of by itself (repetitions may be cut anew, RFC 9293 section 3.7.2).
 */
export function recutProbe(turn: Turn, tcb: Joined): void {
  const [probe, ...others] = tcb.outstanding;
  const { snd } = tcb;
  if (probe === undefined || others.length > 0 || probe.length !== 1 || probe.seq !== snd.una) return;
  const usable = Math.min(snd.wnd, fullSize(turn, tcb));
  const data = tcb.queue.peek(distance(snd.una, tcb.queueFrom), usable);
  if (data.length === 0) {
    repeat(turn, tcb, 0);
    return;
  }
  const end = add(snd.una, data.length);
  const last = unsent(tcb) <= data.length - 1;
  const ctl = last ? PSH : 0;
  turn.find('send.data', 'SND.UNA', snd.una, 'octets', data.length);
  turn.emit(segmentFrom(turn, tcb, snd.una, ctl, data));
  tcb.outstanding = [probe.recut(data.length, ctl, turn.now)];
  if (before(snd.nxt, end)) snd.nxt = end;
  tcb.rtt.timedAt = -1;
  startTimer(turn, tcb);
}
