// What a tone looks like: the 16 colours of the user's own palette, never a background, nothing by colour alone.

import type { Tone } from '../view/line.ts';

/** Properties of Ink's Text. */
export interface TextStyle {
  readonly color?: string;
  readonly bold?: boolean;
  readonly dimColor?: boolean;
  readonly inverse?: boolean;
}

/** The style of each tone; `plain` has none, so that most of the screen costs no escape sequence. */
export const theme: Readonly<Record<Tone, TextStyle>> = {
  plain: {},
  dim: { dimColor: true },
  strong: { bold: true },
  changed: { color: 'green', bold: true },
  client: { color: 'cyan' },
  server: { color: 'magenta' },
  flight: { color: 'cyan' },
  delivered: {},
  lost: { color: 'red' },
  held: { color: 'magenta' },
  selected: { color: 'yellow', bold: true },
  cite: { color: 'blue' },
  key: { bold: true },
  notice: { color: 'yellow', bold: true },
  title: { bold: true },
};
