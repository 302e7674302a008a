// What the environment says is not trusted either, and nothing here has any business with a network.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { environment, startPty } from '../e2e/pty.ts';

vi.setConfig({ testTimeout: 120_000 });

const root = resolve(import.meta.dirname, '../..');
const program = join(root, 'dist', 'tcpstep.js');
const folder = mkdtempSync(join(tmpdir(), 'tcpstep-environment-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const strace = spawnSync('sh', ['-c', 'command -v strace']).status === 0;
if (!strace) process.stderr.write('skipped, because strace is not installed: which system calls are made\n');

/** Sets the title of the window, clears the screen, and reports to whoever reads the keys. */
// (Of some values of LANG Node itself dies before it reads a line of anything.)
const poison = '\x1b]0;POISON\x07\x1b[2J\x9b6n\u202e\nPOISON';
const poisoned = Object.fromEntries(
  [
    ...['USER', 'LOGNAME', 'HOSTNAME', 'LANG', 'LC_CTYPE', 'COLORTERM', 'TERM_PROGRAM', 'SSH_CONNECTION', 'SSH_TTY'],
    ...['TMUX', 'STY', 'EDITOR', 'PWD', 'SHELL', 'DISPLAY', 'COLUMNS', 'LINES', 'FORCE_COLOR', 'TZ'],
  ].map((name) => [name, name === 'LANG' || name === 'LC_CTYPE' ? 'C.UTF-8\x1b]0;POISON\x07\n' : poison]),
);

const commands = [
  ['list'],
  ['run', 'hs-basic'],
  ['hs-basic'],
  ['explain', 'two', 'handshakes'],
  ['check', join(root, 'fixtures', 'kernel', 'server-first.json')],
  ['export', 'hs-basic', '--to', 'pcapng'],
  ['export', 'hs-basic', '--to', 'html'],
  ['render', 'hs-basic'],
  ['completion', 'bash'],
  ['doctor'],
  ['--print-keys'],
  ['--help'],
] as const;

describe('an environment full of control characters', () => {
  it.each(commands.map((words) => [words]))('reaches no terminal by %j', (words) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
      encoding: 'latin1',
      env: environment({ ...poisoned, TERM: `xterm${poison}` }),
      maxBuffer: 64_000_000,
    });
    expect(status).toBe(0);
    for (const text of [stdout, stderr]) expect(text).not.toMatch(/\x1b\]0;POISON|\x9b6n|^POISON/m);
  });

  it('reaches no terminal from the debugger', async () => {
    const state = join(folder, `state${poison.replaceAll('\n', '')}`);
    writeFileSync(state, '');
    const env = environment({ ...poisoned, XDG_STATE_HOME: state, XDG_CONFIG_HOME: state });
    const run = startPty({ command: process.execPath, args: [program, 'hs-basic'], env });
    try {
      await run.waitFor((screen) => screen.includes(' 0/0 '));
      run.press('right');
      await run.waitFor((screen) => screen.includes(' 1/1 '));
      // Nowhere to keep it: that is told when it is left.
      run.send('xq');
      expect((await run.exited).code).toBe(0);
      expect(run.output()).toContain('cannot be kept in');
      expect(run.output()).not.toMatch(/\x1b\]0;POISON|\u202e/);
    } finally {
      await run.close();
    }
  });
});

describe.skipIf(!strace)(`traced${strace ? '' : ' (strace is not installed)'}`, () => {
  it.each(commands.map((words) => [words]))('%j opens no socket to anywhere', (words) => {
    const log = join(folder, 'calls');
    const { status } = spawnSync(
      'strace',
      ['-f', '-qq', '-e', 'trace=network', '-o', log, process.execPath, program, ...words],
      { env: environment(), stdio: 'ignore' },
    );
    expect(status).toBe(0);
    expect(readFileSync(log, 'utf8')).not.toMatch(/^\d+ +(?:socket|connect|bind|listen|send\w*)\(/m);
  });

  it('the debugger opens none, and a decision is on the disk before the next key can be pressed', async () => {
    const log = join(folder, 'debugger');
    const trace = ['-f', '-qq', '-e', 'trace=network,openat,write,fsync,rename', '-s', '20000', '-o', log];
    const env = environment({ XDG_STATE_HOME: join(folder, 'kept') });
    const run = startPty({ command: 'strace', args: [...trace, process.execPath, program, 'hs-basic'], env });
    try {
      await run.waitFor((screen) => screen.includes(' 0/0 '));
      run.press('right');
      await run.waitFor((screen) => screen.includes(' 1/1 '));
      run.send('x');
      await run.waitFor((screen) => screen.includes('dropped #1 SYN'));
      const calls = readFileSync(log, 'utf8').split('\n');
      const at = (pattern: RegExp): number => calls.findIndex((call) => pattern.test(call));
      expect(at(/^\d+ +(?:socket|connect|bind|listen|send\w*)\(/m)).toBe(-1);
      // Written, synced, in its place, and only then drawn.
      const [written, synced, renamed, drawn] = [
        at(/write\(\d+, "session: 1/),
        at(/fsync\(/),
        at(/rename\(.*sessions/),
        at(/write\(1, ".*dropped #1 SYN/),
      ];
      expect(written).toBeGreaterThan(0);
      expect(synced).toBeGreaterThan(written);
      expect(renamed).toBeGreaterThan(synced);
      expect(drawn).toBeGreaterThan(renamed);
    } finally {
      run.send('q');
      await run.exited;
      await run.close();
    }
  });
});
