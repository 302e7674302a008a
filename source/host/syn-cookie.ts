// SYN cookies (Linux syncookies.c): everything a server must remember of a SYN, in the 32 bits of its sequence
// number, and the options in the low bits of its timestamp.

import { beginCongestion, beginRoundTrip } from '../tcp/begin.ts';
import { agreeOnOptions, establish } from '../tcp/establish.ts';
import { firstWindow } from '../tcp/free-memory.ts';
import { none } from '../tcp/octets.ts';
import { noOptions, Options } from '../tcp/options.ts';
import { type Setting, Turn } from '../tcp/outcome.ts';
import { ACK, Segment, SYN } from '../tcp/segment.ts';
import { add, type Seq, seq } from '../tcp/seq.ts';
import { Joined } from '../tcp/tcb.ts';
import { hash } from './hash.ts';
import type { Socket } from './host.ts';
import { timestampOffset } from './isn.ts';
import type { Packet, Work } from './work.ts';

/** The segment sizes a cookie can name (Linux msstab). */
export const mssTable = [536, 1_300, 1_440, 1_460] as const;

const period = 60_000_000;
const periodsValid = 2;
const mask24 = 0xffffff;

function minutes(now: number): number {
  return Math.floor(now / period);
}

function keyed(work: Work, packet: Packet, count: number, which: number): number {
  return hash(work.host.secret ^ which, packet.fromAddress, packet.fromPort, packet.toAddress, packet.toPort, count);
}

/** The cookie for a SYN: `H1 + SEG.SEQ + (minutes << 24) + ((H2 + index) mod 2^24)`. */
export function encode(work: Work, packet: Packet, mss: number): Seq {
  const count = minutes(work.now);
  const index = Math.max(
    0,
    mssTable.findLastIndex((size) => size <= mss),
  );
  const low = (keyed(work, packet, count, 2) + index) & mask24;
  return seq(keyed(work, packet, 0, 1) + packet.segment.seq + ((count & 0xff) << 24) + low);
}

/** The segment size named by a cookie for a SYN with sequence number `irs`; null when it is not ours or too old. */
export function decode(work: Work, packet: Packet, cookie: Seq, irs: Seq): number | null {
  const rest = (cookie - keyed(work, packet, 0, 1) - irs) >>> 0;
  const now = minutes(work.now);
  const age = (now - (rest >>> 24)) & 0xff;
  if (age >= periodsValid) return null;
  const index = ((rest & mask24) - keyed(work, packet, now - age, 2)) & mask24;
  return mssTable[index] ?? null;
}

// Low bits of the timestamp: window scale in four (15: none), SACK and ECN in one each.
const optionBits = 0x3f;

function clock(work: Work, packet: Packet): number {
  return (Math.floor(work.now / 1_000) + offsetOf(work, packet)) >>> 0;
}

function offsetOf(work: Work, packet: Packet): number {
  return timestampOffset(
    work,
    { address: packet.toAddress, port: packet.toPort },
    { address: packet.fromAddress, port: packet.fromPort },
  );
}

/** The SYN,ACK that carries the cookie; nothing is kept. */
export function cookieFor(work: Work, socket: Readonly<Socket>, packet: Packet): Segment {
  const { profile } = work.host;
  const { segment } = packet;
  const offers = segment.options;
  const useTs = profile.timestamps && offers.tsVal !== null;
  const wscale = useTs && profile.windowScale !== null ? offers.wscale : null;
  const sack = useTs && profile.sack && offers.sackPermitted;
  let tsVal: number | null = null;
  if (useTs) {
    const bits = (wscale === null ? 15 : Math.min(wscale, 14)) | (sack ? 16 : 0);
    const now = clock(work, packet);
    tsVal = ((now & ~optionBits) | bits) >>> 0;
    if (tsVal > now) tsVal = (tsVal - optionBits - 1) >>> 0;
  }
  const first = firstOffer(work, socket, profile.mtu - 40 - (useTs ? 12 : 0));
  const options = new Options(
    profile.mtu - 40,
    wscale === null ? null : first.shift,
    sack,
    tsVal,
    offers.tsVal ?? 0,
    [],
  );
  const wnd = Math.min(first.wnd, 0xffff);
  const cookie = encode(work, packet, offers.mss ?? profile.mssDefault);
  return new Segment(cookie, add(segment.seq, 1), SYN | ACK, wnd, 0, none, profile.mssOption ? options : noOptions);
}

// The window and its shift, for segments of so many octets.
function firstOffer(work: Work, socket: Readonly<Socket>, segment: number): { wnd: number; shift: number } {
  const { profile } = work.host;
  const wished = socket.options.receiveBuffer;
  if (profile.receiveWindow === 'free-memory') return firstWindow(profile, wished, segment);
  return { wnd: wished ?? profile.receiveBuffer, shift: profile.windowScale ?? 0 };
}

/** The connection that a valid cookie brings back, ESTABLISHED; null when the ACK carries none. */
export function fromCookie(work: Work, setting: Setting, socket: Socket, packet: Packet): Turn | null {
  const { segment } = packet;
  const iss = add(segment.ack, -1);
  const irs = add(segment.seq, -1);
  const mss = decode(work, packet, iss, irs);
  if (mss === null) return null;
  const turn = new Turn(setting, socket.tcb);
  const tcb = new Joined(
    iss,
    irs,
    'SYN-RECEIVED',
    socket.options,
    beginRoundTrip(turn, iss),
    beginCongestion(turn),
    offsetOf(work, packet),
  );
  turn.tcb = tcb;
  tcb.passive = true;
  tcb.heardAt = work.now;
  const { tsVal, tsEcr } = segment.options;
  const bits = tsVal === null ? 15 : tsEcr & optionBits;
  const wscale = (bits & 15) === 15 ? null : bits & 15;
  tcb.tsOk = tsVal !== null && turn.profile.timestamps;
  tcb.sackOk = (bits & 16) !== 0 && turn.profile.sack;
  const offers = new Options(mss, wscale, tcb.sackOk, tsVal, 0, []);
  agreeOnOptions(turn, tcb, new Segment(irs, seq(0), SYN, segment.wnd, 0, none, offers));
  if (turn.profile.receiveWindow === 'free-memory') {
    // What the SYN,ACK offered is not remembered; it is worked out anew from the size that the cookie holds.
    tcb.rcv.wnd = firstOffer(work, socket, mss).wnd;
    tcb.rcv.offered = tcb.rcv.wnd;
  }
  tcb.snd.una = add(iss, 1);
  tcb.snd.nxt = tcb.snd.una;
  establish(turn, tcb, segment);
  return turn;
}
