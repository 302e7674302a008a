// Octets in order: written but not acknowledged, or received but not read.

import { join, none, type Octets } from './octets.ts';

// Writes shorter than this are copied together, so that a thousand one-octet writes do not become
// a thousand runs to search.
const small = 1_024;

/** Octets in the order written. A value: every change is a new queue that shares the runs. */
export class Queue {
  readonly runs: readonly Octets[];
  /** Octets in all runs. */
  readonly length: number;

  constructor(runs: readonly Octets[], length: number) {
    this.runs = runs;
    this.length = length;
  }

  /** The queue with more octets at its end. */
  append(octets: Octets): Queue {
    if (octets.length === 0) return this;
    const last = this.runs[this.runs.length - 1];
    const length = this.length + octets.length;
    if (last !== undefined) {
      const adjacent = last.buffer === octets.buffer && last.end === octets.start;
      if (adjacent || (octets.length < small && last.length < small)) {
        return new Queue([...this.runs.slice(0, -1), join([last, octets])], length);
      }
    }
    return new Queue([...this.runs, octets], length);
  }

  /** The queue without its first `count` octets. */
  drop(count: number): Queue {
    if (count === 0) return this;
    let rest = count;
    for (let index = 0; index < this.runs.length; index++) {
      const run = this.runs[index];
      if (run === undefined) break;
      if (rest < run.length) {
        const runs = this.runs.slice(index);
        runs[0] = run.cut(rest, run.length);
        return new Queue(runs, this.length - count);
      }
      rest -= run.length;
    }
    return empty;
  }

  /** `count` octets from offset `from` on, or fewer where the queue ends. */
  peek(from: number, count: number): Octets {
    let skip = from;
    let want = count;
    let found: Octets | null = null;
    let more: Octets[] | null = null;
    for (const run of this.runs) {
      if (skip >= run.length) {
        skip -= run.length;
        continue;
      }
      const piece = run.cut(skip, Math.min(run.length, skip + want));
      skip = 0;
      want -= piece.length;
      if (found === null) found = piece;
      else if (more === null) more = [found, piece];
      else more.push(piece);
      if (want === 0) break;
    }
    return more === null ? (found ?? none) : join(more);
  }
}

/** No octets. */
export const empty: Queue = new Queue([], 0);
