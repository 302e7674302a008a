// Every row of the table of keys, and every row of the menus, in the bundled program on a real pseudo-terminal: each is
// pressed, and what it did stands on the screen. A row without a case fails.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { panes } from '../../source/session/session.ts';
import { keys } from '../../source/ui/keys.ts';
import { lookOf } from '../../source/ui/look.ts';
import { menuOf } from '../../source/ui/menu/index.ts';
import { sceneOf } from '../../source/view/scene.ts';
import { typed } from '../support/keyboard.ts';
import { octetsOfKey } from '../support/octets.ts';
import { drawnAt, pure } from './meant.ts';
import { environment, type Pty, startPty } from './pty.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const program = resolve(import.meta.dirname, '../../dist/tcpstep.js');
/** Room for all seven panes, so that nothing of what is looked for is cut off. */
const size = { columns: 120, rows: 40 } as const;
const drawn = drawnAt(size);

let folder: string;
let run: Pty;

const begun = async (): Promise<Pty> => {
  const pty = startPty({
    command: process.execPath,
    args: [program, 'hs-basic', '--glyphs', 'unicode'],
    cwd: folder,
    env: environment(),
    ...size,
  });
  await pty.waitFor((screen) => screen.includes(' ev 0/0 ') && screen.includes('7 DECISIONS'));
  return pty;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tcpstep-keys-'));
  run = await begun();
});
afterAll(async () => {
  await run.close();
  rmSync(folder, { recursive: true, force: true });
});

const patience = Number(process.env['PATIENCE'] ?? 20_000);
const shows = (pty: Pty, ...texts: readonly (string | RegExp)[]): Promise<void> =>
  pty.waitFor(
    (screen) => texts.every((text) => (typeof text === 'string' ? screen.includes(text) : text.test(screen))),
    patience,
  );
const gone = (pty: Pty, text: string): Promise<void> => pty.waitFor((screen) => !screen.includes(text), patience);

/** Keys by name with blanks between them; `"text"` is typed, a `_` in it is a blank. In one chunk, as a held key comes. */
const send = (pty: Pty, names: string): void => {
  const octets = names
    .split(' ')
    .filter((name) => name !== '')
    .map((name) => (/^".+"$/.test(name) ? name.slice(1, -1).replaceAll('_', ' ') : (octetsOfKey(name)[0] ?? '')));
  pty.send(octets.join(''));
};

/** The scenario from its beginning again: the same program goes on. */
const afresh = async (id = 'hs-basic'): Promise<void> => {
  // Out of whatever lies on top: three Escapes, each a whole sequence.
  run.send('\x1b[27u\x1b[27u\x1b[27u');
  send(run, 's');
  await shows(run, 'SCENARIOS');
  send(run, `/ "${id}"`);
  await shows(run, new RegExp(`►.* ${id} `));
  send(run, 'enter');
  await shows(run, new RegExp(`^ ${id} .* ev 0/0 `), '7 DECISIONS');
};

/** The state that an end shows. */
const states = (client: string, server: string): RegExp => new RegExp(`state +${client}\\b.*state +${server}\\b`);
const event = (at: number, of: number): string => ` ev ${at}/${of} `;

/** What comes before the key, and what is on the screen after it. */
type Case = readonly [before: string, shown: string | RegExp, then?: (pty: Pty) => Promise<void>];

const cases: Readonly<Record<string, Case>> = {
  forward: ['', states('SYN-SENT', 'LISTEN')],
  back: ['right right', event(1, 2)],
  'micro-forward': ['right', /SERVER received #1 SYN.*check 1\//],
  'micro-back': ['right . .', 'check 1/'],
  'next-change': ['right', states('SYN-SENT', 'SYN-RECEIVED')],
  'previous-change': ['right right right', states('SYN-SENT', 'SYN-RECEIVED')],
  'next-stop': ['', event(1, 1)],
  'previous-stop': ['right right', event(1, 2)],
  continue: ['', 'network is quiet: nothing will happen until you act'],
  start: ['right right', event(0, 2)],
  end: ['', states('ESTABLISHED', 'ESTABLISHED')],
  'go-to': [
    '',
    '[GO TO]',
    async (pty) => {
      send(pty, '"ev_3" enter');
      await shows(pty, event(3, 3));
    },
  ],
  mark: [
    'right',
    'MARK  ev 1',
    async (pty) => {
      send(pty, 'a');
      await shows(pty, 'mark a set here');
    },
  ],
  jump: [
    'right m a right right',
    'TO A MARK',
    async (pty) => {
      send(pty, 'a');
      await shows(pty, event(1, 3));
      send(pty, "' '");
      await shows(pty, event(3, 3));
    },
  ],
  search: [
    '',
    'SEARCH THE EVENTS',
    async (pty) => {
      send(pty, '"state=SYN-RECEIVED" enter');
      await shows(pty, 'found: state=SYN-RECEIVED', event(2, 2));
    },
  ],
  'next-match': ['/ "arrives" enter', event(3, 3)],
  'previous-match': ['/ "arrives" enter n', event(2, 3)],
  play: [
    '',
    'PLAYING 1x',
    async (pty) => {
      send(pty, 'space');
      await shows(pty, 'PAUSED');
    },
  ],
  faster: ['', 'speed 2x'],
  slower: ['', 'speed 0.5x'],
  'select-previous': ['right y 6', "6 SEGMENT #1' SYN"],
  'select-next': ['right y 6', "6 SEGMENT #1' SYN"],
  drop: ['right', /dropped #1 SYN\. +u undo/],
  delay: [
    'right',
    'DELAY #1 SYN',
    async (pty) => {
      send(pty, '"1.5s" enter');
      await shows(pty, 'delayed #1 SYN to t 1.500s');
    },
  ],
  duplicate: ['right', 'duplicated #1 SYN'],
  release: ['right', states('SYN-SENT', 'SYN-RECEIVED')],
  swap: ['right y', 'swapped #1 SYN with the next'],
  edit: [
    'right',
    'EDIT #1 SYN',
    async (pty) => {
      send(pty, 'down enter "4000" enter');
      await shows(pty, 'edited #1 SYN', 'edit #1 seq=4000', 'SYN seq=4000');
    },
  ],
  inject: [
    'G',
    'FORGED, TOWARDS SERVER',
    async (pty) => {
      send(pty, 'enter');
      await shows(pty, 'forged RST from CLIENT', 'made by hand');
    },
  ],
  menu: [
    'right',
    'deliver it now',
    async (pty) => {
      send(pty, 'enter');
      await shows(pty, 'dropped #1 SYN');
    },
  ],
  host: [
    'G',
    'CLIENT: APPLICATION AND HOST',
    async (pty) => {
      send(pty, 'tab');
      await shows(pty, 'SERVER: APPLICATION AND HOST');
    },
  ],
  breaks: [
    'right 1',
    'BREAKPOINTS',
    async (pty) => {
      send(pty, 'enter');
      await shows(pty, 'breakpoint set: client change');
      send(pty, 'c');
      await shows(pty, 'breakpoint: client change', event(3, 3));
    },
  ],
  palette: [
    '',
    'COMMANDS',
    async (pty) => {
      send(pty, '"break_server_enters_ESTABLISHED" enter c');
      await shows(pty, 'breakpoint: server enters ESTABLISHED');
    },
  ],
  branches: [
    'right right left x',
    /BRANCHES.*\n.*main(?:.*\n)+?.*drop #1/,
    async (pty) => {
      send(pty, 'home enter');
      await shows(pty, 'now on branch "main"');
    },
  ],
  profiles: ['', 'UNDER ANOTHER PROFILE THAN rfc9293'],
  undo: ['right x', 'undone: dropped #1 SYN'],
  redo: ['right x u', 'again: dropped #1 SYN'],
  'next-pane': ['2', '[3 SERVER'],
  'previous-pane': ['2', '[1 CLIENT'],
  ...Object.fromEntries(
    panes.map((pane, place): [string, Case] => [
      `pane-${pane}`,
      // From another one.
      [pane === 'client' ? '2' : '1', `[${place + 1} ${pane.toUpperCase()}`],
    ]),
  ),
  zoom: [
    'right 4',
    /\[4 WHY\]/,
    async (pty) => {
      await gone(pty, '1 CLIENT');
      send(pty, 'z');
      await shows(pty, '1 CLIENT');
    },
  ],
  // The list has no rungs from end to end, and no times in front.
  view: ['right', /│►#1 +[─═]+SYN/],
  sockets: ['G', /SOCKETS(?:.*\n)+?.*C\* +ESTABLISHED/],
  'fold-why': [
    'right',
    /4 WHY.*\n.*CLIENT app called connect\(\).*\n[├╰].*5 TIME/,
    async (pty) => {
      send(pty, 'w');
      await shows(pty, 'RFC 9293 3.10.1');
    },
  ],
  notes: ['right', /Up Down read on/],
  claims: ['right', '[WHAT TUTORIALS SAY'],
  quiz: [
    'right',
    'WHAT COMES NEXT?',
    async (pty) => {
      send(pty, '1');
      await shows(pty, /right: |no, it was: /);
    },
  ],
  ask: [
    '',
    /\[QUESTIONS\]/,
    async (pty) => {
      send(pty, '"three_handshakes"');
      await shows(pty, 'three handshakes_');
    },
  ],
  scenarios: ['', 'SCENARIOS'],
  help: [
    '',
    'tcpstep  HELP',
    async (pty) => {
      send(pty, '?');
      await shows(pty, 'ALL KEYS');
    },
  ],
  close: ['right d', /^(?![\s\S]*DELAY)[\s\S]* ev 1\/1 /],
  record: [
    'right',
    /recording into .*\.cast/,
    async (pty) => {
      await shows(pty, ' REC');
      send(pty, 'R');
      await shows(pty, /recorded: .*\.cast/);
      expect(readdirSync(folder).filter((name) => name.endsWith('.cast'))).toHaveLength(1);
    },
  ],
  copy: [
    'right',
    'copied: #1 10.0.0.1:40001 > 10.0.0.2:80 <SEQ=100><CTL=SYN>',
    async (pty) => {
      const text = Buffer.from('#1 10.0.0.1:40001 > 10.0.0.2:80 <SEQ=100><CTL=SYN>').toString('base64');
      expect(pty.output()).toContain(`\x1b]52;c;${text}\x07`);
    },
  ],
  mouse: [
    '1',
    'mouse on',
    async (pty) => {
      expect(pty.output()).toContain('\x1b[?1000h\x1b[?1006h');
      const row = pty
        .screen()
        .split('\n')
        .findIndex((line) => line.includes('4 WHY'));
      pty.send(`\x1b[<0;5;${row + 2}M\x1b[<0;5;${row + 2}m`);
      await shows(pty, '[4 WHY]');
      send(pty, '%');
      await shows(pty, 'mouse off');
      expect(pty.output()).toContain('\x1b[?1006l\x1b[?1000l');
    },
  ],
  redraw: [
    'right',
    event(1, 1),
    async (pty) => {
      // Every cell anew: the title line, which had not changed, comes once more.
      await pty.waitForOutput((output) => output.includes('hs-basic') && output.includes('7 DECISIONS'));
    },
  ],
  suspend: [
    'right',
    event(1, 1),
    async (pty) => {
      // No shell is there to stop it: it leaves the screen and comes back.
      await pty.waitForOutput((output) => /\x1b\[\?1049l[\s\S]*\x1b\[\?1049h[\s\S]*hs-basic/.test(output));
      await shows(pty, event(1, 1));
    },
  ],
};

/** Those that end the program: each has one of its own. */
const endings: Readonly<Record<string, (pty: Pty, key: string) => Promise<void>>> = {
  quit: async (pty, key) => {
    send(pty, key);
    expect(await pty.exited).toEqual({ code: 0, signal: 0 });
  },
  stop: async (pty, key) => {
    send(pty, 'space');
    await shows(pty, 'PLAYING');
    send(pty, key);
    await shows(pty, 'PAUSED');
    send(pty, key);
    expect(await pty.exited).toEqual({ code: 0, signal: 0 });
  },
};

describe('every row of the table of keys', () => {
  it('has a case here, and every case a row', () => {
    expect([...Object.keys(cases), ...Object.keys(endings)].sort()).toEqual(keys.map(({ id }) => id).sort());
  });

  const presses = keys.flatMap((row) => row.keys.map((key) => [row.id, key] as const));

  it.each(presses.filter(([id]) => Object.hasOwn(cases, id)))('%s by %s', async (id, key) => {
    const [before, shown, then] = cases[id] ?? ['', /never/];
    await afresh();
    send(run, before);
    const ready = drawn(typed(pure(), before));
    await run.waitFor((screen) => screen === ready, patience);
    expect(typeof shown === 'string' ? ready.includes(shown) : shown.test(ready), 'before the key').toBe(
      id === 'redraw' || id === 'suspend' || id === 'zoom',
    );
    run.mark();
    send(run, key);
    await shows(run, shown);
    await then?.(run);
  });

  it.each(presses.filter(([id]) => Object.hasOwn(endings, id)))('%s by %s', async (id, key) => {
    const own = await begun();
    try {
      await endings[id]?.(own, key);
      expect(own.modes()).toEqual({ alternate: false, cursorHidden: false, bracketedPaste: false });
    } finally {
      await own.close();
    }
  });
});

/** Ways into every menu that is about something: keys from the opening of the scenario. */
const menus: readonly (readonly [what: string, keys: string])[] = [
  ['of a segment in flight', 'right enter'],
  ['of a segment that has landed', 'right right up enter'],
  ['of landing times', 'right d'],
  ['of the fields of a segment', 'right e'],
  ['of the client', 'G a'],
  ['of the server', 'G 3 a'],
  ['of the socket options', 'G a up up up up up enter'],
  ['of segments to inject', 'G i'],
  ['of breakpoints for an end', 'G 1 b'],
  ['of breakpoints for a segment', 'right b'],
  ['of breakpoints for a rule', 'right right 4 b'],
  ['of places to go to', 't'],
  ['of things to search for', 'G /'],
  ['of marks', "right m a right m b '"],
  ['of branches', 'right right left x right T'],
  ['of profiles', 'right P'],
  ['of sockets', 'G S'],
];

describe('every row of the menu', () => {
  it.each(menus)('%s', async (_, way) => {
    const opened = typed(pure(), way);
    const menu = menuOf(sceneOf(opened), lookOf(opened));
    expect(menu?.items.length ?? 0).toBeGreaterThan(0);
    for (const [place, item] of (menu?.items ?? []).entries()) {
      const down = `home${' down'.repeat(place)}`;
      await afresh();
      send(run, `${way} ${down}`);
      const there = typed(opened, down);
      const before = drawn(there);
      await run.waitFor((screen) => screen === before, patience);
      // The highlighted line is this item, as far as there is room for it.
      const label = item.label.trim().split(/ {2,}/)[0] ?? '';
      const highlighted = before.split('\n').flatMap((line) => line.split('► ').slice(1));
      expect(
        highlighted.some((line) => line.includes(label.slice(0, 24))),
        `${label}\n${before}`,
      ).toBe(true);
      if (item.intents === null) {
        expect(item.note).toMatch(/^off: /);
        continue;
      }
      send(run, 'enter');
      const after = drawn(typed(there, 'enter'));
      await run.waitFor((screen) => screen === after, patience);
      expect(after, `${label}: ${item.note}`).not.toBe(before);
      // What is decided stands in the list of decisions, or why it did not apply.
      const decided = item.intents.find((intent) => intent.do === 'decide');
      if (decided !== undefined) expect(after).toMatch(/7 DECISIONS .*\*/);
    }
  });
});
