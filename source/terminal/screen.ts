// The screen as cells: what a frame of Ink's (lines of text with styles) looks like on a terminal of a given size.
import { type Glyph, glyphsOf } from './glyph.ts';
import { normal, restyle, type Style, styleOfBlank, withoutColours } from './style.ts';

/** One row of cells. Two rows that are the same object look the same. */
export type Row = {
  /** Per column the glyph; '' in the second cell of a wide one. */
  readonly texts: readonly string[];
  /** Per column the style; of a blank only what it shows. */
  readonly styles: readonly Style[];
};

/** Everything a terminal shows, `rows.length` rows of `columns` cells. */
export type Screen = { readonly columns: number; readonly rows: readonly Row[] };

/** What the terminal can show. */
export type Ability = {
  /** False: every cell is ASCII. */
  readonly unicode: boolean;
  /** False: the terminal's own colours only; bold, dim, underline and inverse stay. */
  readonly colours: boolean;
};

const blankRows = new Map<number, Row>();

/** A row of blanks in the terminal's own style, one object per width. */
const blankRow = (columns: number): Row => {
  const found = blankRows.get(columns);
  if (found !== undefined) return found;
  const row = { texts: Array<string>(columns).fill(' '), styles: Array<Style>(columns).fill(normal) };
  blankRows.set(columns, row);
  return row;
};

/** A cleared screen. */
export const blankScreen = (columns: number, rows: number): Screen => ({
  columns,
  rows: Array<Row>(rows).fill(blankRow(columns)),
});

/** SGR sequences are kept apart, every other escape sequence is only found to be removed. */
const sequence =
  /\x1b\[([\d;]*)m|\x1b\[[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]?|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[\x20-\x2f]*[\x30-\x7e]?/g;

type Line = { readonly glyphs: readonly Glyph[]; readonly styles: readonly Style[]; readonly end: Style };

/** The glyphs of one line with their styles, beginning in the style in which the line before ended. */
const glyphsOfLine = (line: string, start: Style, ability: Ability): Line => {
  const glyphs: Glyph[] = [];
  const styles: Style[] = [];
  let style = start;
  let position = 0;
  const take = (text: string): void => {
    if (text === '') return;
    const own = ability.colours ? style : withoutColours(style);
    for (const glyph of glyphsOf(text, !ability.unicode)) {
      glyphs.push(glyph);
      styles.push(glyph.text === ' ' ? styleOfBlank(own) : own);
    }
  };
  for (const match of line.matchAll(sequence)) {
    take(line.slice(position, match.index));
    position = match.index + match[0].length;
    if (match[1] !== undefined) style = restyle(style, match[1]);
  }
  take(line.slice(position));
  return { glyphs, styles, end: style };
};

const rowOf = (line: Line, columns: number): Row => {
  const texts: string[] = [];
  const styles: Style[] = [];
  line.glyphs.forEach((glyph, index) => {
    const style = line.styles[index] ?? normal;
    if (texts.length + glyph.width > columns) {
      // Only half of a wide glyph would fit.
      if (texts.length < columns) {
        texts.push(' ');
        styles.push(styleOfBlank(style));
      }
      return;
    }
    texts.push(glyph.text);
    styles.push(style);
    if (glyph.width === 2) {
      texts.push('');
      styles.push(style);
    }
  });
  while (texts.length < columns) {
    texts.push(' ');
    styles.push(normal);
  }
  return { texts, styles };
};

/** Text in the last cell of the last row makes some terminals scroll. */
const withoutCorner = (row: Row): Row => {
  const texts = [...row.texts];
  const styles = [...row.styles];
  for (let column = texts.length - 1; column >= 0; column -= 1) {
    const half = texts[column] === '';
    texts[column] = ' ';
    styles[column] = normal;
    if (!half) break;
  }
  return { texts, styles };
};

/** Turns frames into screens. It remembers rows: a line that comes again is the same row object and costs nothing. */
export class FrameReader {
  #ability: Ability;
  #columns = 0;
  #known = new Map<string, Row>();

  constructor(ability: Ability) {
    this.#ability = ability;
  }

  /**
   * The screen of `columns` x `rows` cells (both at least 1) that shows the frame from its upper left corner. What does
   * not fit is cut off; the lower right cell stays blank; control characters become `?`, other escape sequences nothing.
   */
  read(frame: string, columns: number, rows: number): Screen {
    if (columns !== this.#columns) this.#known.clear();
    this.#columns = columns;
    const fresh = new Map<string, Row>();
    let style = normal;
    const read = frame.split('\n', rows).map((line, index) => {
      const last = index === rows - 1;
      // The same text looks different after a line that left its style on, and in the corner.
      const key = style === normal && !last ? line : undefined;
      const known = key === undefined ? undefined : this.#known.get(key);
      if (key !== undefined && known !== undefined) {
        fresh.set(key, known);
        return known;
      }
      const parsed = glyphsOfLine(line.replaceAll('\r', ''), style, this.#ability);
      style = parsed.end;
      const row = rowOf(parsed, columns);
      if (key !== undefined && parsed.end === normal) fresh.set(key, row);
      return last ? withoutCorner(row) : row;
    });
    // Only the rows of the last two frames are kept.
    this.#known = fresh;
    while (read.length < rows) read.push(blankRow(columns));
    return { columns, rows: read };
  }
}
