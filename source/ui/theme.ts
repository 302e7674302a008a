// What a tone looks like: the 16 colours of the user's own palette, never a background, nothing by colour alone.

import type { Line, Tone } from '../view/line.ts';

/** SGR parameters (ECMA-48 section 8.3.117) that begin and end a look. */
interface TextStyle {
  readonly on: string;
  readonly off: string;
}

const plain: TextStyle = { on: '', off: '' };
const bold: TextStyle = { on: '1', off: '22' };
const yellowBold: TextStyle = { on: '33;1', off: '22;39' };

/** The style of each tone; `plain` has none, so that most of the screen costs no escape sequence. */
const theme: Readonly<Record<Tone, TextStyle>> = {
  plain,
  dim: { on: '2', off: '22' },
  strong: bold,
  changed: { on: '32;1', off: '22;39' },
  client: { on: '36', off: '39' },
  server: { on: '35', off: '39' },
  // The head of the arrow tells it; a colour besides would cost eight octets whenever something is sent.
  flight: plain,
  delivered: plain,
  lost: { on: '31', off: '39' },
  held: { on: '35', off: '39' },
  selected: yellowBold,
  cite: { on: '34', off: '39' },
  key: bold,
  notice: yellowBold,
  title: bold,
};

/** A line as text with its styles. */
export function styled(line: Line): string {
  let text = '';
  for (const span of line) {
    const { on, off } = theme[span.tone];
    text += on === '' ? span.text : `\x1b[${on}m${span.text}\x1b[${off}m`;
  }
  return text;
}
