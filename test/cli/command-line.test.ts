// The command line as others use it: what it prints where, and with which exit code. (The bundle is made by `npm test`.)
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { printSession } from '../../source/scenario/save.ts';
import { scenarioIds, scenarioOf, textOf } from '../support/fixtures.ts';
import { opened, press } from '../support/sessions.ts';

const program = resolve(import.meta.dirname, '../../dist/tcpstep.js');
const folder = mkdtempSync(join(tmpdir(), 'tcpstep-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string | Uint8Array): string => {
  writeFileSync(join(folder, name), text);
  return name;
};

const tcpstep = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  return { status, stdout, stderr };
};

/** A slow machine takes its time. */
const patient = { timeout: 60_000 };

describe('tcpstep list', patient, () => {
  it('shows every scenario with title and profiles', () => {
    const { status, stdout, stderr } = tcpstep('list');
    expect([status, stderr]).toEqual([0, '']);
    for (const id of scenarioIds) {
      const { subject, profiles } = scenarioOf(id);
      expect(stdout).toMatch(
        new RegExp(`^  ${id} +${subject.title.en.replace(/[()+*?.]/g, '\\$&')} +${profiles.join(' ')}$`, 'm'),
      );
    }
  });

  it('speaks Chinese where asked to', () => {
    expect(tcpstep('list', '--lang', 'zh').stdout).toContain('三次握手');
  });

  it('is JSON for programs, in both languages', () => {
    const items = JSON.parse(tcpstep('list', '--json').stdout);
    expect(items.map((item: { id: string }) => item.id).sort()).toEqual(scenarioIds);
    expect(items[0]).toMatchObject({
      id: 'hs-basic',
      title: { en: 'Three-way handshake', zh: '三次握手' },
      group: 'handshake',
      lesson: 1,
      profiles: ['rfc9293', 'textbook', 'linux'],
      minutes: 2,
      tour: false,
    });
    for (const { title, about, minutes, profiles } of items) {
      for (const text of [title.en, title.zh, about.en, about.zh]) expect(text).not.toBe('');
      expect(minutes).toBeGreaterThan(0);
      expect(profiles).not.toEqual([]);
    }
  });

  it('goes through the lessons in the order of learning', () => {
    const lessons = JSON.parse(tcpstep('list', '--json').stdout).map((item: { lesson: number | null }) => item.lesson);
    const taught = lessons.filter((lesson: number | null) => lesson !== null);
    expect(taught).toEqual(taught.toSorted((a: number, b: number) => a - b));
    expect(taught.filter(Number.isInteger)).toHaveLength(45);
  });
});

describe('tcpstep explain', patient, () => {
  it('answers in English, and says how to open the steps that show it', () => {
    const { status, stdout, stderr } = tcpstep('explain', 'why', 'not', 'two', 'handshakes');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Why three handshakes\? Why not two\?\n\nBecause a SYN may be old\./);
    expect(stdout).toMatch(/\n {2}An old duplicate SYN arrives first +tcpstep old-dup-syn --at 5\n/);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('answers a Chinese question in Chinese, whatever the locale', () => {
    const { status, stdout } = tcpstep('explain', '为什么挥手需要四次');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^挥手为什么需要四次？\n/);
    expect(stdout).toMatch(/半关闭：对方 FIN 之后继续发送 +tcpstep half-close --at 2\n/);
  });

  it('says so where nothing answers', () => {
    expect(tcpstep('explain', 'xyzzy')).toEqual({
      status: 1,
      stdout: '',
      stderr: 'tcpstep: nothing here answers that; tcpstep list shows every lesson\n',
    });
    expect(tcpstep('explain').stderr).toBe('tcpstep: explain needs a question, for example: why not two handshakes\n');
  });
});

describe('tcpstep run', patient, () => {
  it('prints the transcript, the same octets every time', () => {
    const once = tcpstep('run', 'syn-lost');
    expect([once.status, once.stderr]).toEqual([0, '']);
    expect(once.stdout).toContain(
      '\n1.000 client retransmission timer expires\n  client sends #2 <SEQ=100><CTL=SYN>\n',
    );
    expect(tcpstep('run', 'syn-lost')).toEqual(once);
  });

  it('is what comes out where there is no terminal', () => {
    expect(tcpstep('syn-lost')).toEqual(tcpstep('run', 'syn-lost'));
    expect(tcpstep().stdout).toBe(tcpstep('list').stdout);
  });

  it('prints JSON, one object per line', () => {
    const { stdout } = tcpstep('run', 'hs-basic', '--format', 'json');
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.map((event) => event.event)).toEqual([1, 2, 3, 4]);
    expect(events.at(-1).state).toEqual({ client: 'ESTABLISHED', server: 'ESTABLISHED' });
  });

  it('takes several scenarios, and any profile', () => {
    const { status, stdout } = tcpstep('run', 'refused', 'hs-basic', '--profile', 'textbook');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^refused: Connection refused\n(?:.*\n)*\nhs-basic: Three-way handshake\n/);
  });

  it('exits with 1 where a file expects something else, and says what', () => {
    const wrong = file(
      'wrong.txt',
      textOf('hs-basic').replace('---- rfc9293\n0.000 client CLOSED', '---- rfc9293\n0.000 client LISTEN'),
    );
    const { status, stdout, stderr } = tcpstep('run', wrong);
    expect(status).toBe(1);
    expect(stdout).toBe(tcpstep('run', 'hs-basic').stdout);
    expect(stderr).toBe(
      'tcpstep: wrong (rfc9293) differs from what its file expects: line 1 of the transcript: ' +
        'expected "0.000 client LISTEN, server LISTEN", found "0.000 client CLOSED, server LISTEN"\n',
    );
  });

  it('runs a saved session with what a person decided in it', () => {
    const session = file('session.txt', printSession(press(opened('hs-basic'), 'forward', 'drop')));
    const { status, stdout } = tcpstep('run', session);
    expect(status).toBe(0);
    expect(stdout).toContain('\n0.000 person drops #1\n');
  });
});

describe('wrong usage', patient, () => {
  it.each([
    [
      ['run', 'hs-basc'],
      'no scenario "hs-basc": expected an id (tcpstep list shows them) or a file; did you mean hs-basic?',
    ],
    [['hs-basc'], 'no scenario "hs-basc": expected an id (tcpstep list shows them) or a file; did you mean hs-basic?'],
    [
      ['run', 'hs-basic', '--profile', 'textbok'],
      'unknown profile "textbok": expected one of textbook, rfc9293, linux; did you mean textbook?',
    ],
    [['run', 'hs-basic', '--format', 'jsn'], 'unknown format "jsn": expected one of text, json; did you mean json?'],
    [['list', '--lang', 'fr'], 'unknown language "fr": expected one of en, zh'],
    [
      ['list', '--glyphs', 'ascci'],
      'unknown kind of glyphs "ascci": expected one of auto, unicode, ascii; did you mean ascii?',
    ],
    [['run', 'hs-basic', '--json'], '--json does not apply to run, but to list; did you mean --format json?'],
    [['list', '--profile', 'linux'], '--profile does not apply to list, but to the debugger, run, render, export'],
    [['export', 'hs-basic', '--to', 'text', '--resume'], '--resume does not apply to export, but to the debugger'],
    [['hs-basic', '--emit', 'x'], '--emit does not apply to the debugger, but to check'],
    [['doctor', '--no-tour'], '--no-tour does not apply to doctor, but to the debugger'],
    [['hs-basic', '--esc-timeout', 'soon'], 'expected milliseconds from 0 to 5000 behind --esc-timeout, found "soon"'],
    [['run'], 'run needs at least one scenario (tcpstep list shows them)'],
    [['hs-basic', 'refused'], 'expected one scenario, found 2; run takes several'],
    [['list', 'refused'], 'list takes no names'],
    [['run', 'missing.txt'], 'missing.txt: there is no such file'],
    [['run', './'], './: expected a file'],
  ])('%j is one clear line, exit code 2', (args, message) => {
    expect(tcpstep(...args)).toEqual({ status: 2, stdout: '', stderr: `tcpstep: ${message}\n` });
  });

  it('an unknown flag is told with those there are and the nearest', () => {
    const { status, stdout, stderr } = tcpstep('--porfile', 'x');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^tcpstep: unknown flag "--porfile": expected one of --profile, .*; did you mean --profile\?\n$/,
    );
  });

  it('a malformed scenario is told by file and line, before anything runs', () => {
    const name = file('bad.txt', 'title: X\n\n0 server lisen\n');
    const { status, stdout, stderr } = tcpstep('run', 'hs-basic', name);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^tcpstep: bad\.txt:3: expected a call \(listen, .*\), found "lisen"; did you mean listen\?\n$/,
    );
  });

  it('a file that is no text is refused', () => {
    const name = file('binary.txt', new Uint8Array([0x74, 0xff, 0xfe, 0x00]));
    expect(tcpstep('run', name)).toEqual({
      status: 2,
      stdout: '',
      stderr: 'tcpstep: binary.txt: expected text in UTF-8\n',
    });
  });

  it('control characters of names and files never reach the terminal', () => {
    const name = file('control.txt', 'title: \u001b]0;x\u0007\n');
    for (const args of [
      ['run', name],
      ['run', 'a\u001b[2Jb'],
      ['run', 'hs-basic', '--profile', '\u001b[2J'],
      ['--\u001b[2J'],
    ]) {
      const { status, stdout, stderr } = tcpstep(...args);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr.trimEnd()).not.toMatch(/\p{Cc}/u);
    }
  });
});

describe('help and version', patient, () => {
  it.each([[['--help']], [['run', '--help']]])('%j explains the usage', (args) => {
    const { status, stdout } = tcpstep(...args);
    expect(status).toBe(0);
    expect(stdout).toMatch(/Usage\n.*\$ tcpstep \[SCENARIO\]/);
  });

  it('--version is that of the package', () => {
    expect(tcpstep('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
