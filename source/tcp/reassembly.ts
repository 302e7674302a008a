// Octets that arrived ahead of RCV.NXT, kept until the gap before them is filled (SHLD-31).

import type { Octets } from './octets.ts';
import type { Block } from './options.ts';
import { add, after, atOrBefore, before, distance, type Seq } from './seq.ts';

/** One piece that arrived out of order. */
export interface Piece {
  readonly from: Seq;
  readonly to: Seq;
  readonly octets: Octets;
}

/**
 * Pieces in sequence order, never overlapping: where two early arrivals overlap, the octets that came first stay;
 * octets that arrive in order win over those held here.
 * `recent` holds the contiguous blocks in the order in which they were last extended, newest first,
 * which is the order SACK reports them in (RFC 2018 section 4).
 */
export class Reassembly {
  readonly pieces: readonly Piece[];
  readonly recent: readonly Block[];

  constructor(pieces: readonly Piece[], recent: readonly Block[]) {
    this.pieces = pieces;
    this.recent = recent;
  }

  /** Octets held. */
  get length(): number {
    let length = 0;
    for (const piece of this.pieces) length += piece.octets.length;
    return length;
  }

  /** The collection with the octets from `from` on; parts already held are ignored. */
  insert(from: Seq, octets: Octets): Reassembly {
    const to = add(from, octets.length);
    const fresh: Piece[] = [];
    let start = from;
    for (const piece of this.pieces) {
      if (atOrBefore(piece.to, start)) continue;
      if (atOrBefore(to, piece.from)) break;
      if (before(start, piece.from)) {
        const cut = octets.cut(distance(start, from), distance(piece.from, from));
        fresh.push({ from: start, to: piece.from, octets: cut });
      }
      start = piece.to;
      if (atOrBefore(to, start)) break;
    }
    if (before(start, to)) fresh.push({ from: start, to, octets: octets.cut(distance(start, from), octets.length) });
    const pieces = [...this.pieces, ...fresh].sort((a, b) => distance(a.from, b.from));
    return new Reassembly(pieces, withBlock(this.recent, from, to));
  }

  /** What lies ready at `next`: its octets in order, and the collection without them and without anything older. */
  take(next: Seq): { readonly octets: readonly Octets[]; readonly rest: Reassembly } {
    const octets: Octets[] = [];
    let at = next;
    let index = 0;
    for (; index < this.pieces.length; index++) {
      const piece = this.pieces[index];
      if (piece === undefined || after(piece.from, at)) break;
      if (after(piece.to, at)) {
        octets.push(piece.octets.cut(distance(at, piece.from), piece.octets.length));
        at = piece.to;
      }
    }
    if (index === 0) return { octets, rest: this };
    const pieces = this.pieces.slice(index);
    if (pieces.length === 0) return { octets, rest: nothing };
    return {
      octets,
      rest: new Reassembly(
        pieces,
        this.recent.filter((block) => after(block.to, at)),
      ),
    };
  }
}

// The block that holds [from, to) after joining it with every block it touches, in front; the others behind it.
function withBlock(recent: readonly Block[], from: Seq, to: Seq): readonly Block[] {
  let joinedFrom = from;
  let joinedTo = to;
  const others: Block[] = [];
  for (const block of recent) {
    if (before(block.to, joinedFrom) || after(block.from, joinedTo)) others.push(block);
    else {
      if (before(block.from, joinedFrom)) joinedFrom = block.from;
      if (after(block.to, joinedTo)) joinedTo = block.to;
    }
  }
  return [{ from: joinedFrom, to: joinedTo }, ...others];
}

/** Nothing out of order. */
export const nothing: Reassembly = new Reassembly([], []);
