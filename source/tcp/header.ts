// The header of what a connection sends: acknowledgment, window and options as they stand at that moment.

import { firstWindow } from './free-memory.ts';
import { none, type Octets } from './octets.ts';
import { type Block, noOptions, Options } from './options.ts';
import type { Turn } from './outcome.ts';
import { acknowledgmentLeaves, adapts } from './quick-ack.ts';
import { ACK, CWR, ECE, end, has, RST, Segment, SYN, URG } from './segment.ts';
import { add, after, before, distance, type Seq, seq } from './seq.ts';
import type { Joined, Sending, SynSent } from './tcb.ts';
import { off } from './timers.ts';
import { offer, windowField } from './window.ts';

/** Header octets of IPv4 and TCP without options: the difference between MTU and MSS. */
export const headers = 40;

/** Microseconds from one timestamp to the next. */
export const timestampTick = 1_000;

/** Our timestamp at `now`: a millisecond clock with the connection's offset (RFC 7323 section 5.4). */
export function timestamp(now: number, tcb: Readonly<Sending>): number {
  return (Math.floor(now / timestampTick) + tcb.tsOffset) >>> 0;
}

/**
 * Data octets of a full segment: the peer's MSS, the path and the application's limit, less the options
 * that every data segment carries (RFC 9293 section 3.7.1 MUST-16). Not less than the profile's floor before the
 * options, and at least one: an MSS of 0, or one that timestamps use up, would else keep data back for ever.
 */
export function fullSize(turn: Turn, tcb: Readonly<Sending>): number {
  const own = tcb.socket.maxSegment ?? Number.POSITIVE_INFINITY;
  const path = Math.min(turn.profile.mtu, tcb.snd.mtu) - headers;
  const size = Math.max(Math.min(tcb.snd.mss, path, own), turn.profile.mssFloor);
  return Math.max(1, size - (tcb.tsOk ? 12 : 0));
}

/** Data octets that fit into a segment now: a full one, less the SACK blocks that it would carry. */
export function presentSize(turn: Turn, tcb: Readonly<Joined>): number {
  return Math.max(1, fullSize(turn, tcb) - sackLength(tcb));
}

/**
 * Octets of SACK blocks that a segment would carry now. Data is cut shorter by as much, so that both fit on the path
 * (RFC 9293 section 3.7.1 MUST-16).
 */
function sackLength(tcb: Readonly<Joined>): number {
  if (!tcb.sackOk) return 0;
  const waiting = tcb.reassembly.recent.length + (tcb.dsack === null ? 0 : 1);
  return waiting === 0 ? 0 : 4 + 8 * Math.min(waiting, mostBlocks(tcb));
}

// As many as 40 octets of options hold, timestamps taking 12 of them (RFC 2018 section 3).
function mostBlocks(tcb: Readonly<Joined>): number {
  return tcb.tsOk ? 3 : 4;
}

/** The MSS we announce (RFC 9293 section 3.7.1). */
export function announcedMss(turn: Turn, tcb: Readonly<Sending>): number {
  return Math.min(turn.profile.mtu - headers, tcb.socket.maxSegment ?? Number.POSITIVE_INFINITY);
}

/**
 * A segment of a synchronised connection: `<SEQ=seq><ACK=RCV.NXT>` with window and options. It settles whatever
 * acknowledgment was waiting.
 */
export function segmentFrom(turn: Turn, tcb: Joined, from: Seq, ctl: number, data: Octets): Segment {
  const { snd, rcv } = tcb;
  let up = 0;
  let bits = ctl | ACK;
  if (data.length > 0 && after(snd.up, from)) {
    up = Math.min(distance(snd.up, from) - (turn.profile.urgentPointer === 'last' ? 1 : 0), 0xffff);
    bits |= URG;
    turn.find('urg.sent', 'SND.UP', snd.up);
  }
  if (tcb.eceEcho && (ctl & RST) === 0) bits |= ECE;
  const wnd = keepsNumbers(turn, tcb) ? truncated(tcb) : offer(turn, tcb);
  if (tcb.timers['delayed-ack'] !== off && data.length > 0) turn.find('ack.piggyback', 'RCV.NXT', rcv.nxt);
  if (adapts(turn.profile)) acknowledgmentLeaves(turn, tcb);
  tcb.timers['delayed-ack'] = off;
  rcv.ackSent = rcv.nxt;
  // A repetition is as long as it was; there the blocks have to do with what room is left, or wait for the next ACK.
  const fits = data.length === 0 || data.length + sackLength(tcb) <= fullSize(turn, tcb);
  return new Segment(from, rcv.nxt, bits, windowField(wnd, rcv.wscale), up, data, optionsOf(turn, tcb, fits));
}

function optionsOf(turn: Turn, tcb: Joined, withBlocks: boolean): Options {
  const blocks = tcb.sackOk && withBlocks && !keepsNumbers(turn, tcb) ? sackBlocks(turn, tcb) : empty;
  if (!tcb.tsOk && blocks.length === 0) return noOptions;
  return new Options(
    null,
    null,
    false,
    tcb.tsOk ? timestamp(turn.now, tcb) : null,
    tcb.tsOk ? tcb.tsRecent : 0,
    blocks,
  );
}

// Nothing but numbers, timestamps and what was left of the window is kept of a connection that waits for stragglers.
function keepsNumbers(turn: Turn, tcb: Readonly<Joined>): boolean {
  return tcb.state === 'TIME-WAIT' && turn.profile.timeWaitKeeps === 'numbers';
}

// The rest of the window, shifted without rounding up.
function truncated(tcb: Joined): number {
  const unit = 2 ** tcb.rcv.wscale;
  return Math.floor(Math.max(tcb.rcv.wnd, 0) / unit) * unit;
}

const empty: readonly Block[] = [];

// A FIN that came too early takes its number like an octet.
function withFin({ rcv, reassembly: { recent } }: Readonly<Joined>): readonly Block[] {
  const { fin } = rcv;
  if (fin === null || before(fin, rcv.nxt)) return recent;
  const to = add(fin, 1);
  const adjacent = recent.findIndex((block) => block.to === fin);
  return adjacent < 0
    ? [{ from: fin, to }, ...recent]
    : recent.map((block, index) => (index === adjacent ? { from: block.from, to } : block));
}

// RFC 2018 section 4: newest block first; RFC 2883 section 4: a D-SACK block before all of them, once.
function sackBlocks(turn: Turn, tcb: Joined): readonly Block[] {
  const most = mostBlocks(tcb);
  const held = turn.profile.sackCoversFin ? withFin(tcb) : tcb.reassembly.recent;
  if (tcb.dsack === null) {
    if (held.length === 0) return empty;
    const [first] = held;
    if (first !== undefined) turn.find('sack.sent', 'blocks', held.length, 'from', first.from, 'to', first.to);
    return held.length > most ? held.slice(0, most) : held;
  }
  const { dsack } = tcb;
  tcb.dsack = null;
  turn.find('dsack.sent', 'from', dsack.from, 'to', dsack.to);
  // Example 3 and 6 of RFC 2883: the block that contains the repeated part follows it.
  const around = held.find((block) => !after(block.from, dsack.from) && !after(dsack.to, block.to));
  const rest = around === undefined ? held : [around, ...held.filter((block) => block !== around)];
  return [dsack, ...rest].slice(0, most);
}

/** Our SYN: `<SEQ=ISS><CTL=SYN>` with everything we offer (RFC 9293 section 3.10.1). */
export function synFrom(turn: Turn, tcb: SynSent, data: Octets): Segment {
  const { profile } = turn;
  const first = firstSynOffer(turn, tcb);
  const options = new Options(
    profile.mssOption ? announcedMss(turn, tcb) : null,
    first.shift,
    profile.sack,
    profile.timestamps ? timestamp(turn.now, tcb) : null,
    0,
    empty,
  );
  // RFC 3168 section 6.1.1.1: a middlebox may drop a SYN that asks for ECN, so repetitions do not ask.
  const ask = profile.ecn === 'ask' && tcb.synRepetitions === 0 ? ECE | CWR : 0;
  return new Segment(
    tcb.snd.iss,
    seq(0),
    SYN | ask,
    Math.min(first.wnd, 0xffff),
    0,
    data,
    isEmpty(options) ? noOptions : options,
  );
}

// The window and shift that our SYN offers.
function firstSynOffer(turn: Turn, tcb: SynSent): { wnd: number; shift: number | null } {
  const { profile } = turn;
  const wished = tcb.socket.receiveBuffer;
  if (profile.receiveWindow === 'free-octets')
    return { wnd: wished ?? profile.receiveBuffer, shift: profile.windowScale };
  const { wnd, shift } = firstWindow(profile, wished, announcedMss(turn, tcb));
  return { wnd, shift: profile.windowScale === null ? null : shift };
}

/** Our SYN,ACK: `<SEQ=ISS><ACK=RCV.NXT><CTL=SYN,ACK>` with what both sides may use; a window in a SYN is never scaled. */
export function synAckFrom(turn: Turn, tcb: Joined): Segment {
  const { profile } = turn;
  const options = new Options(
    profile.mssOption ? announcedMss(turn, tcb) : null,
    tcb.scaled ? tcb.rcv.wscale : null,
    tcb.sackOk,
    tcb.tsOk ? timestamp(turn.now, tcb) : null,
    tcb.tsOk ? tcb.tsRecent : 0,
    empty,
  );
  tcb.rcv.ackSent = tcb.rcv.nxt;
  const wnd = Math.min(tcb.rcv.wnd, 0xffff);
  const ctl = SYN | ACK | (tcb.ecnOk ? ECE : 0);
  return new Segment(tcb.snd.iss, tcb.rcv.nxt, ctl, wnd, 0, none, isEmpty(options) ? noOptions : options);
}

function isEmpty(options: Options): boolean {
  return options.mss === null && options.wscale === null && !options.sackPermitted && options.tsVal === null;
}

/** A reset of our own making: `<SEQ=SND.NXT><CTL=RST>`, with an ACK where the profile says so (RFC 9293 section 3.10.5). */
export function resetFrom(turn: Turn, tcb: Joined): Segment {
  if (!turn.profile.resetCarriesAck) return new Segment(tcb.snd.nxt, seq(0), RST, 0, 0, none, noOptions);
  return segmentFrom(turn, tcb, tcb.snd.nxt, RST, none);
}

/** The reset that answers a segment carrying an ACK: `<SEQ=SEG.ACK><CTL=RST>` (RFC 9293 section 3.5.2). */
export function resetTo(segment: Segment): Segment {
  return new Segment(segment.ack, seq(0), RST, 0, 0, none, noOptions);
}

/**
 * The reset by which a segment is refused: `<SEQ=SEG.ACK><CTL=RST>`, or without an ACK to go by
 * `<SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>` (RFC 9293 section 3.5.2).
 */
export function refusal(turn: Turn, segment: Segment): Segment {
  if (has(segment, ACK)) return resetTo(segment);
  const uncounted = has(segment, SYN) ? 1 - turn.profile.synOccupies : 0;
  return new Segment(seq(0), add(end(segment), -uncounted), RST | ACK, 0, 0, none, noOptions);
}
