// Becoming ESTABLISHED: options agreed on, windows and estimators set (RFC 9293 sections 3.7.1 and 3.10.7.3).

import { pieceTogether } from './chunk.ts';
import { initialWindow } from './congestion.ts';
import { beginReceiving, bufferMemory, firstWindow, octetsIn } from './free-memory.ts';
import { announcedMss, fullSize, timestamp } from './header.ts';
import { startKeepalive } from './keepalive.ts';
import type { Turn } from './outcome.ts';
import { adapts, beginAdapting } from './quick-ack.ts';
import { sampleByEcho } from './retire.ts';
import { isUnmeasured } from './rtt.ts';
import { ACK, CWR, ECE, has, type Segment, SYN } from './segment.ts';
import { add, seq } from './seq.ts';
import type { Joined } from './tcb.ts';

/**
 * Takes the peer's offers from its SYN. Before the call `sackOk` and `tsOk` hold what we offer (or would
 * answer); afterwards what both sides use. Sizes the receive side too.
 */
export function agreeOnOptions(turn: Turn, tcb: Joined, syn: Segment): void {
  const { profile } = turn;
  const { options } = syn;
  const { snd, rcv } = tcb;
  snd.mss = options.mss ?? profile.mssDefault;
  turn.find('opt.mss', 'peer', snd.mss, 'path', profile.mtu - 40);
  if (snd.mss < profile.mssFloor) turn.find('opt.mss-floor', 'peer', snd.mss, 'least', profile.mssFloor);
  tcb.tsOk = tcb.tsOk && options.tsVal !== null;
  if (tcb.tsOk && options.tsVal !== null) {
    tcb.tsRecent = options.tsVal;
    tcb.tsRecentAt = turn.now;
    turn.find('opt.ts', 'TS.Recent', options.tsVal);
  }
  tcb.sackOk = tcb.sackOk && options.sackPermitted;
  if (tcb.sackOk) turn.find('opt.sack');
  if (options.unknown.length > 0) turn.find('opt.unknown', 'kind', options.unknown[0] ?? 0);
  // A SYN asks with both bits; a SYN,ACK agrees with ECE alone (RFC 3168 section 6.1.1).
  const agrees = has(syn, ACK)
    ? has(syn, ECE) && !has(syn, CWR) && profile.ecn === 'ask'
    : has(syn, ECE) && has(syn, CWR);
  if (profile.ecn !== 'off' && agrees) {
    tcb.ecnOk = true;
    turn.find('ecn.negotiated');
  }
  rcv.mss = announcedMss(turn, tcb);
  const scaled = options.wscale !== null && profile.windowScale !== null;
  const first = firstOffer(turn, tcb, scaled);
  if (scaled) {
    snd.wscale = Math.min(options.wscale ?? 0, 14);
    rcv.wscale = first.shift;
    tcb.scaled = true;
    turn.find('opt.wscale', 'peer', snd.wscale, 'ours', rcv.wscale);
  }
  rcv.buff = first.buff;
  rcv.wnd = Math.min(first.wnd, 0xffff * 2 ** rcv.wscale);
  rcv.offered = rcv.wnd;
}

// Size of the buffer in octets of data, the window of our SYN or SYN,ACK, and its shift from then on.
function firstOffer(turn: Turn, tcb: Joined, scaled: boolean): { buff: number; wnd: number; shift: number } {
  const { profile } = turn;
  const wished = tcb.socket.receiveBuffer;
  if (profile.receiveWindow === 'free-octets') {
    const buff = wished ?? profile.receiveBuffer;
    return { buff, wnd: buff, shift: scaled ? (profile.windowScale ?? 0) : 0 };
  }
  // Our own SYN could not know yet whether timestamps would take their room.
  const segment = tcb.rcv.mss - (tcb.tsOk && tcb.passive ? 12 : 0);
  const { wnd, shift } = firstWindow(profile, wished, segment);
  return { buff: octetsIn(bufferMemory(wished, profile.receiveBuffer)), wnd, shift: scaled ? shift : 0 };
}

/** The first number expected of the peer: just after its SYN, which takes one (RFC 9293 section 3.4). */
export function expectAfterSyn(turn: Turn, tcb: Joined): void {
  const { rcv } = tcb;
  rcv.nxt = add(rcv.irs, turn.profile.synOccupies);
  rcv.up = rcv.nxt;
  rcv.ackSent = rcv.nxt;
}

/** Enters ESTABLISHED: the peer's window counts from here on (RFC 1122 section 4.2.2.20 (c)), and sending may begin. */
export function establish(turn: Turn, tcb: Joined, segment: Segment): void {
  const { snd } = tcb;
  const { profile } = turn;
  tcb.state = 'ESTABLISHED';
  snd.wnd = segment.wnd * 2 ** (has(segment, SYN) ? 0 : snd.wscale);
  snd.maxWnd = Math.max(snd.maxWnd, snd.wnd);
  snd.wl1 = segment.seq;
  snd.wl2 = has(segment, ACK) ? segment.ack : snd.una;
  tcb.repetitions = 0;
  const full = fullSize(turn, tcb);
  const { congestion } = tcb;
  const lost = tcb.synRepetitions > 0 && tcb.synRepetitions + tcb.synAnswers >= profile.initialWindowLostSyns;
  congestion.cwnd = initialWindow(profile, full, lost);
  turn.find('cc.initial-window', 'cwnd', congestion.cwnd, 'SMSS', full);
  if (isUnmeasured(tcb.rtt)) sampleByEcho(turn, tcb, segment);
  if (isUnmeasured(tcb.rtt) && snd.una !== snd.iss) firstTimeout(turn, tcb);
  tcb.rtt.backoff = 0;
  tcb.ackDelay = profile.ackDelay === profile.ackDelayMin ? profile.ackDelay : 0;
  congestion.recover = seq(snd.una);
  if (adapts(profile)) beginAdapting(turn, tcb);
  if (profile.chunks && tcb.queue.length > 0) pieceTogether(turn, tcb);
  if (profile.receiveWindow === 'free-memory') beginReceiving(turn, tcb);
  startKeepalive(turn, tcb);
}

/** The echo of the timestamp of a first SYN or SYN,ACK, sent at `firstAt`, shows that repeating it was needless. */
export function forgiveRepetitions(turn: Turn, tcb: Joined, segment: Segment, firstAt: number): void {
  if (tcb.synRepetitions === 0 || turn.profile.needlessSynsCount) return;
  const { tsVal, tsEcr } = segment.options;
  if (!tcb.tsOk || tsVal === null || tsEcr !== timestamp(firstAt, tcb)) return;
  tcb.synRepetitions = 0;
  turn.find('cc.syn-needless', 'TSecr', tsEcr);
}

// The handshake gave no round-trip time: the first timeout allows for a slow path.
function firstTimeout(turn: Turn, tcb: Joined): void {
  const { rtoAfterSynRepeat, rtoUnmeasured } = turn.profile;
  const repeated = tcb.synRepetitions > 0 ? rtoAfterSynRepeat : null;
  const least = repeated ?? rtoUnmeasured;
  if (least === null) return;
  tcb.rtt.rto = Math.max(tcb.rtt.rto, least);
  turn.find(repeated === null ? 'rto.unmeasured' : 'rto.syn-3s', 'RTO', tcb.rtt.rto);
}
