// The variables of what we receive (RFC 9293 section 3.3.1).

import { add, type Seq } from './seq.ts';

/**
 * Receive sequence space (RFC 9293 section 3.3.1, Figure 4):
 *
 *                  1          2          3
 *              ----------|----------|----------
 *                     RCV.NXT    RCV.NXT
 *                               +RCV.WND
 *
 * 1 received and acknowledged, 2 acceptable, 3 not yet permitted.
 */
export class ReceiveSpace {
  irs: Seq;
  nxt: Seq;
  /** The window in octets as last offered, less what arrived since: RCV.NXT + RCV.WND never moves left (SHLD-14). */
  wnd: number;
  /** RCV.UP; equal to or behind nxt when nothing urgent is pending. */
  up: Seq;
  /** Shift for windows we announce. */
  wscale: number;
  /** The MSS we announced, an estimate of full segments from the peer. */
  mss: number;
  /** RCV.BUFF: size of the receive buffer. */
  buff: number;
  /** The window of the last segment that we sent. */
  offered: number;
  /** ACK value of the last segment we sent. */
  ackSent: Seq;
  /** When the last challenge or duplicate ACK left; -Infinity before the first. */
  challengedAt: number;
  /** Sequence number of the peer's FIN, once seen; it may lie ahead of nxt. */
  fin: Seq | null;

  constructor(irs: Seq) {
    this.irs = irs;
    this.nxt = add(irs, 1);
    this.wnd = 0;
    this.up = this.nxt;
    this.wscale = 0;
    this.mss = 536;
    this.buff = 0;
    this.offered = 0;
    this.ackSent = this.nxt;
    this.challengedAt = Number.NEGATIVE_INFINITY;
    this.fin = null;
  }

  /** An independent copy. */
  static of(from: Readonly<ReceiveSpace>): ReceiveSpace {
    const copy = new ReceiveSpace(from.irs);
    copy.nxt = from.nxt;
    copy.wnd = from.wnd;
    copy.up = from.up;
    copy.wscale = from.wscale;
    copy.mss = from.mss;
    copy.buff = from.buff;
    copy.offered = from.offered;
    copy.ackSent = from.ackSent;
    copy.challengedAt = from.challengedAt;
    copy.fin = from.fin;
    return copy;
  }
}
