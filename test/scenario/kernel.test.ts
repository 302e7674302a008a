// The linux profile against recordings of a real kernel.
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Aspect, aspects, check, same } from '../../source/scenario/trace/compare.ts';
import { collectedTraces, ownTraces, traceOf } from '../support/traces.ts';

const named = (files: readonly string[]): [string, string][] => files.map((file) => [basename(file, '.json'), file]);

describe('recordings of the project', () => {
  it('are a dozen at least', () => {
    expect(ownTraces.length).toBeGreaterThanOrEqual(12);
  });

  it.each(named(ownTraces))("%s: segments, states, results, fields and times are the kernel's", (_, file) => {
    const { first, equal } = check(traceOf(file));
    expect(first).toBeNull();
    expect(equal).toEqual({ segments: true, states: true, results: true, fields: true, times: true });
  });
});

/** How many of the larger collection agree; a change of the engine must not lower any of them. */
const reached: Readonly<Record<Aspect | 'all', number>> = {
  segments: 99,
  states: 99,
  results: 98,
  fields: 99,
  times: 98,
  all: 97,
};

describe(`the larger collection (${collectedTraces.length} recordings beside the project)`, () => {
  it.skipIf(collectedTraces.length === 0)('agrees in as many as ever', () => {
    const comparisons = collectedTraces.map((file) => check(traceOf(file)));
    const counts = {
      ...Object.fromEntries(
        aspects.map((aspect) => [aspect, comparisons.filter(({ equal }) => equal[aspect]).length] as const),
      ),
      all: comparisons.filter(same).length,
    };
    for (const aspect of [...aspects, 'all'] as const) {
      expect(counts, aspect).toMatchObject({ [aspect]: expect.toSatisfy((n: number) => n >= reached[aspect]) });
    }
    expect(comparisons.filter(({ first }) => first?.aspect === 'not-understood')).toEqual([]);
  });
});
