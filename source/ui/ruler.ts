// The width of a text on the terminal.

import stringWidth from 'string-width';
import type { Ruler } from '../view/line.ts';

const known = new Map<string, number>();
/** Texts of which the width is remembered; frames and arrows come again and again. */
const most = 4_000;

/** Cells a text takes. Characters of ambiguous width count as one: line drawing is used only where that holds. */
export const ruler: Ruler = (text) => {
  const found = known.get(text);
  if (found !== undefined) return found;
  const width = stringWidth(text);
  if (known.size >= most) known.clear();
  known.set(text, width);
  return width;
};
