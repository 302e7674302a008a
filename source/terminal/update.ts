// From one screen to the next with as few octets as possible. What VT100 and everything since understands: moves of
// the cursor (CUP, CUU, CUD, CUF, CUB, IND, RI, CR, LF, BS), styles (SGR), erase to the end of the line (EL), clear (ED);
// and, where the terminal is said to know it, erase characters (ECH, VT220).
// IND, RI and LF scroll at the margins: no row is ever left by them that has none behind it, and terminal.ts sets the
// margins to the whole screen before anything is drawn.
import { blankScreen, type Row, type Screen } from './screen.ts';
import { blankLooks, normal, type Style, transition } from './style.ts';

/** Where the terminal's cursor is and in which style it writes. */
export type Pen = {
  /** Undefined when nothing is known. */
  readonly row: number | undefined;
  /** Undefined after a glyph whose width terminals disagree about, and in the last column, where they wait to wrap. */
  readonly column: number | undefined;
  readonly style: Style;
};

/** Nothing is known of the terminal: what it shows must be cleared first. */
export const unknownPen: Pen = { row: undefined, column: undefined, style: normal };

/** Octets to write, and the pen after them. */
export type Update = { readonly text: string; readonly pen: Pen };

/** Longer updates may come to the terminal in several reads: then they ask it not to show the state in between. */
const longestInOneRead = 1024;

/** Strokes of an update that are worth another order: a step has some twenty; what redraws half of the screen has time. */
const mostReordered = 80;

/** How often the strokes are gone through for that. */
const roundsOfOrder = 4;

const encoder = new TextEncoder();
const lengthOf = (text: string): number => (/^[\x00-\x7f]*$/.test(text) ? text.length : encoder.encode(text).length);

/** The cursor's way with the fewest octets. A line feed counts as two: the line discipline makes it CR LF. */
export const motion = (pen: Pen, row: number, column: number): string => {
  if (pen.row === row && pen.column === column) return '';
  const address = column === 0 ? (row === 0 ? '' : `${row + 1}`) : `${row + 1};${column + 1}`;
  const candidates = [{ text: `\x1b[${address}H`, cost: address.length + 3 }];
  const offer = (text: string): void => {
    candidates.push({ text, cost: text.length + (text.split('\n').length - 1) });
  };
  if (pen.row !== undefined) {
    const down = row - pen.row;
    // One row further by IND or RI: two octets less than CUD and CUU, which take a parameter.
    const one = down > 0 ? '\x1bD' : '\x1bM';
    const far = down > 0 ? `\x1b[${down}B` : `\x1b[${-down}A`;
    const vertical = down === 0 ? '' : Math.abs(down) === 1 ? one : far;
    const fromMargin = column === 0 ? '' : `\x1b[${count(column)}C`;
    offer(`\r${vertical}${fromMargin}`);
    if (down > 0 && down < 3) offer(`\r${'\n'.repeat(down)}${fromMargin}`);
    if (pen.column !== undefined) {
      const right = column - pen.column;
      if (right >= 0) offer(`${vertical}${right === 0 ? '' : `\x1b[${count(right)}C`}`);
      else {
        offer(`${vertical}\x1b[${count(-right)}D`);
        if (right > -6) offer(`${vertical}${'\b'.repeat(-right)}`);
      }
    }
  }
  return candidates.reduce((best, candidate) => (candidate.cost < best.cost ? candidate : best)).text;
};

/** The octets of a parameter of a sequence that means one where there is none. */
const digits = (times: number): number => (times === 1 ? 0 : times < 10 ? 1 : times < 100 ? 2 : 3);

/** How many octets `motion` takes, without making them: where many ways are weighed against each other. */
const distance = (pen: Pen, row: number, column: number): number => {
  if (pen.row === row && pen.column === column) return 0;
  const digitsOf = (place: number): number => (place < 10 ? 1 : place < 100 ? 2 : 3);
  let least = column === 0 ? (row === 0 ? 3 : 3 + digitsOf(row + 1)) : 4 + digitsOf(row + 1) + digitsOf(column + 1);
  if (pen.row === undefined) return least;
  const down = row - pen.row;
  const vertical = down === 0 ? 0 : Math.abs(down) === 1 ? 2 : 3 + digits(Math.abs(down));
  const fromMargin = 1 + (column === 0 ? 0 : 3 + digits(column));
  least = Math.min(least, vertical + fromMargin, down > 0 && down < 3 ? 2 * down + fromMargin : least);
  if (pen.column === undefined) return least;
  const right = column - pen.column;
  if (right >= 0) return Math.min(least, vertical + (right === 0 ? 0 : 3 + digits(right)));
  return Math.min(least, vertical + Math.min(3 + digits(-right), right > -6 ? -right : 9));
};

/** A repeat count as parameter: one is what is meant without. */
const count = (times: number): string => (times === 1 ? '' : `${times}`);

/** Glyphs of more than one character and pictographs: terminals disagree about how far the cursor goes. */
const unsure = (text: string): boolean => text.length > 1 || /\p{Extended_Pictographic}/u.test(text);

/** What is done in one place: glyphs written, cells erased, or the rest of the row. */
type Stroke = {
  readonly kind: 'write' | 'erase' | 'clear';
  readonly row: number;
  readonly from: number;
  readonly to: number;
};

/** Writes and remembers where that leaves the pen. */
class Writer {
  text = '';
  pen: Pen;
  /** What was done, each after a way of the cursor. */
  strokes: Stroke[] = [];
  readonly #columns: number;

  constructor(pen: Pen, columns: number) {
    this.pen = pen;
    this.#columns = columns;
  }

  moveTo(row: number, column: number): void {
    this.text += motion(this.pen, row, column);
    this.pen = { ...this.pen, row, column };
  }

  styleAs(style: Style): void {
    this.text += transition(this.pen.style, style);
    this.pen = { ...this.pen, style };
  }

  /** The glyphs of columns `from` to `to` (exclusive) of a row; the cursor must stand at `from` or its way is found. */
  write(row: number, cells: Row, from: number, to: number): void {
    this.#note({ kind: 'write', row, from, to });
    for (let column = from; column < to; column += 1) {
      const text = cells.texts[column] ?? ' ';
      const style = cells.styles[column] ?? normal;
      if (text === '') continue;
      if (this.pen.row !== row || this.pen.column !== column) this.moveTo(row, column);
      if (!(text === ' ' && blankLooks(style, this.pen.style))) this.styleAs(style);
      this.text += text;
      const next = column + (cells.texts[column + 1] === '' ? 2 : 1);
      this.pen = { row, column: unsure(text) || next >= this.#columns ? undefined : next, style: this.pen.style };
    }
  }

  /** Blanks in the terminal's own style, from the cursor's column to `to` (exclusive). */
  erase(row: number, from: number, to: number): void {
    this.#note({ kind: 'erase', row, from, to });
    this.moveTo(row, from);
    if (!blankLooks(normal, this.pen.style)) this.styleAs(normal);
    this.text += `\x1b[${count(to - from)}X`;
  }

  /** Blanks in the terminal's own style, from a column to the end of the row. */
  clear(row: number, from: number): void {
    this.#note({ kind: 'clear', row, from, to: this.#columns });
    this.moveTo(row, from);
    if (!blankLooks(normal, this.pen.style)) this.styleAs(normal);
    this.text += '\x1b[K';
  }

  /** Makes one stroke of the row that is to be shown. */
  make(stroke: Stroke, cells: Row): void {
    switch (stroke.kind) {
      case 'write':
        this.write(stroke.row, cells, stroke.from, stroke.to);
        break;
      case 'erase':
        this.erase(stroke.row, stroke.from, stroke.to);
        break;
      case 'clear':
        this.clear(stroke.row, stroke.from);
        break;
    }
  }

  #note(stroke: Stroke): void {
    const last = this.strokes.at(-1);
    const goesOn =
      last?.kind === 'write' && stroke.kind === 'write' && last.row === stroke.row && last.to === stroke.from;
    if (goesOn) this.strokes[this.strokes.length - 1] = { ...last, to: stroke.to };
    else if (stroke.from < stroke.to) this.strokes.push(stroke);
  }

  /** A copy to try out what a choice costs. */
  fork(): Writer {
    return new Writer(this.pen, this.#columns);
  }

  /** Takes over what was tried out. */
  adopt(tried: Writer): void {
    this.text += tried.text;
    this.pen = tried.pen;
    for (const stroke of tried.strokes) this.#note(stroke);
  }
}

type Run = { readonly from: number; readonly to: number };

/** What a terminal understands beyond VT100. */
export type Abilities = { readonly eraseCharacters: boolean };

/** Nothing beyond VT100. */
export const vt100: Abilities = { eraseCharacters: false };

/** What the terminal of this name (TERM) understands; xterm, screen, tmux and the Linux console all erase characters. */
export const abilitiesOf = (term: string | undefined): Abilities => ({
  eraseCharacters:
    /^(xterm|screen|tmux|linux|rxvt|alacritty|kitty|foot|wezterm|vte|konsole|putty|st-|vt2|vt3|vt4)/.test(term ?? ''),
});

/** The changed stretches of a row, cut between glyphs. */
const changes = (previous: Row, next: Row): Run[] => {
  const runs: Run[] = [];
  const width = next.texts.length;
  let from: number | undefined;
  for (let column = 0; column <= width; column += 1) {
    const same =
      column === width ||
      (previous.texts[column] === next.texts[column] && previous.styles[column] === next.styles[column]);
    if (same) {
      // The second half of a wide glyph is written with the first.
      if (from !== undefined && next.texts[column] !== '') {
        runs.push({ from, to: column });
        from = undefined;
      }
    } else if (from === undefined) from = next.texts[column] === '' && column > 0 ? column - 1 : column;
  }
  return runs;
};

/** The column from which the row is blank to its end. */
const blankFrom = (row: Row): number => {
  let column = row.texts.length;
  while (column > 0 && row.texts[column - 1] === ' ' && row.styles[column - 1] === normal) column -= 1;
  return column;
};

const isBlank = (row: Row, column: number): boolean => row.texts[column] === ' ' && row.styles[column] === normal;

/** Changed stretches, those that become blank put apart and joined over what is blank between them already. */
const pieces = (next: Row, runs: readonly Run[]): (Run & { readonly blank: boolean })[] => {
  const found: { from: number; to: number; blank: boolean }[] = [];
  for (const run of runs) {
    let from = run.from;
    while (from < run.to) {
      const blank = isBlank(next, from);
      let to = from + 1;
      while (to < run.to && isBlank(next, to) === blank) to += 1;
      const last = found.at(-1);
      const joins = last?.blank === true && blank && allBlank(next, last.to, from);
      if (joins && last !== undefined) last.to = to;
      else if (!blank && last?.blank === false && last.to === from) last.to = to;
      else found.push({ from, to, blank });
      from = to;
    }
  }
  return found;
};

const allBlank = (row: Row, from: number, to: number): boolean => {
  for (let column = from; column < to; column += 1) if (!isBlank(row, column)) return false;
  return true;
};

const updateRow = (writer: Writer, row: number, previous: Row, next: Row, abilities: Abilities): void => {
  const runs = changes(previous, next);
  const last = runs.at(-1);
  if (last === undefined) return;

  const writeRuns = (target: Writer, wanted: readonly Run[]): void => {
    for (const run of wanted) {
      // Over a gap of unchanged cells: write them again, or jump. Both with the style the next change needs.
      const jumped = target.fork();
      jumped.moveTo(row, run.from);
      jumped.write(row, next, run.from, run.from + 1);
      const column = target.pen.column;
      if (target.pen.row === row && column !== undefined && column < run.from && next.texts[column] !== '') {
        const rewritten = target.fork();
        rewritten.write(row, next, column, run.from + 1);
        target.adopt(lengthOf(rewritten.text) <= lengthOf(jumped.text) ? rewritten : jumped);
      } else target.adopt(jumped);
      target.write(row, next, run.from + 1, run.to);
    }
  };

  const written = writer.fork();
  writeRuns(written, runs);
  if (abilities.eraseCharacters) {
    const cut = writer.fork();
    for (const piece of pieces(next, runs)) {
      const byGlyphs = cut.fork();
      writeRuns(byGlyphs, [piece]);
      if (!piece.blank) {
        cut.adopt(byGlyphs);
        continue;
      }
      const byErasing = cut.fork();
      byErasing.erase(row, piece.from, piece.to);
      cut.adopt(lengthOf(byErasing.text) < lengthOf(byGlyphs.text) ? byErasing : byGlyphs);
    }
    if (lengthOf(cut.text) < lengthOf(written.text)) {
      written.text = cut.text;
      written.pen = cut.pen;
      written.strokes = cut.strokes;
    }
  }
  const blank = blankFrom(next);
  if (last.to > blank) {
    // The end of the row became blank: writing blanks, or erasing to the end of the line in the terminal's own style.
    const erased = writer.fork();
    const before = runs.flatMap((run) => (run.from >= blank ? [] : [{ from: run.from, to: Math.min(run.to, blank) }]));
    writeRuns(erased, before);
    erased.clear(row, Math.max(blank, runs.find((run) => run.to > blank)?.from ?? blank));
    if (lengthOf(erased.text) < lengthOf(written.text)) {
      writer.adopt(erased);
      return;
    }
  }
  writer.adopt(written);
};

/** Blanks that are jumped over rather than written, where a row is drawn on a cleared screen. */
const longBlank = 5;

/** A whole row on a cleared screen, in one go: nothing of it is compared, because somebody waits for a first screen. */
const paintRow = (writer: Writer, row: number, next: Row): void => {
  const end = blankFrom(next);
  let column = 0;
  while (column < end) {
    let to = column;
    while (to < end && isBlank(next, to)) to += 1;
    if (to - column >= longBlank || column === 0) column = to;
    while (to < end && !isBlank(next, to)) to += 1;
    writer.write(row, next, column, to);
    column = to;
  }
};

/** A stroke with the looks that its way costs: what the pen must write in first, and what it writes in at the end. */
type Leg = { readonly stroke: Stroke; readonly blank: boolean; readonly first: Style; readonly end: Pen };

const legOf = (stroke: Stroke, next: Screen): Leg => {
  const { kind, row, from, to } = stroke;
  const cells = next.rows[row];
  if (kind !== 'write') return { stroke, blank: true, first: normal, end: { row, column: from, style: normal } };
  let last = to - 1;
  while (last > from && cells?.texts[last] === ' ') last -= 1;
  const style = (column: number): Style => cells?.styles[column] ?? normal;
  const end = { row, column: to < next.columns ? to : undefined, style: style(last) };
  return { stroke, blank: cells?.texts[from] === ' ', first: style(from), end };
};

/** Octets from where the pen is to where a stroke begins, in the style that it begins with. */
const way = (pen: Pen, leg: Leg | undefined): number => {
  if (leg === undefined) return 0;
  const same = leg.blank && blankLooks(leg.first, pen.style);
  return distance(pen, leg.stroke.row, leg.stroke.from) + (same ? 0 : transition(pen.style, leg.first).length);
};

/** The same strokes in an order with shorter ways: one by one each is moved to where it lengthens the way least. */
const reordered = (strokes: readonly Stroke[], next: Screen, pen: Pen): Writer => {
  const legs = strokes.map((stroke) => legOf(stroke, next));
  const before = (place: number): Pen => legs[place - 1]?.end ?? pen;
  for (let moved = true, rounds = 0; moved && rounds < roundsOfOrder; rounds += 1) {
    moved = false;
    for (let from = 0; from < legs.length; from += 1) {
      const saved =
        way(before(from), legs[from]) + way(legs[from]?.end ?? pen, legs[from + 1]) - way(before(from), legs[from + 1]);
      const [leg] = legs.splice(from, 1);
      if (leg === undefined) break;
      let [best, least] = [from, saved];
      for (let place = 0; place <= legs.length; place += 1) {
        const cost = way(before(place), leg) + way(leg.end, legs[place]) - way(before(place), legs[place]);
        if (cost < least) [best, least] = [place, cost];
      }
      legs.splice(best, 0, leg);
      if (best !== from) moved = true;
    }
  }
  const writer = new Writer(pen, next.columns);
  for (const { stroke } of legs) {
    const cells = next.rows[stroke.row];
    if (cells !== undefined) writer.make(stroke, cells);
  }
  return writer;
};

/**
 * The octets that turn a terminal showing `previous` into one showing `next`, '' when they look the same.
 * Without `previous`, or when the size differs, the terminal is cleared first and may show anything before.
 */
export const update = (previous: Screen | undefined, next: Screen, pen: Pen, abilities: Abilities = vt100): Update => {
  const same = previous?.columns === next.columns && previous.rows.length === next.rows.length;
  const base = same && previous !== undefined ? previous : blankScreen(next.columns, next.rows.length);
  let writer = new Writer(same ? pen : { row: 0, column: 0, style: normal }, next.columns);
  if (!same) writer.text = '\x1b[m\x1b[H\x1b[2J';
  next.rows.forEach((row, index) => {
    if (!same) {
      paintRow(writer, index, row);
      return;
    }
    const before = base.rows[index];
    if (before !== undefined && before !== row) updateRow(writer, index, before, row, abilities);
  });
  if (same && writer.strokes.length <= mostReordered) {
    const shorter = reordered(writer.strokes, next, pen);
    if (lengthOf(shorter.text) < lengthOf(writer.text)) writer = shorter;
  }
  const text = writer.text.length > longestInOneRead ? `\x1b[?2026h${writer.text}\x1b[?2026l` : writer.text;
  return { text, pen: writer.pen };
};

/** The octets that bring any terminal of the screen's size to it, and its cursor to where `pen` left it. */
export const repaint = (screen: Screen, pen: Pen): string => {
  const painted = update(undefined, screen, unknownPen);
  const writer = new Writer(painted.pen, screen.columns);
  if (pen.row !== undefined) writer.moveTo(pen.row, pen.column ?? 0);
  writer.styleAs(pen.style);
  return painted.text + writer.text;
};
