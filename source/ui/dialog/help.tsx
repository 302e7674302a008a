import { Box } from 'ink';
import type { ReactElement } from 'react';
import { edge } from '../../view/frame.ts';
import { helpBlock, inColumns, markHints } from '../../view/help.ts';
import { blank, exactly, type Line, span } from '../../view/line.ts';
import { type KeyRow, keyText, rowsOf, type Section } from '../keys.ts';
import { Row, Rows } from '../rows.tsx';
import type { DialogProps } from './dialogs.tsx';

/** Help over the whole screen: first the marks and the keys of every day, then all keys. */
export function Help({
  scene,
  look,
  columns,
  rows,
  all,
  page,
}: DialogProps & { readonly all: boolean; readonly page: number }): ReactElement {
  const { words, ruler } = look;
  const { language } = scene.session;
  const height = rows - 3;
  const width = columns - 4;
  const section = (name: Section): readonly Line[] => {
    const mine = rowsOf(scene.session).filter(
      (row) => row.section === name && (all || row.foot !== null) && !isPaneKey(row),
    );
    const hints = mine.map((row) => ({
      key: row.keys.map((key) => keyText(key, look.glyphs)).join(' '),
      label: row.label[language],
    }));
    const paneKeys = all && name === 'screen' ? [{ key: '1 .. 7', label: words.paneKeys }] : [];
    return helpBlock(words.keySections[name], [...paneKeys, ...hints], look);
  };
  const sections = (['time', 'segment', 'decision', 'screen'] as const).map(section);
  const marks = helpBlock(words.markHeading, markHints(look), look);
  const pages = inColumns(all ? sections : [marks, ...sections], look, width, height);
  const shown = [...(pages[page % pages.length] ?? [])];
  while (shown.length < height) shown.push(blank);
  const walls = [0, columns - 1];
  const wall = span(look.glyphs.vertical, 'dim');
  const many = pages.length > 1 ? `  ${(page % pages.length) + 1}/${pages.length}` : '';
  const heading = `${all ? words.helpAll : words.help}${many}`;
  return (
    <Box position='absolute' top={0} left={0} flexDirection='column'>
      <Row line={edge(columns, [], walls, [{ at: 0, text: `tcpstep  ${heading}`, focused: false }], look)} />
      <Rows
        lines={shown.map((one) => [
          wall,
          span(' '),
          ...exactly(one, width, ruler, look.glyphs.ellipsis),
          span(' '),
          wall,
        ])}
      />
      <Row line={edge(columns, walls, [], [], look)} />
      <Row
        line={exactly(
          [span(` ${all && pages.length === 1 ? words.helpBack : words.helpMore}`, 'dim')],
          columns - 1,
          ruler,
        )}
      />
    </Box>
  );
}

function isPaneKey(row: KeyRow): boolean {
  return row.id.startsWith('pane-');
}
