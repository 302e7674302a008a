// The variables of what we send (RFC 9293 section 3.3.1).

import type { Seq } from './seq.ts';

/**
 * Send sequence space (RFC 9293 section 3.3.1, Figure 3):
 *
 *              1         2          3          4
 *         ----------|----------|----------|----------
 *                SND.UNA    SND.NXT    SND.UNA
 *                                     +SND.WND
 *
 * 1 acknowledged, 2 in flight, 3 may be sent, 4 not yet permitted. SND.NXT never goes back:
 * repetitions are made from `outstanding`.
 */
export class SendSpace {
  iss: Seq;
  una: Seq;
  nxt: Seq;
  /** The peer's window in octets, already scaled. */
  wnd: number;
  wl1: Seq;
  wl2: Seq;
  /** SND.UP; equal to una when nothing urgent is pending. */
  up: Seq;
  /** The largest window the peer ever offered (MAX.SND.WND). */
  maxWnd: number;
  /** The peer's MSS option, or the default; the size of a full segment also depends on options and path. */
  mss: number;
  /** MTU of the path as learned from the network; Infinity until it has spoken. */
  mtu: number;
  /** Shift for windows the peer announces. */
  wscale: number;
  /** End of the last segment sent that was smaller than full (Minshall's variant of Nagle). */
  smallEnd: Seq;

  constructor(iss: Seq) {
    this.iss = iss;
    this.una = iss;
    this.nxt = iss;
    this.wnd = 0;
    this.wl1 = iss;
    this.wl2 = iss;
    this.up = iss;
    this.maxWnd = 0;
    this.mss = 536;
    this.mtu = Number.POSITIVE_INFINITY;
    this.wscale = 0;
    this.smallEnd = iss;
  }

  /** An independent copy. */
  static of(from: Readonly<SendSpace>): SendSpace {
    const copy = new SendSpace(from.iss);
    copy.una = from.una;
    copy.nxt = from.nxt;
    copy.wnd = from.wnd;
    copy.wl1 = from.wl1;
    copy.wl2 = from.wl2;
    copy.up = from.up;
    copy.maxWnd = from.maxWnd;
    copy.mss = from.mss;
    copy.mtu = from.mtu;
    copy.wscale = from.wscale;
    copy.smallEnd = from.smallEnd;
    return copy;
  }
}
