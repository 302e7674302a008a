// The debugger through a real sshd on the loopback.
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { octetsOf, type Pty } from './pty.ts';
import { type Sshd, sshMissing, startSshd } from './ssh.ts';

vi.setConfig({ testTimeout: 60_000 });

if (sshMissing !== undefined) process.stderr.write(`skipped, because ${sshMissing}: the debugger over SSH\n`);

const program = join(resolve(import.meta.dirname, '../..'), 'dist', 'tcpstep.js');

describe.skipIf(sshMissing !== undefined)(`over SSH${sshMissing === undefined ? '' : ` (${sshMissing})`}`, () => {
  let sshd: Sshd;
  let run: Pty;
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(() => sshd.stop());
  afterEach(() => run.close());

  const login = async (id: string): Promise<void> => {
    run = sshd.login({ command: [process.execPath, program, id], env: { LANG: 'C.UTF-8' } });
    await run.waitFor((screen) => screen.includes(' ev 0/0 '));
    await run.settle();
    run.mark();
  };

  it('five Rights end a handshake in ESTABLISHED at both ends', async () => {
    await login('hs-basic');
    for (let time = 0; time < 5; time += 1) run.press('right');
    await run.waitFor((screen) => screen.includes('network is quiet'));
    expect(run.row(2).match(/ESTABLISHED/g)).toHaveLength(2);
  });

  it('a SYN dropped with x is repeated at one second, Left goes back to it, u restores it', async () => {
    await login('hs-basic');
    run.press('right');
    await run.waitFor((screen) => screen.includes(' ev 1/1 '));
    run.send('x');
    await run.waitFor((screen) => screen.includes('dropped #1 SYN'));
    run.press('right');
    await run.waitFor((screen) => screen.includes('t 1.000s') && screen.includes('RTO 2.000s'));
    expect(run.screen()).toContain('RFC 6298 5.5');
    run.press('left');
    await run.waitFor((screen) => screen.includes(' ev 2/3 '));
    run.send('u');
    await run.waitFor((screen) => screen.includes('1 in flight  0 lost'));
  });

  it('arrows torn by the link still step', async () => {
    await login('hs-basic');
    await run.sendTorn([...octetsOf('right')], 100);
    await run.waitFor((screen) => screen.includes(' ev 1/1 '));
  });

  it('q gives the terminal back', async () => {
    await login('hs-basic');
    run.send('q');
    expect((await run.exited).code).toBe(0);
    expect(run.modes()).toEqual({ alternate: false, cursorHidden: false, bracketedPaste: false });
  });
});
