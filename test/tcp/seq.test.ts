// The circle of 2^32 (RFC 9293 section 3.4).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as circle from '../../source/tcp/seq.ts';

const { add, atOrAfter, atOrBefore, distance, earlier, later, seq, within } = circle;

const number = fc.integer({ min: 0, max: 0xffff_ffff }).map(seq);
// Windows are at most 2^30 octets.
const near = fc.integer({ min: -(2 ** 30), max: 2 ** 30 });

describe('sequence numbers', () => {
  it('wrap at 2^32', () => {
    expect(add(seq(0xffff_ffff), 1)).toBe(0);
    expect(add(seq(0), -1)).toBe(0xffff_ffff);
    expect(seq(2 ** 32 + 5)).toBe(5);
    expect(seq(-1)).toBe(0xffff_ffff);
  });

  it('compare across the end of the circle', () => {
    expect(circle.before(seq(0xffff_fff0), seq(5))).toBe(true);
    expect(circle.after(seq(5), seq(0xffff_fff0))).toBe(true);
    expect(distance(seq(5), seq(0xffff_fff0))).toBe(21);
    expect(later(seq(5), seq(0xffff_fff0))).toBe(5);
    expect(earlier(seq(5), seq(0xffff_fff0))).toBe(0xffff_fff0);
  });

  it('are ordered by their distance wherever they lie', () => {
    fc.assert(
      fc.property(number, near, (from, octets) => {
        const to = add(from, octets);
        expect(distance(to, from)).toBe(octets);
        expect(circle.before(from, to)).toBe(octets > 0);
        expect(circle.after(from, to)).toBe(octets < 0);
        expect(atOrBefore(from, to)).toBe(octets >= 0);
        expect(atOrAfter(from, to)).toBe(octets <= 0);
        expect(later(from, to)).toBe(octets > 0 ? to : from);
      }),
    );
  });

  it('lie within a stretch from its first to its last but not after', () => {
    fc.assert(
      fc.property(number, fc.integer({ min: 1, max: 2 ** 30 }), (from, octets) => {
        expect(within(from, from, octets)).toBe(true);
        expect(within(add(from, octets - 1), from, octets)).toBe(true);
        expect(within(add(from, octets), from, octets)).toBe(false);
        expect(within(add(from, -1), from, octets)).toBe(false);
        expect(within(from, from, 0)).toBe(false);
      }),
    );
  });
});
