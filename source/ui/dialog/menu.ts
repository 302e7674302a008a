// A menu over the screen: a frame with what is asked, the list, and a hint.

import { blank, exactly, type Line, span, spread, textOf, wrap } from '../../view/line.ts';
import type { Look } from '../../view/look.ts';
import type { Asked, Item, Menu, Paragraph } from '../menu/menu.ts';
import { edges, type Over } from './over.ts';

/** Cells of the mark before an item. */
const mark = 3;

/** The page of a list that shows the highlighted line: pages overlap by half, so that the list mostly stands still. */
export function pageOf(count: number, line: number, limit: number): { readonly from: number; readonly to: number } {
  if (count <= limit) return { from: 0, to: count };
  const half = Math.max(1, Math.floor(limit / 2));
  const page = Math.max(0, Math.floor(line / half) - 1);
  // With room for one line that is the highlighted one: there is no half of it.
  const from = Math.min(limit === 1 ? Math.max(0, line) : page * half, count - limit);
  return { from, to: from + limit };
}

/** The menu over a screen of so many columns and rows; over all of it with this lower edge. */
export function menuOver(menu: Menu, look: Look, columns: number, rows: number, lowest: Line | null = null): Over {
  const { whole, items } = menu;
  // Two edges and the hint, and for a dialog in the middle the title line of the screen.
  const most = rows - (whole ? 3 : 4);
  const width = whole ? columns : Math.min(columns - 2, menu.width + 2);
  const room = columns - 4 - width;
  const beside = menu.beside !== null && room >= menu.beside.cells ? menu.beside : null;
  const list = width - 2;
  const wrapped = (paragraphs: readonly Paragraph[]): readonly Line[] =>
    paragraphs.flatMap(({ text, tone }) => wrap(text, list - 2, look.ruler).map((one) => [span(` ${one}`, tone)]));
  const lead = wrapped(menu.lead);
  const widths = columnWidths([menu.heads ?? [], ...items.map(({ cells = [] }) => cells)], list - mark, look);
  const head = [
    ...lead,
    ...(lead.length > 0 ? [blank] : []),
    ...menu.above,
    ...(menu.heads === null
      ? []
      : [[span(`${' '.repeat(mark)}${inColumns(menu.heads, widths, look)}`, 'dim')] as const]),
    ...(menu.asked === null ? [] : askedLines(menu.asked, look)),
  ];
  const spare = most - head.length - (whole ? 1 : 3);
  const told = toldLines(menu.told === null ? null : wrapped(menu.told), menu.tells, spare, look);
  const foot = menu.below.length + told.length;
  const prose = menu.prose ? proseOf(menu, list, look) : null;
  const count = prose === null ? items.length : prose.flat().length;
  const limit = Math.max(1, Math.min(count, spare - foot));
  const least = beside === null ? 0 : 14;
  // Where something is told of each item the frame stands still.
  const steady = menu.told !== null && !menu.low;
  const height = whole || steady ? most : Math.min(most, Math.max(least, head.length + limit + foot + 2));
  const rest = height - head.length - foot - Math.min(limit, count) - (whole ? 0 : 1);
  const fitted = (line: Line, cells = list): Line => exactly(line, cells, look.ruler, look.glyphs.ellipsis);
  const place = count > limit && menu.line >= 0 ? `  ${menu.line + 1}/${items.length} ` : '';
  const hint = (cells: number): Line =>
    spread([span(` ${menu.hint}`, 'dim')], [span(place, 'dim')], cells, look.ruler, look.glyphs.ellipsis);
  const all = width + (beside?.cells ?? 0);

  const wall = span(look.glyphs.vertical, 'dim');
  const right = beside?.lines(height) ?? [];
  // Behind a line of the list's side: what stands beside it, and the wall.
  const end = (row: number): Line => [...(beside === null ? [] : fitted(right[row] ?? blank, beside.cells)), wall];
  const { from, to } = pageOf(items.length, menu.line, limit);
  const text = prose === null ? [] : readable(prose, menu.line, limit);
  const before = [...head, ...text].map((line, row) => [wall, ...fitted(line), ...end(row)]);
  const chosen = Math.max(0, menu.line - from);
  const shown = (prose === null ? items : [])
    .slice(from, to)
    .map(
      (item, row): Line => [
        span(itemText(item, list - mark, widths, look), row === chosen ? 'strong' : 'plain'),
        ...end(head.length + row),
      ],
    );
  const below = [
    ...Array.from({ length: Math.max(0, rest) }, () => blank),
    ...menu.below,
    ...told,
    ...(whole ? [] : [hint(list)]),
  ].map((line, row) => [wall, ...fitted(line), ...end(before.length + shown.length + row)]);
  const [upper, lower] = edges(menu.title, all, true, look);
  return {
    left: whole ? 0 : Math.floor((columns - all) / 2),
    top: whole ? 0 : Math.max(1, menu.low ? rows - height - 3 : Math.floor((rows - height - 2) / 2)),
    above: [upper, ...before],
    list: shown.length === 0 ? null : { from, rows: shown, chosen },
    below: [...below, whole ? (lowest ?? lower) : lower, ...(whole ? [fitted(hint(columns - 1), columns)] : [])],
  };
}

// What is told about an item, in one piece: the list gets the rest, and at least the line that is highlighted.
function toldLines(told: readonly Line[] | null, tells: number | null, room: number, look: Look): readonly Line[] {
  if (told === null) return [];
  if (tells !== null) return keptLines(told, tells, room, look);
  const apart = told.length + 1 < room ? [blank, ...told] : told;
  return beginningOf(apart, Math.max(0, room - 1), look);
}

// As much of it as there is room for; a mark where there is more.
function beginningOf(lines: readonly Line[], room: number, { glyphs }: Look): readonly Line[] {
  if (lines.length <= room) return lines;
  return lines.slice(0, room).map((line, row) => (row === room - 1 ? [...line, span(glyphs.ellipsis)] : line));
}

// Always as many lines, or none where they would take more than a third of the list's room.
function keptLines(told: readonly Line[], tells: number, room: number, look: Look): readonly Line[] {
  if (room < 3 * tells) return [];
  const lines = beginningOf(told, tells, look);
  return Array.from({ length: tells }, (_, row) => lines[row] ?? blank);
}

// Every item in as many lines as it needs; the highlighted one has the mark.
function proseOf({ items, line }: Menu, width: number, look: Look): readonly (readonly Line[])[] {
  const { cursor } = look.glyphs;
  return items.map(({ label }, place) =>
    wrap(label, width - 4, look.ruler).map((text, row) => {
      const mark = place === line && row === 0 ? cursor : ' ';
      return [span(` ${mark} `, 'selected'), span(text, place === line ? 'strong' : 'plain')];
    }),
  );
}

// As many lines as there is room for, from the highlighted item on, or the last of them.
function readable(texts: readonly (readonly Line[])[], line: number, limit: number): readonly Line[] {
  const all = texts.flat();
  const above = texts.slice(0, Math.max(0, line)).flat().length;
  const from = Math.max(0, Math.min(above, all.length - limit));
  return all.slice(from, from + limit);
}

/** Cells of each column of a table; a blank between two of them comes on top. */
type Widths = readonly number[];

/** Cells that a column keeps as long as one behind it has more. */
const readableCells = 8;

// As wide as what stands in them. Where that is too much for `room` they give way from the left, since what is compared
// stands at the right; then the widest.
function columnWidths(rows: readonly (readonly string[])[], room: number, { ruler }: Look): Widths {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, at) => Math.max(0, ...rows.map((row) => ruler(row[at] ?? ''))));
  const spare = room - widths.reduce((sum, one) => sum + one + 1, -1);
  for (let over = -spare; over > 0; over--) {
    const widest = Math.max(...widths);
    if (widest <= 1) break;
    const first = widths.findIndex((one) => one > readableCells);
    const giving = first < 0 ? widths.indexOf(widest) : first;
    widths[giving] = (widths[giving] ?? 0) - 1;
  }
  // With room to spare the columns stand further apart.
  const apart = Math.max(0, Math.min(8, Math.floor(spare / Math.max(1, count - 1))));
  return widths.map((one, at) => (at === count - 1 ? one : one + apart));
}

function inColumns(row: readonly string[], widths: Widths, { ruler, glyphs }: Look): string {
  return widths.map((width, at) => textOf(exactly([span(row[at] ?? '')], width, ruler, glyphs.ellipsis))).join(' ');
}

// An item in exactly so many cells.
function itemText({ label, note, right, cells: row }: Item, cells: number, widths: Widths, look: Look): string {
  const { ruler, glyphs } = look;
  const fitted = (line: Line, width: number): Line => exactly(line, width, ruler, glyphs.ellipsis);
  if (right !== undefined) {
    const half = Math.floor((cells - 3) / 2);
    const sides = [fitted([span(label)], half), [span(` ${glyphs.vertical} `)], [span(right)]].flat();
    return textOf(fitted(sides, cells));
  }
  if (row !== undefined) return textOf(fitted([span(inColumns(row, widths, look))], cells));
  // What it is matters more than what stands behind it.
  const room = cells - ruler(label) - 3;
  const behind = note === '' || room < 4 ? '' : textOf(fitted([span(note)], Math.min(ruler(note), room)));
  return textOf(
    fitted(spread([span(label)], behind === '' ? [] : [span(` ${behind} `)], cells, ruler, glyphs.ellipsis), cells),
  );
}

// What is being typed, and below it what is wrong with it.
function askedLines({ label, text, typed, error }: Asked, look: Look): readonly Line[] {
  const tone = typed ? 'strong' : 'dim';
  return [
    [span(` ${label}`, 'dim'), span(text, tone), span('_', 'selected')],
    error === '' ? blank : [span(` ${look.glyphs.cross} ${error}`, 'lost')],
  ];
}
