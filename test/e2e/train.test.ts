// Over SSH from a train: a round trip takes a third of a second and some come half a second late, in 80x24.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Link, startLink } from './link.ts';
import { octetsOf, type Pty } from './pty.ts';
import { type Sshd, sshMissing, startSshd } from './ssh.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

if (sshMissing !== undefined) process.stderr.write(`skipped, because ${sshMissing}: the debugger from a train\n`);

const program = join(resolve(import.meta.dirname, '../..'), 'dist', 'tcpstep.js');

describe.skipIf(sshMissing !== undefined)(`from a train${sshMissing === undefined ? '' : ` (${sshMissing})`}`, () => {
  let sshd: Sshd;
  let link: Link;
  let folder: string;
  let running: Pty[];
  beforeAll(async () => {
    sshd = await startSshd();
    link = await startLink({ to: sshd.port, delay: 150, lossEvery: 25 });
  });
  afterAll(async () => {
    await link.stop();
    await sshd.stop();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tcpstep-'));
    running = [];
  });
  afterEach(async () => {
    for (const run of running) await run.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const login = (...command: readonly string[]): Pty => {
    const run = sshd.login({ command, env: { LANG: 'C.UTF-8', XDG_STATE_HOME: folder }, through: link.port });
    running.push(run);
    return run;
  };
  const begun = async (...args: readonly string[]): Promise<Pty> => {
    const run = login(process.execPath, program, ...args);
    await run.waitFor((screen) => / ev \d+\/\d+ /.test(screen));
    return run;
  };

  it('every arrow that was held is a step, also with another size in the middle', async () => {
    const run = await begun('life');
    // As a keyboard repeats it, thirty times a second.
    await run.sendTorn(Array(15).fill(octetsOf('right')), 33);
    run.resize(120, 40);
    await run.sendTorn(Array(10).fill(octetsOf('right')), 33);
    run.resize(80, 24);
    await run.sendTorn(Array(5).fill(octetsOf('left')), 33);
    await run.waitFor((screen) => / ev 20\/25 /.test(screen));
    await run.settle(700);
    const shown = run.screen();
    run.mark();
    run.press('ctrl-l');
    await run.waitForOutput((output) => output.includes(' ev 20/25 '));
    await run.settle(700);
    expect(run.screen()).toBe(shown);
  });

  it('a paste into the palette, a drop, the connection gone, and --resume goes on there', async () => {
    const run = await begun('hs-basic');
    run.press('right');
    await run.waitFor((screen) => screen.includes(' ev 1/1 '));
    run.send(':');
    await run.waitFor((screen) => screen.includes('[COMMANDS]'));
    run.send('\x1b[200~drop #1\x1b[201~');
    await run.waitFor((screen) => screen.includes('drop #1'));
    run.press('return');
    await run.waitFor((screen) => screen.includes('dropped #1 SYN'));
    run.press('right');
    await run.waitFor((screen) => screen.includes('RTO 2.000s'));
    run.kill('SIGKILL');
    await run.exited;
    const next = await begun('--resume');
    next.send('u');
    await next.waitFor((screen) => screen.includes('undone: dropped #1 SYN'));
    next.send('q');
    expect((await next.exited).code).toBe(0);
  });

  it('q in the first moment leaves nothing of the terminal to the shell', async () => {
    const words = `"$0" "$1" hs-basic; read -t 1 -n 1 key; echo "left over: [$key]"`;
    const run = login('/bin/bash', '--norc', '--noediting', '-c', words, process.execPath, program);
    // Typed ahead: it is there before the terminal has been asked.
    run.send('q');
    await run.exited;
    expect(run.screen()).toContain('left over: []');
    expect(run.screen()).not.toContain('4R');
  });
});
