// What lies over the screen, as lines: dialogs.tsx draws it.

import { edge } from '../../view/frame.ts';
import type { Glyphs } from '../../view/glyphs.ts';
import { type Line, span } from '../../view/line.ts';
import type { Look } from '../../view/look.ts';

/** Lines that lie over the screen. They fill every cell from the first to the last of them. */
export interface Over {
  readonly left: number;
  readonly top: number;
  readonly above: readonly Line[];
  /** A list to choose from, below `above`; null where there is none. */
  readonly list: Choice | null;
  readonly below: readonly Line[];
}

/** The part of a list that is shown. */
export interface Choice {
  /** Place of the first of the rows in the whole list. */
  readonly from: number;
  /** Each without its mark. */
  readonly rows: readonly Line[];
  /** Which of them is highlighted. */
  readonly chosen: number;
}

/** What stands before a row of a list. */
export function markOf(isSelected: boolean, { name, vertical }: Glyphs): Line {
  const mark = name === 'unicode' ? ' ► ' : ' > ';
  return [span(vertical, 'dim'), isSelected ? span(mark, 'selected') : span('   ')];
}

/** All lines of it, one below the other. */
export function linesOf({ above, list, below }: Over, look: Look): readonly Line[] {
  const chosen = list?.rows.map((row, place) => [...markOf(place === list.chosen, look.glyphs), ...row]) ?? [];
  return [...above, ...chosen, ...below];
}

/** The two edges of a frame of `width` cells. */
export function edges(title: string, width: number, focused: boolean, look: Look): readonly [Line, Line] {
  const walls = [0, width - 1];
  return [edge(width, [], walls, [{ at: 0, text: title, focused }], look), edge(width, walls, [], [], look)];
}
