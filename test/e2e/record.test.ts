// The debugger records itself: in a real pseudo-terminal, into a real file, ended in every way there is.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import xterm from '@xterm/headless';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readCast } from '../../source/export/cast.ts';
import { environment, type Pty, type PtyOptions, startPty } from './pty.ts';

vi.setConfig({ testTimeout: 60_000 });

const program = join(resolve(import.meta.dirname, '../..'), 'dist', 'tcpstep.js');

let folder: string;
let running: Pty[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tcpstep-'));
  running = [];
});
afterEach(async () => {
  for (const run of running) await run.close();
  rmSync(folder, { recursive: true });
});

const start = (args: readonly string[], options: Partial<PtyOptions> = {}): Pty => {
  const run = startPty({
    command: process.execPath,
    args: [program, ...args],
    cwd: folder,
    env: environment(),
    ...options,
  });
  running.push(run);
  return run;
};

const atEvent =
  (event: number) =>
  (screen: string): boolean =>
    screen.includes(` ev ${event}/`);

const step = async (run: Pty, from: number, to: number): Promise<void> => {
  for (let event = from + 1; event <= to; event += 1) {
    run.press('right');
    await run.waitFor(atEvent(event));
  }
};

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** What a terminal shows after the whole recording, and how many octets each of its events has. */
const played = async (text: string): Promise<{ readonly screen: string; readonly sizes: readonly number[] }> => {
  const [head, ...events] = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const terminal = new xterm.Terminal({ cols: head.width, rows: head.height, allowProposedApi: true });
  const sizes: number[] = [];
  for (const [, code, data] of events) {
    if (code === 'o') await new Promise<void>((done) => terminal.write(data, done));
    if (code === 'o') sizes.push(Buffer.byteLength(data));
    if (code === 'r') terminal.resize(...(data.split('x').map(Number) as [number, number]));
  }
  const buffer = terminal.buffer.active;
  const rows = Array.from({ length: terminal.rows }, (_, row) =>
    buffer.getLine(buffer.baseY + row)?.translateToString(true),
  );
  terminal.dispose();
  return { screen: rows.map((row) => row?.trimEnd() ?? '').join('\n'), sizes };
};

const marksIn = (text: string): readonly string[] => {
  const found = readCast(text);
  if ('wrong' in found) throw new Error(found.wrong);
  expect(found.damage).toBeNull();
  return found.marks.map(({ label }) => label);
};

describe('--record', () => {
  it('makes a recording that shows what the terminal showed, with a marker at each change of state', async () => {
    const run = start(['syn-lost', '--record', 'a.cast']);
    await run.waitFor(atEvent(0));
    expect(run.row(0)).toContain('REC');
    await step(run, 0, 5);
    await run.settle();
    const { screen } = await played(read('a.cast'));
    expect(screen).toBe(run.screen());
    expect(marksIn(read('a.cast')).map((label) => /^ev \d/.exec(label)?.[0])).toEqual(
      expect.arrayContaining(['ev 0', 'ev 1', 'ev 4', 'ev 5']),
    );
    run.send('q');
    expect((await run.exited).code).toBe(0);
    expect(run.screen()).toContain('tcpstep: recorded: a.cast');
  });

  it('costs less than 1000 octets for a typical step', async () => {
    const run = start(['half-close', '--record', 'a.cast']);
    await run.waitFor(atEvent(0));
    await run.settle();
    const before = (await played(read('a.cast'))).sizes.length;
    await step(run, 0, 8);
    await run.settle();
    const steps = (await played(read('a.cast'))).sizes.slice(before).toSorted((a, b) => a - b);
    expect(steps.length).toBeGreaterThanOrEqual(8);
    expect(steps[steps.length >> 1]).toBeLessThan(1_000);
  });

  it.each(['SIGKILL', 'SIGTERM', 'SIGHUP'] as const)(
    'leaves a recording that plays when %s ends the session',
    async (signal) => {
      const run = start(['syn-lost', '--record', 'a.cast']);
      await run.waitFor(atEvent(0));
      await step(run, 0, 4);
      await run.settle();
      const screen = run.screen();
      run.kill(signal);
      await run.exited;
      const text = read('a.cast');
      expect(text.endsWith('\n')).toBe(true);
      expect(marksIn(text).length).toBeGreaterThanOrEqual(3);
      expect((await played(text)).screen).toBe(screen);
    },
  );

  it('follows the terminal to a new size', async () => {
    const run = start(['hs-basic', '--record', 'a.cast']);
    await run.waitFor(atEvent(0));
    await step(run, 0, 2);
    run.resize(120, 40);
    await run.waitFor((screen) => screen.includes('7 DECISIONS'));
    await step(run, 2, 3);
    await run.settle();
    expect(read('a.cast')).toMatch(/,"r","120x40"\]/);
    expect((await played(read('a.cast'))).screen).toBe(run.screen());
  });

  it('of version 3 where that is asked for', async () => {
    const run = start(['hs-basic', '--record', 'a.cast', '--cast-version', '3']);
    await run.waitFor(atEvent(0));
    expect(JSON.parse(read('a.cast').split('\n')[0] ?? '')).toMatchObject({ version: 3, term: { cols: 80, rows: 24 } });
  });

  it('refuses a file that exists, before anything is drawn', async () => {
    writeFileSync(join(folder, 'a.cast'), 'precious');
    const run = start(['hs-basic', '--record', 'a.cast']);
    expect((await run.exited).code).toBe(2);
    expect(run.screen().trim()).toBe('tcpstep: a.cast exists: --force overwrites it');
    expect(read('a.cast')).toBe('precious');
  });

  const unwritable: readonly (readonly [file: string, why: string])[] = [
    ['no/such/a.cast', 'there is no such folder'],
    ...(existsSync('/dev/full') ? ([['/dev/full', 'the disk is full']] as const) : []),
  ];
  it.each(unwritable)('into %s is said once, and the session goes on', async (file, why) => {
    const run = start(['hs-basic', '--record', file, '--force']);
    await run.waitFor((screen) => screen.includes(`not recorded: ${file}: ${why}`));
    expect(run.row(0)).not.toContain('REC');
    await step(run, 0, 4);
    expect(run.screen()).not.toContain('not recorded');
    expect(run.row(2).match(/ESTABLISHED/g)).toHaveLength(2);
    run.send('q');
    expect((await run.exited).code).toBe(0);
  });

  it.each(['--linear', '--force'])('needs a screen (%s on a dumb terminal)', async (flag) => {
    const run = start(['hs-basic', '--record', 'a.cast', flag], { env: environment({ TERM: 'dumb' }) });
    expect((await run.exited).code).toBe(2);
    expect(run.screen().trim()).toBe('tcpstep: --record needs a screen; tcpstep render makes recordings without one');
  });
});

describe('R', () => {
  it('starts in the middle with what is on the screen, and stops', async () => {
    const run = start(['syn-lost']);
    await run.waitFor(atEvent(0));
    await step(run, 0, 2);
    run.send('R');
    await run.waitFor(
      (screen) => screen.includes('recording into tcpstep-syn-lost.cast') && screen.includes('PAUSED REC'),
    );
    await step(run, 2, 4);
    await run.settle();
    expect((await played(read('tcpstep-syn-lost.cast'))).screen).toBe(run.screen());
    run.send('R');
    await run.waitFor((screen) => screen.includes('recorded: tcpstep-syn-lost.cast') && !screen.includes('PAUSED REC'));
    const length = read('tcpstep-syn-lost.cast').length;
    await step(run, 4, 6);
    expect(read('tcpstep-syn-lost.cast').length).toBe(length);
    run.send('R');
    await run.waitFor((screen) => screen.includes('recording into tcpstep-syn-lost-2.cast'));
    expect(readdirSync(folder).sort()).toEqual(['tcpstep-syn-lost-2.cast', 'tcpstep-syn-lost.cast']);
  });
});

describe('a recording as a session', () => {
  it.each([[], ['--at', 'm2']])(
    'that is cut off is opened as far as it goes, and the screen says so (%j)',
    async (...place) => {
      const first = start(['hs-basic', '--record', 'a.cast']);
      await first.waitFor(atEvent(0));
      await step(first, 0, 3);
      await first.settle();
      first.kill('SIGKILL');
      await first.exited;
      writeFileSync(join(folder, 'a.cast'), read('a.cast').slice(0, -10));
      const again = start(['a.cast', ...place]);
      await again.waitFor((screen) => screen.includes('a.cast: it is cut off or damaged in line'));
      again.press('right');
      await again.waitFor((screen) => !screen.includes('cut off'));
    },
  );

  it('is opened at any of its markers and gone on with', async () => {
    const first = start(['hs-basic', '--record', 'a.cast']);
    await first.waitFor(atEvent(0));
    await step(first, 0, 1);
    first.send('x');
    await first.waitFor((screen) => screen.includes('dropped #1 SYN'));
    await step(first, 2, 4);
    await first.settle();
    first.send('q');
    await first.exited;
    const marks = marksIn(read('a.cast'));
    const marker = marks.findIndex((label) => label.startsWith('ev 4')) + 1;
    const again = start(['a.cast', '--at', `m${marker}`]);
    await again.waitFor((screen) => screen.includes(' ev 4/') && screen.includes('SYN-RECEIVED'));
    expect(again.row(0)).toContain('main*');
    again.press('right');
    await again.waitFor((screen) => screen.includes(' ev 5/') && screen.includes('ESTABLISHED'));
  });
});
