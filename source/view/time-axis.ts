// Times along a line of cells. A silence beside which everything else would fall into one cell is cut out.

/** A silence that is cut out: from the last time before it to the first one after it, and the cells that stand for it. */
export interface Cut {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly last: number;
}

/** Where times stand. */
export interface Axis {
  /** The cell of a time, from 0; what lies inside a cut stands at its beginning. */
  readonly cell: (time: number) => number;
  readonly cuts: readonly Cut[];
}

/** Silences are cut where all the rest would have less than one cell in so many, */
const squeezed = 10;
/** and only such as are so many times as long as all that is not cut: waits that double are to be seen as they are. */
const longer = 4;
/** Most of them. */
const mostCuts = 3;
/** Cells of a cut, and the least part of the line that is left for times. */
const [cutCells, leastShare] = [10, 2 / 3];

/** An axis of `cells` cells for these times (microseconds, in any order, one at least). */
export function axisOf(times: readonly number[], cells: number): Axis {
  const sorted = [...new Set(times)].sort((a, b) => a - b);
  const [begin = 0] = sorted;
  const silences = sorted.slice(1).map((to, place) => ({ from: sorted[place] ?? to, to }));
  const idle = idleOf(silences);
  const width = idle.length === 0 ? 0 : Math.min(cutCells, Math.floor((cells * (1 - leastShare)) / idle.length));
  const shown = silences.reduce((sum, one) => (idle.includes(one) ? sum : sum + one.to - one.from), 0);
  const scale = (cells - 1 - idle.length * width) / Math.max(1, shown);
  // The time that is shown before a moment, and the cuts that lie before it.
  const cell = (time: number): number => {
    const before = idle.filter(({ to }) => to <= time);
    const inside = idle.find(({ from, to }) => from <= time && time < to);
    const skipped = before.reduce((sum, { from, to }) => sum + to - from, 0);
    return Math.round(((inside?.from ?? time) - begin - skipped) * scale) + before.length * width;
  };
  return { cell, cuts: idle.map(({ from, to }) => ({ from, to, first: cell(from), last: cell(to) })) };
}

type Silence = { readonly from: number; readonly to: number };

function idleOf(silences: readonly Silence[]): readonly Silence[] {
  const whole = silences.reduce((sum, { from, to }) => sum + to - from, 0);
  const longest = silences.toSorted((a, b) => b.to - b.from - (a.to - a.from));
  let rest = whole;
  for (const [place, { from, to }] of longest.slice(0, mostCuts).entries()) {
    rest -= to - from;
    if (rest > 0 && rest * squeezed < whole && to - from >= longer * rest) {
      return longest.slice(0, place + 1).sort((a, b) => a.from - b.from);
    }
  }
  return [];
}
