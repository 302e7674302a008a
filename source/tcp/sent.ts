// What is in flight: one entry for each segment, with what became of it.

import { SYN } from './segment.ts';
import { add, distance, type Seq } from './seq.ts';

/** One segment in flight. A value: what happens to it makes another one. */
export class Sent {
  /** First sequence number it occupies. */
  readonly seq: Seq;
  /** Sequence numbers it occupies: data plus SYN and FIN. */
  readonly length: number;
  /** SYN, FIN and PSH bits it carried. */
  readonly ctl: number;
  /** When it was first and last sent. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** How often it was sent. */
  readonly times: number;
  /** Reported as received by SACK. */
  readonly sacked: boolean;
  /** Judged lost and not yet sent again. */
  readonly lost: boolean;

  constructor(
    seq: Seq,
    length: number,
    ctl: number,
    firstAt: number,
    lastAt: number = firstAt,
    times = 1,
    sacked = false,
    lost = false,
  ) {
    this.seq = seq;
    this.length = length;
    this.ctl = ctl;
    this.firstAt = firstAt;
    this.lastAt = lastAt;
    this.times = times;
    this.sacked = sacked;
    this.lost = lost;
  }

  /** The sequence number just after it. */
  get end(): Seq {
    return add(this.seq, this.length);
  }

  /** Sent once more. */
  again(now: number): Sent {
    return new Sent(this.seq, this.length, this.ctl, this.firstAt, now, this.times + 1);
  }

  /** Reported as received. */
  received(): Sent {
    return new Sent(this.seq, this.length, this.ctl, this.firstAt, this.lastAt, this.times, true);
  }

  /** Judged lost. */
  missing(): Sent {
    return new Sent(this.seq, this.length, this.ctl, this.firstAt, this.lastAt, this.times, false, true);
  }

  /** Not lost after all. */
  found(): Sent {
    return new Sent(this.seq, this.length, this.ctl, this.firstAt, this.lastAt, this.times);
  }

  /** What is left of it after an ACK that covers its beginning. */
  after(ack: Seq): Sent {
    const { length, firstAt, lastAt, times, sacked, lost } = this;
    return new Sent(ack, length - distance(ack, this.seq), this.ctl & ~SYN, firstAt, lastAt, times, sacked, lost);
  }

  /** A piece of it, from an offset on, that is to be sent as a segment of its own. */
  piece(offset: number, length: number, ctl: number): Sent {
    const { firstAt, lastAt, times, sacked, lost } = this;
    return new Sent(add(this.seq, offset), length, ctl, firstAt, lastAt, times, sacked, lost);
  }

  /** Both in one, before they are sent once more. */
  with(next: Sent): Sent {
    const { seq, firstAt, lastAt, times, sacked, lost } = this;
    const ctl = this.ctl | next.ctl;
    return new Sent(seq, this.length + next.length, ctl, firstAt, lastAt, Math.max(times, next.times), sacked, lost);
  }

  /** The same beginning with other octets behind it, sent once more. */
  recut(length: number, ctl: number, now: number): Sent {
    return new Sent(this.seq, length, ctl, this.firstAt, now, this.times + 1);
  }
}
