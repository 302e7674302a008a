// How much may be in flight (RFC 5681, RFC 6582, RFC 6675, RFC 6937, RFC 9438). Sizes in octets.
// This file decides; what is repeated and sent follows in transmit.ts.

import type { Profile } from './profile.ts';
import { type Seq, seq } from './seq.ts';

/** What kind of trouble the sender is in. */
export type CongestionPhase = 'open' | 'recovery' | 'loss';

/** Congestion state of one connection. */
export class Congestion {
  phase: CongestionPhase;
  cwnd: number;
  /** Slow start threshold; Infinity before the first loss. */
  ssthresh: number;
  /** Duplicate ACKs in a row. */
  duplicates: number;
  /** Highest sequence number sent when the trouble began; recovery ends when it is acknowledged. */
  recover: Seq;
  /** Duplicates that mean a loss, once more of them came than that for nothing; 0: as many as the profile says. */
  tolerance: number;
  /** Whether `recover` means anything yet. */
  recovered: boolean;
  /** Window and threshold before the last reduction, to undo it. */
  priorCwnd: number;
  priorSsthresh: number;
  /** Repetitions since the last reduction that D-SACK has not called needless; -1 when there is nothing to undo. */
  undoLeft: number;
  /** Our timestamp at the first repetition since then; -1 before it. */
  repeatedFrom: number;
  /** Whether the last timeout may still turn out to have come too early (F-RTO). */
  frto: boolean;
  /** Proportional reduction: delivered and sent since recovery began, and the flight at that moment. */
  prrDelivered: number;
  prrOut: number;
  prrFlight: number;
  /** Whether this recovery has repeated the end of the flight already (NextSeg (4) of RFC 6675). */
  rescued: boolean;
  /** When data was last sent, for the restart after idling. */
  sentAt: number;
  /** Where packets count: whether the window was filled in this round trip, which ends at `usageEnd`, and the most that was out. */
  filled: boolean;
  mostOut: number;
  usageEnd: Seq;
  /** Most segments out since `usedAt`, when the window was last used up. */
  used: number;
  usedAt: number;
  /** Octets acknowledged in avoidance since cwnd last grew. */
  credit: number;
  /** CUBIC: the window at the last loss, the start of this growth (-1: none), its origin and the time to it, and the window that Reno would have. */
  wMax: number;
  epochAt: number;
  origin: number;
  k: number;
  friendly: number;
  /** RACK: when the latest-sent segment known to be delivered was sent (-1: none), its end, and its round trip. */
  rackAt: number;
  rackEnd: Seq;
  rackRtt: number;
  /** Whether delivery out of order has been seen. */
  reordered: boolean;
  /** SND.NXT when a tail loss probe left, until it is acknowledged; -1 when none is out. */
  probeEnd: number;

  constructor(cwnd: number, ssthresh: number) {
    this.phase = 'open';
    this.cwnd = cwnd;
    this.ssthresh = ssthresh;
    this.duplicates = 0;
    this.recover = seq(0);
    this.recovered = false;
    this.tolerance = 0;
    this.priorCwnd = 0;
    this.priorSsthresh = 0;
    this.undoLeft = -1;
    this.repeatedFrom = -1;
    this.frto = false;
    this.prrDelivered = 0;
    this.prrOut = 0;
    this.prrFlight = 0;
    this.rescued = false;
    this.sentAt = 0;
    this.filled = false;
    this.mostOut = 0;
    this.usageEnd = seq(0);
    this.used = 0;
    this.usedAt = 0;
    this.credit = 0;
    this.wMax = 0;
    this.epochAt = -1;
    this.origin = 0;
    this.k = 0;
    this.friendly = 0;
    this.rackAt = -1;
    this.rackEnd = seq(0);
    this.rackRtt = 0;
    this.reordered = false;
    this.probeEnd = -1;
  }

  /** An independent copy. */
  static of(from: Readonly<Congestion>): Congestion {
    const copy = new Congestion(from.cwnd, from.ssthresh);
    copy.phase = from.phase;
    copy.duplicates = from.duplicates;
    copy.recover = from.recover;
    copy.recovered = from.recovered;
    copy.tolerance = from.tolerance;
    copy.priorCwnd = from.priorCwnd;
    copy.priorSsthresh = from.priorSsthresh;
    copy.undoLeft = from.undoLeft;
    copy.repeatedFrom = from.repeatedFrom;
    copy.frto = from.frto;
    copy.prrDelivered = from.prrDelivered;
    copy.prrOut = from.prrOut;
    copy.prrFlight = from.prrFlight;
    copy.rescued = from.rescued;
    copy.sentAt = from.sentAt;
    copy.filled = from.filled;
    copy.mostOut = from.mostOut;
    copy.usageEnd = from.usageEnd;
    copy.used = from.used;
    copy.usedAt = from.usedAt;
    copy.credit = from.credit;
    copy.wMax = from.wMax;
    copy.epochAt = from.epochAt;
    copy.origin = from.origin;
    copy.k = from.k;
    copy.friendly = from.friendly;
    copy.rackAt = from.rackAt;
    copy.rackEnd = from.rackEnd;
    copy.rackRtt = from.rackRtt;
    copy.reordered = from.reordered;
    copy.probeEnd = from.probeEnd;
    return copy;
  }
}

/**
 * The initial window in octets for a segment size (RFC 5681 section 3.1; RFC 6928 where the profile
 * gives a number of segments). A handshake that needed repetitions starts with one segment.
 */
export function initialWindow(profile: Profile, smss: number, lost: boolean): number {
  if (lost) return smss;
  if (profile.initialWindow !== 'rfc5681') return profile.initialWindow * smss;
  if (smss > 2190) return 2 * smss;
  if (smss > 1095) return 3 * smss;
  return 4 * smss;
}

/** The threshold after a loss (RFC 5681 equation 4; 0.7 of the window for CUBIC, RFC 9438 section 4.6). */
export function reducedThreshold(
  congestion: Readonly<Congestion>,
  algorithm: 'tahoe' | 'reno' | 'cubic',
  flight: number,
  smss: number,
): number {
  if (algorithm === 'cubic') return Math.max(Math.floor((congestion.cwnd * 717) / 1024), 2 * smss);
  return Math.max(Math.floor(flight / 2), 2 * smss);
}

/** Slow start: at most one segment per ACK (RFC 5681 equation 2). */
export function slowStart(congestion: Congestion, acknowledged: number, smss: number): void {
  congestion.cwnd += Math.min(acknowledged, smss);
}

/** Congestion avoidance, about one segment per round trip (RFC 5681 equation 3). */
export function avoid(congestion: Congestion, smss: number): void {
  congestion.cwnd += Math.max(1, Math.floor((smss * smss) / congestion.cwnd));
}

/** Slow start by packets: one more for each that was acknowledged, up to the threshold; returns what is left over, in octets. */
export function slowStartByPackets(congestion: Congestion, acknowledged: number): number {
  const grown = Math.min(congestion.cwnd + acknowledged, congestion.ssthresh);
  const rest = congestion.cwnd + acknowledged - grown;
  congestion.cwnd = grown;
  return rest;
}

/** Congestion avoidance by packets: one more for each window acknowledged (tcp_cong_avoid_ai). */
export function avoidByPackets(congestion: Congestion, acknowledged: number, smss: number): void {
  const window = congestion.cwnd;
  if (congestion.credit >= window) {
    congestion.credit = 0;
    congestion.cwnd += smss;
  }
  congestion.credit += acknowledged;
  if (congestion.credit < window) return;
  const more = Math.floor(congestion.credit / window);
  congestion.credit -= more * window;
  congestion.cwnd += more * smss;
}

// RFC 9438 section 4: C = 0.4 segments/s^3, beta = 0.7 (717/1024 as the kernel rounds it).
const cubicC = 0.4;
const cubicBeta = 717 / 1024;

/** CUBIC's growth on an ACK at `now` (microseconds) with the smoothed round trip `srtt` (RFC 9438 section 4.2). */
export function growCubic(congestion: Congestion, acknowledged: number, smss: number, now: number, srtt: number): void {
  const segments = congestion.cwnd / smss;
  if (congestion.epochAt < 0) {
    congestion.epochAt = now;
    congestion.friendly = segments;
    if (congestion.wMax <= segments) {
      congestion.k = 0;
      congestion.origin = segments;
    } else {
      congestion.k = Math.cbrt((congestion.wMax - segments) / cubicC);
      congestion.origin = congestion.wMax;
    }
  }
  const elapsed = (now - congestion.epochAt + srtt) / 1_000_000 - congestion.k;
  const target = congestion.origin + cubicC * elapsed * elapsed * elapsed;
  congestion.friendly += ((3 * (1 - cubicBeta)) / (1 + cubicBeta)) * (acknowledged / congestion.cwnd);
  const goal = Math.max(Math.min(target, 1.5 * segments), congestion.friendly);
  if (goal > segments) congestion.credit += ((goal - segments) / segments) * acknowledged;
  else congestion.credit += acknowledged / (100 * segments);
  if (congestion.credit >= smss) {
    congestion.cwnd += smss;
    congestion.credit -= smss;
  }
}

/** CUBIC's memory of the window at a loss, with fast convergence (RFC 9438 section 4.7). */
export function rememberCubic(congestion: Congestion, smss: number): void {
  const segments = congestion.cwnd / smss;
  congestion.epochAt = -1;
  congestion.credit = 0;
  congestion.wMax = segments < congestion.wMax ? (segments * (1 + cubicBeta)) / 2 : segments;
}
