// Files from elsewhere are not trusted: whatever they hold, they are refused in one clear line, or are a valid session.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { checkAll } from '../../source/cli/check.ts';
import { named } from '../../source/cli/library.ts';
import { open } from '../../source/cli/open.ts';
import { UsageError } from '../../source/cli/usage.ts';
import { transcript } from '../../source/export/transcript.ts';
import { printSession, readSaved, restore } from '../../source/scenario/save.ts';
import { Unreadable } from '../../source/scenario/unreadable.ts';
import { perform } from '../../source/session/perform.ts';
import { timelineOf } from '../../source/session/session.ts';
import { textOf } from '../support/fixtures.ts';
import { opened, press } from '../support/sessions.ts';
import { hostile, runs } from './mutation.ts';

vi.setConfig({ testTimeout: 600_000 });

const root = resolve(import.meta.dirname, '../..');
const program = join(root, 'dist', 'tcpstep.js');
const folder = mkdtempSync(join(tmpdir(), 'tcpstep-hostile-'));
afterAll(() => rmSync(folder, { recursive: true }));

const inFolder = (name: string): string => join(folder, name);

const tcpstep = (...args: readonly string[]) => {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64_000_000,
    timeout: 60_000,
  });
  return { status, signal, stdout, stderr };
};

const scenario = textOf('syn-lost');
const session = printSession(press(opened('hs-basic'), 'forward', 'drop', 'forward', 'back', 'back', 'forward'));
const made = (name: string, ...args: readonly string[]): Uint8Array => {
  expect(tcpstep(...args, '-o', name).stderr).toBe('');
  return readFileSync(inFolder(name));
};
const trace = readFileSync(join(root, 'fixtures', 'kernel', 'server-first.json'));

const oneLine = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,2000}$/u;

/** True when it was understood; what is refused must be refused properly. */
const understood = (work: () => void): boolean => {
  try {
    work();
    return true;
  } catch (error) {
    if (!(error instanceof Unreadable || error instanceof UsageError)) throw error;
    expect(error.message).toMatch(oneLine);
    return false;
  }
};

const use = (file: string): void => {
  let now = open(named(file), null, {}, null);
  let lines = 0;
  for (const line of transcript(timelineOf(now), null, now.captions)) {
    expect(line).not.toMatch(/\p{Cc}/u);
    lines += 1;
    if (lines === 400) break;
  }
  for (const intent of ['forward', 'drop', 'forward', 'forward', 'back', 'duplicate', 'forward', 'undo'] as const) {
    now = perform(now, { do: intent });
  }
  const saved = printSession(now);
  expect(printSession(restore(readSaved(saved, file)))).toBe(saved);
};

describe('a file that was tampered with is refused in one line or is a valid session', () => {
  const quiet = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  afterAll(() => quiet.mockRestore());

  it.each([
    ['scenario', () => scenario, 'x.txt'],
    ['session', () => session, 'x.txt'],
    ['recording', () => made('x-valid.cast', 'render', 'hs-basic'), 'x.cast'],
    ['capture', () => made('x-valid.pcapng', 'export', 'hs-basic', '--to', 'pcapng'), 'x.pcapng'],
  ] as const)('%s', (_kind, valid, name) => {
    const file = inFolder(name);
    const octets = Buffer.from(valid());
    writeFileSync(file, octets);
    expect(understood(() => use(file))).toBe(true);
    const counts = { used: 0, refused: 0 };
    fc.assert(
      fc.property(hostile(octets), (text) => {
        writeFileSync(file, text);
        counts[understood(() => use(file)) ? 'used' : 'refused'] += 1;
      }),
      { numRuns: runs },
    );
    // Or the mutations would try only one of the two ways.
    expect(counts.used).toBeGreaterThan(0);
    expect(counts.refused).toBeGreaterThan(0);
  });

  it('trace', () => {
    const file = inFolder('x.json');
    fc.assert(
      fc.property(hostile(trace), (text) => {
        writeFileSync(file, text);
        understood(() => {
          const { lines } = checkAll([file], 'text', null);
          for (const line of lines) expect(line).not.toMatch(/\p{Cc}/u);
        });
      }),
      { numRuns: runs },
    );
  });
});

describe('an id that a file gives itself', () => {
  it.each([`../../escaped-${process.pid}`, `/tmp/escaped-${process.pid}`, '..', '.hidden', 'a\\b', '-rf'])(
    '%s names no file elsewhere',
    (id) => {
      writeFileSync(inFolder('led-astray.txt'), session.replace(/^scenario: .*$/m, `scenario: ${id}`));
      const into = mkdtempSync(join(folder, 'into-'));
      const before = readdirSync(folder);
      const { status, stderr } = tcpstep('render', 'led-astray.txt', 'hs-basic', '-o', into);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const made = readdirSync(into);
      expect(made).toHaveLength(2);
      for (const name of made) expect(name).toMatch(/^[a-z_][^/\\]*\.cast$/);
      expect(readdirSync(folder)).toEqual(before);
      expect(existsSync(join(tmpdir(), `escaped-${process.pid}.cast`))).toBe(false);
    },
  );
});

describe('a file that is too much', () => {
  const head = 'title: Too much\nprofiles: rfc9293\n\n0 server listen\n';
  const refused = (name: string, ...command: readonly string[]) => {
    const { status, signal, stdout, stderr } = tcpstep(...command, name);
    expect({ status, signal, stdout }).toEqual({ status: 2, signal: null, stdout: '' });
    expect(stderr).toMatch(/^tcpstep: [^\p{Cc}]{1,400}\n$/u);
    return stderr;
  };

  it.each([
    ['a million lines', () => `${head}${'0 client connect\n'.repeat(1_000_000)}`],
    ['one line of a million characters', () => `title: ${'x'.repeat(1_000_000)}\n`],
    ['ten thousand and one decisions', () => `${head}${'0 client abort\n'.repeat(10_001)}`],
    ['a time beyond all', () => `${head}99999999999s client connect\n`],
    ['a number beyond all', () => `${head}0 client send 99999999999999999999\n`],
  ])('is refused: %s', (_what, text) => {
    writeFileSync(inFolder('much.txt'), text());
    refused('much.txt', 'run');
  });

  it('is refused unread, when it has 100 MB', () => {
    writeFileSync(inFolder('large.txt'), '');
    truncateSync(inFolder('large.txt'), 100_000_000);
    for (const command of ['run', 'check']) {
      expect(refused('large.txt', command)).toContain('expected at most 2000000 characters');
    }
  });

  it('is refused: JSON nested 200,000 times', () => {
    writeFileSync(inFolder('deep.json'), `{"events":${'['.repeat(200_000)}${']'.repeat(200_000)}}`);
    writeFileSync(inFolder('deep.cast'), `{"version":2,"x":${'['.repeat(200_000)}${']'.repeat(200_000)}}\n`);
    refused('deep.json', 'check');
    refused('deep.cast', 'run');
  });

  it.each(['/dev/zero', '/dev/stdin', '/proc/self/mem', '.'])('is refused, being no file: %s', (name) => {
    refused(name, 'run');
  });

  it('runs to its limit and says so: a gigabyte to be sent', () => {
    const script = '0 server accept\n0 client connect\n1 server read\n1 client send 1000000000\n';
    writeFileSync(inFolder('gigabyte.txt'), head + script);
    const { signal, stdout } = tcpstep('run', 'gigabyte.txt');
    expect(signal).toBe(null);
    expect(stdout).toMatch(/\nBroken off after 20000 events: this goes on and on\.\n$/);
  });

  it('runs: ten thousand connections at once', () => {
    const script = Array.from({ length: 9_900 }, (_, index) => `0 client connect as k${index}\n`).join('');
    writeFileSync(inFolder('crowd.txt'), head + script);
    const { signal, stdout } = tcpstep('run', 'crowd.txt');
    expect(signal).toBe(null);
    expect(stdout).toContain('this goes on and on');
  });
});
