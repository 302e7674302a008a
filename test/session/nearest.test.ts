import { describe, expect, it } from 'vitest';
import { distance, nearest } from '../../source/session/nearest.ts';

describe('distance between words', () => {
  it.each([
    ['syn-lost', 'syn-lost', 0],
    ['syn-lots', 'syn-lost', 1],
    ['sny-lost', 'syn-lost', 1],
    ['synlost', 'syn-lost', 1],
    ['synn-lost', 'syn-lost', 1],
    ['ca', 'abc', 3],
    ['', 'abc', 3],
  ])('%s, %s: %i', (a, b, edits) => {
    expect(distance(a, b)).toBe(edits);
    expect(distance(b, a)).toBe(edits);
  });
});

describe('the nearest word', () => {
  it('is the one with the fewest edits, whatever its case', () => {
    expect(nearest('HS-BASC', ['refused', 'hs-basic', 'half-close'])).toBe('hs-basic');
  });

  it('is none where every word is too far away', () => {
    expect(nearest('xyz', ['refused', 'hs-basic'])).toBeNull();
  });
});
