// The table of things with deadlines, against a Map.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Table } from '../../source/host/table.ts';

interface Thing {
  readonly due: number;
  readonly name: string;
}

const id = fc.oneof(fc.nat({ max: 40 }), fc.nat({ max: 40_000 }));
const due = fc.oneof(fc.nat({ max: 20 }), fc.constant(Number.POSITIVE_INFINITY));
const action = fc.oneof(
  { weight: 3, arbitrary: fc.record({ put: fc.constant(true), id, due }) },
  { weight: 2, arbitrary: fc.record({ put: fc.constant(false), id, due }) },
);

describe('the table', () => {
  it('behaves like a Map that also knows what is due first', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        let table = Table.empty<Thing>();
        const model = new Map<number, Thing>();
        for (const one of actions) {
          const thing = { due: one.due, name: `${one.id}/${one.due}` };
          if (one.put) {
            table = table.with(one.id, thing);
            model.set(one.id, thing);
          } else {
            table = table.without(one.id);
            model.delete(one.id);
          }
          const sorted = [...model].sort(([a], [b]) => a - b);
          expect([...table.entries()]).toEqual(sorted);
          expect(table.size).toBe(model.size);
          const first = sorted.reduce<readonly [number, Thing] | null>(
            (best, entry) => (entry[1].due < (best?.[1].due ?? Number.POSITIVE_INFINITY) ? entry : best),
            null,
          );
          expect(table.earliest).toBe(first?.[1].due ?? Number.POSITIVE_INFINITY);
          expect(table.next()).toEqual(first === null ? null : { id: first[0], entry: first[1] });
          expect(table.at(one.id)).toBe(model.get(one.id));
        }
      }),
    );
  });

  it('leaves earlier versions as they were', () => {
    const one = Table.empty<Thing>().with(5, { due: 1, name: 'a' });
    const two = one.with(5, { due: 2, name: 'b' }).with(900, { due: 0, name: 'c' });
    expect(one.at(5)?.name).toBe('a');
    expect(one.size).toBe(1);
    expect(two.without(5).at(5)).toBe(undefined);
    expect(two.size).toBe(2);
  });

  it('is itself when there is nothing to take out', () => {
    const table = Table.empty<Thing>().with(5, { due: 1, name: 'a' });
    expect(table.without(6)).toBe(table);
    expect(table.without(60_000)).toBe(table);
  });

  it('tells what has changed since an older table, and walks backwards', () => {
    const build = (actions: readonly { put: boolean; id: number; due: number }[], from: Table<Thing>): Table<Thing> =>
      actions.reduce(
        (table, one) =>
          one.put ? table.with(one.id, { due: one.due, name: `${one.id}/${one.due}` }) : table.without(one.id),
        from,
      );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), fc.array(action, { maxLength: 6 }), (first, then) => {
        const older = build(first, Table.empty<Thing>());
        const newer = build(then, older);
        const found = [...newer.since(older)];
        // Tables of another height or beginning share nothing, and everything is told.
        const different = [...newer].filter(([id, thing]) => older.at(id) !== thing);
        for (const entry of different) expect(found).toContainEqual(entry);
        for (const [id, thing] of found) expect(newer.at(id)).toBe(thing);
        expect([...newer.backwards()]).toEqual([...newer.values()].toReversed());
      }),
    );
    const crowd = build(
      Array.from({ length: 2_000 }, (_, id) => ({ put: true, id, due: 1 })),
      Table.empty<Thing>(),
    );
    expect([...crowd.with(700, { due: 2, name: 'x' }).since(crowd)]).toEqual([[700, { due: 2, name: 'x' }]]);
    expect([...crowd.since(crowd)]).toEqual([]);
  });
});
