// A line of a screen as data: runs of text with a tone. What a tone looks like is the theme's business.

/** What a run of text means to the eye. Never the only carrier of a meaning: marks and words say the same. */
export type Tone =
  | 'plain'
  /** Labels, frames and everything that may step back. */
  | 'dim'
  /** What matters most on its line. */
  | 'strong'
  /** Changed by the last step; always beside a `*`. */
  | 'changed'
  | 'client'
  | 'server'
  /** A segment in flight. */
  | 'flight'
  | 'delivered'
  | 'lost'
  | 'held'
  /** Where the cursor is; always beside a `>` or in brackets. */
  | 'selected'
  | 'cite'
  | 'key'
  | 'notice'
  | 'title';

/** A run of text in one tone. */
export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

/** One line, from left to right. */
export type Line = readonly Span[];

/** How many cells a text takes on the terminal. */
export type Ruler = (text: string) => number;

/** A run of text; plain unless said otherwise. */
export function span(text: string, tone: Tone = 'plain'): Span {
  return { text, tone };
}

/** A line of one run. */
export function line(text: string, tone: Tone = 'plain'): Line {
  return [{ text, tone }];
}

/** A line with nothing on it. */
export const blank: Line = [];

/** The text of a line without its tones. */
export function textOf(line: Line): string {
  return line.map((span) => span.text).join('');
}

/** Cells a line takes. */
export function widthOf(line: Line, ruler: Ruler): number {
  let width = 0;
  for (const span of line) width += ruler(span.text);
  return width;
}

// A character is one code point here: our texts have no combining marks, and a file's are cleaned before.
const characters = (text: string): string[] => [...text];

/** The longest beginning of a text that takes at most `width` cells. */
export function cutText(text: string, width: number, ruler: Ruler): string {
  if (ruler(text) <= width) return text;
  let out = '';
  let used = 0;
  for (const character of characters(text)) {
    const cells = ruler(character);
    if (used + cells > width) break;
    out += character;
    used += cells;
  }
  return out;
}

/** The line in exactly `width` cells: cut with `ellipsis` at its end when too long, filled with spaces when too short. */
export function exactly(line: Line, width: number, ruler: Ruler, ellipsis = '~'): Line {
  const used = widthOf(line, ruler);
  if (used === width) return line;
  if (used < width) return [...line, span(' '.repeat(width - used))];
  const room = Math.max(width - ruler(ellipsis), 0);
  const out: Span[] = [];
  let taken = 0;
  for (const piece of line) {
    const cells = ruler(piece.text);
    if (taken + cells <= room) {
      out.push(piece);
      taken += cells;
      continue;
    }
    const text = cutText(piece.text, room - taken, ruler);
    taken += ruler(text);
    out.push(span(text, piece.tone));
    break;
  }
  out.push(span(cutText(ellipsis, width - taken, ruler)));
  const rest = width - widthOf(out, ruler);
  if (rest > 0) out.push(span(' '.repeat(rest)));
  return out;
}

/** `left` at the left edge and `right` at the right edge of `width` cells; the left side gives way. */
export function spread(left: Line, right: Line, width: number, ruler: Ruler, ellipsis = '~'): Line {
  const end = widthOf(right, ruler);
  if (end === 0) return exactly(left, width, ruler, ellipsis);
  if (end >= width) return exactly(right, width, ruler, ellipsis);
  return [...exactly(left, width - end, ruler, ellipsis), ...right];
}

/** A text in `width` cells, filled with spaces. */
export function cell(text: string, width: number, ruler: Ruler): string {
  const used = ruler(text);
  return used < width ? text + ' '.repeat(width - used) : text;
}

// Characters that must not begin a line in Chinese text.
const closing = '，。；：、）》？！';

/**
 * A text broken into pieces of at most `width` cells: between words, and between any two wide characters
 * unless the second is a closing mark.
 */
export function wrap(text: string, width: number, ruler: Ruler): string[] {
  const tokens: string[] = [];
  let word = '';
  const flush = (): void => {
    if (word !== '') tokens.push(word);
    word = '';
  };
  for (const character of characters(text)) {
    if (character === ' ') {
      flush();
      tokens.push(' ');
    } else if (ruler(character) === 2) {
      if (closing.includes(character)) {
        if (word === '' && tokens.length > 0 && tokens[tokens.length - 1] !== ' ') word = tokens.pop() ?? '';
        word += character;
        flush();
      } else {
        flush();
        tokens.push(character);
      }
    } else word += character;
  }
  flush();

  const out: string[] = [];
  let current = '';
  let used = 0;
  for (const token of tokens) {
    const cells = ruler(token);
    if (used + cells > width && current !== '') {
      out.push(current.trimEnd());
      current = '';
      used = 0;
    }
    if (token === ' ' && current === '') continue;
    if (cells > width) {
      let rest = token;
      while (ruler(rest) > width) {
        const head = cutText(rest, width, ruler);
        if (head === '') break;
        out.push(head);
        rest = rest.slice(head.length);
      }
      current = rest;
      used = ruler(rest);
      continue;
    }
    current += token;
    used += cells;
  }
  if (current.trimEnd() !== '') out.push(current.trimEnd());
  return out;
}
