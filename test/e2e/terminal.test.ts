// The terminal layer in a real pseudo-terminal, under a small Ink program.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { environment, octetsOf, type Pty, type PtyOptions, startPty } from './pty.ts';

vi.setConfig({ testTimeout: 60_000 });

const program = join(import.meta.dirname, 'program', 'counter.ts');

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

const log = (): string[] => readFileSync(join(folder, 'log'), 'utf8').trimEnd().split('\n');

const start = (options: Partial<PtyOptions> = {}, changes: Record<string, string | undefined> = {}): Pty => {
  const env = environment({ COUNTER_LOG: join(folder, 'log'), ...changes });
  const run = startPty({ command: process.execPath, args: [program], env, ...options });
  running.push(run);
  return run;
};

const ready = async (
  options: Partial<PtyOptions> = {},
  changes: Record<string, string | undefined> = {},
): Promise<Pty> => {
  const run = start(options, changes);
  await run.waitFor((screen) => screen.includes('ready'));
  await run.settle();
  run.mark();
  return run;
};

const given = { alternate: false, cursorHidden: false, bracketedPaste: false };
const taken = { alternate: true, cursorHidden: true, bracketedPaste: true };

describe('a key', () => {
  const named = [
    ['right', 'rightArrow'],
    ['left', 'leftArrow'],
    ['up', 'upArrow'],
    ['down', 'downArrow'],
    ['home', 'home'],
    ['end', 'end'],
    ['pageup', 'pageUp'],
    ['pagedown', 'pageDown'],
    ['delete', 'delete'],
    ['backspace', 'backspace'],
    ['shift-tab', 'shift-tab'],
    ['ctrl-r', 'ctrl-r'],
  ] as const;

  it.each([0, 5, 30, 150])(
    'torn at every place with pauses of %i ms is that key',
    { timeout: 60_000 },
    async (pause) => {
      const run = await ready();
      for (const [key, shown] of named) {
        const sequence = octetsOf(key);
        for (let cut = 1; cut < Math.max(2, sequence.length); cut += 1) {
          // A key between them shows that nothing was left over.
          run.send('z');
          await run.waitFor((screen) => /^keys .*z$/m.test(screen));
          await run.sendTorn(
            [sequence.slice(0, cut), sequence.slice(cut)].filter((piece) => piece !== ''),
            pause,
          );
          await run.waitFor((screen) => screen.includes(`z ${shown}`));
        }
      }
      for (const octet of ['\x1b', '[', 'C']) await run.sendTorn(['', octet], pause);
      await run.waitFor((screen) => /rightArrow$/m.test(screen));
      expect(run.screen()).not.toContain('escape');
    },
  );

  it('alone after its time is Escape', async () => {
    const run = await ready();
    run.press('escape');
    await run.waitFor((screen) => screen.includes('keys escape'));
  });

  it('is Escape at once when another follows', async () => {
    const run = await ready();
    run.send('\x1bx');
    await run.waitFor((screen) => screen.includes('keys escape x'));
  });
});

describe('several keys in one chunk', () => {
  it('are all applied and drawn once', async () => {
    const run = await ready();
    const drawn = log().length;
    run.send(octetsOf('right').repeat(20));
    await run.waitFor((screen) => screen.includes('count 20'));
    await run.settle();
    expect(log().length - drawn).toBe(1);
    expect(run.chunks()).toBe(1);
  });

  it('may be a paste, which is one key', async () => {
    const run = await ready();
    run.send('\x1b[200~drop #1\x1b[201~');
    await run.waitFor((screen) => screen.includes('paste(drop #1)'));
  });
});

describe('the screen', () => {
  it('costs no octet while nothing happens', async () => {
    const run = await ready();
    await run.settle(500);
    expect(run.bytes()).toBe(0);
  });

  it('costs no octet when a key changes nothing', async () => {
    const run = await ready();
    for (let presses = 0; presses < 6; presses += 1) {
      run.mark();
      run.send('z');
      await run.waitForOutput((output) => output.includes('z'));
    }
    // The list of keys is full of z now: another one looks the same.
    run.mark();
    run.send('z');
    run.press('right');
    await run.waitFor((screen) => screen.includes('count 1'));
    expect(log().filter((line) => line.startsWith('draw')).length).toBe(8);
  });

  it('is written with the few octets that change', async () => {
    const run = await ready();
    run.press('right');
    await run.waitFor((screen) => screen.includes('count 1'));
    await run.settle();
    expect(run.output()).toBe('\x1b[1;7H\x1b[1m1\x1bD\b\b\x1b[;31mrightArrow');
  });

  it('is drawn completely again by ctrl-l', async () => {
    const run = await ready();
    run.press('ctrl-l');
    await run.waitForOutput((output) => output.includes('ready'));
    expect(run.output()).toMatch(/^\x1b\[m\x1b\[H\x1b\[2J/);
    expect(run.screen()).not.toContain('ctrl-l');
  });

  it('fits any size after a resize, drawn once', async () => {
    const run = await ready();
    const sizes = [
      [120, 40],
      [60, 20],
      [10, 3],
      [1, 1],
      [80, 24],
    ] as const;
    for (const [columns, rows] of sizes) {
      run.mark();
      const before = log().length;
      run.resize(columns, rows);
      await run.waitForOutput((output) => output.includes('\x1b[2J'));
      await run.settle();
      expect(
        log()
          .slice(before)
          .filter((line) => line.startsWith('draw')).length,
        `${columns}x${rows}`,
      ).toBe(1);
    }
    await run.waitFor((screen) => screen.includes('size 80x24') && screen.includes('ready'));
    run.press('right');
    await run.waitFor((screen) => screen.startsWith('count 1\nkeys rightArrow\nsize 80x24'));
  });

  it('has no colours with NO_COLOR, and keeps bold', async () => {
    const run = await ready({}, { NO_COLOR: '1', FORCE_COLOR: '1' });
    run.press('right');
    await run.waitFor((screen) => screen.includes('count 1'));
    await run.settle();
    expect(run.output()).toBe('\x1b[3ArightArrow\x1b[1;7H\x1b[1m1');
  });

  it('is drawn where CI is set', async () => {
    await ready({}, { CI: 'true' });
  });
});

describe('the glyphs', () => {
  it('are lines where the terminal counts one cell for each', async () => {
    const run = await ready();
    expect(run.screen()).toContain('glyphs unicode');
  });

  it('are ASCII in the POSIX locale, without a question, and so is all text', async () => {
    const run = start({}, { LANG: undefined });
    await run.waitFor((screen) => screen.includes('ready'));
    expect(run.screen()).toContain('glyphs ascii');
    expect(run.screen()).toContain('???? ok');
    expect(run.output()).not.toContain('\x1b[6n');
    expect(run.output()).toMatch(/^[\x00-\x7f]*$/);
  });

  it('are ASCII where the terminal does not answer', async () => {
    const run = await ready({ answers: false });
    expect(run.screen()).toContain('glyphs ascii');
    expect(run.screen()).toContain('握手 ok');
  });

  it.each([
    ['wide', '\x1b[1;7R'],
    ['torn', '\x1b|[1|;4|R'],
  ])('follow the answer of the terminal, which is no key: %s', async (kind, answer) => {
    const run = start({ answers: false });
    await run.waitForOutput((output) => output.includes('\x1b[6n'));
    await run.sendTorn(answer.split('|'), 5);
    await run.waitFor((screen) => screen.includes('ready'));
    expect(run.screen()).toContain(kind === 'wide' ? 'glyphs ascii' : 'glyphs unicode');
    run.send('z');
    await run.waitFor((screen) => screen.includes('keys z'));
  });

  it('do not change when the answer comes too late, and it still is no key', async () => {
    const run = await ready({ answers: false });
    run.send('\x1b[1;4Rz');
    await run.waitFor((screen) => screen.includes('keys z'));
    expect(run.screen()).toContain('glyphs ascii');
  });
});

describe('an answer that comes when the program is being left', () => {
  it('does not come to the shell, which has its screen at once', async () => {
    const run = start({
      command: '/bin/bash',
      args: [
        ...['--norc', '--noediting', '-c'],
        `"$0" "$1"; read -t 1 -n 1 key; echo "left over: [$key]"`,
        ...[process.execPath, program],
      ],
      answers: false,
    });
    await run.waitFor((screen) => screen.includes('ready'));
    run.send('q');
    await run.waitForOutput((output) => output.includes('\x1b[?1049l'));
    expect(run.modes()).toEqual(given);
    await run.sendTorn(['\x1b', '[1;', '4R'], 150);
    await run.exited;
    expect(run.screen()).toMatch(/^bye\nleft over: \[\]$/m);
  });

  it('does not come to the shell after ctrl-z either', async () => {
    const shell = start(
      { command: '/bin/bash', args: ['--norc', '--noediting', '-i'], answers: false },
      { PS1: '$ ', HISTFILE: '/dev/null' },
    );
    await shell.waitFor((screen) => screen.includes('$'));
    shell.send(`'${process.execPath}' '${program}'\r`);
    await shell.waitFor((screen) => screen.includes('ready'));
    shell.press('ctrl-z');
    await shell.sendTorn(['', '\x1b', '[1;', '4R'], 150);
    await shell.waitFor((screen) => screen.includes('Stopped'));
    shell.send('echo back here\r');
    await shell.waitFor((screen) => /^back here$/m.test(screen));
    expect(shell.screen()).not.toContain('4R');
    shell.send('fg\r');
    await shell.waitFor((screen) => screen.includes('ready'));
    shell.send('q');
    await shell.waitFor((screen) => screen.includes('bye'));
  });

  it('is waited for no longer than it may take', async () => {
    const run = await ready({ answers: false });
    run.send('q');
    expect(await run.exited).toEqual({ code: 0, signal: 0 });
    expect(run.modes()).toEqual(given);
  });
});

describe('the terminal is given back', () => {
  it('is taken while the program runs', async () => {
    const run = await ready();
    expect(run.modes()).toEqual(taken);
  });

  it.each([
    ['q', (run: Pty) => run.send('q')],
    ['ctrl-c', (run: Pty) => run.press('ctrl-c')],
  ] as const)('after %s', async (_name, leave) => {
    const run = await ready();
    leave(run);
    expect(await run.exited).toEqual({ code: 0, signal: 0 });
    expect(run.modes()).toEqual(given);
    expect(run.screen()).toMatch(/^bye\n/);
  });

  it.each([
    ['SIGTERM', 15],
    ['SIGHUP', 1],
    ['SIGINT', 2],
    ['SIGQUIT', 3],
  ] as const)('on %s, by which the program then ends', async (signal, number) => {
    const run = await ready();
    run.kill(signal);
    expect(await run.exited).toEqual({ code: 0, signal: number });
    expect(run.modes()).toEqual(given);
    expect(log().at(-1)).toBe(`end ${signal}`);
  });

  it.each([
    ['an exception', '!', 'Error: crashed on purpose'],
    ['a rejected promise', '?', 'Error: rejected on purpose'],
  ])('after %s, whose message is then on the screen', async (_what, key, message) => {
    const run = await ready();
    run.send(key);
    expect(await run.exited).toEqual({ code: 1, signal: 0 });
    expect(run.modes()).toEqual(given);
    expect(run.screen()).toContain(message);
    expect(log().at(-1)).toBe('end crash');
  });

  it('by process.exit too', async () => {
    const run = await ready();
    run.send('=');
    expect(await run.exited).toEqual({ code: 7, signal: 0 });
    expect(run.modes()).toEqual(given);
  });

  it('with the modes of the line that it had', async () => {
    const run = start({
      command: '/bin/bash',
      args: ['--norc', '-c', `stty -a; "$0" "$1"; stty -a`, process.execPath, program],
    });
    await run.waitFor((screen) => screen.includes('ready'));
    run.send('q');
    await run.exited;
    const settings = run.output().split(/\x1b\[\?1049[hl]/);
    const modes = (text: string | undefined): string[] => text?.match(/-?(?:icanon|echo|isig|icrnl|opost)\b/g) ?? [];
    expect(modes(settings[0])).toHaveLength(5);
    expect(modes(settings.at(-1))).toEqual(modes(settings[0]));
  });

  it('to nobody, quietly, when the connection is gone', async () => {
    const run = await ready();
    run.hangUp();
    await run.exited;
    expect(log().at(-1)).toMatch(/^end (?:SIGHUP|hang-up)$/);
  });
});

describe('ctrl-z', () => {
  it('gives the terminal to the shell, and fg takes it again and draws everything', async () => {
    const run = start({ command: '/bin/bash', args: ['--norc', '-i'] }, { PS1: '$ ' });
    await run.waitFor((screen) => screen.includes('$'));
    run.send(`${process.execPath} ${program}\r`);
    await run.waitFor((screen) => screen.includes('ready'));
    run.press('right');
    await run.waitFor((screen) => screen.includes('count 1'));
    run.press('ctrl-z');
    await run.waitFor((screen) => screen.includes('Stopped'));
    expect(run.modes()).toMatchObject({ alternate: false, cursorHidden: false });
    run.send('echo $((40 + 2))\r');
    await run.waitFor((screen) => /^42$/m.test(screen));
    run.mark();
    run.send('fg\r');
    await run.waitFor((screen) => screen.includes('ready') && screen.startsWith('count 1'));
    expect(run.modes()).toEqual(taken);
    run.press('right');
    await run.waitFor((screen) => screen.includes('count 2'));
    run.send('q');
    await run.waitFor((screen) => screen.includes('bye'));
    run.send('exit\r');
    expect((await run.exited).code).toBe(0);
  });

  it('stops the whole job, as where npm or a script started the program', async () => {
    const run = start({ command: '/bin/bash', args: ['--norc', '-i'] }, { PS1: '$ ' });
    await run.waitFor((screen) => screen.includes('$'));
    run.send(`sh -c '${process.execPath} ${program}; echo after'\r`);
    await run.waitFor((screen) => screen.includes('ready'));
    run.press('ctrl-z');
    await run.waitFor((screen) => screen.includes('Stopped'));
    run.send('fg\r');
    await run.waitFor((screen) => screen.includes('ready'));
    run.send('q');
    await run.waitFor((screen) => /^after$/m.test(screen));
  });

  it('has the size right that the terminal got in the meantime', async () => {
    const run = start({ command: '/bin/bash', args: ['--norc', '-i'] }, { PS1: '$ ' });
    await run.waitFor((screen) => screen.includes('$'));
    run.send(`${process.execPath} ${program}\r`);
    await run.waitFor((screen) => screen.includes('size 80x24'));
    run.press('ctrl-z');
    await run.waitFor((screen) => screen.includes('Stopped'));
    run.resize(100, 30);
    run.send('fg\r');
    await run.waitFor((screen) => screen.includes('size 100x30') && screen.includes('ready'));
  });

  it('only draws again where no shell controls jobs', async () => {
    const run = await ready();
    run.press('ctrl-z');
    await run.waitForOutput((output) => output.includes('\x1b[?1049l') && output.includes('ready'));
    expect(run.modes()).toEqual(taken);
    run.press('right');
    await run.waitFor((screen) => screen.includes('count 1'));
  });

  it('is survived by a stop from elsewhere too', async () => {
    const run = await ready();
    run.kill('SIGSTOP');
    run.kill('SIGCONT');
    await run.waitForOutput((output) => output.includes('ready'));
    run.press('right');
    await run.waitFor((screen) => screen.includes('count 1'));
  });
});

describe('without a terminal', () => {
  it.each([['TERM=dumb', { TERM: 'dumb' }]])('nothing is drawn: %s', async (_what, changes) => {
    const run = start({}, changes);
    expect((await run.exited).code).toBe(2);
    expect(run.bytes()).toBe(0);
  });
});
