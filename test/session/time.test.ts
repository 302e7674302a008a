import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTime, seconds, shortSeconds } from '../../source/session/time.ts';

describe('a time', () => {
  it.each([
    [0, '0.000', '0'],
    [50_000, '0.050', '0.05'],
    [1_000_000, '1.000', '1'],
    [242_050_000, '242.050', '242.05'],
    [4, '0.000004', '0.000004'],
    [100_000_000, '100.000', '100'],
  ])('of %i microseconds is %s, in short %s', (time, long, short) => {
    expect(seconds(time)).toBe(long);
    expect(shortSeconds(time)).toBe(short);
  });

  it('is read as the time it was written from', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 315_360_000_000_000 }), (time) => {
        expect(readTime(seconds(time))).toBe(time);
        expect(readTime(`${shortSeconds(time)}s`)).toBe(time);
      }),
    );
  });

  it.each([
    ['1.5s', 1_500_000],
    ['200ms', 200_000],
    ['4us', 4],
    ['2min', 120_000_000],
    ['2h', 7_200_000_000],
    ['0.5ms', 500],
    ['1', 1_000_000],
  ])('may be written %s', (words, time) => {
    expect(readTime(words)).toBe(time);
  });

  it.each(['', 's', '-1', '1.5.2', '0.5us', '0.0000001', '1e3', '99999999999999h', '١', '1 s', '+1'])(
    'is not %j',
    (words) => {
      expect(readTime(words)).toBeNull();
    },
  );
});
