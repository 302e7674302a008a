// The two sets of glyphs. Every box-drawing character is East-Asian ambiguous in width, so the ASCII set is not
// a fallback of lesser care: many terminals get it.

/** What frames and arrows are made of. Every glyph is exactly one cell wide. */
export interface Glyphs {
  readonly name: 'unicode' | 'ascii';
  readonly horizontal: string;
  readonly vertical: string;
  /** Junctions by the arms they have: up, down, left, right as 1, 2, 4, 8. */
  readonly junctions: readonly string[];
  /** The shaft and tip of an arrow, by what became of the segment. */
  readonly flying: Arrow;
  readonly landed: Arrow;
  readonly held: Arrow;
  /** Where a segment was lost. */
  readonly cross: string;
  readonly cursor: string;
  readonly ellipsis: string;
  /** Filled and empty parts of a bar. */
  readonly full: string;
  readonly empty: string;
  /** An event of which there is nothing to say, on the time line. */
  readonly dot: string;
  readonly right: string;
  readonly left: string;
  readonly up: string;
  readonly down: string;
  /** Between two values, the first of which became the second. */
  readonly becomes: string;
}

/** Shaft and tips of an arrow. */
export interface Arrow {
  readonly shaft: string;
  readonly right: string;
  readonly left: string;
}

function junctions(of: Readonly<Record<number, string>>, otherwise: string): readonly string[] {
  return Array.from({ length: 16 }, (_, arms) => of[arms] ?? otherwise);
}

/** Line drawing, for terminals on which it is one cell wide. */
export const unicode: Glyphs = {
  name: 'unicode',
  horizontal: '─',
  vertical: '│',
  junctions: junctions(
    { 3: '│', 5: '╯', 6: '╮', 7: '┤', 9: '╰', 10: '╭', 11: '├', 12: '─', 13: '┴', 14: '┬', 15: '┼' },
    '─',
  ),
  flying: { shaft: '═', right: '►', left: '◄' },
  landed: { shaft: '─', right: '→', left: '←' },
  held: { shaft: '┄', right: '►', left: '◄' },
  cross: '×',
  cursor: '►',
  ellipsis: '…',
  full: '█',
  empty: '░',
  dot: '·',
  right: '→',
  left: '←',
  up: '↑',
  down: '↓',
  becomes: '→',
};

/** Plain ASCII. */
export const ascii: Glyphs = {
  name: 'ascii',
  horizontal: '-',
  vertical: '|',
  junctions: junctions({ 3: '|', 12: '-' }, '+'),
  flying: { shaft: '=', right: '>', left: '<' },
  landed: { shaft: '-', right: '>', left: '<' },
  held: { shaft: '.', right: '>', left: '<' },
  cross: 'x',
  cursor: '>',
  ellipsis: '~',
  full: '#',
  empty: '.',
  dot: '.',
  right: '->',
  left: '<-',
  up: 'Up',
  down: 'Down',
  becomes: '->',
};
