// The debugger on the terminals, in the locales and under the accidents of everyday life.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { environment, type Pty, type PtyOptions, startPty } from './pty.ts';

vi.setConfig({ testTimeout: 60_000 });

const root = resolve(import.meta.dirname, '../..');
const program = join(root, 'dist', 'tcpstep.js');

const installed = (name: string): boolean => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;

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

const start = (
  args: readonly string[],
  options: Partial<PtyOptions> = {},
  changes: Readonly<Record<string, string | undefined>> = {},
): Pty => {
  const run = startPty({
    command: process.execPath,
    args,
    env: environment({ XDG_STATE_HOME: folder, ...changes }),
    ...options,
  });
  running.push(run);
  return run;
};

const atOpening = (screen: string): boolean => screen.includes(' 0/0 ');
const atFirst = (screen: string): boolean => screen.includes(' 1/1 ');
const given = { alternate: false, cursorHidden: false, bracketedPaste: false };

const stepped = async (changes: Readonly<Record<string, string | undefined>>): Promise<Pty> => {
  const run = start([program, 'hs-basic'], {}, changes);
  await run.waitFor(atOpening);
  run.press('right');
  await run.waitFor(atFirst);
  return run;
};

const left = async (run: Pty): Promise<void> => {
  run.send('q');
  expect((await run.exited).code).toBe(0);
  expect(run.modes()).toEqual(given);
};

describe('the debugger steps and gives the terminal back', () => {
  it.each(['xterm-256color', 'xterm', 'screen', 'screen-256color', 'tmux-256color', 'vt100', 'linux', 'unheard-of'])(
    'where TERM is %s',
    async (TERM) => {
      const run = await stepped({ TERM });
      expect(run.screen()).toContain('SYN-SENT');
      await left(run);
    },
  );

  it.each([
    ['C', 'ascii'],
    ['POSIX', 'ascii'],
    ['en_US.ISO-8859-1', 'ascii'],
    ['C.UTF-8', 'unicode'],
    ['zh_CN.UTF-8', 'unicode'],
  ])('in the locale %s, drawn in %s', async (LC_ALL, glyphs) => {
    const run = await stepped({ LC_ALL });
    if (glyphs === 'ascii') expect(run.output()).toMatch(/^[\x00-\x7f]*$/);
    else expect(run.screen()).toContain('│');
    await left(run);
  });

  it('without colours where NO_COLOR is set', async () => {
    const run = await stepped({ NO_COLOR: '1', FORCE_COLOR: '3' });
    await left(run);
    expect(run.output()).not.toMatch(/\x1b\[(?:[\d;]*;)?(?:3[0-8]|4[0-8]|9\d|10\d)(?:;[\d;]*)?m/);
  });

  it('as lines of text where TERM is dumb', async () => {
    const run = start([program, 'hs-basic'], {}, { TERM: 'dumb' });
    await run.waitFor((screen) => screen.includes('LISTEN'));
    run.send('q');
    expect((await run.exited).code).toBe(0);
    expect(run.output()).not.toContain('\x1b');
  });
});

describe('the size', () => {
  it('may change at any moment, down to one cell and back', async () => {
    const run = await stepped({});
    for (let storm = 0; storm < 60; storm += 1) {
      run.resize(1 + ((storm * 37) % 130), 1 + ((storm * 13) % 45));
      if (storm % 3 === 0) run.press(storm % 2 === 0 ? 'right' : 'left');
      // The program is interrupted anywhere: what is tested is that it does not matter where.
      await new Promise((later) => setImmediate(later));
    }
    run.resize(1, 1);
    await run.settle();
    run.resize(80, 24);
    run.press('ctrl-l');
    await run.waitFor((screen) => screen.includes('CLIENT') && screen.includes('hs-basic'));
    run.send('g');
    await run.waitFor((screen) => / ev 0\//.test(screen) && screen.split('\n').length <= 24);
    expect(run.row(23)).toBe('');
    await left(run);
  });

  it.each([
    [39, 20],
    [80, 9],
    [1, 1],
  ])('%i by %i is too small for a screen: lines of text, with the same keys', async (columns, rows) => {
    const run = start([program, 'hs-basic'], { columns, rows });
    await run.waitForOutput((output) => output.replace(/\s/g, '').includes('SERVERstateLISTEN'));
    run.press('right');
    await run.waitForOutput((output) => output.replace(/\s/g, '').includes('stateSYN-SENT,wasCLOSED'));
    run.send('q');
    expect((await run.exited).code).toBe(0);
    expect(run.output()).not.toContain('\x1b[?1049h');
  });
});

describe('the connection', () => {
  it('may hang up: the program ends within a second', async () => {
    const run = await stepped({});
    const { pid } = run;
    run.hangUp();
    await run.exited;
    expect(existsSync(`/proc/${pid}`)).toBe(false);
  });

  it('may break on the way out: nothing is complained about', () => {
    const { status, stderr } = spawnSync(
      'bash',
      [
        '-c',
        `set -o pipefail; "$0" "$1" run syn-flood | head -n 1 >/dev/null; exit \${PIPESTATUS[0]}`,
        process.execPath,
        program,
      ],
      { encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

/** Programs that hold a terminal while nobody looks at it: how each is started, left, come back to, and ended. */
const holders = [
  {
    name: 'tmux',
    begin: (command: readonly string[]) => [
      '-u',
      '-S',
      join(folder, 'it'),
      '-f',
      '/dev/null',
      'new-session',
      ...command,
    ],
    detach: '\x02d',
    attach: () => ['-u', '-S', join(folder, 'it'), 'attach-session'],
    // This server alone: it has a socket of its own.
    end: () => ['-S', join(folder, 'it'), 'kill-server'],
  },
  {
    name: 'screen',
    begin: (command: readonly string[]) => ['-U', '-c', '/dev/null', '-S', 'it', ...command],
    detach: '\x01d',
    attach: () => ['-U', '-c', '/dev/null', '-r', 'it'],
    end: () => ['-S', 'it', '-X', 'quit'],
  },
] as const;

describe.each(holders)('in $name', ({ name, begin, detach, attach, end }) => {
  const there = installed(name);
  if (!there) process.stderr.write(`skipped, because ${name} is not installed: the debugger in it\n`);

  const env = (): Record<string, string> => {
    const sockets = join(folder, 'sockets');
    mkdirSync(sockets, { recursive: true, mode: 0o700 });
    return environment({
      XDG_STATE_HOME: folder,
      SCREENDIR: sockets,
      TMUX: undefined,
      TMUX_PANE: undefined,
      STY: undefined,
    });
  };
  const held = (args: readonly string[], columns = 80): Pty => {
    const run = startPty({ command: name, args, columns, rows: columns === 80 ? 24 : 40, env: env() });
    running.push(run);
    return run;
  };
  afterEach(() => {
    if (there) spawnSync(name, end(), { env: env() });
  });

  it.skipIf(!there)('outlives detach and attach, at another size, with nothing lost', async () => {
    const first = held(begin([process.execPath, program, 'hs-basic']));
    await first.waitFor(atOpening);
    first.press('right');
    // tmux keeps the last row to itself: all panes are there nevertheless.
    await first.waitFor(
      (screen) => atFirst(screen) && ['2 WIRE', '4 WHY', '5 TIME'].every((pane) => screen.includes(pane)),
    );
    first.send(detach);
    await first.exited;
    const second = held(attach(), 120);
    await second.waitFor((screen) => atFirst(screen) && screen.includes('7 DECISIONS'));
    second.press('right');
    await second.waitFor((screen) => screen.includes(' ev 2/2 '));
    second.send('q');
    await second.exited;
  });

  it.skipIf(!there)('is right where another program left lines that do not scroll, and counts from them', async () => {
    const run = held(
      begin(['/bin/sh', '-c', `printf '\\033[3;9r\\033[?6h'; exec "$0" "$1" hs-basic`, process.execPath, program]),
    );
    await run.waitFor((screen) => screen.startsWith(' hs-basic ') && atOpening(screen));
    for (let step = 1; step <= 4; step += 1) {
      run.press('right');
      await run.waitFor((screen) => screen.startsWith(' hs-basic ') && screen.includes(` ev ${step}/${step} `));
    }
    await run.settle();
    const stepped = run.screen();
    run.press('ctrl-l');
    await run.waitForOutput((output) => output.includes('hs-basic'));
    await run.settle();
    expect(run.screen()).toBe(stepped);
  });
});

const asciinema = installed('asciinema');
if (!asciinema) process.stderr.write('skipped, because asciinema is not installed: recorded by it\n');

describe.skipIf(!asciinema)(`under asciinema rec${asciinema ? '' : ' (asciinema is not installed)'}`, () => {
  it('works as ever, and what it records shows the same screen', async () => {
    const cast = join(folder, 'session.cast');
    const run = start(
      ['rec', '-q', '-c', `${process.execPath} ${program} hs-basic`, cast],
      { command: 'asciinema' },
      { ASCIINEMA_CONFIG_HOME: folder },
    );
    await run.waitFor(atOpening);
    run.press('right');
    await run.waitFor(atFirst);
    await left(run);
    const events = readFileSync(cast, 'utf8').trimEnd().split('\n').slice(1);
    const text = events.map((event) => JSON.parse(event)[2]).join('');
    expect(text).toContain('SYN-SENT');
    expect(text).toContain('\x1b[?1049l');
  });
});

describe('tcpstep doctor', () => {
  it('tells what the terminal can do, and leaves it as it was', async () => {
    const run = start([program, 'doctor'], { columns: 100, rows: 40 }, { SSH_TTY: '/dev/pts/1' });
    expect((await run.exited).code).toBe(0);
    expect(run.screen()).toMatch(/^screen +yes$/m);
    expect(run.screen()).toMatch(/^size +100x40 \(at least \d+x\d+\)$/m);
    expect(run.screen()).toMatch(/^colours +256$/m);
    expect(run.screen()).toMatch(/^glyphs +unicode: lines and arrows are one cell wide, as it answered after \d+ ms/m);
    expect(run.screen()).toMatch(/^escape +a lone ESC is the Escape key after 100 ms$/m);
    expect(run.modes()).toEqual(given);
  });

  it('waits for a late answer, which is then no garbage for the shell', async () => {
    const run = start([], {
      command: '/bin/bash',
      args: [
        '--norc',
        '--noediting',
        '-c',
        `"$0" "$1" doctor; read -t 1 -n 1 key; echo "left over: [$key]"`,
        process.execPath,
        program,
      ],
      answers: false,
      rows: 40,
    });
    await run.waitForOutput((output) => output.includes('\x1b[6n'));
    await run.sendTorn(['', '\x1b', '[1;', '4R'], 100);
    await run.exited;
    expect(run.screen()).toContain('unicode: lines and arrows are one cell wide');
    expect(run.screen()).toContain('left over: []');
  });

  it('does not wait for ever where nobody answers', async () => {
    const run = start([program, 'doctor'], { answers: false, rows: 40 });
    expect((await run.exited).code).toBe(0);
    expect(run.screen()).toContain('ascii: the terminal did not answer within 1000 ms');
  });
});

describe('a terminal that answers nothing', () => {
  it.each(['vt100', 'linux', 'xterm-256color'])(
    'is drawn on with ASCII, and an answer that comes too late is no key: %s',
    async (TERM) => {
      const run = start([program, 'hs-basic'], { answers: false }, { TERM });
      await run.waitFor(atOpening);
      expect(run.screen()).not.toContain('│');
      await run.sendTorn(['\x1b', '[1;', '4R'], 150);
      run.press('right');
      await run.waitFor((screen) => atFirst(screen) && screen.includes('SYN-SENT'));
      await left(run);
    },
  );
});
