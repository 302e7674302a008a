// The receive window we offer (RFC 9293 section 3.8.6.2.2): never taken back, and opened only when it is worth it.

import { offerAffordable } from './free-memory.ts';
import type { Turn } from './outcome.ts';
import type { Joined } from './tcb.ts';

/**
 * The window as it stands in a header: in units of 2^wscale, as large as 16 bits allow (RFC 7323 section 2.3).
 * Rounded up: rounding down would take back what was offered before (RFC 7323 section 2.4).
 */
export function windowField(wnd: number, wscale: number): number {
  return Math.min(Math.ceil(wnd / 2 ** wscale), 0xffff);
}

/** Octets of the receive buffer that nothing unread occupies: RCV.BUFF - RCV.USER. */
export function room(tcb: Readonly<Joined>): number {
  return Math.max(tcb.rcv.buff - tcb.unread.length, 0);
}

/** Whether the window may open by enough to avoid the silly window syndrome (MUST-39). */
export function worthOpening(tcb: Readonly<Joined>): boolean {
  const { rcv } = tcb;
  return room(tcb) - rcv.wnd >= Math.min(rcv.buff / 2, rcv.mss);
}

/** Sets RCV.WND to what the next segment offers, and returns it. The right edge never moves left (SHLD-14). */
export function offer(_turn: Turn, tcb: Joined): number {
  const { rcv, memory } = tcb;
  if (memory !== null) return offerAffordable(tcb, memory);
  if (worthOpening(tcb)) rcv.wnd = room(tcb);
  rcv.wnd = windowField(rcv.wnd, rcv.wscale) * 2 ** rcv.wscale;
  return rcv.wnd;
}
