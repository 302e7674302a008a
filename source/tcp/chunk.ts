// Sending in chunks (Linux tcp_output.c tcp_write_xmit): what was written lies in pieces, and one or more full
// segments of a piece leave together, as a network card that cuts them would send them.

import type { Manner } from './call/send.ts';
import { finLeaves, launchSegment, startPersist } from './departure.ts';
import { segmentsInFlight } from './flight.ts';
import { fullSize, presentSize } from './header.ts';
import type { Octets } from './octets.ts';
import type { Turn } from './outcome.ts';
import { scheduleProbe } from './probe.ts';
import { FIN, PSH } from './segment.ts';
import { add, after, distance, type Seq } from './seq.ts';
import { finWaits, type Joined, usableWindow, type Written } from './tcb.ts';
import { noteUsage, restartAfterIdle } from './usage.ts';

/** How small segments are judged: by Nagle's rule and the socket's options, always held back (cork), or sent. */
type Nagle = 'usual' | 'push';

/** How much may leave: everything, one chunk, or one chunk even beyond the congestion window (a probe). */
type Amount = 'all' | 'one' | 'probe';

/** Octets of the largest packet that is cut late (GSO_MAX_SIZE less the room for headers). */
const largestPacket = 65_536 - 320;

/** Segments that a chunk may always have (tcp_min_tso_segs). */
const leastSegments = 2;

/** A chunk holds what is sent in about a millisecond (sk_pacing_shift). */
const chunksPerSecond = 1_024;

/** Within this time after the last transmission a chunk may wait to become larger. */
const recent = 1_000;

/** Octets that one piece of what is written may hold: so many full segments, at most half of the peer's largest window. */
export function pieceSize(tcb: Readonly<Joined>, full: number): number {
  const half = tcb.snd.maxWnd >> 1;
  const most = tcb.snd.maxWnd > 536 ? Math.min(half, largestPacket) : largestPacket;
  return Math.max(1, Math.floor(most / full)) * full;
}

/** Segments of the largest chunk (tcp_tso_autosize): what the pacing rate sends in a millisecond, two at least. */
export function chunkSegments(tcb: Readonly<Joined>, full: number): number {
  const { congestion, rtt } = tcb;
  if (rtt.srtt === 0) return leastSegments;
  const window = Math.max(congestion.cwnd, tcb.outstanding.length * full);
  const slowStart = congestion.cwnd < congestion.ssthresh / 2;
  const rate = ((window * 1_000_000) / rtt.srtt) * (slowStart ? 2 : 1.2);
  return Math.max(Math.floor(Math.min(rate / chunksPerSecond, largestPacket) / full), leastSegments);
}

/** Memory that a piece or chunk takes beside its octets (skbuff.c __alloc_skb with room for headers). */
const overhead = 832;

/** Segments for which the first send buffer is made, twice over (tcp_sndbuf_expand). */
const firstSegments = 2 * 10;

/** Memory that everything written and not acknowledged takes (sk_wmem_queued). */
function memoryOf(tcb: Readonly<Joined>): number {
  return tcb.queue.length + (tcb.pieces.length + tcb.chunkEnds.length) * overhead;
}

function spaceOf(turn: Turn, tcb: Readonly<Joined>): number {
  if (tcb.socket.sendBuffer !== null) return Math.max(2 * tcb.socket.sendBuffer, smallestSpace);
  return Math.max(tcb.sendSpace, turn.profile.sendBuffer);
}

/** Linux sock.h SOCK_MIN_SNDBUF. */
const smallestSpace = 4_608;

/**
 * Whether a writer that found the buffer full may go on: once a third of it is free (sk_stream_write_space). The buffer
 * grows with the congestion window as long as that is not used up (tcp_should_expand_sndbuf).
 */
export function mayGoOn(turn: Turn, tcb: Joined): boolean {
  if (!tcb.writerWaits) return true;
  const full = fullSize(turn, tcb);
  const window = Math.floor(tcb.congestion.cwnd / full);
  if (tcb.socket.sendBuffer === null && segmentsInFlight(tcb) < window) {
    const each = turn.profile.sendBuffer / firstSegments;
    tcb.sendSpace = Math.max(spaceOf(turn, tcb), 2 * Math.max(window, 10) * each);
  }
  const taken = memoryOf(tcb);
  if (spaceOf(turn, tcb) - taken < taken >> 1) return false;
  tcb.writerWaits = false;
  return true;
}

/**
 * Octets are written: they join the last piece or begin new ones, as long as there is memory, and full pieces leave
 * as they are made, unless the octets are urgent (tcp_sendmsg). Returns how many were taken.
 */
export function write(turn: Turn, tcb: Joined, octets: Octets, { urgent, push, more }: Manner): number {
  const goal = pieceSize(tcb, presentSize(turn, tcb));
  let taken = 0;
  let told = 0;
  const tell = (): void => {
    if (taken > told) turn.find('send.queued', 'octets', taken - told, 'queue', tcb.queue.length);
    told = taken;
  };
  while (taken < octets.length) {
    const last = tcb.pieces.at(-1);
    const room = last === undefined ? 0 : goal - lengthOf(tcb, tcb.pieces.length - 1);
    if (room <= 0 && memoryOf(tcb) >= spaceOf(turn, tcb)) {
      tcb.writerWaits = true;
      break;
    }
    const count = Math.min(octets.length - taken, room > 0 ? room : goal);
    tcb.queue = tcb.queue.append(octets.cut(taken, taken + count));
    const to = add(tcb.queueFrom, tcb.queue.length);
    tcb.pieces =
      last !== undefined && room > 0
        ? [...tcb.pieces.slice(0, -1), { to, push: taken === 0 ? false : last.push }]
        : [...tcb.pieces, { to, push: false }];
    taken += count;
    const isFull = lengthOf(tcb, tcb.pieces.length - 1) >= goal;
    if (!isFull || urgent || (taken === octets.length && !more)) continue;
    if (isFarBehind(tcb)) {
      tell();
      markPush(tcb);
      sendChunks(turn, tcb, 'push', 'all');
    } else if (tcb.pieces.length === 1) {
      tell();
      sendChunks(turn, tcb, 'push', 'one');
    }
  }
  tell();
  if (taken < octets.length || (!more && (push || isFarBehind(tcb)))) markPush(tcb);
  return taken;
}

// Half of the largest window has been written since PSH was last asked for (forced_push).
function isFarBehind(tcb: Readonly<Joined>): boolean {
  return after(add(tcb.queueFrom, tcb.queue.length), add(tcb.pushedTo, tcb.snd.maxWnd >> 1));
}

/** What was written before the connection was ESTABLISHED lies in the queue already: it becomes pieces now. */
export function pieceTogether(turn: Turn, tcb: Joined): void {
  const goal = pieceSize(tcb, fullSize(turn, tcb));
  const pieces: Written[] = [];
  for (let from = 0; from < tcb.queue.length; from += goal) {
    const last = from + goal >= tcb.queue.length;
    pieces.push({ to: add(tcb.queueFrom, Math.min(from + goal, tcb.queue.length)), push: last });
  }
  tcb.pieces = pieces;
  tcb.pushedTo = add(tcb.queueFrom, tcb.queue.length);
}

function markPush(tcb: Joined): void {
  const last = tcb.pieces.at(-1);
  if (last === undefined) return;
  tcb.pieces = [...tcb.pieces.slice(0, -1), { to: last.to, push: true }];
  tcb.pushedTo = last.to;
}

function lengthOf(tcb: Readonly<Joined>, index: number): number {
  const piece = tcb.pieces[index];
  return piece === undefined ? 0 : distance(piece.to, tcb.pieces[index - 1]?.to ?? tcb.snd.nxt);
}

/** Sends what the windows allow; true when something left. */
export function sendChunks(turn: Turn, tcb: Joined, nagle: Nagle, amount: Amount): boolean {
  const { snd } = tcb;
  const from = snd.nxt;
  // What fits beside SACK blocks (tcp_current_mss); the congestion window counts packets of the usual size (mss_cache).
  const usual = fullSize(turn, tcb);
  const full = presentSize(turn, tcb);
  if (tcb.outstanding.length === 0) restartAfterIdle(turn, tcb, usual);
  const most = chunkSegments(tcb, full);
  const waiting = tcb.pieces.length > 0 || finWaits(tcb);
  let held = false;
  while (tcb.pieces.length > 0 || finWaits(tcb)) {
    const quota = quotaOf(turn, tcb, usual, most, amount);
    if (quota === 0) break;
    growPiece(tcb, quota * full);
    const length = lengthOf(tcb, 0);
    const last = tcb.pieces.length <= 1;
    const fin = last && finWaits(tcb) ? 1 : 0;
    const usable = usableWindow(tcb);
    const least = length > full ? full : length + fin;
    if (least > usable) {
      turn.find('rwnd.limited', 'SND.WND', snd.wnd, 'SND.NXT', snd.nxt);
      break;
    }
    const segments = Math.max(1, Math.ceil(length / full));
    if (segments === 1) {
      if (!mayLeave(turn, tcb, length < full, last ? nagle : 'push', fin === 1)) break;
    } else if (amount === 'all') {
      const wait = waits(turn, tcb, usual, most, quota);
      held = wait === 'for-window';
      if (wait !== 'no') break;
    }
    const limit = segments > 1 && !urgent(tcb) ? splitPoint(turn, tcb, full, quota, nagle) : full;
    sendChunk(turn, tcb, Math.min(length, limit), full);
    if (amount !== 'all') break;
  }
  if (waiting) noteUsage(turn, tcb, snd.nxt !== from, held);
  if (tcb.outstanding.length === 0 && (tcb.pieces.length > 0 || finWaits(tcb))) startPersist(turn, tcb);
  if (snd.nxt === from) return false;
  if (amount !== 'probe') scheduleProbe(turn, tcb, false);
  return true;
}

function urgent(tcb: Readonly<Joined>): boolean {
  return after(tcb.snd.up, tcb.snd.una);
}

// tcp_cwnd_test: at most half of the window in one chunk.
function quotaOf(turn: Turn, tcb: Joined, full: number, most: number, amount: Amount): number {
  const { congestion } = tcb;
  if (turn.profile.congestion === 'none') return most;
  const window = Math.floor(congestion.cwnd / full);
  const inFlight = segmentsInFlight(tcb);
  if (inFlight >= window) {
    if (amount === 'probe') return 1;
    turn.find('cwnd.limited', 'in flight', inFlight * full, 'cwnd', congestion.cwnd);
    return 0;
  }
  return Math.min(Math.max(window >> 1, 1), window - inFlight, most);
}

// tcp_grow_skb: a chunk is filled from the next piece.
function growPiece(tcb: Joined, wanted: number): void {
  for (;;) {
    const [first, second, ...others] = tcb.pieces;
    const missing = wanted - lengthOf(tcb, 0);
    if (first === undefined || second === undefined || missing <= 0) return;
    const count = Math.min(missing, lengthOf(tcb, 1));
    const to = add(first.to, count);
    const whole = to === second.to;
    const grown: Written = { to, push: first.push || (whole && second.push) };
    tcb.pieces = whole ? [grown, ...others] : [grown, second, ...others];
    if (!whole) return;
  }
}

// tcp_nagle_test
function mayLeave(turn: Turn, tcb: Joined, partial: boolean, nagle: Nagle, fin: boolean): boolean {
  if (nagle === 'push' || urgent(tcb) || fin) return true;
  if (!holds(turn, tcb, partial)) return true;
  const { snd } = tcb;
  turn.find('nagle.hold', 'waiting', lengthOf(tcb, 0), 'SND.UNA', snd.una, 'SND.NXT', snd.nxt);
  return false;
}

// tcp_nagle_check
function holds(turn: Turn, tcb: Readonly<Joined>, partial: boolean): boolean {
  if (!partial) return false;
  if (tcb.socket.cork || turn.moreFollows) return true;
  if (tcb.socket.nodelay || tcb.outstanding.length === 0 || turn.profile.nagle === 'off') return false;
  if (turn.profile.nagle === 'any-unacknowledged') return true;
  return after(tcb.snd.smallEnd, tcb.snd.una) && !after(tcb.snd.smallEnd, tcb.snd.nxt);
}

// tcp_tso_should_defer: with an ACK expected at any moment a larger chunk will soon be possible.
function waits(turn: Turn, tcb: Joined, full: number, most: number, quota: number): 'no' | 'for-window' | 'for-peer' {
  const { snd, congestion, rtt } = tcb;
  if (congestion.phase !== 'open') return 'no';
  if (turn.now - congestion.sentAt > recent) return 'no';
  const usable = usableWindow(tcb);
  const free = congestion.cwnd - segmentsInFlight(tcb) * full;
  const limit = Math.min(usable, free);
  const length = lengthOf(tcb, 0);
  if (limit >= most * full || quota >= most) return 'no';
  if (tcb.pieces.length > 1 && limit >= length) return 'no';
  if (limit >= Math.floor(Math.min(snd.wnd, congestion.cwnd) / 3)) return 'no';
  const [head] = tcb.outstanding;
  if (head === undefined) return 'no';
  const expected = head.lastAt + rtt.srtt - turn.now;
  if (expected > Math.min(rtt.srtt / 2, recent)) return 'no';
  if (free < usable ? free <= length : usable <= length) {
    turn.find('chunk.wait', 'cwnd', congestion.cwnd, 'ACK expected in', Math.round(expected));
    return free < usable ? 'for-window' : 'for-peer';
  }
  return finWaits(tcb) ? 'no' : 'for-peer';
}

// tcp_mss_split_point: whole segments, and the rest of the window only where a small segment may leave.
function splitPoint(turn: Turn, tcb: Joined, full: number, quota: number, nagle: Nagle): number {
  const most = full * quota;
  const usable = usableWindow(tcb);
  if (most <= usable && tcb.pieces.length > 1) return most;
  const needed = Math.min(lengthOf(tcb, 0), usable);
  if (most <= needed) return most;
  const partial = needed % full;
  return nagle === 'usual' && holds(turn, tcb, partial !== 0) ? needed - partial : needed;
}

// One chunk: full segments and possibly a rest; PSH on the last where there are several, or where a write ends.
function sendChunk(turn: Turn, tcb: Joined, octets: number, full: number): void {
  const { snd } = tcb;
  const [piece, ...others] = tcb.pieces;
  const to: Seq = add(snd.nxt, octets);
  const whole = piece === undefined || piece.to === to;
  const fin = whole && others.length === 0 && finWaits(tcb);
  const push = octets > full || (whole && piece?.push === true);
  if (whole) tcb.pieces = others;
  turn.find('send.data', 'SND.NXT', snd.nxt, 'octets', octets);
  if (push) turn.find('psh.set');
  let left = octets;
  do {
    const size = Math.min(left, full);
    left -= size;
    const ends = left === 0;
    if (ends && fin) finLeaves(turn, tcb, add(snd.nxt, size));
    // What is stored is what a repetition carries: PSH only where a write ends.
    const written = ends && whole && piece?.push === true ? PSH : 0;
    launchSegment(
      turn,
      tcb,
      size,
      (ends && push ? PSH : 0) | (ends && fin ? FIN : 0),
      written | (ends && fin ? FIN : 0),
    );
  } while (left > 0);
  tcb.chunkEnds = [...tcb.chunkEnds, snd.nxt];
  if (octets % full !== 0) snd.smallEnd = snd.nxt;
}
