// Round-trip time and the retransmission timeout (RFC 6298; with the floor on the variance, Linux).

import { wholeTicks } from './clock.ts';
import type { Profile } from './profile.ts';
import { after, type Seq } from './seq.ts';

/** The estimator of one connection. Times in microseconds. */
export class RoundTrip {
  /** Smoothed round-trip time; 0 before the first sample. */
  srtt: number;
  rttvar: number;
  /** Timeout before back-off. */
  rto: number;
  /** How often the timeout has been doubled; the timer runs for rto * 2^backoff, at most rtoMax. */
  backoff: number;
  /** The one segment being timed: the ACK that ends it, and when it left; `timedAt` is -1 when none is timed. */
  timedEnd: Seq;
  timedAt: number;
  /** Smallest sample so far; Infinity before the first. */
  min: number;
  /** The latest sample; 0 before the first. */
  latest: number;
  // Only where the floor applies to the variance: the deviation, its peak in this round trip, and the round trip's end.
  mdev: number;
  mdevMax: number;
  roundEnd: Seq;

  constructor(initialRto: number, at: Seq) {
    this.srtt = 0;
    this.rttvar = 0;
    this.rto = initialRto;
    this.backoff = 0;
    this.timedEnd = at;
    this.timedAt = -1;
    this.min = Number.POSITIVE_INFINITY;
    this.latest = 0;
    this.mdev = 0;
    this.mdevMax = 0;
    this.roundEnd = at;
  }

  /** An independent copy. */
  static of(from: Readonly<RoundTrip>): RoundTrip {
    const copy = new RoundTrip(from.rto, from.timedEnd);
    copy.srtt = from.srtt;
    copy.rttvar = from.rttvar;
    copy.backoff = from.backoff;
    copy.timedAt = from.timedAt;
    copy.min = from.min;
    copy.latest = from.latest;
    copy.mdev = from.mdev;
    copy.mdevMax = from.mdevMax;
    copy.roundEnd = from.roundEnd;
    return copy;
  }
}

/** Whether there has been no sample yet. */
export function isUnmeasured(rtt: Readonly<RoundTrip>): boolean {
  return rtt.min === Number.POSITIVE_INFINITY;
}

/** Takes one sample into the estimate and recomputes the timeout; ends any back-off (RFC 6298 section 2). */
export function sample(rtt: RoundTrip, time: number, profile: Profile, una: Seq, nxt: Seq): void {
  rtt.latest = time;
  if (time < rtt.min) rtt.min = time;
  rtt.backoff = 0;
  if (profile.rtoFloor === 'variance') sampleWithPeak(rtt, time, profile, una, nxt);
  else if (rtt.srtt === 0) {
    rtt.srtt = time;
    rtt.rttvar = time / 2;
  } else {
    rtt.rttvar = (3 * rtt.rttvar + Math.abs(rtt.srtt - time)) / 4;
    rtt.srtt = (7 * rtt.srtt + time) / 8;
  }
  rtt.rto = timeout(rtt, profile);
}

/** SRTT plus four deviations, within the profile's bounds, without back-off. */
export function timeout(rtt: Readonly<RoundTrip>, profile: Profile): number {
  const raw =
    profile.rtoFloor === 'variance' ? rtt.srtt + rtt.rttvar : Math.max(rtt.srtt + 4 * rtt.rttvar, profile.rtoMin);
  return Math.min(wholeTicks(profile, Math.round(raw)), profile.rtoMax);
}

/** What the retransmission timer is set to: the timeout with its back-off. */
export function backedOff(rtt: Readonly<RoundTrip>, profile: Profile): number {
  return Math.min(rtt.rto * 2 ** Math.min(rtt.backoff, 30), Math.max(profile.rtoMax, rtt.rto));
}

// Linux tcp_rtt_estimator: a falling RTT weighs less in the deviation, whose peak within a round trip counts,
// and never less than the floor. rttvar here already holds four deviations.
function sampleWithPeak(rtt: RoundTrip, time: number, profile: Profile, una: Seq, nxt: Seq): void {
  if (rtt.srtt === 0) {
    rtt.srtt = time;
    rtt.mdev = 2 * time;
    rtt.rttvar = Math.max(rtt.mdev, profile.rtoMin);
    rtt.mdevMax = rtt.rttvar;
    rtt.roundEnd = nxt;
    return;
  }
  const error = time - rtt.srtt;
  rtt.srtt += error / 8;
  let change = Math.abs(error) - rtt.mdev / 4;
  if (error < 0 && change > 0) change /= 8;
  rtt.mdev += change;
  if (rtt.mdev > rtt.mdevMax) {
    rtt.mdevMax = rtt.mdev;
    if (rtt.mdevMax > rtt.rttvar) rtt.rttvar = rtt.mdevMax;
  }
  if (after(una, rtt.roundEnd)) {
    if (rtt.mdevMax < rtt.rttvar) rtt.rttvar -= (rtt.rttvar - rtt.mdevMax) / 4;
    rtt.roundEnd = nxt;
    rtt.mdevMax = profile.rtoMin;
  }
}
