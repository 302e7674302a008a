// Every key of the table, torn by a slow link, as lines of text take it and as the screen does: what a person pressed is
// what is done.
import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { render } from 'ink';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runLinear } from '../../source/cli/linear.ts';
import type { Session } from '../../source/session/session.ts';
import { Input } from '../../source/terminal/input.ts';
import { Keyboard } from '../../source/terminal/keyboard.ts';
import { Output } from '../../source/terminal/output.ts';
import { App } from '../../source/ui/app.tsx';
import { keys } from '../../source/ui/keys.ts';
import { Live } from '../../source/ui/live.ts';
import { typed } from '../support/keyboard.ts';
import { octetsOfKey, tornApart } from '../support/octets.ts';
import { opened, press } from '../support/sessions.ts';

vi.setConfig({ testTimeout: 120_000 });

beforeEach(() => {
  // ctrl-z stops the whole job, and that would be the tests.
  vi.spyOn(process, 'kill').mockReturnValue(true);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const gaps = [0, 5, 30, 150];
/** Here and over SSH, in milliseconds. */
const escapeTimeouts = [25, 100];
const octets = (text: string): Uint8Array => new TextEncoder().encode(text);

/** All that a key can change. */
const told = ({ branches, handbook: _, shelves: __, ...rest }: Session) => ({
  ...rest,
  branches: branches.map(({ name, timeline }) => ({ name, decisions: timeline.decisions })),
});

const turns = async (count: number): Promise<void> => {
  for (let done = 0; done < count; done += 1) await turn();
};

/** The pieces with that many milliseconds between them, and then nothing for long. */
const arrive = async (pieces: readonly Uint8Array[], gap: number, feed: (piece: Uint8Array) => void): Promise<void> => {
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) vi.advanceTimersByTime(gap);
    await turns(3);
    feed(piece);
    await turns(3);
  }
  vi.advanceTimersByTime(1_500);
  await turns(3);
};

/** The session after these pieces, in lines of text. */
const spoken = async (first: Session, pieces: readonly Uint8Array[], gap = 0, escapeTimeout = 25) => {
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  let session = first;
  stdout.resume();
  const follow = (next: Session): void => {
    session = next;
  };
  const ended = runLinear(first, { stdin, stdout }, follow, escapeTimeout);
  await arrive(pieces, gap, (piece) => stdin.write(piece));
  stdin.end();
  await turns(3);
  vi.advanceTimersByTime(1_000);
  await ended;
  return told(session);
};

/** The same on the screen. */
const drawn = async (first: Session, pieces: readonly Uint8Array[], gap = 0, escapeTimeout = 25) => {
  const size = { columns: 80, rows: 24 };
  const output = new Output({ size, ability: { unicode: true, colours: false }, write: () => {}, now: () => 0 });
  const input = new Input(output);
  let session = first;
  const follow = (next: Session): void => {
    session = next;
  };
  const app = render(<App live={new Live(first, follow)} />, {
    stdin: input,
    stdout: output,
    debug: true,
    interactive: true,
    patchConsole: false,
    exitOnCtrlC: false,
  });
  try {
    await turns(6);
    const keyboard = new Keyboard(escapeTimeout, (pressed) => input.feed(pressed));
    await arrive(pieces, gap, (piece) => keyboard.feed(piece));
    await turns(6);
    return told(session);
  } finally {
    app.unmount();
  }
};

const names = keys.flatMap((row) => row.keys);
const stepped = press(opened('hs-basic'), 'forward', 'forward');
const places: readonly (readonly [string, Session])[] = [
  ['the screen', stepped],
  ['the menu of a segment', typed(stepped, 'enter down')],
  ['a prompt', typed(stepped, ': "dro"')],
  ['the help', typed(stepped, '?')],
  ['a zoomed pane', typed(stepped, '4 z')],
  ['the list of decisions', typed(stepped, 'x right x 6')],
];

describe.each(places)('on %s', (_place, session) => {
  it.each(names.map((name) => [name]))('%s is what it is, torn anywhere', async (name) => {
    const [usual = ''] = octetsOfKey(name);
    const whole = await spoken(session, [octets(usual)]);
    for (const sequence of octetsOfKey(name)) {
      expect(await spoken(session, [octets(sequence)]), JSON.stringify(sequence)).toEqual(whole);
      for (const pieces of tornApart(sequence)) {
        for (const escapeTimeout of escapeTimeouts) {
          for (const gap of gaps) {
            const how = `${JSON.stringify(pieces.map((piece) => Buffer.from(piece).toString()))}, ${gap} ms apart`;
            expect(await spoken(session, pieces, gap, escapeTimeout), how).toEqual(whole);
          }
        }
      }
    }
  });
});

describe.each(places.slice(0, 3))('drawn, on %s', (_place, session) => {
  // Playing has a clock of its own, and who draws is told of ctrl-z where lines of text stop at once.
  it('every key does the same as in lines of text, also when its first octet was taken for Escape', async () => {
    for (const name of names.filter((one) => one !== 'space' && one !== 'ctrl-z')) {
      const [sequence = ''] = octetsOfKey(name);
      // Who leaves is gone before the last session is drawn.
      const whole = { ...(await spoken(session, [octets(sequence)])), over: expect.any(Boolean) };
      expect(await drawn(session, [octets(sequence)]), name).toEqual(whole);
      const [halves] = tornApart(sequence);
      if (halves !== undefined) expect(await drawn(session, halves, 150), `${name}, torn`).toEqual(whole);
    }
  });
});

it('every key means something somewhere', () => {
  const anywhere = [...places.map(([, session]) => session), press(stepped, 'drop', 'undo'), press(stepped, 'play')];
  const idle = names.filter((name) =>
    anywhere.every((session) => keys.find((row) => row.keys.includes(name))?.intent(session) === null),
  );
  expect(idle).toEqual([]);
});

it('held arrows are all applied', async () => {
  const session = opened('hs-basic');
  const { cursor } = await drawn(session, [octets('\x1b[C'.repeat(4))]);
  expect(cursor).toEqual(press(session, 'forward', 'forward', 'forward', 'forward').cursor);
});
