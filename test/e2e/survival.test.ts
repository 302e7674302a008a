// What a session survives: every way in which it can end, with what was decided on the disk and the terminal given back.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { environment, octetsOf, type Pty, type PtyOptions, startPty } from './pty.ts';
import { type Sshd, sshMissing, startSshd } from './ssh.ts';

vi.setConfig({ testTimeout: 60_000 });

const root = resolve(import.meta.dirname, '../..');
const program = join(root, 'dist', 'tcpstep.js');

let folder: string;
let running: Pty[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tcpstep-'));
  running = [];
});
afterEach(async () => {
  for (const run of running) await run.close();
  rmSync(folder, { recursive: true, force: true });
});

const start = (
  args: readonly string[],
  options: Partial<PtyOptions> = {},
  changes: Readonly<Record<string, string | undefined>> = {},
): Pty => {
  const run = startPty({
    command: process.execPath,
    args: [program, ...args],
    env: environment({ XDG_STATE_HOME: folder, ...changes }),
    ...options,
  });
  running.push(run);
  return run;
};

const at =
  (event: number, of = event) =>
  (screen: string): boolean =>
    screen.split('\n')[0]?.includes(` ev ${event}/${of} `) === true;
const given = { alternate: false, cursorHidden: false, bracketedPaste: false };
/** The screen but its last line of text, which may say how one came there. */
const picture = (run: Pty): string => run.screen().split('\n').slice(0, 20).join('\n');

/** Four events of hs-basic: the SYN is dropped and repeated, and one step is taken back. */
const decided = async (run: Pty): Promise<void> => {
  await run.waitFor(at(0));
  run.press('right');
  await run.waitFor(at(1));
  run.send('x');
  await run.waitFor((screen) => screen.includes('dropped #1 SYN'));
  run.press('right', 'right');
  await run.waitFor((screen) => / ev 4\/4 /.test(screen));
  run.press('left');
  await run.waitFor((screen) => / ev 3\/4 /.test(screen));
};

const endings: readonly (readonly [string, (run: Pty) => void, { code?: number; signal?: number }])[] = [
  ['q', (run) => run.send('q'), { code: 0 }],
  ['ctrl-c', (run) => run.press('ctrl-c'), { code: 0 }],
  ['ctrl-c twice', (run) => run.press('ctrl-c', 'ctrl-c'), { code: 0 }],
  ['SIGTERM', (run) => run.kill('SIGTERM'), { signal: 15 }],
  ['SIGHUP', (run) => run.kill('SIGHUP'), { signal: 1 }],
  ['SIGINT', (run) => run.kill('SIGINT'), { signal: 2 }],
  ['SIGQUIT', (run) => run.kill('SIGQUIT'), { signal: 3 }],
];

describe('a session that ends', () => {
  it.each(endings)('by %s gives the terminal back, and --resume goes on exactly there', async (_how, end, exit) => {
    const run = start(['hs-basic', '--glyphs', 'unicode']);
    await decided(run);
    await run.settle();
    const before = picture(run);
    end(run);
    expect(await run.exited).toMatchObject(exit);
    expect(run.modes()).toEqual(given);
    const next = start(['--resume', '--glyphs', 'unicode']);
    await next.waitFor((screen) => / ev 3\/4 /.test(screen));
    await next.settle();
    expect(picture(next)).toBe(before);
    next.send('u');
    await next.waitFor((screen) => screen.includes('undone: dropped #1 SYN'));
  });

  it('by an error of its own gives the terminal back, tells what it was in few lines, and is kept', async () => {
    const [trouble, now] = [join(folder, 'trouble.mjs'), join(folder, 'now')];
    const crash = `if (existsSync('${now}')) throw new Error('on purpose')`;
    writeFileSync(trouble, `import { existsSync } from 'node:fs'; setInterval(() => { ${crash}; }, 20).unref();`);
    const run = start(['hs-basic'], {}, { NODE_OPTIONS: `--import=${trouble}` });
    await decided(run);
    writeFileSync(now, '');
    expect(await run.exited).toMatchObject({ code: 1 });
    expect(run.modes()).toEqual(given);
    expect(run.screen()).toContain('Error: on purpose');
    expect(run.screen().trimEnd().split('\n').length).toBeLessThan(15);
    const next = start(['--resume']);
    await next.waitFor((screen) => / ev 3\//.test(screen));
  });

  it.each([
    ['the terminal hangs up', ''],
    ['the terminal hangs up, and the shell ignores that', "trap '' HUP; "],
  ])('when %s is over at once, and kept', async (_how, before) => {
    const run = start([], {
      command: '/bin/bash',
      args: [
        '--norc',
        '-c',
        `${before}echo $$ >'${join(folder, 'pid')}'; exec "$0" "$1" hs-basic`,
        process.execPath,
        program,
      ],
    });
    await decided(run);
    run.hangUp();
    await run.exited;
    await vi.waitUntil(() => !existsSync(`/proc/${run.pid}`), { timeout: 5_000 });
    const next = start(['--resume']);
    await next.waitFor((screen) => / ev 3\//.test(screen));
  });

  it('by SIGKILL has lost nothing that was decided', async () => {
    const run = start(['hs-basic']);
    await decided(run);
    run.send('y');
    await run.waitFor((screen) => screen.includes('#2'));
    await run.settle();
    run.kill('SIGKILL');
    await run.exited;
    const kept = start(['--resume']);
    await kept.waitFor((screen) => screen.includes('kept') || / ev \d/.test(screen));
    kept.send('u');
    await kept.waitFor((screen) => screen.includes('undone: duplicated #2'));
    kept.send('u');
    await kept.waitFor((screen) => screen.includes('undone: dropped #1 SYN'));
  });
});

describe('ctrl-z', () => {
  it.each([
    ['on the screen', {}, '\x1b[?1049l'],
    ['in lines of text', { TERM: 'dumb' }, ''],
  ])('%s gives the terminal to the shell, and fg goes on', async (_where, changes, leaving) => {
    const shell = start([], { command: '/bin/bash', args: ['--norc', '--noediting', '-i'] }, { PS1: '$ ', ...changes });
    await shell.waitFor((screen) => screen.includes('$'));
    shell.send(
      `stty -a >before; '${process.execPath}' '${program}' hs-basic\r`.replace('before', join(folder, 'before')),
    );
    await shell.waitFor((screen) => screen.includes('LISTEN'));
    shell.press('right');
    await shell.waitFor((screen) => screen.includes('SYN-SENT'));
    shell.mark();
    shell.press('ctrl-z');
    await shell.waitFor((screen) => screen.includes('Stopped'));
    expect(shell.output()).toContain(leaving);
    expect(shell.modes()).toMatchObject({ alternate: false, cursorHidden: false });
    shell.send(
      `stty -a >'${join(folder, 'stopped')}'; cmp '${join(folder, 'before')}' '${join(folder, 'stopped')}' && echo 'the same' modes\r`,
    );
    await shell.waitFor((screen) => /^the same modes$/m.test(screen));
    shell.mark();
    shell.send('fg\r');
    await shell.waitForOutput((output) => output.includes('SYN-SENT'));
    shell.press('right');
    await shell.waitFor((screen) => screen.includes('SYN-RECEIVED'));
    shell.send('q');
    await shell.waitFor((screen) => screen.includes('tcpstep --resume'));
    shell.send('exit\r');
    await shell.exited;
  });
});

describe('a torn key', () => {
  it.each([
    ['here', {}],
    ['where SSH_CONNECTION is set', { SSH_CONNECTION: '192.0.2.7 50000 192.0.2.8 22' }],
  ])('moves in a menu and does not close it, 150 ms late, %s', async (_where, changes) => {
    const run = start(['hs-basic'], {}, changes);
    await run.waitFor(at(0));
    run.press('right', 'return');
    await run.waitFor((screen) => /[►>] *drop it/.test(screen));
    await run.sendTorn(['\x1b', '[', 'B'], 150);
    await run.waitFor((screen) => screen.includes('drop it') && !/[►>] *drop it/.test(screen));
  });

  it('is waited for as long as --esc-timeout says', async () => {
    const run = start(['hs-basic', '--esc-timeout', '2000']);
    await run.waitFor(at(0));
    run.press('right', 'return');
    await run.waitFor((screen) => screen.includes('drop it'));
    run.mark();
    await run.sendTorn(['\x1b', octetsOf('down').slice(1)], 600);
    await run.waitForOutput((output) => output !== '');
    expect(run.screen()).toContain('drop it');
  });

  it.each([
    ['marked as such', '\x1b[200~goto 1\x1b[201~'],
    ['with control characters', '\x1b[200~go\x1b[2Jto\x07 1\x1b]0;x\x07\x1b[201~'],
    ['as a terminal does that marks none', 'goto 1'],
  ])('is none in a paste, %s', async (how, octets) => {
    const run = start(['hs-basic']);
    await run.waitFor(at(0));
    run.send(':');
    await run.settle();
    run.send(octets);
    const shown = how === 'with control characters' ? 'go[2Jto 1]0;x' : 'goto 1';
    await run.waitFor((screen) => screen.includes(shown));
    expect(run.output()).not.toContain('\x1b]0;');
    run.press('escape');
    await run.waitFor((screen) => !screen.includes(shown));
    expect(at(0)(run.screen())).toBe(true);
  });
});

if (sshMissing !== undefined)
  process.stderr.write(`skipped, because ${sshMissing}: a session over SSH that is cut off\n`);

describe.skipIf(sshMissing !== undefined)(`over SSH${sshMissing === undefined ? '' : ` (${sshMissing})`}`, () => {
  it('connect, step, drop, resize, hang up, resume', async () => {
    const sshd: Sshd = await startSshd();
    try {
      const login = (...args: readonly string[]): Pty => {
        const run = sshd.login({
          command: [process.execPath, program, ...args],
          env: { LANG: 'C.UTF-8', XDG_STATE_HOME: folder },
        });
        running.push(run);
        return run;
      };
      const run = login('hs-basic', '--glyphs', 'unicode');
      await decided(run);
      run.resize(120, 40);
      await run.waitFor((screen) => screen.includes('7 DECISIONS') && / ev 3\/4 /.test(screen));
      run.resize(80, 24);
      await run.waitFor((screen) => / ev 3\/4 /.test(screen));
      await run.settle();
      const before = picture(run);
      // The client is gone without a word, as when a train enters a tunnel and the connection is given up.
      run.kill('SIGKILL');
      await run.exited;
      const next = login('--resume', '--glyphs', 'unicode');
      await next.waitFor((screen) => / ev 3\/4 /.test(screen));
      await next.settle();
      expect(picture(next)).toBe(before);
      next.send('q');
      expect((await next.exited).code).toBe(0);
    } finally {
      await sshd.stop();
    }
  });
});

const installed = (name: string): boolean => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;
const mosh = installed('mosh-server') && installed('mosh-client');
if (!mosh) process.stderr.write('skipped, because mosh is not installed: the debugger through mosh\n');

describe.skipIf(!mosh)(`through mosh${mosh ? '' : ' (mosh is not installed)'}`, () => {
  it('steps, drops and gives the terminal back', async () => {
    const words = ['mosh-server', 'new', '-i', '127.0.0.1', '--', process.execPath, program, 'hs-basic'];
    const env = environment({ XDG_STATE_HOME: folder });
    const { stdout } = spawnSync(words[0] ?? '', words.slice(1), { encoding: 'utf8', env });
    const [, port = '', key = ''] = /MOSH CONNECT (\d+) (\S+)/.exec(stdout) ?? [];
    const run = startPty({ command: 'mosh-client', args: ['127.0.0.1', port], env: { ...env, MOSH_KEY: key } });
    running.push(run);
    await run.waitFor((screen) => / ev 0\/0 /.test(screen));
    run.press('right');
    await run.waitFor((screen) => / ev 1\/1 /.test(screen));
    run.send('x');
    await run.waitFor((screen) => screen.includes('dropped #1 SYN'));
    run.send('q');
    await run.exited;
    expect(run.modes()).toMatchObject({ alternate: false, cursorHidden: false });
  });
});
