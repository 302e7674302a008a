// The help: what the marks mean and what the keys do.

import type { Hint } from './footer.ts';
import { blank, cell, type Line, line, span, widthOf } from './line.ts';
import type { Look } from './look.ts';

/** Keys under one heading. */
export interface HelpSection {
  readonly heading: string;
  readonly hints: readonly Hint[];
}

/** Sections of keys in as many columns as `width` cells hold, at most `height` lines. */
export function helpKeys(sections: readonly HelpSection[], look: Look, width: number, height: number): readonly Line[] {
  const blocks = sections.map((section) => [
    line(section.heading, 'title'),
    ...section.hints.map(({ key, label }): Line => [span(cell(key, 11, look.ruler), 'key'), span(label)]),
    blank,
  ]);
  const widest = Math.max(...blocks.flat().map((one) => widthOf(one, look.ruler)));
  const columns = Math.max(1, Math.floor((width + 3) / (widest + 3)));
  const tall = columns === 1 ? Number.POSITIVE_INFINITY : height;
  const stacks: Line[][] = [[]];
  for (const block of blocks) {
    const last = stacks[stacks.length - 1];
    if (last === undefined) continue;
    if (last.length > 0 && last.length + block.length - 1 > tall && stacks.length < columns) stacks.push([...block]);
    else last.push(...block);
  }
  const rows = Math.min(height, Math.max(...stacks.map((stack) => stack.length)));
  return Array.from({ length: rows }, (_, row) =>
    stacks.flatMap((stack) => {
      const one = stack[row] ?? blank;
      return [...one, span(' '.repeat(Math.max(0, widest + 3 - widthOf(one, look.ruler))))];
    }),
  );
}

/** What the marks of the screen mean. */
export function helpMarks(look: Look): readonly Line[] {
  const { glyphs, words } = look;
  const { marks } = words;
  const rows: readonly (readonly [string, string])[] = [
    [`${glyphs.flying.shaft.repeat(2)}SYN${glyphs.flying.shaft.repeat(2)}${glyphs.flying.right}`, marks.flying],
    [`${glyphs.landed.shaft.repeat(2)}SYN${glyphs.landed.shaft.repeat(2)}${glyphs.landed.right}`, marks.landed],
    [`${glyphs.landed.shaft.repeat(2)}SYN${glyphs.landed.shaft.repeat(2)}${glyphs.cross}`, marks.lost],
    [`${glyphs.held.shaft.repeat(2)}SYN${glyphs.held.shaft.repeat(2)}${glyphs.held.right}`, marks.held],
    ["#1'", marks.copy],
    ['*', marks.changed],
    [glyphs.cursor, marks.cursor],
  ];
  return rows.map(([mark, meaning]) => [span(cell(mark, 11, look.ruler), 'strong'), span(meaning)]);
}
