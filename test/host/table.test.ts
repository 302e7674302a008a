import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Due, Table } from '../../source/host/table.ts';

interface Entry extends Due {
  readonly name: number;
}

type Change = { readonly put: number; readonly due: number } | { readonly drop: number };

/** Ids that count up with gaps, as segments and sockets get them, and any others. */
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ put: fc.oneof(fc.nat(40), fc.nat(5_000), fc.nat(2 ** 29)), due: fc.nat(100) }),
  fc.record({ drop: fc.oneof(fc.nat(40), fc.nat(5_000)) }),
);

describe('a table of things with deadlines', () => {
  it('holds what a map holds, in the order of ids, and knows what is due next', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 120 }), (changes) => {
        let table = Table.empty<Entry>();
        const model = new Map<number, Entry>();
        for (const [name, one] of changes.entries()) {
          if ('put' in one) {
            const entry = { due: one.due, name };
            table = table.with(one.put, entry);
            model.set(one.put, entry);
          } else {
            table = table.without(one.drop);
            model.delete(one.drop);
          }
        }
        const sorted = [...model].sort(([a], [b]) => a - b);
        expect([...table.entries()]).toEqual(sorted);
        expect(table.size).toBe(model.size);
        for (const [id, entry] of sorted) expect(table.at(id)).toBe(entry);
        const soonest = sorted.reduce<readonly [number, Entry] | null>(
          (best, one) => (best === null || one[1].due < best[1].due ? one : best),
          null,
        );
        expect(table.next()).toEqual(soonest === null ? null : { id: soonest[0], entry: soonest[1] });
        expect(table.earliest).toBe(soonest === null ? Number.POSITIVE_INFINITY : soonest[1].due);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves older versions as they were', () => {
    const first = Table.empty<Entry>().with(7, { due: 1, name: 1 });
    const second = first.with(7, { due: 2, name: 2 }).with(2_000, { due: 3, name: 3 });
    expect(first.at(7)).toEqual({ due: 1, name: 1 });
    expect(first.at(2_000)).toBeUndefined();
    expect(second.size).toBe(2);
  });

  it('stays shallow where ids count up and old ones go', () => {
    let table = Table.empty<Entry>();
    for (let id = 1; id <= 100_000; id++) {
      table = table.with(id, { due: id, name: id });
      if (id > 20) table = table.without(id - 20);
    }
    expect(table.size).toBe(20);
    expect(table.depth).toBeLessThanOrEqual(1);
  });
});
