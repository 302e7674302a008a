// Relative sequence numbers as the recording harness counts them: every SYN of a direction gives one base.

import type { Seq } from '../../tcp/seq.ts';

interface Base {
  readonly isn: Seq;
  /** `r0`, `r1`, ... for SYNs that a host sent, `inj0`, ... for crafted ones. */
  readonly label: string;
  readonly real: boolean;
}

const near = 1 << 24;
const far = 1 << 28;

/** A number and the base it counts from; both null where there is nothing to count from. */
export interface Counted {
  readonly number: number | null;
  readonly of: string | null;
}

/** One direction between two sockets. */
export class Numbering {
  private readonly bases: Base[] = [];
  /** The first timestamp of the direction. */
  firstTimestamp: number | null = null;

  /** A SYN was sent. */
  note(isn: Seq, real: boolean): void {
    if (this.bases.some((base) => base.isn === isn && base.real === real)) return;
    const count = this.bases.filter((base) => base.real === real).length;
    this.bases.push({ isn, label: `${real ? 'r' : 'inj'}${count}`, real });
  }

  /** Newest real SYN first, then crafted ones, then the nearest. */
  count(number: Seq): Counted {
    let nearest: { number: number; of: string } | null = null;
    for (const real of [true, false]) {
      for (const base of [...this.bases].reverse()) {
        if (base.real !== real) continue;
        const offset = (number - base.isn) | 0;
        if (offset >= 0 && offset < near) return { number: offset, of: base.label };
        if (nearest === null || Math.abs(offset) < Math.abs(nearest.number))
          nearest = { number: offset, of: base.label };
      }
    }
    return nearest !== null && Math.abs(nearest.number) < far ? nearest : { number: null, of: null };
  }

  /** The sequence number that a label's SYN had; null where there was no such SYN. */
  isn(label: string): Seq | null {
    return this.bases.find((base) => base.label === label)?.isn ?? null;
  }
}

/** The numberings of all directions, by `address:port>address:port`. */
export class Numberings {
  private readonly directions = new Map<string, Numbering>();

  /** The direction from one end to another. */
  of(from: string, to: string): Numbering {
    const key = `${from}>${to}`;
    const known = this.directions.get(key);
    if (known !== undefined) return known;
    const fresh = new Numbering();
    this.directions.set(key, fresh);
    return fresh;
  }
}
