// A screen as a picture: SVG, still or moving. Frames and arrows are drawn, so that they join in every font.

/** How a cell looks. Colours are SGR parameters (`31`, `38;5;9`), '' the terminal's own. */
export interface CellStyle {
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
  readonly strike: boolean;
  readonly foreground: string;
  readonly background: string;
}

/** One row of cells; '' stands in the second cell of a wide glyph. */
export interface CellRow {
  readonly texts: readonly string[];
  readonly styles: readonly CellStyle[];
}

/** A screen as cells. */
export interface Picture {
  readonly columns: number;
  readonly rows: readonly CellRow[];
}

/** A picture that stands from `at` (milliseconds) on. */
export interface Frame {
  readonly at: number;
  readonly picture: Picture;
}

/** Pixels of a cell, of the font, and around the screen. */
const cell = { width: 9, height: 19, base: 14 } as const;
const font = 15;
const border = 12;

const ink = '#d6dae1';
const paper = '#14171c';
/** The sixteen colours by the last digit of their SGR parameter: 30-37, then 90-97. */
const dull = ['#4b525d', '#f07178', '#8fcf7a', '#e6c46c', '#7fb0f5', '#cf94e6', '#67c6d3', ink];
const bright = ['#7b8492', '#ff8b92', '#a8e393', '#ffdd85', '#99c4ff', '#e3acf8', '#80dfeb', '#ffffff'];

/** The screen as an SVG document, ending in a line end. `title` is for those who do not see it. */
export function still(picture: Picture, title: string): string {
  const rows = picture.rows.map((row, index) => place(rowMarks(row), index)).join('');
  return document(picture.columns, picture.rows.length, title, '', rows);
}

/** Screens one after the other, again and again, as an SVG document; the last one stands until `duration` (milliseconds). */
export function moving(frames: readonly Frame[], duration: number, title: string): string {
  const [first] = frames;
  if (first === undefined) throw new RangeError('a moving picture has at least one frame');
  const columns = Math.max(...frames.map(({ picture }) => picture.columns));
  const height = Math.max(...frames.map(({ picture }) => picture.rows.length));
  const step = columns * cell.width + 2 * border;
  // Every row that looks the same is drawn once.
  const ids = new Map<string, number>();
  const strips = frames.map(({ picture }, index) => {
    const uses = picture.rows.map((row, line) => {
      const marks = rowMarks(row);
      if (marks === '') return '';
      const id = ids.get(marks) ?? ids.size;
      ids.set(marks, id);
      return `<use href="#r${id}" y="${line * cell.height}"/>`;
    });
    return `<g transform="translate(${index * step} 0)">${uses.join('')}</g>\n`;
  });
  const rows = [...ids].map(([marks, id]) => `<g id="r${id}">${marks}</g>\n`).join('');
  const stops = frames.map(({ at }, index) => `${percent(at, duration)}{transform:translateX(${-index * step}px)}`);
  const last = `100%{transform:translateX(${-(frames.length - 1) * step}px)}`;
  const style = `@keyframes play{${stops.join('')}${last}}.strip{animation:play ${duration}ms step-end infinite}`;
  return document(columns, height, title, style, `<defs>\n${rows}</defs>\n<g class="strip">\n${strips.join('')}</g>`);
}

function percent(at: number, duration: number): string {
  return `${Math.floor((at * 1_000_000) / duration) / 10_000}%`;
}

function document(columns: number, rows: number, title: string, style: string, body: string): string {
  const [width, height] = [columns * cell.width + 2 * border, rows * cell.height + 2 * border];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>text{font:${font}px "DejaVu Sans Mono","Liberation Mono",Menlo,Consolas,"Noto Sans Mono CJK SC",monospace;fill:${ink};white-space:pre}` +
      `path{stroke:${ink};fill:none}.b{font-weight:bold}.i{font-style:italic}.d{opacity:.6}${style}</style>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${paper}"/>`,
    `<svg x="${border}" y="${border}" width="${width - 2 * border}" height="${height - 2 * border}">`,
    body.trimEnd(),
    '</svg>',
    '</svg>',
    '',
  ].join('\n');
}

function place(marks: string, row: number): string {
  return marks === '' ? '' : `<g transform="translate(0 ${row * cell.height})">${marks}</g>\n`;
}

// ---- one row

interface Run {
  readonly from: number;
  readonly style: CellStyle;
  text: string;
  cells: number;
}

/** The marks of one row, as if it were the first; '' for a blank one. */
function rowMarks(row: CellRow): string {
  const out: string[] = [];
  for (const run of runsOf(row)) {
    const { foreground, background } = coloursOf(run.style);
    const x = run.from * cell.width;
    const width = run.cells * cell.width;
    if (background !== '') out.push(`<rect x="${x}" width="${width}" height="${cell.height}" fill="${background}"/>`);
    if (isStroke(run.text)) out.push(strokes(run, foreground));
    else if (run.text.trim() !== '') out.push(textMark(run, foreground));
    if (run.style.underline) out.push(rule(x, width, cell.height - 3, foreground));
    if (run.style.strike) out.push(rule(x, width, cell.height / 2, foreground));
  }
  return out.join('');
}

// Stretches of one look: words, wide glyphs, or frames.
function runsOf({ texts, styles }: CellRow): readonly Run[] {
  const runs: Run[] = [];
  const kindOf = (text: string, wide: boolean): string => (isStroke(text) ? 'stroke' : wide ? 'wide' : 'text');
  let kind = '';
  texts.forEach((text, column) => {
    const style = styles[column];
    if (text === '' || style === undefined) return;
    const wide = texts[column + 1] === '';
    const own = kindOf(text, wide);
    const last = runs.at(-1);
    const joins = last !== undefined && last.style === style && own === kind && last.from + last.cells === column;
    kind = own;
    if (joins && !(text === ' ' && last.text.endsWith(' '))) {
      last.text += text;
      last.cells += wide ? 2 : 1;
    } else runs.push({ from: column, style, text, cells: wide ? 2 : 1 });
  });
  return runs.filter(
    ({ text, style }) => text.trim() !== '' || style.inverse || style.background !== '' || style.underline,
  );
}

function textMark({ from, text, cells, style }: Run, colour: string): string {
  const kept = text.trimEnd();
  const width = (cells - (text.length - kept.length)) * cell.width;
  const names = [style.bold ? 'b' : '', style.italic ? 'i' : '', style.dim ? 'd' : ''].filter((name) => name !== '');
  return (
    `<text x="${from * cell.width}" y="${cell.base}" textLength="${width}" lengthAdjust="spacingAndGlyphs"` +
    `${names.length === 0 ? '' : ` class="${names.join(' ')}"`}${colour === ink ? '' : ` fill="${colour}" style="fill:${colour}"`}>` +
    `${escaped(kept)}</text>`
  );
}

function rule(x: number, width: number, y: number, colour: string): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="1" fill="${colour}"/>`;
}

function coloursOf(style: CellStyle): { readonly foreground: string; readonly background: string } {
  const [foreground, background] = [colourOf(style.foreground, 30), colourOf(style.background, 40)];
  return style.inverse
    ? { foreground: background === '' ? paper : background, background: foreground === '' ? ink : foreground }
    : { foreground: foreground === '' ? ink : foreground, background };
}

/** A colour by its SGR parameters; `base` is 30 for the ink and 40 for the paper. '' where it is the terminal's own. */
function colourOf(parameters: string, base: 30 | 40): string {
  if (parameters === '') return '';
  const [code = 0, space = 0, a = 0, g = 0, b = 0] = parameters.split(';').map(Number);
  if (code === base + 8) {
    if (space === 2) return `rgb(${a},${g},${b})`;
    if (a < 16) return (a < 8 ? dull[a] : bright[a - 8]) ?? ink;
    if (a > 231) return grey(8 + (a - 232) * 10);
    const level = (part: number): number => (part === 0 ? 0 : 55 + part * 40);
    const cube = a - 16;
    return `rgb(${level(Math.floor(cube / 36))},${level(Math.floor(cube / 6) % 6)},${level(cube % 6)})`;
  }
  return (code >= base + 60 ? bright[code - base - 60] : dull[code - base]) ?? ink;
}

function grey(level: number): string {
  return `rgb(${level},${level},${level})`;
}

// ---- frames, shafts and bars

const [middle, half] = [cell.width / 2, cell.height / 2];

/** What stands in a cell of a frame, drawn from its upper left corner. */
const shapes: Readonly<Record<string, string>> = {
  '─': `M0 ${half}h${cell.width}`,
  '│': `M${middle} 0v${cell.height}`,
  '╭': `M${middle} ${cell.height}V${half + 4}q0 -4 4 -4H${cell.width}`,
  '╮': `M${middle} ${cell.height}V${half + 4}q0 -4 -4 -4H0`,
  '╰': `M${middle} 0V${half - 4}q0 4 4 4H${cell.width}`,
  '╯': `M${middle} 0V${half - 4}q0 4 -4 4H0`,
  '├': `M${middle} 0v${cell.height}M${middle} ${half}H${cell.width}`,
  '┤': `M${middle} 0v${cell.height}M${middle} ${half}H0`,
  '┬': `M0 ${half}h${cell.width}M${middle} ${half}V${cell.height}`,
  '┴': `M0 ${half}h${cell.width}M${middle} ${half}V0`,
  '┼': `M0 ${half}h${cell.width}M${middle} 0v${cell.height}`,
  '═': `M0 ${half - 2}h${cell.width}M0 ${half + 2}h${cell.width}`,
  '┄': `M1 ${half}h3M6 ${half}h3`,
  '→': `M0 ${half}h${cell.width - 1}m-4 -4l4 4l-4 4`,
  '←': `M${cell.width} ${half}H1m4 -4l-4 4l4 4`,
};

function isStroke(text: string): boolean {
  return [...text].every((character) => Object.hasOwn(shapes, character));
}

function strokes({ from, text, style }: Run, colour: string): string {
  const path = [...text]
    .map((character, index) => shifted(shapes[character] ?? '', (from + index) * cell.width))
    .join('');
  const plain = colour === ink ? '' : ` style="stroke:${colour}"`;
  return `<path d="${path}"${style.dim ? ' class="d"' : ''}${plain}/>`;
}

// Only the absolute commands M, V and H hold a place; V has no x.
function shifted(path: string, x: number): string {
  return path.replace(/([MH])(-?[\d.]+)/g, (_, command: string, value: string) => `${command}${Number(value) + x}`);
}

/** A text inside of XML: control characters, which XML cannot hold, as `?`. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, '?');
}
