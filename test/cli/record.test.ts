// Recording the debugger, with a terminal of paper: what is in the file after every call.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Recorded, Recorder, type RecordingWish } from '../../source/cli/record.ts';
import { readCast } from '../../source/export/cast.ts';
import { readSaved, restore } from '../../source/scenario/save.ts';
import { start } from '../../source/scenario/scenario.ts';
import type { Intent } from '../../source/session/intent.ts';
import { perform } from '../../source/session/perform.ts';
import type { Session } from '../../source/session/session.ts';
import type { TapEvent } from '../../source/terminal/output.ts';
import { scenarioOf } from '../support/fixtures.ts';
import { opened, press, statesOf } from '../support/sessions.ts';

let folder: string;
const before = process.cwd();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tcpstep-'));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

/** A debugger of paper: a session that is followed, and a terminal that is told what to have drawn. */
const desk = (wish: Partial<RecordingWish> = {}, id = 'hs-basic') => {
  const listeners = new Set<(event: TapEvent) => void>();
  const terminal: Recorded = {
    size: () => ({ columns: 80, rows: 24 }),
    snapshot: () => 'SNAPSHOT',
    tap: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const recorder = new Recorder(terminal, { file: null, version: 2, force: false, ...wish });
  let session: Session = { ...opened(id), recording: (wish.file ?? null) !== null };
  const follow = (): void => recorder.follow(session, (intent) => does(intent));
  const does = (intent: Intent): void => {
    session = perform(session, intent);
    follow();
  };
  follow();
  return {
    recorder,
    does,
    press: (...all: readonly string[]): void => {
      session = press(session, ...all);
      follow();
    },
    draws: (time: number, text: string): void => {
      for (const listener of [...listeners]) listener({ kind: 'output', time, text });
    },
    resizes: (time: number, columns: number, rows: number): void => {
      for (const listener of [...listeners]) listener({ kind: 'resize', time, columns, rows });
    },
    get session() {
      return session;
    },
    get tapped() {
      return listeners.size;
    },
  };
};

const linesOf = (file: string): readonly unknown[] => {
  const text = readFileSync(file, 'utf8');
  expect(text.endsWith('\n')).toBe(true);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
};

const markersOf = (file: string): readonly string[] => {
  const found = readCast(readFileSync(file, 'utf8'));
  if ('wrong' in found) throw new Error(found.wrong);
  expect(found.damage).toBeNull();
  return found.marks.map(({ label }) => label);
};

describe('a recording of the debugger', () => {
  it('begins with what is on the screen, and is whole after every event', () => {
    const one = desk({ file: 'a.cast' });
    expect(linesOf('a.cast')).toHaveLength(2);
    expect(linesOf('a.cast')[0]).toMatchObject({
      version: 2,
      width: 80,
      height: 24,
      title: 'Three-way handshake (hs-basic, rfc9293)',
    });
    expect(linesOf('a.cast')[1]).toEqual([0, 'o', '\u001b[?25lSNAPSHOT']);
    one.draws(500, 'x');
    expect(linesOf('a.cast').at(-2)).toEqual([0, 'o', 'x']);
    one.draws(700, 'y');
    expect(linesOf('a.cast').at(-1)).toEqual([0.2, 'o', 'y']);
  });

  it('of version 3 counts from event to event', () => {
    const one = desk({ file: 'a.cast', version: 3 });
    for (const [time, text] of [
      [100, 'a'],
      [300, 'b'],
      [450, 'c'],
    ] as const)
      one.draws(time, text);
    expect(linesOf('a.cast').slice(-2)).toEqual([
      [0.2, 'o', 'b'],
      [0.15, 'o', 'c'],
    ]);
  });

  it('cuts pauses to three seconds', () => {
    const one = desk({ file: 'a.cast' });
    one.draws(0, 'a');
    one.draws(600_000, 'b');
    one.draws(600_100, 'c');
    expect(linesOf('a.cast').slice(-2)).toEqual([
      [3, 'o', 'b'],
      [3.1, 'o', 'c'],
    ]);
  });

  it('has the new size of the terminal', () => {
    const one = desk({ file: 'a.cast' });
    one.draws(0, 'a');
    one.resizes(1_000, 100, 30);
    expect(linesOf('a.cast').at(-1)).toEqual([1, 'r', '100x30']);
  });

  it('has a marker behind the drawing of each change of state, and of nothing else', () => {
    const one = desk({ file: 'a.cast' });
    one.draws(0, 'opening');
    for (const [time, intent] of ['forward', 'drop', 'forward', 'back'].entries()) {
      one.press(intent);
      one.draws(1_000 * (time + 1), `after ${intent}`);
    }
    expect(markersOf('a.cast')).toEqual([
      'ev 0: Three-way handshake',
      expect.stringMatching(/^ev 1: CLIENT CLOSED -> SYN-SENT/),
    ]);
    const lines = linesOf('a.cast').slice(1) as (readonly [number, string, string])[];
    const at = lines.findIndex(([, code, text]) => code === 'm' && text.startsWith('ev 1'));
    expect(lines[at - 1]).toEqual([1, 'o', 'after forward']);
  });

  it('carries every decision: at each marker the session is as it was then, even what was undone later', () => {
    const one = desk({ file: 'a.cast' });
    one.draws(0, 'opening');
    one.press('forward', 'drop', 'forward', 'forward');
    one.draws(1_000, 'SYN-RECEIVED');
    one.press('undo');
    one.press('forward');
    one.draws(2_000, 'without the loss');
    const found = readCast(readFileSync('a.cast', 'utf8'));
    if ('wrong' in found) throw new Error(found.wrong);
    const [, then, now] = found.marks.map(({ session }) => restore(readSaved(session, 'a.cast')));
    if (then === undefined || now === undefined) throw new Error('three markers');
    const droppedIn = (session: Session): boolean =>
      session.branches.some(({ timeline }) => timeline.decisions.some(({ by }) => by === 'person'));
    expect([droppedIn(then), droppedIn(now)]).toEqual([true, false]);
    expect(statesOf(perform(then, { do: 'go-to-event', event: 3 }))).toEqual(['SYN-SENT', 'LISTEN']);
  });

  it('tells of a decision only what has changed: less than 1000 octets, however long the lesson is', () => {
    const one = desk({ file: 'a.cast' });
    one.draws(0, 'opening');
    expect(readFileSync('a.cast', 'utf8').length).toBeGreaterThan(1_500);
    for (const key of ['forward', 'drop', 'forward', 'back', 'back', 'duplicate #1', 'forward', 'undo']) one.press(key);
    one.draws(1_000, 'branched');
    const lines = linesOf('a.cast').slice(1) as (readonly [number, string, string])[];
    const told = lines.filter(([, code]) => code === 's');
    expect(told.length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...told.map(([, , text]) => Buffer.byteLength(text)))).toBeLessThan(1_000);
    const found = readCast(readFileSync('a.cast', 'utf8'));
    if ('wrong' in found) throw new Error(found.wrong);
    const back = restore(readSaved(found.session, 'a.cast'));
    expect(back.branches.map(({ name, timeline }) => [name, timeline.decisions])).toEqual(
      one.session.branches.map(({ name, timeline }) => [name, timeline.decisions]),
    );
    expect(back.current).toBe(one.session.current);
  });

  it('is told whole again after many changes, so that it can always be read', () => {
    const one = desk({ file: 'a.cast' });
    one.draws(0, 'opening');
    one.press('forward');
    for (let time = 0; time < 450; time++) one.press('duplicate #1');
    const told = (linesOf('a.cast').slice(1) as (readonly [number, string, string])[]).filter(
      ([, code]) => code === 's',
    );
    expect(told.some(([, , text]) => text.startsWith('session:'))).toBe(true);
    const found = readCast(readFileSync('a.cast', 'utf8'));
    if ('wrong' in found) throw new Error(found.wrong);
    expect(restore(readSaved(found.session, 'a.cast')).branches[0]?.timeline.decisions).toEqual(
      one.session.branches[0]?.timeline.decisions,
    );
  });

  it('starts and stops with R, each time in a file of its own, and says so', () => {
    const one = desk();
    expect(one.tapped).toBe(0);
    one.does({ do: 'record' });
    expect(one.session).toMatchObject({
      recording: true,
      notice: { kind: 'recording', file: 'tcpstep-hs-basic.cast', what: 'started' },
    });
    one.draws(0, 'x');
    one.does({ do: 'record' });
    expect(one.session).toMatchObject({
      recording: false,
      notice: { kind: 'recording', file: 'tcpstep-hs-basic.cast', what: 'stopped' },
    });
    expect(one.tapped).toBe(0);
    expect(linesOf('tcpstep-hs-basic.cast').at(-1)).toEqual([0, 'o', '\u001b[m\u001b[24H\u001b[?25h']);
    one.does({ do: 'record' });
    expect(existsSync('tcpstep-hs-basic-2.cast')).toBe(true);
    expect(one.recorder.last).toBe('tcpstep-hs-basic-2.cast');
  });

  it('goes on when another scenario is opened, of which it carries the session from then on', () => {
    const one = desk({ file: 'a.cast' });
    one.draws(0, 'opening');
    one.does({ do: 'open', start: start(scenarioOf('close-4'), null) });
    one.press('forward');
    one.draws(1_000, 'FIN-WAIT-1');
    expect(one.session.recording).toBe(true);
    const found = readCast(readFileSync('a.cast', 'utf8'));
    expect('session' in found && found.session).toContain('scenario: close-4');
  });

  it('overwrites nothing', () => {
    writeFileSync('a.cast', 'precious');
    const one = desk({ file: 'a.cast' });
    expect(one.session).toMatchObject({
      recording: false,
      notice: { kind: 'not-recorded', file: 'a.cast', why: 'exists' },
    });
    expect(readFileSync('a.cast', 'utf8')).toBe('precious');
    expect(desk({ file: 'a.cast', force: true }).session.recording).toBe(true);
  });

  it.each([
    ['no/such/a.cast', 'no-folder'],
    ['folder', 'exists'],
  ])('into %s is told once, and the session goes on', (file, why) => {
    mkdirSync('folder');
    const one = desk({ file });
    expect(one.session).toMatchObject({ recording: false, notice: { kind: 'not-recorded', file, why } });
    one.press('forward');
    one.draws(0, 'x');
    expect(one.session.notice).toBeNull();
    expect(statesOf(one.session)).toEqual(['SYN-SENT', 'LISTEN']);
  });

  it.skipIf(!existsSync('/dev/full'))('on a full disk is told once, and the session goes on', () => {
    const one = desk({ file: '/dev/full', force: true });
    expect(one.session).toMatchObject({
      recording: false,
      notice: { kind: 'not-recorded', file: '/dev/full', why: 'disk-full' },
    });
    one.press('forward');
    one.draws(0, 'x');
    expect(one.session.notice).toBeNull();
    expect([one.tapped, one.recorder.last]).toEqual([0, null]);
  });

  it.skipIf(process.platform === 'win32')('into a pipe that nobody reads does not wait', () => {
    execFileSync('/bin/sh', ['-c', 'mkfifo pipe']);
    const one = desk({ file: 'pipe', force: true });
    expect(one.session).toMatchObject({
      recording: false,
      notice: { kind: 'not-recorded', file: 'pipe', why: 'failed' },
    });
  });

  it('shows no control character of its file name', () => {
    const one = desk({ file: 'no/\u001b[2J.cast' });
    const { notice } = one.session;
    expect(notice?.kind === 'not-recorded' && notice.file).not.toMatch(/\p{Cc}/u);
  });
});
