// Ten thousand keys as they come, through the whole program without a pseudo-terminal: keys decoded, React and Ink, the
// smallest update, and a terminal emulator behind it. After each of them the emulator shows exactly what the same session
// looks like when it is drawn for the first time; no world is illegal; nothing is thrown.
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { render } from 'ink';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { handbook } from '../../source/cli/handbook.ts';
import { start } from '../../source/scenario/scenario.ts';
import { begin, branchOf, entryOf, type Session, timelineOf } from '../../source/session/session.ts';
import { worldBefore } from '../../source/session/setting.ts';
import { Timeline } from '../../source/session/timeline.ts';
import { Input } from '../../source/terminal/input.ts';
import { KeyDecoder } from '../../source/terminal/key-decoder.ts';
import { Output } from '../../source/terminal/output.ts';
import { FrameReader } from '../../source/terminal/screen.ts';
import { normal } from '../../source/terminal/style.ts';
import { abilitiesOf } from '../../source/terminal/update.ts';
import { App } from '../../source/ui/app.tsx';
import { linesOf } from '../../source/ui/dialog/over.ts';
import { drawn } from '../../source/ui/drawing.ts';
import { keys } from '../../source/ui/keys.ts';
import { Live } from '../../source/ui/live.ts';
import { styled } from '../../source/ui/theme.ts';
import { type Line, widthOf } from '../../source/view/line.ts';
import { sceneOf } from '../../source/view/scene.ts';
import { scenarioIds, scenarioOf } from '../support/fixtures.ts';
import { deepFreeze } from '../support/freeze.ts';
import { objections } from '../support/legal.ts';
import { octetsOfKey } from '../support/octets.ts';
import { looksOf, sameLooks, startEmulator } from '../terminal/emulator.ts';

vi.setConfig({ testTimeout: 3_600_000 });

// React as it is in the bundled program: that of developers takes a third more of the time.
vi.hoisted(() => {
  process.env['NODE_ENV'] = 'production';
});
vi.mock('react/jsx-dev-runtime', async () => {
  const { Fragment, jsx } = await import('react/jsx-runtime');
  return { Fragment, jsxDEV: jsx };
});

/** KEYS=100000 presses ten times as many. */
const wanted = Number(process.env['KEYS'] ?? 10_000);
/** Keys of one session. */
const round = 125;

beforeEach(() => {
  // What is played and sought goes on when the test says so.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** What a person may do at once: octets, or another size of the terminal. */
type Act = string | readonly [columns: number, rows: number];

// Not those that end it.
const ends: ReadonlySet<string> = new Set(['q', 'ctrl-c']);
const single = keys.flatMap((row) => row.keys).filter((key) => !ends.has(key));
const octets = (key: string): string => (key === 'esc' ? '\x1b[27u' : (octetsOfKey(key)[0] ?? ''));

/** Lines that are typed into the palette, whole. */
const lines = [
  ...['lang zh', 'lang en', 'glyphs ascii', 'glyphs unicode', 'profile linux', 'profile textbook'],
  ...[
    'drop nth 2 from server',
    'drop 50% seed 7 for 10s',
    'drop where flags=FIN',
    'break any change',
    'goal both CLOSED',
  ],
  ...[
    'client connect as b',
    'client close',
    'server abort',
    'server crash',
    'server boot',
    'cut',
    'mend',
    'client send 5000',
  ],
  ...['quiz', 'challenge', 'drill', 'word half-open', 'port 443', 'claim 2MSL', 'ask why three', 'share', 'diff main'],
  ...['rename x', 'find ACK', 'go +1s', 'mark a', 'jump a', 'edit #1 seq=7', 'forge from third RST', 'no such thing'],
];

const act: fc.Arbitrary<readonly Act[]> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.constantFrom('right', 'right', 'enter', 'down', 'esc', 'x', 'y').map((key) => [octets(key)]),
  },
  { weight: 20, arbitrary: fc.constantFrom(...single).map((key) => [octets(key)]) },
  // In a menu digits choose, and letters are typed.
  {
    weight: 3,
    arbitrary: fc
      .string({ unit: fc.constantFrom(...'0123456789abc#.= é三'), minLength: 1, maxLength: 1 })
      .map((key) => [key]),
  },
  { weight: 2, arbitrary: fc.constantFrom(...lines).map((line) => ['\x1b[27u', ':', ...line, '\r']) },
  { weight: 1, arbitrary: fc.tuple(fc.nat(90), fc.nat(50)).map(([x, y]) => [`\x1b[<0;${x + 1};${y + 1}M`]) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('\x1b[200~some text\x1b[201~', '\x1b[<65;9;9M', '\x7f', '\x1b[C\x1b[C\x1b[D')
      .map((key) => [key]),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.integer({ min: 30, max: 124 }), fc.integer({ min: 8, max: 42 })).map((size) => [size]),
  },
);

/** The same session with nothing remembered: every course of events computed anew. */
const anew = (session: Session): Session => ({
  ...session,
  branches: session.branches.map((branch) => {
    const { decisions, opening } = branch.timeline;
    const timeline = new Timeline(worldBefore(session.setting, session.profile), decisions, opening);
    timeline.reach(branch.explored);
    return { ...branch, timeline };
  }),
});

const ability = { unicode: true, colours: true };

const looksOfLines = (lines: readonly Line[], columns: number, rows: number) =>
  looksOf(new FrameReader(ability).read(lines.map(styled).join('\n'), columns, rows));

const looksWhenDrawn = (session: Session, columns: number, rows: number) => {
  const { look, lines, over } = drawn(session, columns, rows);
  const looks = looksOfLines(lines, columns, rows);
  if (over === null) return looks;
  // What lies over the screen, cell by cell, with nothing of Ink's.
  const laid = linesOf(over, look);
  const width = widthOf(laid[0] ?? [], look.ruler);
  const blank = { text: ' ', style: normal };
  // (With a row more, because the last cell of a screen is never used.)
  for (const [place, cells] of looksOfLines(laid, width, laid.length + 1)
    .slice(0, -1)
    .entries()) {
    const row = looks[over.top + place];
    if (row === undefined) continue;
    const end = over.left + width;
    // Of a wide character half of which is covered nothing is left.
    if (row[over.left]?.text === '') row[over.left - 1] = blank;
    if (row[end]?.text === '') row[end] = blank;
    row.splice(over.left, width, ...cells);
  }
  return looks;
};

/** Does all of it in one session; returns how many keys were pressed and checked. */
const walk = async (id: string, chinese: boolean, acts: readonly Act[]): Promise<number> => {
  let [columns, rows] = [80, 24];
  const emulator = startEmulator(columns, rows);
  let writing = Promise.resolve();
  const output = new Output({
    size: { columns, rows },
    ability,
    abilities: abilitiesOf('xterm-256color'),
    write: (text) => {
      writing = writing.then(() => emulator.write(text));
    },
    now: () => 0,
  });
  const input = new Input(output);
  const first = begin(start(scenarioOf(id), null), {
    language: chinese ? 'zh' : 'en',
    glyphs: 'unicode',
    shelves: library(),
    handbook: handbook(),
  });
  const live = new Live(first);
  const app = render(<App live={live} />, {
    stdin: input,
    stdout: output,
    debug: true,
    interactive: true,
    patchConsole: false,
    exitOnCtrlC: false,
  });
  // Until nothing more is drawn.
  const settled = async (): Promise<void> => {
    for (let quiet = 0; quiet < 6; quiet += 1) {
      const last = writing;
      await last;
      await turn();
      if (last !== writing) quiet = 0;
    }
  };
  const decoder = new KeyDecoder();
  let checked = 0;
  let scrolled = 0;
  const seen = new Set<object>();
  try {
    await settled();
    for (const [place, act] of acts.entries()) {
      if (typeof act === 'string') input.feed(decoder.push(Buffer.from(act)));
      else {
        [columns, rows] = act;
        await writing;
        emulator.resize(columns, rows);
        // What the terminal itself scrolls while it gets another size is no business of ours.
        scrolled = emulator.scrolled();
        output.resize({ columns, rows });
      }
      await settled();
      if (live.session.playing || live.session.seeking) {
        vi.advanceTimersByTime(100);
        await settled();
      }
      const { session } = live;
      // Somebody has chosen to quit in the palette: nothing is drawn any more.
      if (session.over) {
        checked += 1;
        break;
      }
      const where = `${id}, ${columns}x${rows}, after ${JSON.stringify(acts.slice(Math.max(0, place - 12), place + 1))}`;
      const again = place % 25 === 24 ? anew(session) : session;
      const [shown, wanted] = [emulator.looks(), looksWhenDrawn(again, columns, rows)];
      if (!sameLooks(shown, wanted)) expect(shown, where).toEqual(wanted);
      expect(emulator.scrolled(), where).toBe(scrolled);
      checked += 1;
      sound(session, where, seen);
    }
  } finally {
    app.unmount();
    await writing;
  }
  return checked;
};

/** That a session is where it says, and that what happened last is allowed. */
const sound = (session: Session, where: string, seen: Set<object>): void => {
  const { cursor } = session;
  const timeline = timelineOf(session);
  expect(cursor.index, where).toBeGreaterThanOrEqual(timeline.openingIndex);
  expect(cursor.index, where).toBeLessThanOrEqual(branchOf(session).explored);
  const scene = sceneOf(session);
  expect(scene.now, where).toBeGreaterThanOrEqual(scene.world.now);
  expect(scene.event, where).toBeLessThanOrEqual(scene.events);
  const here = scene.ticks.filter((tick) => !tick.ahead).at(-1);
  expect(here?.event ?? 0, where).toBe(scene.event);
  const step = entryOf(session)?.step;
  if (step === undefined || seen.has(step)) return;
  seen.add(step);
  expect(objections(step), where).toEqual([]);
  deepFreeze(step.world);
};

/** Some of the lessons, for the list: read once. */
let read: ReturnType<typeof shelved> | null = null;
const shelved = () =>
  scenarioIds.slice(0, 24).map((id) => {
    const { subject, profiles } = scenarioOf(id);
    return { subject, profiles, start: start(scenarioOf(id), null) };
  });
const library = () => {
  read ??= shelved();
  return read;
};

describe('any keys', () => {
  it(`${wanted} of them: no crash, no illegal world, and always the screen of the session`, async () => {
    let checked = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...scenarioIds),
        fc.boolean(),
        fc.array(act, { minLength: round, maxLength: round }),
        async (id, chinese, acts) => {
          // A session that was left is followed by another.
          for (let rest = acts.flat().slice(0, round); rest.length > 0; ) {
            const done = await walk(id, chinese, rest);
            checked += done;
            rest = rest.slice(done);
          }
        },
      ),
      { numRuns: Math.ceil(wanted / round), endOnFailure: true },
    );
    expect(checked).toBeGreaterThanOrEqual(wanted);
  });
});
