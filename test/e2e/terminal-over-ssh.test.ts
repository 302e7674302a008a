// The terminal layer through a real sshd. (Torn keys: torn.test.ts.)
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Pty } from './pty.ts';
import { type Sshd, sshMissing, startSshd } from './ssh.ts';

vi.setConfig({ testTimeout: 60_000 });

if (sshMissing !== undefined) process.stderr.write(`skipped, because ${sshMissing}: the terminal over SSH\n`);

describe.skipIf(sshMissing !== undefined)(`over SSH${sshMissing === undefined ? '' : ` (${sshMissing})`}`, () => {
  let sshd: Sshd;
  let folder: string;
  let run: Pty;
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(() => sshd.stop());
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tcpstep-'));
    run = sshd.login({
      command: [process.execPath, 'test/e2e/program/counter.ts'],
      env: { LANG: 'C.UTF-8', COUNTER_LOG: join(folder, 'log') },
    });
    await run.waitFor((screen) => screen.includes('ready'));
    await run.settle();
    run.mark();
  });
  afterEach(async () => {
    await run.close();
    rmSync(folder, { recursive: true });
  });

  const log = (): string[] => readFileSync(join(folder, 'log'), 'utf8').trimEnd().split('\n');

  it('lines are drawn where the terminal at the other end counts one cell for each', () => {
    expect(run.screen()).toContain('glyphs unicode');
  });

  it('a step is one small piece of output', async () => {
    run.press('right');
    await run.waitFor((screen) => screen.includes('count 1'));
    await run.settle();
    expect(run.output()).toBe('\x1b[1;7H\x1b[1m1\x1bD\b\b\x1b[;31mrightArrow');
    expect(run.chunks()).toBe(1);
  });

  it('nothing comes while nothing happens', async () => {
    await run.settle(500);
    expect(run.bytes()).toBe(0);
  });

  it('a new size of the window is drawn once', async () => {
    const before = log().length;
    run.resize(100, 30);
    await run.waitFor((screen) => screen.includes('size 100x30'));
    await run.settle();
    expect(
      log()
        .slice(before)
        .filter((line) => line.startsWith('draw')),
    ).toHaveLength(1);
  });

  it('a lost connection ends the program', async () => {
    run.kill('SIGKILL');
    await run.exited;
    await vi.waitUntil(() => log().some((line) => line.startsWith('end ')), { timeout: 10_000 });
    expect(log().at(-1)).toMatch(/^end (?:SIGHUP|hang-up)$/);
  });
});
