// Lists and tables over the screen: nothing touches, and what is cut carries a mark.
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { shelves } from '../../source/cli/library.ts';
import { perform } from '../../source/session/perform.ts';
import type { Language, Session } from '../../source/session/session.ts';
import { menuOver, pageOf } from '../../source/ui/dialog/menu.ts';
import type { Over } from '../../source/ui/dialog/over.ts';
import { lookOf } from '../../source/ui/look.ts';
import { menuOf } from '../../source/ui/menu/index.ts';
import { textOf } from '../../source/view/line.ts';
import { sceneOf } from '../../source/view/scene.ts';
import { typed } from '../support/keyboard.ts';
import { opened, press } from '../support/sessions.ts';

const over = (session: Session, columns: number, rows: number): Over => {
  const menu = menuOf(sceneOf(session), lookOf(session));
  if (menu === null) throw new Error('no menu');
  return menuOver(menu, lookOf(session), columns, rows);
};

const listed = (session: Session, columns: number, rows: number): readonly string[] =>
  over(session, columns, rows).list?.rows.map(textOf) ?? [];

const reading = (language: Language): Session => ({
  ...opened('hs-basic'),
  shelves: shelves(null),
  language,
  glyphs: 'unicode',
});

describe.each(['en', 'zh'] as const)('the list of scenarios, %s', (language) => {
  it('keeps id, minutes and title apart, and a title that is cut carries the mark', () => {
    for (const { subject } of reading(language).shelves) {
      const list = typed(reading(language), `s / "${subject.id}"`);
      const [row = ''] = listed(list, 80, 24).filter((line) => line.includes(` ${subject.id} `));
      const minutes = lookOf(list).words.minutes(subject.minutes);
      const [, shown = ''] = row.split(`${minutes}  `);
      expect(row).toMatch(new RegExp(`\\s${subject.id}\\s{2,}${minutes}\\s{2}\\S`));
      const title = shown.slice(0, -1).trimEnd();
      if (!title.endsWith('…')) expect(title).toBe(subject.title[language]);
    }
  });

  it('tells the whole title of the highlighted one, and does not move when another is', () => {
    const firewall = typed(reading(language), 's / "why2-stale-syn-firewall"');
    const [subject] = [...firewall.shelves].filter(({ subject: { id } }) => id === 'why2-stale-syn-firewall');
    expect(
      over(firewall, 80, 24)
        .below.map((line) => textOf(line))
        .join('\n'),
    ).toContain(subject?.subject.title[language]);
    const counts = ['', 'down ', 'down down ', 'down down down down down down '].map(
      (keys) => listed(typed(reading(language), `s ${keys}`), 80, 24).length,
    );
    expect(new Set(counts).size).toBe(1);
  });
});

describe('the table of ways', () => {
  const ways = (id: string): Session => perform(reading('en'), { do: 'choose-scenario', id });

  it.each(['hs-each-lost', 'close-each-lost'])('%s has every cell whole where there is room', (id) => {
    for (const columns of [100, 120, 200]) {
      expect(listed(ways(id), columns, 40).filter((row) => row.includes('…'))).toEqual([]);
    }
    expect(listed(ways('hs-each-lost'), 120, 40).at(-1)).toMatch(/the ACK is lost, data follows {3,}- {3,}ESTAB/);
  });

  it.each([60, 80])('keeps the moments of both ends, which are compared, in %i columns', (columns) => {
    const rows = listed(ways('hs-each-lost'), columns, 24);
    expect(rows).toHaveLength(5);
    for (const row of rows) {
      expect(row).toMatch(/ESTABLISHED \d\.\d{3} +ESTABLISHED \d\.\d{3}/);
      expect(stringWidth(row)).toBe(columns - 4);
    }
  });
});

describe('a page of a list', () => {
  it('is whole, and holds the highlighted line, however little room there is', () => {
    for (const limit of [1, 2, 3, 4, 7, 10]) {
      for (let line = 0; line < 40; line += 1) {
        const { from, to } = pageOf(40, line, limit);
        expect(to - from).toBe(limit);
        expect(from <= line && line < to, `line ${line} in ${limit} rows`).toBe(true);
      }
    }
  });
});

describe('what netstat prints', () => {
  it('shows the state to its end on 80 columns, its columns still below each other', () => {
    const shown = typed(press(opened('hs-basic'), 'end'), 'S n tab');
    const [, heads = '', ...rows] = listed(shown, 80, 24).map((row) => row.slice(0, -1));
    expect(rows.map((row) => row.trimEnd().split(/\s+/).at(-1))).toEqual(['LISTEN', 'ESTABLISHED']);
    for (const row of rows) expect(row.search(/LISTEN|ESTABLISHED/)).toBe(heads.indexOf('State'));
  });
});
