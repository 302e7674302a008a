// A menu over the screen: a frame with what is asked, the list, and a hint.

import { blank, exactly, type Line, span, spread, textOf } from '../../view/line.ts';
import type { Look } from '../../view/look.ts';
import type { Asked, Item, Menu } from '../menu/menu.ts';
import { edges, type Over } from './over.ts';

/** Cells of the mark before an item. */
const mark = 3;

/** The page of a list that shows the highlighted line: pages overlap by half, so that the list mostly stands still. */
export function pageOf(count: number, line: number, limit: number): { readonly from: number; readonly to: number } {
  if (count <= limit) return { from: 0, to: count };
  const half = Math.max(1, Math.floor(limit / 2));
  const page = Math.max(0, Math.floor(line / half) - 1);
  const from = Math.min(page * half, count - limit);
  return { from, to: from + limit };
}

/** The menu over a screen of so many columns and rows. */
export function menuOver(menu: Menu, look: Look, columns: number, rows: number): Over {
  const { whole, items } = menu;
  const head = [...menu.above, ...(menu.asked === null ? [] : askedLines(menu.asked, look))];
  // Two edges and the hint, and for a dialog in the middle the title line of the screen.
  const most = rows - (whole ? 3 : 4);
  const width = whole ? columns : Math.min(columns - 2, menu.width + 2);
  const room = columns - 4 - width;
  const beside = menu.beside !== null && room >= menu.beside.cells ? menu.beside : null;
  const list = width - 2;
  const foot = menu.below.length;
  const limit = Math.max(1, Math.min(items.length, most - head.length - foot - (whole ? 1 : 3)));
  const least = beside === null ? 0 : 14;
  const height = whole ? most : Math.min(most, Math.max(least, head.length + limit + foot + 2));
  const rest = height - head.length - foot - Math.min(limit, items.length) - (whole ? 0 : 1);
  const fitted = (line: Line, cells = list): Line => exactly(line, cells, look.ruler, look.glyphs.ellipsis);
  const place = items.length > limit && menu.line >= 0 ? `  ${menu.line + 1}/${items.length} ` : '';
  const hint = (cells: number): Line =>
    spread([span(` ${menu.hint}`, 'dim')], [span(place, 'dim')], cells, look.ruler, look.glyphs.ellipsis);
  const all = width + (beside?.cells ?? 0);

  const wall = span(look.glyphs.vertical, 'dim');
  const right = beside?.lines(height) ?? [];
  // Behind a line of the list's side: what stands beside it, and the wall.
  const end = (row: number): Line => [...(beside === null ? [] : fitted(right[row] ?? blank, beside.cells)), wall];
  const { from, to } = pageOf(items.length, menu.line, limit);
  const before = head.map((line, row) => [wall, ...fitted(line), ...end(row)]);
  const chosen = Math.max(0, menu.line - from);
  const shown = items
    .slice(from, to)
    .map(
      (item, row): Line => [
        span(itemText(item, list - mark, look), row === chosen ? 'strong' : 'plain'),
        ...end(head.length + row),
      ],
    );
  const below = [
    ...Array.from({ length: Math.max(0, rest) }, () => blank),
    ...menu.below,
    ...(whole ? [] : [hint(list)]),
  ].map((line, row) => [wall, ...fitted(line), ...end(head.length + shown.length + row)]);
  const [upper, lower] = edges(menu.title, all, true, look);
  return {
    left: whole ? 0 : Math.floor((columns - all) / 2),
    top: whole ? 0 : Math.max(1, Math.floor((rows - height - 2) / 2)),
    above: [upper, ...before],
    list: shown.length === 0 ? null : { from, rows: shown, chosen },
    below: [...below, lower, ...(whole ? [fitted(hint(columns - 1), columns)] : [])],
  };
}

// An item in exactly so many cells.
function itemText({ label, note, right }: Item, cells: number, { ruler, glyphs }: Look): string {
  const fitted = (line: Line, width: number): Line => exactly(line, width, ruler, glyphs.ellipsis);
  if (right !== undefined) {
    const half = Math.floor((cells - 3) / 2);
    const sides = [fitted([span(label)], half), [span(` ${glyphs.vertical} `)], [span(right)]].flat();
    return textOf(fitted(sides, cells));
  }
  // What it is matters more than what stands behind it.
  const room = cells - ruler(label) - 3;
  const behind = note === '' || room < 4 ? '' : textOf(fitted([span(note)], Math.min(ruler(note), room)));
  return textOf(fitted(spread([span(label)], behind === '' ? [] : [span(` ${behind} `)], cells, ruler), cells));
}

// What is being typed, and below it what is wrong with it.
function askedLines({ label, text, typed, error }: Asked, look: Look): readonly Line[] {
  const tone = typed ? 'strong' : 'dim';
  return [
    [span(` ${label}`, 'dim'), span(text, tone), span('_', 'selected')],
    error === '' ? blank : [span(` ${look.glyphs.cross} ${error}`, 'lost')],
  ];
}
