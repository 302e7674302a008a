// Octets in order, octets in a queue, octets that came too early: each against the simplest possible model.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromText, join, none, Octets, pattern, patternLimit, same } from '../../source/tcp/octets.ts';
import { empty, type Queue } from '../../source/tcp/queue.ts';
import { nothing, type Reassembly } from '../../source/tcp/reassembly.ts';
import { add, distance, seq } from '../../source/tcp/seq.ts';

const octets = (values: Uint8Array): Octets => new Octets(values, 0, values.length);
const bytes = fc.uint8Array({ maxLength: 40 });

describe('octets', () => {
  it('of the pattern count from 0 to 250 and begin again', () => {
    expect([...pattern(249, 4).bytes()]).toEqual([249, 250, 0, 1]);
    expect(pattern(0, 100_000).length).toBe(patternLimit);
    expect(same(pattern(251 * 7 + 3, 1_000), pattern(3, 1_000))).toBe(true);
  });

  it('of a text are UTF-8', () => {
    for (const text of ['abc', 'déjà', '握手', '🤝', '']) {
      expect([...fromText(text).bytes()]).toEqual([...new TextEncoder().encode(text)]);
    }
  });

  it('cut and joined are the same again', () => {
    fc.assert(
      fc.property(bytes, fc.nat({ max: 40 }), (values, at) => {
        const whole = octets(values);
        const cut = Math.min(at, values.length);
        const again = join([whole.cut(0, cut), whole.cut(cut, values.length)]);
        expect([...again.bytes()]).toEqual([...values]);
        expect(same(again, whole)).toBe(true);
      }),
    );
  });

  it('joined from nothing are none', () => {
    expect(join([])).toBe(none);
  });
});

describe('a queue', () => {
  it('behaves like an array of octets', () => {
    const action = fc.oneof(
      fc.record({ kind: fc.constant('append' as const), values: bytes }),
      fc.record({ kind: fc.constant('drop' as const), count: fc.nat({ max: 60 }) }),
      fc.record({ kind: fc.constant('peek' as const), from: fc.nat({ max: 80 }), count: fc.nat({ max: 80 }) }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
        let queue: Queue = empty;
        let model: number[] = [];
        for (const one of actions) {
          if (one.kind === 'append') {
            queue = queue.append(octets(one.values));
            model = [...model, ...one.values];
          } else if (one.kind === 'drop') {
            const count = Math.min(one.count, model.length);
            queue = queue.drop(count);
            model = model.slice(count);
          } else {
            expect([...queue.peek(one.from, one.count).bytes()]).toEqual(model.slice(one.from, one.from + one.count));
          }
          expect(queue.length).toBe(model.length);
        }
      }),
    );
  });

  it('puts a thousand single octets into few runs', () => {
    let queue: Queue = empty;
    for (let index = 0; index < 1_000; index++) queue = queue.append(fromText('x'));
    expect(queue.length).toBe(1_000);
    expect(queue.runs.length).toBeLessThan(10);
  });
});

describe('reassembly', () => {
  const piece = fc.record({ from: fc.integer({ min: 1, max: 60 }), length: fc.integer({ min: 1, max: 20 }) });
  // Near the end of the circle, so that half of it lies beyond.
  const base = seq(0xffff_ffe0);

  const insert = (held: Reassembly, index: number, from: number, length: number): Reassembly =>
    held.insert(add(base, from), octets(new Uint8Array(length).fill(index + 1)));

  it('keeps, for each number, the octet that came first, and gives it when its turn comes', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.integer({ min: 0, max: 80 }), (pieces, next) => {
        let held: Reassembly = nothing;
        const model = new Map<number, number>();
        pieces.forEach(({ from, length }, index) => {
          held = insert(held, index, from, length);
          for (let at = from; at < from + length; at++) if (!model.has(at)) model.set(at, index + 1);
        });
        expect(held.length).toBe(model.size);
        const expected: number[] = [];
        for (let at = next; model.has(at); at++) expected.push(model.get(at) ?? 0);
        const { octets: runs, rest } = held.take(add(base, next));
        expect(runs.flatMap((run) => [...run.bytes()])).toEqual(expected);
        expect(rest.pieces.every(({ from }) => distance(from, add(base, next + expected.length)) > 0)).toBe(true);
      }),
    );
  });

  it('reports blocks that cover exactly what is held, apart from each other, the latest first', () => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
        let held: Reassembly = nothing;
        const covered = new Set<number>();
        pieces.forEach(({ from, length }, index) => {
          held = insert(held, index, from, length);
          for (let at = from; at < from + length; at++) covered.add(at);
        });
        const reported = held.recent.flatMap(({ from, to }) =>
          Array.from({ length: distance(to, from) }, (_, index) => distance(add(from, index), base)),
        );
        expect(reported.length).toBe(covered.size);
        expect(new Set(reported)).toEqual(covered);
        const [first] = held.recent;
        const last = pieces.at(-1);
        if (first === undefined || last === undefined) throw new Error('nothing held');
        expect(distance(first.from, add(base, last.from))).toBeLessThanOrEqual(0);
        expect(distance(first.to, add(base, last.from + last.length))).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
