// How few octets a step of the debugger takes, on the screens that it draws.
import { describe, expect, it, vi } from 'vitest';
import { type StepCounts, stepsOf } from '../bench/octets.ts';

vi.setConfig({ testTimeout: 300_000 });

const sorted = (numbers: readonly number[]): number[] => numbers.toSorted((a, b) => a - b);

/** The upper of the two in the middle. */
const median = (numbers: readonly number[]): number => sorted(numbers)[numbers.length >> 1] ?? Number.NaN;

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

describe.each([
  { columns: 80, rows: 24, most: 300 },
  { columns: 120, rows: 40, most: 350 },
])('a step of the lesson life at $columns x $rows', ({ columns, rows, most }) => {
  let counts: StepCounts | undefined;
  const steps = (): StepCounts => {
    counts ??= stepsOf('life', columns, rows);
    return counts;
  };

  it(`takes at most ${most} octets in the median`, () => {
    const { sent } = steps();
    expect(sent.length).toBeGreaterThan(30);
    expect(median(sent)).toBeLessThanOrEqual(most);
  });

  it('takes at most 1.25 times the fewest octets, each of them', () => {
    const { plain, fewest } = steps();
    for (const [step, least] of fewest.entries()) {
      expect(plain[step] ?? 0, `step ${step + 1}`).toBeLessThanOrEqual(least * 1.25);
    }
    expect(sum(plain)).toBeLessThanOrEqual(sum(fewest) * 1.02);
  });

  it('never clears the screen', () => {
    expect(steps().text).not.toContain('\x1b[2J');
  });
});
