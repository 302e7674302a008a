// Completion in the shells themselves: a person presses Tab.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { environment, startPty } from './pty.ts';

vi.setConfig({ testTimeout: 60_000 });

const program = resolve(import.meta.dirname, '../../dist/tcpstep.js');
const folder = mkdtempSync(join(tmpdir(), 'tcpstep-completion-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// A command of that name, so that the shells have something to complete.
mkdirSync(join(folder, 'bin'));
symlinkSync(program, join(folder, 'bin', 'tcpstep'));

const script = (shell: string): string => {
  const { stdout } = spawnSync(process.execPath, [program, 'completion', shell], { encoding: 'utf8' });
  const file = join(folder, shell === 'zsh' ? '_tcpstep' : `tcpstep.${shell}`);
  writeFileSync(file, stdout);
  return file;
};

const installed = (name: string): boolean => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;

const shells = [
  ['bash', ['--norc', '--noprofile', '-i'], (file: string) => `source ${file}`],
  ['zsh', ['-f', '-i'], (file: string) => `autoload -U compinit; compinit -u -D; source ${file}`],
  [
    'zsh, from a folder of its functions',
    ['-f', '-i'],
    () => `fpath=(${folder} $fpath); autoload -U compinit; compinit -u -D`,
  ],
  ['fish', ['--no-config', '-i'], (file: string) => `source ${file}`],
] as const;

describe.each(shells)('Tab in %s', (name, args, read) => {
  const shell = name.split(',')[0] ?? '';
  if (!installed(shell)) process.stderr.write(`skipped, because ${shell} is not installed: completion in it\n`);

  it.skipIf(!installed(shell))('completes scenarios, commands, flags and their values', async () => {
    const env = environment({
      PS1: '$ ',
      HOME: folder,
      XDG_DATA_HOME: folder,
      PATH: `${join(folder, 'bin')}:/usr/bin:/bin`,
    });
    const file = script(shell);
    const run = startPty({ command: shell, args, cwd: folder, env, columns: 100 });
    try {
      await run.settle(300);
      run.send(`${read(file)}; echo rea'dy'\r`);
      await run.waitFor((screen) => /^ready/m.test(screen));
      await run.settle(200);
      for (const [typed, completed] of [
        ['tcpstep syn-los', 'tcpstep syn-lost '],
        ['tcpstep doct', 'tcpstep doctor '],
        ['tcpstep run hs-ba', 'tcpstep run hs-basic '],
        ['tcpstep hs-basic --prof', 'tcpstep hs-basic --profile '],
        ['tcpstep hs-basic --profile te', 'tcpstep hs-basic --profile textbook '],
        ['tcpstep completion zs', 'tcpstep completion zsh '],
      ] as const) {
        run.send(`${typed}\t`);
        // A blank is what tells a word that is complete.
        run.send('#');
        await run.waitFor((screen) => screen.includes(`${completed}#`));
        // ctrl-u: the line is empty again. Its sign is the screen, because shells differ in how long they take for it.
        run.send('\x15');
        await run.waitFor((screen) => !screen.includes(`${completed}#`));
      }
    } finally {
      await run.close();
    }
    expect(run.pid).toBeGreaterThan(0);
  });
});
