// Help over the whole screen.

import { helpBlock, inColumns, markHints } from '../../view/help.ts';
import { blank, exactly, type Line, span } from '../../view/line.ts';
import type { Look } from '../../view/look.ts';
import type { Scene } from '../../view/scene.ts';
import { type KeyRow, keyText, rowsOf, type Section } from '../keys.ts';
import { edges, type Over } from './over.ts';

/** First the marks and the keys of every day, then (`all`) all keys, in pages. */
export function help(
  scene: Scene,
  look: Look,
  { columns, rows }: { readonly columns: number; readonly rows: number },
  { all, page }: { readonly all: boolean; readonly page: number },
): Over {
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
  const wall = span(look.glyphs.vertical, 'dim');
  const many = pages.length > 1 ? `  ${(page % pages.length) + 1}/${pages.length}` : '';
  const heading = `${all ? words.helpAll : words.help}${many}`;
  const [upper, lower] = edges(`tcpstep  ${heading}`, columns, false, look);
  const hint = all && pages.length === 1 ? words.helpBack : words.helpMore;
  const framed = (line: Line): Line => [
    wall,
    span(' '),
    ...exactly(line, width, ruler, look.glyphs.ellipsis),
    span(' '),
    wall,
  ];
  return {
    left: 0,
    top: 0,
    above: [upper, ...shown.map(framed), lower, exactly([span(` ${hint}`, 'dim')], columns, ruler)],
    list: null,
    below: [],
  };
}

function isPaneKey(row: KeyRow): boolean {
  return row.id.startsWith('pane-');
}
