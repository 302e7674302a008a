// Completions, the man page and the doctor: all speak of the program as it is.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scenarioIds } from '../support/fixtures.ts';

const root = resolve(import.meta.dirname, '../..');
const program = join(root, 'dist', 'tcpstep.js');

const output = (command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string => {
  const { status, stdout, stderr } = spawnSync(command, [...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
};
const tcpstep = (...args: readonly string[]): string => output(process.execPath, [program, ...args]);

/** What bash would offer behind these words. */
const offered = (...words: readonly string[]): string[] => {
  const script = `${tcpstep('completion', 'bash')}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _tcpstep; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return output('bash', ['--norc', '-c', script, 'bash', ...words])
    .trimEnd()
    .split('\n');
};

const patient = { timeout: 60_000 };

describe('tcpstep completion', patient, () => {
  it('offers commands and scenarios first, then scenarios alone', () => {
    expect(offered('tcpstep', '')).toEqual(expect.arrayContaining(['run', 'doctor', ...scenarioIds]));
    expect(offered('tcpstep', 'syn-l')).toEqual(['syn-lost']);
    expect(offered('tcpstep', 'run', 'hs-b')).toEqual(['hs-basic']);
    expect(offered('tcpstep', 'run', 'expl')).not.toContain('explain');
  });

  it('offers flags, and the values of those that have some', () => {
    expect(offered('tcpstep', 'hs-basic', '--pro')).toEqual(['--profile']);
    expect(offered('tcpstep', 'hs-basic', '--profile', '')).toEqual(['textbook', 'rfc9293', 'linux']);
    expect(offered('tcpstep', 'hs-basic', '--lang', 'z')).toEqual(['zh']);
  });

  it.each(['zsh', 'fish'])('knows the same for %s', (shell) => {
    const script = tcpstep('completion', shell);
    for (const word of ['syn-lost', 'doctor', 'profile', 'rfc9293']) expect(script).toContain(word);
  });
});

describe('the man page', patient, () => {
  it('names every command and flag of the help', () => {
    const page = readFileSync(join(root, 'fixtures', 'man', 'tcpstep.1'), 'utf8').replaceAll('\\-', '-');
    const help = tcpstep('--help');
    const names = [...help.matchAll(/^ +\$ tcpstep ([a-z]+) /gm), ...help.matchAll(/(?<=[\s,])--([a-z-]+)/g)];
    expect(names.length).toBeGreaterThan(20);
    for (const [, name = ''] of names) expect(page).toContain(name);
  });
});

describe('tcpstep doctor', patient, () => {
  it('tells versions, locale and variables, and nothing that a terminal would obey or that gives an address away', () => {
    const env = { TERM: 'xterm\x1b[2J', LC_ALL: 'zh_CN.UTF-8', SSH_CONNECTION: '192.0.2.7 50000 192.0.2.8 22' };
    const report = output(process.execPath, [program, 'doctor'], env);
    expect(report).toContain(`${process.versions.node} on `);
    expect(report).toMatch(/^locale +UTF-8, texts in Chinese$/m);
    expect(report).toMatch(/^SSH_CONNECTION +set$/m);
    expect(report).not.toContain('192.0.2.7');
    expect(report).not.toContain('\x1b');
  });
});
