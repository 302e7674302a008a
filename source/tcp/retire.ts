// What an acceptable ACK retires: octets from the queue, segments from the flight, time from the estimate
// (RFC 9293 section 3.10.7.4 (5), RFC 6298 section 5).

import { due } from './clock.ts';
import { startUserTimeout } from './departure.ts';
import { timestamp, timestampTick } from './header.ts';
import type { Turn } from './outcome.ts';
import { scheduleProbe } from './probe.ts';
import { noteDelivered } from './rack.ts';
import { backedOff, sample } from './rtt.ts';
import { FIN, type Segment } from './segment.ts';
import type { Sent } from './sent.ts';
import { add, after, atOrAfter, before, distance, type Seq, seq } from './seq.ts';
import type { Joined } from './tcb.ts';
import { off } from './timers.ts';

/** Moves SND.UNA forward to SEG.ACK; `sackedAt` is when the first of what its SACK blocks report as news left, or -1. */
export function advance(turn: Turn, tcb: Joined, segment: Segment, sackedAt = -1): void {
  const { snd } = tcb;
  const { ack } = segment;
  takeSample(turn, tcb, segment, sackedAt);
  retireSegments(turn, tcb, ack);
  if (tcb.congestion.probeEnd >= 0 && !before(ack, seq(tcb.congestion.probeEnd))) tcb.congestion.probeEnd = -1;
  const until = tcb.finSeq !== null && after(ack, tcb.finSeq) ? tcb.finSeq : ack;
  const octets = Math.max(0, distance(until, tcb.queueFrom));
  tcb.queue = tcb.queue.drop(octets);
  tcb.queueFrom = add(tcb.queueFrom, octets);
  snd.una = ack;
  if (tcb.chunkEnds.length > 0) tcb.chunkEnds = tcb.chunkEnds.filter((end) => after(end, ack));
  if (before(snd.up, ack)) snd.up = ack;
  if (before(snd.smallEnd, ack)) snd.smallEnd = ack;
  tcb.repetitions = 0;
  tcb.repeatedAt = 0;
  tcb.windowProbes = 0;
  tcb.waitingSince = turn.now;
  if (turn.profile.backoffEnds === 'with-new-ack') tcb.rtt.backoff = 0;
  resetTimers(turn, tcb);
}

// RFC 6298 section 5.2 and 5.3.
function resetTimers(turn: Turn, tcb: Joined): void {
  const { timers } = tcb;
  timers.user = off;
  const probing = timers['tail-loss-probe'] !== off;
  timers['tail-loss-probe'] = off;
  if (tcb.outstanding.length === 0) {
    if (timers.retransmission !== off || probing) turn.find('rto.stop');
    timers.retransmission = off;
    return;
  }
  startUserTimeout(turn, tcb);
  if (timers.persist !== off) return;
  const wait = backedOff(tcb.rtt, turn.profile);
  timers.retransmission = due(turn, wait);
  turn.find('rto.restart', 'RTO', wait);
  scheduleProbe(turn, tcb, true);
}

/** Takes what an ACK covers out of the flight; of a segment covered in part the rest stays. */
export function retireSegments(turn: Turn, tcb: Joined, ack: Seq): void {
  let index = 0;
  for (; index < tcb.outstanding.length; index++) {
    const entry = tcb.outstanding[index];
    if (entry === undefined || after(entry.end, ack)) break;
    if (!entry.sacked) noteArrival(turn, tcb, entry);
    if (turn.profile.rack && !entry.sacked) noteDelivered(turn, tcb, entry);
  }
  const rest = tcb.outstanding.slice(index);
  const [first] = rest;
  if (first !== undefined && before(first.seq, ack)) rest[0] = first.after(ack);
  tcb.outstanding = rest;
}

/** Something in flight has arrived, as an ACK or a SACK block tells for the first time. */
export function noteArrival(turn: Turn, tcb: Readonly<Joined>, entry: Readonly<Sent>): void {
  turn.delivered += 1;
  if (entry.times === 1 && !after(entry.end, tcb.congestion.recover)) turn.originals += 1;
}

// One sample at most for each ACK that is news. A repeated segment gives none, because nobody knows which copy
// was acknowledged (Karn), unless timestamps tell.
function takeSample(turn: Turn, tcb: Joined, segment: Segment, sackedAt: number): void {
  const { rtt } = tcb;
  const timed =
    turn.profile.rttSampling === 'every-ack'
      ? everySample(turn, tcb, segment, sackedAt)
      : rtt.timedAt >= 0 && atOrAfter(segment.ack, rtt.timedEnd)
        ? turn.now - rtt.timedAt
        : -1;
  if (timed >= 0) {
    record(turn, tcb, timed, segment.ack);
    return;
  }
  const [first] = tcb.outstanding;
  if (first !== undefined && first.times > 1) turn.find('rto.karn', 'transmissions', first.times);
}

function record(turn: Turn, tcb: Joined, time: number, una: Seq): void {
  const { rtt } = tcb;
  sample(rtt, time, turn.profile, una, tcb.snd.nxt);
  rtt.timedAt = -1;
  turn.find('rto.sample', 'R', time, 'SRTT', Math.round(rtt.srtt), 'RTO', rtt.rto);
}

/** An ACK that moves nothing but reports by SACK what has arrived: that is timed as well where every ACK is. */
export function sampleBySack(turn: Turn, tcb: Joined, segment: Segment, sackedAt: number): void {
  if (sackedAt < 0 || turn.profile.rttSampling !== 'every-ack') return;
  record(turn, tcb, turn.now - sackedAt, segment.ack);
}

// The first segment that this ACK covers, when none of them was repeated; else what SACK reports; else the echo.
function everySample(turn: Turn, tcb: Joined, segment: Segment, sackedAt: number): number {
  const since = firstCovered(tcb, segment.ack);
  if (since >= 0) return turn.now - since;
  return sackedAt >= 0 ? turn.now - sackedAt : sinceEchoed(turn, tcb, segment);
}

// How long ago the timestamp was sent that this segment echoes; -1: it tells nothing.
function sinceEchoed(turn: Turn, tcb: Readonly<Joined>, segment: Segment): number {
  const { tsVal, tsEcr } = segment.options;
  if (!tcb.tsOk || tsVal === null || tsEcr === 0) return -1;
  const ticks = (timestamp(turn.now, tcb) - tsEcr) | 0;
  return ticks < 0 ? -1 : Math.max(ticks, 1) * timestampTick;
}

/** The end of a handshake that could not be timed otherwise: the echoed timestamp tells, where those are trusted. */
export function sampleByEcho(turn: Turn, tcb: Joined, segment: Segment): void {
  if (turn.profile.rttSampling !== 'every-ack') return;
  const time = sinceEchoed(turn, tcb, segment);
  if (time >= 0) record(turn, tcb, time, tcb.snd.una);
}

function firstCovered(tcb: Readonly<Joined>, ack: Seq): number {
  let sentAt = -1;
  for (const entry of tcb.outstanding) {
    if (after(entry.end, ack)) break;
    if (entry.times > 1) return -1;
    if (!entry.sacked && sentAt < 0) sentAt = entry.lastAt;
  }
  return sentAt;
}

/** Whether an outstanding entry is nothing but our FIN. */
export function isBareFin(entry: Readonly<Sent>): boolean {
  return (entry.ctl & FIN) !== 0 && entry.length === 1;
}
