// The fewest octets that turn one screen into another, by searching all ways: the measure for source/terminal/update.ts,
// which decides as it goes. The ways: write a glyph, jump over unchanged cells, erase to the end of the row; rows from top
// to bottom, cells from left to right, as every terminal program does it. (In another order of its strokes an update may
// take a little less.)
import type { Screen } from '../../source/terminal/screen.ts';
import { blankLooks, normal, type Style, transition } from '../../source/terminal/style.ts';
import { motion, type Pen } from '../../source/terminal/update.ts';

type Place = { readonly row: number; readonly column: number };

/** Shortest path through (row, column, style of the pen). Both screens must have the same size. */
export const smallest = (previous: Screen, next: Screen, pen: Pen): number => {
  const width = next.columns;
  const text = (row: number, column: number): string => next.rows[row]?.texts[column] ?? ' ';
  const style = (row: number, column: number): Style => next.rows[row]?.styles[column] ?? normal;
  const changed = (row: number, column: number): boolean =>
    previous.rows[row]?.texts[column] !== text(row, column) ||
    previous.rows[row]?.styles[column] !== style(row, column);

  /** Per row the column from which it is blank to its end. */
  const blankFrom = next.rows.map((_, row) => {
    let column = width;
    while (column > 0 && text(row, column - 1) === ' ' && style(row, column - 1) === normal) column -= 1;
    return column;
  });
  type Node = Pen & { readonly cost: number };
  const finished = new Set<string>();
  const key = (node: Pen, at: Place | undefined): string =>
    `${node.row} ${node.column} ${at?.row} ${at?.column} ${styles.indexOf(node.style)}`;
  const styles = [...new Set([normal, pen.style, ...next.rows.flatMap((row) => row.styles)])];
  const byCost: { node: Node; at: Place | undefined }[][] = [];
  const push = (node: Node, at: Place | undefined): void => {
    const bucket = byCost[node.cost] ?? [];
    bucket.push({ node, at });
    byCost[node.cost] = bucket;
  };

  /** The next changed cell at or after a place. */
  const following = (place: Place): Place | undefined => {
    for (let { row, column } = place; row < next.rows.length; row += 1, column = 0) {
      for (; column < width; column += 1) {
        if (changed(row, column)) return { row, column: text(row, column) === '' ? column - 1 : column };
      }
    }
    return undefined;
  };

  push({ ...pen, cost: 0 }, following({ row: 0, column: 0 }));
  for (let cost = 0; cost < byCost.length; cost += 1) {
    for (const { node, at } of byCost[cost] ?? []) {
      // `at` is the first cell that still looks wrong.
      if (at === undefined) return cost;
      const name = key(node, at);
      if (finished.has(name)) continue;
      finished.add(name);
      const way = motion(node, at.row, at.column);
      const arrived = { ...node, ...at, cost: cost + way.length + (way.split('\n').length - 1) };
      for (const from of node.row === at.row && node.column === at.column ? [node] : [node, arrived]) {
        if (from === node && !(node.row === at.row && node.column !== undefined && node.column <= at.column)) continue;
        const { row = 0, column = 0 } = from;
        const glyph = text(row, column);
        if (column < width && glyph !== '') {
          const wanted = style(row, column);
          const pens = glyph === ' ' && blankLooks(wanted, from.style) ? [from.style, wanted] : [wanted];
          const wide = text(row, column + 1) === '' && column + 1 < width;
          const end = column + (wide ? 2 : 1);
          for (const own of new Set(pens)) {
            const price = transition(from.style, own).length + Buffer.byteLength(glyph);
            const known = end < width && glyph.length === 1;
            push(
              { row, column: known ? end : undefined, style: own, cost: from.cost + price },
              end > at.column ? following({ row, column: end }) : at,
            );
          }
        }
        if (from === arrived || column === at.column) {
          if (column >= (blankFrom[row] ?? width)) {
            const price = blankLooks(normal, from.style) ? 0 : transition(from.style, normal).length;
            const own = price === 0 ? from.style : normal;
            push({ row, column, style: own, cost: from.cost + price + 3 }, following({ row: row + 1, column: 0 }));
          }
        }
      }
    }
  }
  throw new Error('no way from one screen to the other');
};
