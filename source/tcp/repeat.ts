// What is sent again, and in which shape: the old numbers with today's acknowledgment and window (RFC 9293 section 3.7.2,
// RFC 6675 section 4).

import { chunkSegments } from './chunk.ts';
import { due } from './clock.ts';
import { startTimer } from './departure.ts';
import { inNetwork, pipe, weight } from './flight.ts';
import { fullSize, presentSize, segmentFrom, synAckFrom, timestamp } from './header.ts';
import type { Turn } from './outcome.ts';
import { backedOff } from './rtt.ts';
import { FIN, PSH, type Segment, SYN } from './segment.ts';
import type { Sent } from './sent.ts';
import { add, after, before, distance, type Seq } from './seq.ts';
import { type Joined, unsent } from './tcb.ts';
import { off } from './timers.ts';

/** What was judged lost goes first, as far as the congestion window has room for it: NextSeg (1) of RFC 6675. */
export function repeatLost(turn: Turn, tcb: Joined): void {
  if (tcb.congestion.phase === 'open') return;
  let inFlight = -1;
  for (let index = 0; index < tcb.outstanding.length; index++) {
    const entry = tcb.outstanding[index];
    if (entry === undefined || !entry.lost || entry.sacked) continue;
    if (inFlight < 0) inFlight = inNetwork(turn, tcb);
    const size = weight(turn, tcb, entry.length);
    if (!turn.repeatAnyway && inFlight > 0 && inFlight + size > tcb.congestion.cwnd) return;
    turn.repeatAnyway = false;
    const { retransmission } = tcb.timers;
    if (turn.profile.chunks) cutAnew(turn, tcb, index);
    const together = turn.profile.chunks ? leavesTogether(turn, tcb, index, inFlight) : 1;
    for (let count = 1; count <= together; count++) {
      repeat(turn, tcb, index + count - 1, together > 1 && count === together);
      inFlight += size;
    }
    if (index === 0 && retransmission !== off && turn.profile.repeatRestartsRto) restartTimer(turn, tcb);
    index += together - 1;
  }
}

// How many segments of one chunk leave in one packet that is cut late, the last of them with PSH (tcp_xmit_retransmit_queue).
function leavesTogether(turn: Turn, tcb: Joined, index: number, inFlight: number): number {
  const first = tcb.outstanding[index];
  if (first === undefined) return 1;
  const chunkEnd = endOfChunk(tcb, first);
  const room = Math.floor((tcb.congestion.cwnd - inFlight) / fullSize(turn, tcb));
  const most = Math.min(room, chunkSegments(tcb, presentSize(turn, tcb)));
  let count = 1;
  for (; count < most; count++) {
    const next = tcb.outstanding[index + count];
    if (next === undefined || !next.lost || next.sacked || after(next.end, chunkEnd)) break;
  }
  return count;
}

/** Where the chunk ends that this segment left in. */
export function endOfChunk(tcb: Readonly<Joined>, entry: Sent): Seq {
  return tcb.chunkEnds.find((end) => !before(end, entry.end)) ?? entry.end;
}

// The repetition gets a full timeout of its own; the time of the original was nearly over.
function restartTimer(turn: Turn, tcb: Joined): void {
  const wait = backedOff(tcb.rtt, turn.profile);
  tcb.timers.retransmission = due(turn, wait);
  turn.find('rto.restart-repeat', 'RTO', wait);
}

/**
 * With nothing known to be lost and nothing new to send: NextSeg (3) of RFC 6675, a hole below what SACK has reported is
 * filled even if it may still be on its way; and (4), the end of the flight is repeated once in a recovery.
 */
export function repeatDoubtful(turn: Turn, tcb: Joined): void {
  const { congestion } = tcb;
  if (congestion.phase !== 'recovery' || !tcb.sackOk || turn.profile.rack) return;
  const highest = tcb.outstanding.findLastIndex((entry) => entry.sacked);
  let inFlight = -1;
  for (let index = 0; index < highest; index++) {
    const entry = tcb.outstanding[index];
    if (entry === undefined || entry.sacked || entry.times > 1) continue;
    if (inFlight < 0) inFlight = pipe(tcb);
    if (inFlight + entry.length > congestion.cwnd) return;
    turn.find('cc.fill-hole', 'SEG.SEQ', entry.seq, 'pipe', inFlight, 'cwnd', congestion.cwnd);
    repeat(turn, tcb, index);
    inFlight += entry.length;
  }
  if (!congestion.rescued) rescue(turn, tcb, inFlight < 0 ? pipe(tcb) : inFlight);
}

// What SACK can say nothing about, because nothing behind it has arrived, would else wait for the timeout.
function rescue(turn: Turn, tcb: Joined, inFlight: number): void {
  const { congestion } = tcb;
  const index = tcb.outstanding.findLastIndex((entry) => !entry.sacked);
  const entry = tcb.outstanding[index];
  if (entry === undefined || entry.times > 1 || inFlight + entry.length > congestion.cwnd) return;
  congestion.rescued = true;
  turn.find('cc.rescue', 'SEG.SEQ', entry.seq, 'pipe', inFlight, 'cwnd', congestion.cwnd);
  repeat(turn, tcb, index);
}

/** Sends one outstanding segment again, in its old place; `push` asks for PSH whatever it carried before. */
export function repeat(turn: Turn, tcb: Joined, index: number, push = false): void {
  if (turn.profile.chunks) cutAnew(turn, tcb, index);
  if (turn.profile.repeatsTogether) joinFollowers(turn, tcb, index);
  const entry = tcb.outstanding[index];
  if (entry === undefined) return;
  turn.emit((entry.ctl & SYN) === 0 ? segmentAgain(turn, tcb, entry, push) : synAckFrom(turn, tcb));
  const outstanding = tcb.outstanding.slice();
  outstanding[index] = entry.again(turn.now);
  tcb.outstanding = outstanding;
  tcb.congestion.prrOut += weight(turn, tcb, entry.length);
  if (tcb.congestion.undoLeft >= 0) tcb.congestion.undoLeft += 1;
  if (tcb.congestion.repeatedFrom < 0) tcb.congestion.repeatedFrom = timestamp(turn.now, tcb);
  tcb.rtt.timedAt = -1;
  startTimer(turn, tcb);
}

// Where segments are cut as they leave, they are cut again for what fits now: a path that carries less, or SACK blocks
// beside the octets. The rest of the chunk follows in the same measure (tcp_retransmit_skb, tcp_fragment).
function cutAnew(turn: Turn, tcb: Joined, index: number): void {
  const first = tcb.outstanding[index];
  if (first === undefined || (first.ctl & SYN) !== 0) return;
  const size = presentSize(turn, tcb);
  if (dataOf(first) <= size) return;
  const chunkEnd = endOfChunk(tcb, first);
  let last = index;
  for (let next = tcb.outstanding[last + 1]; next !== undefined && !after(next.end, chunkEnd); ) {
    if (next.sacked || next.lost !== first.lost || next.times !== first.times) break;
    last += 1;
    next = tcb.outstanding[last + 1];
  }
  const whole = tcb.outstanding.slice(index + 1, last + 1).reduce((joined, next) => joined.with(next), first);
  turn.find('rtx.cut', 'octets', dataOf(whole), 'segment', size);
  tcb.outstanding = tcb.outstanding.toSpliced(index, last - index + 1, ...pieces(whole, size));
}

function pieces(whole: Sent, size: number): Sent[] {
  const data = dataOf(whole);
  const cut: Sent[] = [];
  for (let from = 0; from < data; from += size) {
    const ends = from + size >= data;
    cut.push(whole.piece(from, ends ? whole.length - from : size, ends ? whole.ctl : 0));
  }
  return cut;
}

// Small segments that follow are repeated in one with it, as far as a full segment and the window hold them
// (tcp_retrans_try_collapse; repacketizing is allowed by RFC 1122 section 4.2.2.15).
function joinFollowers(turn: Turn, tcb: Joined, index: number): void {
  const first = tcb.outstanding[index];
  if (first === undefined || (first.ctl & SYN) !== 0) return;
  const windowEnd = add(tcb.snd.una, tcb.snd.wnd);
  let room = Math.min(presentSize(turn, tcb), distance(windowEnd, first.seq)) - dataOf(first);
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

function segmentAgain(turn: Turn, tcb: Joined, entry: Sent, pushed: boolean): Segment {
  const fin = (entry.ctl & FIN) !== 0 ? 1 : 0;
  const data = tcb.queue.peek(distance(entry.seq, tcb.queueFrom), entry.length - fin);
  const push = data.length === 0 ? 0 : pushed ? PSH : entry.ctl & PSH;
  return segmentFrom(turn, tcb, entry.seq, (entry.ctl & FIN) | push, data);
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
