// The help: what the marks mean and what the keys do.

import type { Hint } from './footer.ts';
import type { Arrow } from './glyphs.ts';
import { blank, cell, exactly, type Line, line, span } from './line.ts';
import type { Look } from './look.ts';

/** Cells of the column of keys. */
const keyCells = 10;

/** A heading and its lines, a key or a mark before each meaning. */
export function helpBlock(heading: string, hints: readonly Hint[], look: Look): readonly Line[] {
  return [
    line(heading, 'title'),
    ...hints.map(({ key, label }): Line => [span(cell(key, keyCells, look.ruler), 'key'), span(label)]),
    blank,
  ];
}

/**
 * Blocks (a heading, its lines, a blank) in columns side by side, in pages of at most `height` lines of `width` cells.
 * Where one page has too little room blocks are broken, then blanks are left out; what is still too much fills more pages.
 */
export function inColumns(
  blocks: readonly (readonly Line[])[],
  look: Look,
  width: number,
  height: number,
): readonly (readonly Line[])[] {
  const columns = width >= 108 ? 3 : 2;
  const gap = span('  ');
  const room = Math.floor((width - 2 * (columns - 1)) / columns);
  return stacked(blocks, columns, height).map((stacks) => {
    const rows = Math.min(height, Math.max(...stacks.map((stack) => stack.length)));
    return Array.from({ length: rows }, (_, row) =>
      stacks.flatMap((stack, place) => {
        const cells = exactly(stack[row] ?? blank, room, look.ruler, look.glyphs.ellipsis);
        return place === 0 ? cells : [gap, ...cells];
      }),
    );
  });
}

// Pages of so many columns.
function stacked(
  blocks: readonly (readonly Line[])[],
  columns: number,
  height: number,
): readonly (readonly (readonly Line[])[])[] {
  const total = blocks.reduce((sum, block) => sum + block.length, 0);
  const whole: Line[][] = [[]];
  for (const block of blocks) {
    const last = whole[whole.length - 1] ?? [];
    const full = last.length + block.length - 1 > height || last.length >= total / columns;
    if (last.length > 0 && full && whole.length < columns) whole.push([...block]);
    else last.push(...block);
  }
  if (whole.every((stack) => stack.length - 1 <= height)) return [whole];
  const flowing = blocks.flatMap((block) => block.slice(0, -1));
  const least = Math.ceil(flowing.length / (columns * height));
  // A little more than an even share, for the headings that begin a column of their own.
  const tall = Math.min(height, Math.ceil(flowing.length / least / columns) + 1);
  const stacks: Line[][] = [[]];
  for (const one of flowing) {
    const last = stacks[stacks.length - 1] ?? [];
    const heading = one[0]?.tone === 'title';
    // A heading does not stand alone at the foot of a column.
    if (last.length >= (heading ? tall - 1 : tall)) stacks.push([one]);
    else last.push(one);
  }
  const pages = Math.ceil(stacks.length / columns);
  return Array.from({ length: pages }, (_, page) => stacks.slice(page * columns, (page + 1) * columns));
}

/** What the marks of the screen mean. */
export function markHints(look: Look): readonly Hint[] {
  const { glyphs, words } = look;
  const { marks } = words;
  const shaft = ({ shaft: line, right }: Arrow, tip = right): string => `${line}SYN${line}${tip}`;
  return [
    { key: `${glyphs.landed.shaft}SYN${glyphs.flying.shaft}${glyphs.flying.right}`, label: marks.flying },
    { key: shaft(glyphs.landed), label: marks.landed },
    { key: shaft(glyphs.landed, glyphs.cross), label: marks.lost },
    { key: shaft(glyphs.held), label: marks.held },
    { key: "#1'", label: marks.copy },
    { key: '*', label: marks.changed },
    { key: glyphs.cursor, label: marks.cursor },
  ];
}
