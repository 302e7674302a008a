// A menu drawn: a frame over the screen with what is asked, the list, and a hint.

import { Box } from 'ink';
import type { ReactElement } from 'react';
import { blank, exactly, type Line, span, spread } from '../../view/line.ts';
import type { Look } from '../../view/look.ts';
import type { Asked, Menu } from '../menu/menu.ts';
import { Row, Rows } from '../rows.tsx';
import { Choice } from './choice.tsx';
import { Frame } from './frame.tsx';

/** The menu over a screen of so many columns and rows. */
export function MenuDialog({
  menu,
  look,
  columns,
  rows,
}: {
  readonly menu: Menu;
  readonly look: Look;
  readonly columns: number;
  readonly rows: number;
}): ReactElement {
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
  const frame = (
    <Frame
      title={menu.title}
      width={all}
      height={height}
      left={whole ? 0 : Math.floor((columns - all) / 2)}
      top={whole ? 0 : Math.max(1, Math.floor((rows - height - 2) / 2))}
      look={look}
    >
      <Box>
        <Box flexDirection='column' width={list}>
          <Rows lines={head.map((line) => fitted(line))} />
          {items.length === 0 ? null : <Choice items={items} line={menu.line} width={list} limit={limit} look={look} />}
          <Rows lines={Array.from({ length: Math.max(0, rest) }, () => fitted(blank))} />
          <Rows lines={menu.below.map((line) => fitted(line))} />
          {whole ? null : <Row line={fitted(hint(list))} />}
        </Box>
        {beside === null ? null : <Rows lines={beside.lines(height).map((line) => fitted(line, beside.cells))} />}
      </Box>
    </Frame>
  );
  if (!whole) return frame;
  return (
    <Box position='absolute' top={0} left={0} width={columns} height={rows}>
      {frame}
      <Box position='absolute' top={rows - 1} left={0}>
        <Row line={fitted(hint(columns - 1), columns - 1)} />
      </Box>
    </Box>
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
