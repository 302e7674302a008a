// The package as somebody installs it who has nothing but Node.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { environment, startPty } from './pty.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'tcpstep-package-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** This Node and nothing of the project on the path. */
const env = {
  ...environment(),
  PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
  npm_config_cache: join(folder, 'cache'),
};
const home = join(folder, 'home');
const installed = join(home, 'node_modules', 'tcpstep');
const tcpstep = (...args: readonly string[]) =>
  spawnSync(join(home, 'node_modules', '.bin', 'tcpstep'), [...args], { cwd: home, encoding: 'utf8', env });

beforeAll(() => {
  // The bundle is there: the tests are run behind the build.
  const npm = (cwd: string, ...args: readonly string[]): string =>
    execFileSync('npm', [...args], { cwd, encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] });
  npm(root, 'pack', '--ignore-scripts', '--pack-destination', folder);
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{"private":true}\n');
  const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  // Without a network: it must need nothing but itself.
  npm(home, 'install', '--offline', '--no-audit', '--no-fund', join(folder, tarball));
});

describe('the package', () => {
  it('brings no other package along, and the licences of those in it', () => {
    expect(readdirSync(join(home, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['tcpstep']);
    const licences = readFileSync(join(installed, 'dist', 'LICENSES.txt'), 'utf8');
    for (const name of ['ink', 'ink-select-input', 'meow', 'react', 'string-width', 'yoga-layout']) {
      expect(licences).toMatch(
        new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(MIT\\)\\n\\n(?:.*\\n)*?.*Permission is hereby granted`, 'm'),
      );
    }
  });

  it('holds the program, its lessons and its man page, and neither source nor tests', () => {
    expect(readdirSync(installed).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'fixtures', 'package.json']);
    const { bin, man } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    for (const file of [bin.tcpstep, man]) expect(existsSync(join(installed, file))).toBe(true);
  });

  it('runs without a terminal', () => {
    const { status, stdout, stderr } = tcpstep('run', 'hs-basic');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('server SYN-RECEIVED -> ESTABLISHED');
    expect(tcpstep('explain', 'why', 'not', 'two', 'handshakes').status).toBe(0);
    expect(tcpstep('export', 'hs-basic', '--to', 'svg').stdout).toMatch(/^<svg /);
    expect(tcpstep('render', 'hs-basic').stdout).toMatch(/^\{"version":2/);
  });

  it('opens the debugger', async () => {
    const run = startPty({
      command: join(home, 'node_modules', '.bin', 'tcpstep'),
      args: ['hs-basic'],
      cwd: home,
      env,
    });
    try {
      await run.waitFor((screen) => screen.includes(' 0/0 '));
      run.press('right');
      await run.waitFor((screen) => screen.includes('SYN-SENT'));
      run.send('q');
      expect((await run.exited).code).toBe(0);
    } finally {
      await run.close();
    }
  });
});
