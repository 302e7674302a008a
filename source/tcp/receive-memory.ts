// A receive buffer counted in memory, as a kernel does that stores packets with their overhead: the bookkeeping.

import { type Seq, seq } from './seq.ts';

/** Linux tcp.h TCP_DEFAULT_SCALING_RATIO: half of the memory is taken for data until a segment has been measured. */
export const initialRatio = 128;

/** A received packet that takes memory until everything up to `end` has been read. */
interface Held {
  readonly end: Seq;
  readonly memory: number;
}

/** Bookkeeping of one connection; only used where the profile counts memory. Sizes in octets, times in microseconds. */
export class ReceiveMemory {
  /** Size of the buffer with overhead (sk_rcvbuf). */
  size: number;
  /** Whether the application fixed that size. */
  fixed: boolean;
  /** Memory taken by what has not been read (sk_rmem_alloc). */
  used: number;
  held: readonly Held[];
  /** Share of memory that is data, in 256ths (scaling_ratio). */
  ratio: number;
  /** Largest window that may ever be offered (window_clamp), and at present (rcv_ssthresh). */
  clamp: number;
  threshold: number;
  /** Size of the peer's segments as observed, and of the last one that was smaller (rcv_mss, last_seg_size). */
  segment: number;
  lastSegment: number;
  /** What the application read in the last measured round trip, where that began, and when (rcvq_space). */
  copied: number;
  copiedFrom: Seq;
  copiedAt: number;
  /** The receiver's own estimate of the round trip, times eight; 0: none yet (rcv_rtt_est). */
  rtt: number;
  rttEnd: Seq;
  rttAt: number;
  rttEcho: number;

  constructor() {
    this.size = 0;
    this.fixed = false;
    this.used = 0;
    this.held = [];
    this.ratio = initialRatio;
    this.clamp = 0;
    this.threshold = 0;
    this.segment = 0;
    this.lastSegment = 0;
    this.copied = 0;
    this.copiedFrom = seq(0);
    this.copiedAt = 0;
    this.rtt = 0;
    this.rttEnd = seq(0);
    this.rttAt = -1;
    this.rttEcho = 0;
  }

  /** An independent copy. */
  static of(from: Readonly<ReceiveMemory>): ReceiveMemory {
    const copy = new ReceiveMemory();
    copy.size = from.size;
    copy.fixed = from.fixed;
    copy.used = from.used;
    copy.held = from.held;
    copy.ratio = from.ratio;
    copy.clamp = from.clamp;
    copy.threshold = from.threshold;
    copy.segment = from.segment;
    copy.lastSegment = from.lastSegment;
    copy.copied = from.copied;
    copy.copiedFrom = from.copiedFrom;
    copy.copiedAt = from.copiedAt;
    copy.rtt = from.rtt;
    copy.rttEnd = from.rttEnd;
    copy.rttAt = from.rttAt;
    copy.rttEcho = from.rttEcho;
    return copy;
  }
}
