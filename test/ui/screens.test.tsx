// The screens as a person sees them, as text. Each is kept in test/ui/screens; UPDATE=1 writes them anew: read them then.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { renderToString } from 'ink';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { handbook } from '../../source/cli/handbook.ts';
import { start } from '../../source/scenario/scenario.ts';
import { begin, type Language, type Session } from '../../source/session/session.ts';
import { Drawing } from '../../source/ui/app.tsx';
import { scenarioOf } from '../support/fixtures.ts';
import { typed } from '../support/keyboard.ts';

const folder = join(import.meta.dirname, 'screens');

interface Wish {
  readonly scenario: string;
  readonly columns: number;
  readonly rows: number;
  /** Keys as `typed` reads them. */
  readonly keys: string;
  readonly language?: Language;
  readonly glyphs?: 'ascii' | 'unicode';
  readonly tour?: boolean;
}

// Some of the library, so that a new lesson changes no screen that is kept here.
const library = [
  ...['hs-basic', 'syn-lost', 'synack-lost', 'ack-lost', 'sim-open', 'old-dup-syn', 'refused', 'data-lost'],
  ...['last-ack-lost', 'close-4', 'close-3', 'half-close', 'sim-close'],
  ...['fig-06', 'fig-07', 'fig-08', 'fig-09', 'fig-10', 'fig-11', 'fig-12', 'fig-13'],
];

const shelves = library.map((id) => {
  const { subject, profiles } = scenarioOf(id);
  return { subject, profiles, start: start(scenarioOf(id), null) };
});

const after = ({ scenario, keys, language = 'en', glyphs = 'unicode', tour = false }: Wish): Session =>
  typed(begin(start(scenarioOf(scenario), null), { language, glyphs, tour, shelves, handbook: handbook() }), keys);

const drawn = (session: Session, columns: number, rows: number): string => {
  return stripVTControlCharacters(
    renderToString(<Drawing session={session} columns={columns} rows={rows} />, {
      columns,
    }),
  );
};

/** The screen as lines without blanks at their ends. */
const screen = (wish: Wish): string =>
  drawn(after(wish), wish.columns, wish.rows)
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');

const kept: Readonly<Record<string, Wish>> = {
  'opening-80x24': { scenario: 'hs-basic', columns: 80, rows: 24, keys: '' },
  'syn-in-flight-80x24': { scenario: 'hs-basic', columns: 80, rows: 24, keys: 'right' },
  'syn-dropped-80x24': { scenario: 'hs-basic', columns: 80, rows: 24, keys: 'right x' },
  'syn-repeated-80x24': { scenario: 'hs-basic', columns: 80, rows: 24, keys: 'right x right' },
  'established-80x24': { scenario: 'hs-basic', columns: 80, rows: 24, keys: 'right right right right right' },
  'branch-in-the-past-80x24': { scenario: 'hs-basic', columns: 80, rows: 24, keys: 'right right right left x' },
  'time-wait-80x24-ascii': { scenario: 'close-4', columns: 80, rows: 24, keys: '} } } } }', glyphs: 'ascii' },
  'data-lost-80x24-chinese': {
    scenario: 'data-lost',
    columns: 80,
    rows: 24,
    keys: 'right right right',
    language: 'zh',
  },
  'why-zoomed-80x24': { scenario: 'hs-basic', columns: 80, rows: 24, keys: 'right right 4 down z' },
  'segment-80x24': { scenario: 'hs-basic', columns: 80, rows: 24, keys: 'right 6' },
  'delay-prompt-80x24': { scenario: 'hs-basic', columns: 80, rows: 24, keys: 'right d' },
  'segment-menu-80x24-ascii': { scenario: 'hs-basic', columns: 80, rows: 24, keys: 'right enter', glyphs: 'ascii' },
  'host-menu-80x24': { scenario: 'hs-basic', columns: 80, rows: 24, keys: 'right a' },
  'host-menu-120x40-chinese': { scenario: 'data-lost', columns: 120, rows: 40, keys: '3 a', language: 'zh' },
  'host-menu-60x20-ascii': { scenario: 'data-lost', columns: 60, rows: 20, keys: 'a', glyphs: 'ascii' },
  'how-many-octets-80x24': {
    scenario: 'data-lost',
    columns: 80,
    rows: 24,
    keys: 'a down down down down down enter "7x"',
  },
  'edit-80x24': { scenario: 'hs-basic', columns: 80, rows: 24, keys: 'right e' },
  'edit-80x24-chinese-ascii': {
    scenario: 'hs-basic',
    columns: 80,
    rows: 24,
    keys: 'right e end',
    language: 'zh',
    glyphs: 'ascii',
  },
  'inject-80x24': { scenario: 'data-lost', columns: 80, rows: 24, keys: 'i' },
  'inject-60x20-chinese-ascii': {
    scenario: 'data-lost',
    columns: 60,
    rows: 20,
    keys: 'i',
    language: 'zh',
    glyphs: 'ascii',
  },
  'options-80x24': { scenario: 'data-lost', columns: 80, rows: 24, keys: 'a "oo" up up up up up enter' },
  'palette-80x24': { scenario: 'hs-basic', columns: 80, rows: 24, keys: 'right : "dr"' },
  'palette-rule-80x24': { scenario: 'hs-basic', columns: 80, rows: 24, keys: 'right : "drop_"' },
  'palette-decision-80x24': { scenario: 'hs-basic', columns: 80, rows: 24, keys: 'right : "client_sned_5"' },
  'palette-120x40-chinese': { scenario: 'hs-basic', columns: 120, rows: 40, keys: ':', language: 'zh' },
  'inside-an-event-80x24': { scenario: 'hs-basic', columns: 80, rows: 24, keys: '. . . . ,' },
  'inside-an-event-120x40-chinese': { scenario: 'hs-basic', columns: 120, rows: 40, keys: '. . . . .', language: 'zh' },
  'breakpoints-80x24': { scenario: 'syn-lost', columns: 80, rows: 24, keys: '1 right b enter b' },
  'breakpoints-60x20-chinese-ascii': {
    scenario: 'syn-lost',
    columns: 60,
    rows: 20,
    keys: 'right b',
    language: 'zh',
    glyphs: 'ascii',
  },
  'at-a-breakpoint-80x24': {
    scenario: 'syn-lost',
    columns: 80,
    rows: 24,
    keys: ': "break_server_enters_ESTABLISHED" enter c',
  },
  'go-to-80x24': { scenario: 'syn-lost', columns: 80, rows: 24, keys: 't' },
  'search-80x24-chinese': { scenario: 'syn-lost', columns: 80, rows: 24, keys: '/', language: 'zh' },
  'to-a-mark-80x24-ascii': {
    scenario: 'syn-lost',
    columns: 80,
    rows: 24,
    keys: "right m a right right '",
    glyphs: 'ascii',
  },
  'branches-80x24': { scenario: 'hs-basic', columns: 80, rows: 24, keys: 'right right right left left x right T' },
  'branches-120x40-chinese': {
    scenario: 'hs-basic',
    columns: 120,
    rows: 40,
    keys: 'right right right left left x right right left left up y T',
    language: 'zh',
  },
  'difference-80x24': {
    scenario: 'hs-basic',
    columns: 80,
    rows: 24,
    keys: 'right right right left left x T home d',
  },
  'profiles-80x24': { scenario: 'data-lost', columns: 80, rows: 24, keys: 'P' },
  'profile-difference-120x40-chinese': {
    scenario: 'data-lost',
    columns: 120,
    rows: 40,
    keys: 'P down enter n',
    language: 'zh',
  },
  'profile-difference-60x20-ascii': {
    scenario: 'data-lost',
    columns: 60,
    rows: 20,
    keys: 'P down enter n',
    glyphs: 'ascii',
  },
  'decision-off-80x24-chinese': {
    scenario: 'syn-lost',
    columns: 80,
    rows: 24,
    keys: 'right right right right x 7 up up space',
    language: 'zh',
  },
  'decision-off-120x40': { scenario: 'syn-lost', columns: 120, rows: 40, keys: 'right right right right x 7 enter' },
  'states-80x24': { scenario: 'close-4', columns: 80, rows: 24, keys: '} } } v v v v' },
  'states-60x20-chinese-ascii': {
    scenario: 'close-4',
    columns: 60,
    rows: 20,
    keys: '} } v v v v',
    language: 'zh',
    glyphs: 'ascii',
  },
  'states-120x40-chinese': { scenario: 'close-4', columns: 120, rows: 40, keys: 'G v v v v', language: 'zh' },
  'plot-80x24': { scenario: 'data-lost', columns: 80, rows: 24, keys: 'G v v v' },
  'plot-60x20-chinese-ascii': {
    scenario: 'data-lost',
    columns: 60,
    rows: 20,
    keys: 'G v v v',
    language: 'zh',
    glyphs: 'ascii',
  },
  'events-80x24': { scenario: 'syn-lost', columns: 80, rows: 24, keys: 'G left v v' },
  'events-filtered-120x40-chinese': {
    scenario: 'syn-lost',
    columns: 120,
    rows: 40,
    keys: 'G g / "SYN-RECEIVED" enter v v',
    language: 'zh',
  },
  'sockets-80x24': { scenario: 'hs-basic', columns: 80, rows: 24, keys: 'G : "client_connect_as_b" enter G S' },
  'two-connections-80x24': {
    scenario: 'hs-basic',
    columns: 80,
    rows: 24,
    keys: 'G : "client_connect_as_b" enter G 1 up',
  },
  'broken-80x24-ascii': { scenario: 'why2-synack-lost', columns: 80, rows: 24, keys: 'G g } } }', glyphs: 'ascii' },
  'broken-120x40-chinese': { scenario: 'why2-synack-lost', columns: 120, rows: 40, keys: '} } } }', language: 'zh' },
  'first-run-80x24': { scenario: 'hs-basic', columns: 80, rows: 24, keys: '', tour: true },
  'first-run-60x20-chinese-ascii': {
    scenario: 'hs-basic',
    columns: 60,
    rows: 20,
    keys: 'right right right right left left left x right',
    language: 'zh',
    glyphs: 'ascii',
    tour: true,
  },
  'quiz-80x24': { scenario: 'hs-basic', columns: 80, rows: 24, keys: 'right Q' },
  'questions-80x24-chinese': { scenario: 'hs-basic', columns: 80, rows: 24, keys: 'K "三次"', language: 'zh' },
  'challenge-80x24': { scenario: 'hs-basic', columns: 80, rows: 24, keys: ': "challenge" enter down enter right' },
  'plain-words-120x40': { scenario: 'hs-basic', columns: 120, rows: 40, keys: 'right right W' },
  'share-80x24': { scenario: 'hs-basic', columns: 80, rows: 24, keys: 'right x : "share" enter' },
  'help-80x24': { scenario: 'hs-basic', columns: 80, rows: 24, keys: '?' },
  'all-keys-80x24-chinese': { scenario: 'hs-basic', columns: 80, rows: 24, keys: '? ?', language: 'zh' },
  'all-keys-80x24-chinese-again': { scenario: 'hs-basic', columns: 80, rows: 24, keys: '? ? ?', language: 'zh' },
  'scenarios-80x24': { scenario: 'hs-basic', columns: 80, rows: 24, keys: 's' },
  'scenarios-60x20-chinese-ascii': {
    scenario: 'hs-basic',
    columns: 60,
    rows: 20,
    keys: 's',
    language: 'zh',
    glyphs: 'ascii',
  },
  'syn-repeated-60x20': { scenario: 'syn-lost', columns: 60, rows: 20, keys: 'right right right' },
  'data-repeated-60x20-chinese-ascii': {
    scenario: 'data-lost',
    columns: 60,
    rows: 20,
    keys: 'right right right right right right right',
    language: 'zh',
    glyphs: 'ascii',
  },
  'syn-accepted-120x40': { scenario: 'syn-lost', columns: 120, rows: 40, keys: 'right right right right' },
  'syn-accepted-120x40-chinese': {
    scenario: 'syn-lost',
    columns: 120,
    rows: 40,
    keys: 'right right right right',
    language: 'zh',
  },
  'data-lost-120x40-ascii': {
    scenario: 'data-lost',
    columns: 120,
    rows: 40,
    keys: 'right right right right right',
    glyphs: 'ascii',
  },
  'last-ack-lost-200x60': { scenario: 'last-ack-lost', columns: 200, rows: 60, keys: 'right right right right right' },
  'one-pane-50x16': { scenario: 'data-lost', columns: 50, rows: 16, keys: 'right right right' },
  'one-pane-40x10-chinese-ascii': {
    scenario: 'data-lost',
    columns: 40,
    rows: 10,
    keys: 'right right 1',
    language: 'zh',
    glyphs: 'ascii',
  },
  'why-alone-50x16-chinese': {
    scenario: 'data-lost',
    columns: 50,
    rows: 16,
    keys: 'right right right 4',
    language: 'zh',
  },
  'syn-repeated-200x50': { scenario: 'syn-lost', columns: 200, rows: 50, keys: 'right right right x right' },
  'data-lost-200x50-chinese': {
    scenario: 'data-lost',
    columns: 200,
    rows: 50,
    keys: 'right right right right right',
    language: 'zh',
  },
  'host-menu-200x50-ascii': { scenario: 'data-lost', columns: 200, rows: 50, keys: 'a', glyphs: 'ascii' },
  'branches-200x50': { scenario: 'hs-basic', columns: 200, rows: 50, keys: 'right right right left left x right T' },
  'difference-60x20-chinese-ascii': {
    scenario: 'hs-basic',
    columns: 60,
    rows: 20,
    keys: 'right right right left left x T home d',
    language: 'zh',
    glyphs: 'ascii',
  },
  'copied-80x24': { scenario: 'hs-basic', columns: 80, rows: 24, keys: 'right right Y' },
  'too-small': { scenario: 'hs-basic', columns: 38, rows: 9, keys: 'right' },
};

describe('the screen', () => {
  it.each(Object.entries(kept))('%s', (name, wish) => {
    const file = join(folder, `${name}.txt`);
    const text = `${screen(wish)}\n`;
    if (process.env['UPDATE'] === '1') {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, text);
    }
    expect(existsSync(file), `${file} exists`).toBe(true);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });
});

describe('at every size the screen', () => {
  const sizes = [
    [40, 10],
    [50, 18],
    [59, 30],
    [80, 19],
    [60, 20],
    [61, 33],
    [79, 50],
    [80, 23],
    [80, 24],
    [81, 25],
    [100, 30],
    [110, 36],
    [120, 40],
    [133, 34],
    [200, 24],
    [200, 50],
    [200, 60],
    [300, 90],
  ] as const;
  const stations = [
    '',
    'right',
    'right right',
    'right right right x',
    '} } } }',
    'G',
    'right 4',
    'right 7',
    '? ?',
    's',
    'a',
    'right e',
    'i',
    'right d',
    'right enter',
    ':',
    '. . .',
    '1 b',
    "right m a '",
    'right right left x T',
    'G v v',
    'G v v v',
    'G v v v v',
    'G S',
    'P',
    'P down enter',
    'G 7 space',
    'right Q',
    'K',
    'right right W',
    ': "challenge" enter',
    ': "share" enter',
    '/',
    't',
  ];

  it.each(sizes)(
    '%i x %i leaves the last row alone and fits into its width',
    (columns, rows) => {
      for (const [place, keys] of stations.entries()) {
        // Each language with each set of glyphs in turn, so that all of them meet every kind of screen over the sizes.
        for (const language of ['en', 'zh'] as const) {
          const glyphs = (place + columns + (language === 'en' ? 0 : 1)) % 2 === 0 ? 'ascii' : 'unicode';
          const scenario = library[(place * 7 + columns) % library.length] ?? 'hs-basic';
          const lines = drawn(after({ scenario, columns, rows, keys, language, glyphs }), columns, rows).split('\n');
          const said = `${scenario} ${keys} ${language} ${glyphs}\n${lines.join('\n')}`;
          expect(lines.length, said).toBe(rows - 1);
          expect(Math.max(...lines.map((line) => stringWidth(line))), said).toBeLessThanOrEqual(columns);
          if (glyphs === 'ascii' && language === 'en') expect(lines.join(''), said).toMatch(/^[\x20-\x7e]*$/);
        }
      }
    },
    60_000,
  );
});

describe('frames', () => {
  it('have their walls in the same columns in every row', () => {
    const lines = screen({ scenario: 'close-4', columns: 80, rows: 24, keys: '} }', language: 'zh', glyphs: 'ascii' })
      .split('\n')
      .slice(2, 12);
    for (const line of lines) {
      const walls: number[] = [];
      let column = 0;
      for (const character of line) {
        if (character === '|') walls.push(column);
        column += stringWidth(character);
      }
      expect(walls).toEqual([0, 27, 52, 79]);
    }
  });
});
