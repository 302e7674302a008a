// Every key of the table in the bundled program, in real time: through a pseudo-terminal and through a real sshd, torn at
// every octet with every gap. After each key the whole screen is what that key makes of the one before. (In virtual time
// and in more places: test/terminal/every-key.test.tsx.)
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { keys } from '../../source/ui/keys.ts';
import { typed } from '../support/keyboard.ts';
import { octetsOfKey, tornApart } from '../support/octets.ts';
import { drawnAt, pure } from './meant.ts';
import { environment, type Pty, startPty } from './pty.ts';
import { type Sshd, sshMissing, startSshd } from './ssh.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

const program = join(resolve(import.meta.dirname, '../..'), 'dist', 'tcpstep.js');
const drawn = drawnAt({ columns: 80, rows: 24 });

/** Those that do more than change the screen; test/e2e/keys.test.ts presses each. */
const elsewhere = ['q', 'ctrl-c', 'ctrl-z', 'R', 'space'];
const names = keys.flatMap((row) => row.keys).filter((name) => !elsewhere.includes(name));

/** What is pressed before a key, so that it has something to do. */
const prepared = (name: string): string => {
  const ways: Readonly<Record<string, string>> = {
    right: 'g',
    left: 'g right',
    home: 'g right right',
    end: 'g',
    pagedown: 'g',
    pageup: 'g right right',
    esc: 'g right enter',
  };
  // The wire has the focus, as at the beginning.
  return `2 ${ways[name] ?? 'g right right'}`;
};

/** Back on the screen, whatever lies on top. */
const closed = (name: string): string => (name === 'enter' ? 'esc' : '');

const words = (line: string): readonly string[] => line.split(' ').filter((word) => word !== '');
/** Whole keys, in one chunk; Escape as a sequence of its own, which nothing follows too soon. */
const octets = (line: string): string =>
  words(line)
    .map((name) => octetsOfKey(name).at(name === 'esc' ? 1 : 0) ?? '')
    .join('');

const ways = ['a pseudo-terminal', 'sshd'] as const;

if (sshMissing !== undefined) process.stderr.write(`skipped, because ${sshMissing}: every key through sshd\n`);

describe.each(ways)('through %s', (way) => {
  const missing = way === 'sshd' && sshMissing !== undefined;
  let sshd: Sshd | undefined;
  let folder: string;
  let run: Pty;
  /** What the program is meant to have come to; it goes on from one gap to the next. */
  let session = pure();
  beforeAll(async () => {
    if (missing) return;
    folder = mkdtempSync(join(tmpdir(), 'tcpstep-torn-'));
    const command = [process.execPath, program, 'hs-basic', '--glyphs', 'unicode'] as const;
    if (way === 'sshd') {
      sshd = await startSshd();
      run = sshd.login({ command, env: { LANG: 'C.UTF-8', XDG_STATE_HOME: folder } });
    } else {
      const [file, ...args] = command;
      run = startPty({ command: file, args, env: environment({ XDG_STATE_HOME: folder }) });
    }
    await run.waitFor((screen) => screen === drawn(pure()));
  });
  afterAll(async () => {
    if (missing) return;
    await run.close();
    await sshd?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  // In the list of scenarios the one that was gone through by then has a mark.
  const shows = async (expected: string, what: string): Promise<void> => {
    await run
      .waitFor((screen) => screen.replace('* hs-basic', '  hs-basic') === expected)
      .catch((error: unknown) => {
        throw new Error(`${what}: expected\n${expected}\n${String(error)}`);
      });
  };

  it.skipIf(missing).each([0, 5, 30, 150])('every key torn at every octet, %i ms apart, is that key', async (gap) => {
    let torn = 0;
    for (const name of names) {
      for (const sequence of octetsOfKey(name)) {
        for (const pieces of tornApart(sequence)) {
          session = typed(session, prepared(name));
          run.send(octets(prepared(name)));
          const ready = drawn(session);
          await shows(ready, `before ${name}`);
          session = typed(session, name);
          const meant = drawn(session);
          expect(meant, `${name} has something to do`).not.toBe(ready);
          await run.sendTorn(
            pieces.map((piece) => Buffer.from(piece).toString()),
            gap,
          );
          await shows(meant, `${name} as ${JSON.stringify(pieces.map((piece) => Buffer.from(piece).toString()))}`);
          session = typed(session, closed(name));
          run.send(octets(closed(name)));
          torn += 1;
        }
      }
    }
    // Eight arrows, eight of Home and End, two of Page, shift-Tab, Enter of the keypad, Escape as a sequence.
    expect(torn).toBeGreaterThanOrEqual(70);
  });

  it.skipIf(missing)('every other key, which is one octet and cannot be torn, is that key', async () => {
    const others = names.filter((name) => octetsOfKey(name).every((sequence) => tornApart(sequence).length === 0));
    expect(others.length).toBeGreaterThan(45);
    for (const name of others) {
      run.send(octets('esc esc esc s'));
      await run.waitFor((screen) => screen.includes('SCENARIOS'));
      run.send('/hs-basic');
      await run.waitFor((screen) => /► .*hs-basic/.test(screen));
      run.send(octets('enter'));
      await shows(drawn(pure()), `the opening, before ${name}`);
      session = typed(pure(), 'right right');
      run.send(octets('right right'));
      await shows(drawn(session), `the second event, before ${name}`);
      session = typed(session, name);
      run.send(octets(name));
      await shows(drawn(session), name);
    }
  });
});
