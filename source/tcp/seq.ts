// Sequence numbers: the circle of 2^32 (RFC 9293 section 3.4). Only this file makes a Seq;
// nothing else compares two of them with `<`.

declare const circle: unique symbol;

/** A sequence or acknowledgment number: an integer in 0 .. 2^32-1 that only compares on the circle. */
export type Seq = number & { readonly [circle]: 'Seq' };

/** The Seq congruent to any integer, modulo 2^32. */
export function seq(number: number): Seq {
  return (number >>> 0) as Seq;
}

/** `from` moved forward (or, for a negative count, back) by `octets`. */
export function add(from: Seq, octets: number): Seq {
  return ((from + octets) >>> 0) as Seq;
}

/**
 * Signed distance a - b in -2^31 .. 2^31-1. At exactly 2^31 the RFC leaves the order undefined;
 * windows are at most 2^30 octets, which keeps clear of it.
 */
export function distance(a: Seq, b: Seq): number {
  return (a - b) | 0;
}

/** a < b */
export function before(a: Seq, b: Seq): boolean {
  return ((a - b) | 0) < 0;
}

/** a =< b */
export function atOrBefore(a: Seq, b: Seq): boolean {
  return ((a - b) | 0) <= 0;
}

/** a > b */
export function after(a: Seq, b: Seq): boolean {
  return ((a - b) | 0) > 0;
}

/** a >= b */
export function atOrAfter(a: Seq, b: Seq): boolean {
  return ((a - b) | 0) >= 0;
}

/** from =< a < from + octets */
export function within(a: Seq, from: Seq, octets: number): boolean {
  return (a - from) >>> 0 < octets;
}

/** The later of the two. */
export function later(a: Seq, b: Seq): Seq {
  return ((a - b) | 0) >= 0 ? a : b;
}

/** The earlier of the two. */
export function earlier(a: Seq, b: Seq): Seq {
  return ((a - b) | 0) <= 0 ? a : b;
}
