// How things are said and drawn: the language, the glyphs, and the width of a text. Views get it as an argument.

import type { Glyphs } from './glyphs.ts';
import type { Ruler } from './line.ts';
import type { Words } from './words/words.ts';

/** Everything that a view needs besides what it shows. */
export interface Look {
  readonly words: Words;
  readonly glyphs: Glyphs;
  readonly ruler: Ruler;
}
