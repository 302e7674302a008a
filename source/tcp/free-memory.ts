// The window that free memory allows (Linux tcp_input.c and tcp_output.c): it follows from what of the receive buffer
// is free, what part of that is data and not overhead, and how far the connection may open it yet.

import type { Turn } from './outcome.ts';
import type { Profile } from './profile.ts';
import { initialRatio, ReceiveMemory } from './receive-memory.ts';
import { length, type Segment } from './segment.ts';
import { after, atOrAfter, distance, type Seq, seq } from './seq.ts';
import type { Joined } from './tcb.ts';

/** Linux sock.h SOCK_MIN_RCVBUF. */
const smallestBuffer = 2_304;

/** Linux tcp.h: TCP_MSS_DEFAULT and TCP_MIN_MSS, bounds for the first guess of the peer's segment size. */
const guessedSegment = 536;
const smallestSegment = 88;

/** Largest field and shift of a window (RFC 7323 section 2.3). */
const largestField = 0xffff;
const largestShift = 14;

/** Memory that a buffer of an application's wish has: twice as much as it asked for, for the overhead. */
export function bufferMemory(wished: number | null, usual: number): number {
  return wished === null ? usual : Math.max(2 * wished, smallestBuffer);
}

/** Octets of data that fit into so much memory (tcp_win_from_space). */
export function octetsIn(memory: number, ratio: number = initialRatio): number {
  return Math.floor((memory * ratio) / 256);
}

/**
 * The first window and its shift (tcp_select_initial_window): whole segments of `mss` octets; the shift suits the
 * largest window that the buffer may grow to.
 */
export function firstWindow(
  profile: Profile,
  wished: number | null,
  mss: number,
): { readonly wnd: number; readonly shift: number; readonly clamp: number } {
  const { receiveBuffer, receiveBufferMax, windowScale } = profile;
  const space = octetsIn(bufferMemory(wished, receiveBuffer));
  const limit = wished === null ? largestField * 2 ** largestShift : space;
  const wnd = space > mss ? space - (space % mss) : space;
  if (windowScale === null) return { wnd, shift: 0, clamp: Math.min(limit, largestField) };
  const most = Math.min(Math.max(space, receiveBufferMax), limit);
  const shift = Math.min(Math.max(Math.floor(Math.log2(most)) - 15, 0), largestShift);
  return { wnd, shift, clamp: Math.min(limit, largestField * 2 ** shift) };
}

/** What both ends agreed on has settled: the buffer begins to count (tcp_init_buffer_space). */
export function beginReceiving(turn: Turn, tcb: Joined): void {
  const { rcv } = tcb;
  const memory = new ReceiveMemory();
  tcb.memory = memory;
  const wished = tcb.socket.receiveBuffer;
  memory.size = bufferMemory(wished, turn.profile.receiveBuffer);
  memory.fixed = wished !== null;
  const space = octetsIn(memory.size, memory.ratio);
  const segment = ownSegment(tcb);
  memory.clamp = firstWindow(turn.profile, wished, segment).clamp;
  if (rcv.wscale === 0) memory.clamp = Math.min(memory.clamp, largestField);
  if (memory.clamp >= space) memory.clamp = space;
  // One segment is kept in reserve.
  if (memory.clamp > 2 * segment && memory.clamp + segment > space) {
    memory.clamp = Math.max(2 * segment, space - segment);
  }
  memory.threshold = Math.min(rcv.wnd, memory.clamp);
  memory.segment = Math.max(Math.min(segment, tcb.snd.mss, Math.floor(rcv.wnd / 2), guessedSegment), smallestSegment);
  memory.copied = Math.min(memory.threshold, rcv.wnd, 10 * segment);
  memory.copiedFrom = rcv.nxt;
  memory.copiedAt = turn.now;
}

/** Octets that the free memory would hold (tcp_space). */
function freeOctets(memory: Readonly<ReceiveMemory>): number {
  return memory.used >= memory.size
    ? -octetsIn(memory.used - memory.size, memory.ratio)
    : octetsIn(memory.size - memory.used, memory.ratio);
}

/** The window that the free memory allows now, before what was offered earlier is honoured (__tcp_select_window). */
export function affordable(tcb: Joined, memory: Readonly<ReceiveMemory>): number {
  const { rcv } = tcb;
  const all = octetsIn(memory.size, memory.ratio);
  const full = Math.min(memory.clamp, all);
  const segment = Math.min(memory.segment, full);
  const unit = 2 ** rcv.wscale;
  let free = freeOctets(memory);
  if (segment <= 0) return 0;
  if (free < full >> 1) {
    tcb.quickAcks = 0;
    free = Math.floor(free / unit) * unit;
    if (free < all >> 4 || free < segment) return 0;
  }
  free = Math.min(free, memory.threshold);
  if (rcv.wscale > 0) return Math.ceil(free / unit) * unit;
  const offered = rcv.offered;
  if (offered <= free - segment || offered > free) return free - (free % segment);
  if (segment === full && free > offered + (full >> 1)) return free;
  return offered;
}

/** Sets RCV.WND to what the next segment offers (tcp_select_window); its right edge never moves left. */
export function offerAffordable(tcb: Joined, memory: Readonly<ReceiveMemory>): number {
  const { rcv } = tcb;
  const unit = 2 ** rcv.wscale;
  const wanted = affordable(tcb, memory);
  const promised = Math.max(rcv.wnd, 0);
  rcv.wnd = wanted < promised ? Math.ceil(promised / unit) * unit : wanted;
  rcv.wnd = Math.min(rcv.wnd, largestField * unit);
  rcv.offered = rcv.wnd;
  return rcv.wnd;
}

/**
 * Memory that a packet with so many octets of data takes: the packet with head room and bookkeeping, rounded up to
 * what an allocator hands out, plus its descriptor (skbuff.c __alloc_skb, as a TUN device allocates).
 */
export function footprint(octets: number, headers: number): number {
  const room = 64;
  const bookkeeping = 320;
  const descriptor = 256;
  const wanted = aligned(room + headers + octets) + bookkeeping;
  let size = 640;
  if (wanted > size) for (size = 1_024; size < wanted; size *= 2);
  return size + descriptor;
}

function aligned(octets: number): number {
  return (octets + 63) & ~63;
}

/** A segment with data is kept, in order or not: it takes memory, and its size is noted (tcp_measure_rcv_mss). */
export function hold(tcb: Joined, memory: ReceiveMemory, end: Seq, octets: number): void {
  const size = footprint(octets, headersOf(tcb));
  memory.used += size;
  memory.held = [...memory.held, { end, memory: size }];
}

/** Octets of data in a full segment from the peer, as we announced it less what timestamps take (advmss). */
function ownSegment(tcb: Readonly<Joined>): number {
  return tcb.rcv.mss - (tcb.tsOk ? 12 : 0);
}

function headersOf(tcb: Readonly<Joined>): number {
  return 40 + (tcb.tsOk ? 12 : 0);
}

/** Measures the peer's segments; `pushed` says that this one carried PSH. */
export function measure(tcb: Joined, memory: ReceiveMemory, octets: number, pushed: boolean): void {
  const last = memory.lastSegment;
  memory.lastSegment = 0;
  if (octets >= memory.segment) {
    if (octets !== memory.segment) {
      const ratio = Math.floor((octets * 256) / footprint(octets, headersOf(tcb))) || 1;
      if (ratio !== memory.ratio) {
        memory.ratio = ratio;
        setClamp(tcb, memory, octetsIn(memory.size, ratio));
        memory.copied = Math.min(memory.copied, memory.clamp);
      }
    }
    memory.segment = Math.min(octets, ownSegment(tcb));
    if (pushed) tcb.pushed = Math.max(tcb.pushed, 1);
    return;
  }
  // 20 octets of header and the options count as part of a segment here.
  const whole = octets + headersOf(tcb) - 20;
  if (whole >= guessedSegment + 20 || (whole >= smallestSegment + 20 && !pushed)) {
    memory.lastSegment = octets;
    if (octets === last) {
      memory.segment = octets;
      return;
    }
  }
  tcb.pushed = tcb.pushed === 0 ? 1 : 2;
}

// tcp_set_window_clamp
function setClamp(tcb: Joined, memory: ReceiveMemory, wanted: number): void {
  const { rcv } = tcb;
  const clamp = Math.max(smallestBuffer >> 1, wanted);
  if (clamp === memory.clamp) return;
  memory.threshold =
    clamp < memory.clamp ? Math.min(memory.threshold, clamp) : Math.max(Math.min(rcv.offered, clamp), memory.threshold);
  memory.clamp = clamp;
}

/** Data has arrived: the window may open further, the more so the less overhead came with it (tcp_grow_window). */
export function growWindow(tcb: Joined, memory: ReceiveMemory, octets: number, largest: number): void {
  const room = Math.min(memory.clamp, freeOctets(memory)) - memory.threshold;
  if (room <= 0) return;
  const size = footprint(octets, headersOf(tcb));
  const step =
    octetsIn(size, memory.ratio) <= octets ? 2 * ownSegment(tcb) : cautiousStep(memory, octets, size, largest);
  if (step === 0) return;
  memory.threshold += Math.min(room, Math.max(step, 2 * octets));
  tcb.quickAcks |= 1;
}

/**
 * A bare FIN out of order that joins octets kept before it has taken no memory of its own, so it opens the window like
 * data without overhead (tcp_data_queue_ofo, truesize_adjust).
 */
export function growByFin(tcb: Joined, memory: ReceiveMemory): void {
  const room = Math.min(memory.clamp, freeOctets(memory)) - memory.threshold;
  if (room <= 0) return;
  memory.threshold += Math.min(room, 2 * ownSegment(tcb));
  tcb.quickAcks |= 1;
}

// __tcp_grow_window: with much overhead, as long as the window is small beside the largest that may be.
function cautiousStep(memory: Readonly<ReceiveMemory>, octets: number, size: number, largest: number): number {
  let share = octetsIn(size, memory.ratio) >> 1;
  let window = octetsIn(largest, memory.ratio) >> 1;
  while (memory.threshold <= window) {
    if (share <= octets) return 2 * memory.segment;
    share >>= 1;
    window >>= 1;
  }
  return 0;
}

/** The application has read up to `copied`: what held those octets is free again. */
export function release(memory: ReceiveMemory, copied: Seq): void {
  const rest = memory.held.filter(({ end }) => after(end, copied));
  if (rest.length === memory.held.length) return;
  memory.held = rest;
  memory.used = rest.reduce((sum, one) => sum + one.memory, 0);
}

/** A round trip measured by the receiver: by the echo of its timestamps, or by the time that a window takes to arrive. */
function sampleReceiver(tcb: Readonly<Joined>, memory: ReceiveMemory, time: number, byWindow: boolean): void {
  const sample = Math.max(time, 1);
  if (memory.rtt === 0 || sample * 8 < memory.rtt) memory.rtt = sample * 8;
  else if (!byWindow && tcb.unread.length === 0) memory.rtt += sample - Math.floor(memory.rtt / 8);
}

/** A full segment echoes a timestamp for the first time (tcp_rcv_rtt_measure_ts); `clock` is our timestamp now. */
export function measureByEcho(tcb: Joined, memory: ReceiveMemory, segment: Segment, clock: number): void {
  const { tsVal, tsEcr } = segment.options;
  if (!tcb.tsOk || tsVal === null || tsEcr === memory.rttEcho) return;
  memory.rttEcho = tsEcr;
  if (length(segment) < memory.segment) return;
  const time = (clock - tsEcr) | 0;
  if (time > 0) sampleReceiver(tcb, memory, time * 1_000, false);
}

/** Where there are no timestamps: one window's worth of data takes about one round trip (tcp_rcv_rtt_measure). */
export function measureByWindow(turn: Turn, tcb: Joined, memory: ReceiveMemory): void {
  const { rcv } = tcb;
  if (memory.rttAt >= 0) {
    if (!atOrAfter(rcv.nxt, memory.rttEnd)) return;
    sampleReceiver(tcb, memory, turn.now - memory.rttAt, true);
  }
  memory.rttEnd = seq(rcv.nxt + rcv.offered);
  memory.rttAt = turn.now;
}

/** After a read: a buffer that the application empties fast enough may grow (tcp_rcv_space_adjust, tcp_rcvbuf_grow). */
export function adjustSpace(turn: Turn, tcb: Joined, memory: ReceiveMemory, copied: Seq): void {
  const { rcv } = tcb;
  if (memory.rtt === 0) return;
  if (turn.now - memory.copiedAt < memory.rtt / 8) return;
  const read = distance(copied, memory.copiedFrom) - distance(rcv.nxt, copied);
  if (read > memory.copied) {
    const before = memory.copied;
    memory.copied = read;
    if (!memory.fixed) growBuffer(turn, memory, read, before);
  }
  memory.copiedFrom = copied;
  memory.copiedAt = turn.now;
}

function growBuffer(turn: Turn, memory: ReceiveMemory, read: number, before: number): void {
  let window = 2 * read;
  window += 2 * Math.floor((window * (read - before)) / before);
  const wanted = Math.min(Math.floor((window * 256) / memory.ratio), turn.profile.receiveBufferMax);
  if (wanted <= memory.size) return;
  memory.size = wanted;
  memory.clamp = octetsIn(wanted, memory.ratio);
}
