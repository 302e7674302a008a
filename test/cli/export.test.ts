// `tcpstep export` and `tcpstep render` as others use them: where the output goes, and how a mistake is told.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeFile } from '../../source/cli/write.ts';
import { readCast } from '../../source/export/cast.ts';
import { formats } from '../../source/export/index.ts';
import { readPcapng } from '../../source/export/pcapng.ts';
import { printSession } from '../../source/scenario/save.ts';
import { opened, press } from '../support/sessions.ts';

const program = resolve(import.meta.dirname, '../../dist/tcpstep.js');
const folder = mkdtempSync(join(tmpdir(), 'tcpstep-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    env: { ...process.env, LC_ALL: 'C', ...env },
    maxBuffer: 64_000_000,
  });
  return { status, stdout, stderr: stderr.toString() };
};

const at = (name: string): string => join(folder, name);
const sha256 = (octets: Uint8Array): string => createHash('sha256').update(octets).digest('hex');

const patient = { timeout: 120_000 };

describe('tcpstep export', patient, () => {
  it.each(formats.map(({ name, extension }) => [name, extension] as const))(
    '--to %s writes the same octets every time, to a file as to the standard output, whatever the locale',
    (name, extension) => {
      const file = `same.${name}.${extension}`;
      const wrote = run(['export', 'hs-basic', '--to', name, '-o', file]);
      expect([wrote.status, wrote.stdout.length, wrote.stderr]).toEqual([0, 0, '']);
      const printed = run(['export', 'hs-basic', '--to', name], {
        LC_ALL: 'zh_CN.UTF-8',
        TZ: 'Asia/Shanghai',
        FORCE_COLOR: '3',
        COLUMNS: '133',
        CI: 'true',
      });
      expect([printed.status, printed.stderr]).toEqual([0, '']);
      expect(sha256(printed.stdout)).toBe(sha256(readFileSync(at(file))));
    },
  );

  it('speaks Chinese where asked to', () => {
    expect(run(['export', 'syn-lost', '--to', 'ladder', '--lang', 'zh']).stdout.toString()).toContain('重传定时器');
  });

  it('draws frames in ASCII where asked to', () => {
    const { stdout } = run(['export', 'syn-lost', '--to', 'ladder', '--glyphs', 'ascii']);
    expect(stdout.toString()).toMatch(/^[\x20-\x7e\n]+$/);
  });

  it('goes as far as it is told', () => {
    const { stdout } = run(['export', 'syn-lost', '--to', 'transcript', '--until', '1s']);
    expect(stdout.toString()).toContain('1.000 client retransmission timer expires');
    expect(stdout.toString()).not.toContain('1.050');
  });

  it('exports what a person decided in a session', () => {
    writeFileSync(at('mine.txt'), printSession(press(opened('hs-basic'), 'forward', 'drop')));
    const { stdout } = run(['export', 'mine.txt', '--to', 'ladder']);
    expect(stdout.toString()).toContain('dropped by you at 0.000');
  });

  it('takes decisions more, also into a tape', () => {
    const more = ['hs-basic', '--do', '0 drop #1'];
    expect(run(['export', ...more, '--to', 'ladder']).stdout.toString()).toContain('dropped by you at 0.000');
    expect(run(['export', ...more, '--to', 'tape']).stdout.toString()).toContain(
      `Type "tcpstep hs-basic --do '0 drop #1' --lang en --glyphs unicode"`,
    );
  });

  it('draws the screen of any event', () => {
    const [first, second] = ['1', '2'].map(
      (event) => run(['export', 'hs-basic', '--to', 'screen', '--at', event]).stdout,
    );
    expect(first?.toString()).toContain('SYN-SENT');
    expect(first?.equals(second ?? new Uint8Array(0))).toBe(false);
  });
});

describe('tcpstep render', patient, () => {
  it.each(['2', '3'])('--cast-version %s writes the same octets every time, whatever the terminal', (version) => {
    const args = ['render', 'syn-lost', '--cast-version', version];
    const file = `v${version}.cast`;
    expect(run([...args, '-o', file])).toMatchObject({ status: 0, stderr: '' });
    const printed = run(args, { NO_COLOR: '1', TERM: 'dumb', LANG: 'zh_CN.UTF-8', LC_ALL: '' });
    expect(sha256(printed.stdout)).toBe(sha256(readFileSync(at(file))));
    expect(printed.stdout.toString()).toMatch(new RegExp(`^\\{"version":${version},`));
  });

  it('is as large as it is told, and as fast', () => {
    const { stdout } = run(['render', 'hs-basic', '--size', '120x40', '--pace', '2']);
    const [head, ...events] = stdout
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(head).toMatchObject({ width: 120, height: 40 });
    const slow = run(['render', 'hs-basic', '--size', '120x40']).stdout.toString().trimEnd().split('\n').at(-1) ?? '';
    expect(events.at(-1)[0] * 2).toBeCloseTo(JSON.parse(slow)[0], 1);
  });

  it('makes several into a folder', () => {
    expect(run(['render', 'hs-basic', 'refused', '-o', 'several', '--pace', '100'])).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect(readdirSync(at('several')).sort()).toEqual(['hs-basic.cast', 'refused.cast']);
    expect(run(['render', 'syn-lost', '-o', 'several', '--pace', '100'])).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(at('several')).sort()).toEqual(['hs-basic.cast', 'refused.cast', 'syn-lost.cast']);
    expect(run(['render', 'hs-basic', 'syn-lost', '-o', 'several']).stderr).toBe(
      'tcpstep: several/hs-basic.cast exists: --force overwrites it\n',
    );
    expect(readdirSync(at('several')).length).toBe(3);
  });

  it('carries its session, which opens from it', () => {
    run(['render', 'syn-lost', '-o', 'carried.cast']);
    expect(run(['run', 'carried.cast']).stdout.toString()).toBe(
      run(['export', 'syn-lost', '--to', 'transcript']).stdout.toString(),
    );
  });
});

describe('recordings and captures as input', patient, () => {
  it('open at a marker or an event', () => {
    expect(run(['render', 'syn-lost', '-o', 'at.cast'])).toMatchObject({ status: 0, stderr: '' });
    const screen = (...args: string[]): string => sha256(run(['export', ...args, '--to', 'screen']).stdout);
    const third = readCast(readFileSync(at('at.cast'), 'utf8'));
    const event = 'marks' in third ? (/^ev (\d+)/.exec(third.marks[2]?.label ?? '')?.[1] ?? '') : '';
    expect(screen('at.cast', '--at', 'm3')).toBe(screen('syn-lost', '--at', event));
    expect(screen('at.cast', '--at', event)).toBe(screen('syn-lost', '--at', event));
    expect(screen('at.cast', '--at', '0')).not.toBe(screen('syn-lost', '--at', event));
  });

  it('cut off are used as far as they go, with a notice', () => {
    run(['render', 'syn-lost', '-o', 'whole.cast']);
    const text = readFileSync(at('whole.cast'), 'utf8');
    writeFileSync(at('cut.cast'), text.slice(0, -40));
    const { status, stdout, stderr } = run(['run', 'cut.cast']);
    expect(status).toBe(0);
    expect(stdout.equals(run(['run', 'whole.cast']).stdout)).toBe(true);
    expect(stderr).toMatch(
      /^tcpstep: cut\.cast: it is cut off or damaged in line \d+, after \d+ markers; what stands before is used\n$/,
    );
  });

  it('cut off in a saved session are used as well', () => {
    const text = printSession(press(opened('hs-basic'), 'forward', 'drop'));
    const cut = text.slice(0, text.indexOf('drop #1') + 'drop #'.length);
    writeFileSync(at('cut.txt'), cut);
    const { status, stdout, stderr } = run(['run', 'cut.txt']);
    expect([status, stderr]).toEqual([
      0,
      `tcpstep: cut.txt: it is cut off after line ${cut.split('\n').length - 1}; what stands before is used\n`,
    ]);
    expect(stdout.toString()).not.toContain('person drops');
  });

  it('cut off in a capture are used as well', () => {
    run(['export', 'syn-lost', '--to', 'pcapng', '-o', 'whole.pcapng']);
    const octets = readFileSync(at('whole.pcapng'));
    expect(readPcapng(octets)).toMatchObject({ damage: null });
    writeFileSync(at('cut.pcapng'), octets.subarray(0, -5));
    const { status, stdout, stderr } = run(['run', 'cut.pcapng']);
    expect(status).toBe(0);
    expect(stdout.toString()).toContain('client retransmission timer expires');
    expect(stderr).toMatch(
      /^tcpstep: cut\.pcapng: it is cut off or damaged after 6 packets, at octet \d+; what stands before is used\n$/,
    );
  });

  it.each([
    [
      'head.cast',
      '{"version":2,"width":80,"hei',
      'head.cast:1: this recording is cut off or damaged in its first line',
    ],
    [
      'other.cast',
      '{"version":2,"width":80,"height":24}\n[0,"o","x"]\n',
      'other.cast:1: this recording carries no session: only those that tcpstep made can be opened',
    ],
    [
      'bad.cast',
      '{"version":2,"tcpstep":{"session":"session: 1\\nprofile: nobody\\n"}}\n',
      'bad.cast (its session):2: expected a profile (textbook, rfc9293, linux), found "nobody"',
    ],
    [
      'evil.cast',
      '{"version":2,"tcpstep":{"session":"session: 1\\nprofile: \\u001b[2J\\n"}}\n',
      'evil.cast (its session):2: expected printable text, found the control character U+001B',
    ],
    ['short.pcapng', '\n\r\r\nabc', 'short.pcapng: this capture is cut off in its first block'],
  ])('%s is refused in one clear line', (name, content, message) => {
    writeFileSync(at(name), content);
    const { status, stdout, stderr } = run(['run', name]);
    expect([status, stdout.length, stderr]).toEqual([2, 0, `tcpstep: ${message}\n`]);
  });
});

describe('wrong usage of export and render', patient, () => {
  it.each([
    [['export', 'hs-basic'], `export needs --to and a format: ${formats.map(({ name }) => name).join(', ')}`],
    [
      ['export', 'hs-basic', '--to', 'ladr'],
      `unknown format "ladr": expected one of ${formats.map(({ name }) => name).join(', ')}; did you mean ladder?`,
    ],
    [['export', '--to', 'json'], 'export needs a scenario or session'],
    [['export', 'hs-basic', 'syn-lost', '--to', 'json'], 'export takes one scenario or session'],
    [['render'], 'render needs a scenario or session'],
    [['render', 'hs-basic', 'syn-lost'], 'several recordings need a folder: name it with -o'],
    [['render', 'hs-basic', 'hs-basic', '-o', 'twice'], 'two recordings would be twice/hs-basic.cast'],
    [
      ['export', 'hs-basc', '--to', 'json'],
      'no scenario "hs-basc": expected an id (tcpstep list shows them) or a file; did you mean hs-basic?',
    ],
    [['render', 'hs-basic', '--size', '20x10'], 'expected a size such as 80x24, from 40x10 to 400x200, found "20x10"'],
    [['render', 'hs-basic', '--size', 'large'], 'expected a size such as 80x24, from 40x10 to 400x200, found "large"'],
    [['render', 'hs-basic', '--pace', '0'], 'expected a pace from 0.1 to 100, found "0"'],
    [
      ['render', 'hs-basic', '--cast-version', '1'],
      'unknown version of asciicast "1": expected one of 2, 3; did you mean 2?',
    ],
    [
      ['export', 'hs-basic', '--to', 'pcapng', '--side', 'servr'],
      'unknown side "servr": expected one of client, server; did you mean server?',
    ],
    [
      ['export', 'hs-basic', '--to', 'ladder', '--until', 'soon'],
      'expected a time such as 1.5s or 200ms behind --until, found "soon"',
    ],
    [['export', 'hs-basic', '--to', 'screen', '--at', '9'], 'there is no event 9: the last is 4'],
    [['export', 'hs-basic', '--to', 'screen', '--at', 'm1'], 'there is no marker 1: it has none'],
    [
      ['export', 'hs-basic', '--to', 'screen', '--at', 'x'],
      'expected an event such as 12, or a marker such as m3, behind --at, found "x"',
    ],
    [['export', 'hs-basic', '--to', 'json', '-o', 'no/such/folder'], 'no/such/folder: there is no such folder'],
    [['export', 'hs-basic', '--to', 'json', '-o', '.'], '.: it is a folder'],
    [['export', 'hs-basic', '--to', 'json', '-o', '.', '--force'], '.: it is a folder'],
  ])('%j is one clear line, exit code 2', (args, message) => {
    const { status, stdout, stderr } = run(args);
    expect([status, stdout.length, stderr]).toEqual([2, 0, `tcpstep: ${message}\n`]);
  });

  it('control characters of names and flags never reach the terminal', () => {
    for (const args of [
      ['export', 'hs-basic', '--to', '\u001b[2J'],
      ['export', 'hs-basic', '--to', 'json', '-o', 'no/\u001b]0;x\u0007/x'],
      ['render', 'hs-basic', '--size', '\u001b[2J'],
      ['render', 'a\u009b2Jb'],
    ]) {
      const { status, stderr } = run(args);
      expect(status).toBe(2);
      expect(stderr.trimEnd()).not.toMatch(/\p{Cc}/u);
    }
  });

  it('nothing is overwritten without --force, and what was there stays where writing fails', () => {
    writeFileSync(at('mine.md'), 'precious');
    expect(run(['export', 'hs-basic', '--to', 'ladder', '-o', 'mine.md'])).toMatchObject({
      status: 2,
      stderr: 'tcpstep: mine.md exists: --force overwrites it\n',
    });
    expect(run(['render', 'hs-basic', '-o', 'mine.md'])).toMatchObject({ status: 2 });
    expect(readFileSync(at('mine.md'), 'utf8')).toBe('precious');
    expect(run(['export', 'hs-basic', '--to', 'ladder', '-o', 'mine.md', '--force']).status).toBe(0);
    expect(readFileSync(at('mine.md'), 'utf8')).toContain('Three-way handshake');
  });

  it.skipIf(userInfo().uid === 0)('a folder that may not be written into is told', () => {
    chmodSync(folder, 0o500);
    try {
      expect(run(['export', 'hs-basic', '--to', 'json', '-o', 'denied'])).toMatchObject({
        status: 2,
        stderr: 'tcpstep: denied: it may not be written\n',
      });
    } finally {
      chmodSync(folder, 0o700);
    }
  });

  it.skipIf(!existsSync('/dev/full'))('a full disk is told', () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [program, 'export', 'hs-basic', '--to', 'json'], {
      stdio: ['ignore', full, 'pipe'],
    });
    closeSync(full);
    expect([status, stderr.toString()]).toEqual([2, 'tcpstep: standard output: the disk is full\n']);
  });

  it('a folder is not taken for a file, nor a file for a folder', () => {
    expect(() => writeFile(folder, 'x', true)).toThrow(/: it is a folder$/);
    expect(() => writeFile(folder, 'x', false)).toThrow(/: it is a folder$/);
    writeFileSync(at('plain'), '');
    expect(run(['render', 'hs-basic', 'syn-lost', '-o', 'plain', '--force'])).toMatchObject({
      status: 2,
      stderr: 'tcpstep: plain: expected a folder, it is a file\n',
    });
  });

  it('a link is followed to what it names, also where that is missing; who may read it stays', () => {
    writeFileSync(at('secret'), 'old', { mode: 0o600 });
    symlinkSync('secret', at('to-secret'));
    symlinkSync('not-yet', at('to-nothing'));
    for (const name of ['to-secret', 'to-nothing']) {
      expect(() => writeFile(at(name), 'new', false)).toThrow(/ exists: --force overwrites it$/);
      writeFile(at(name), 'new', true);
      expect(lstatSync(at(name)).isSymbolicLink()).toBe(true);
      expect(readFileSync(at(name), 'utf8')).toBe('new');
    }
    expect(statSync(at('secret')).mode & 0o777).toBe(0o600);
    symlinkSync('circle', at('circle'));
    expect(() => writeFile(at('circle'), 'x', true)).toThrow(/circle: it exists already$/);
  });

  it.skipIf(!existsSync('/dev/stdout'))('a device and a pipe hold nothing that could be lost', () => {
    const { stdout } = run(['export', 'hs-basic', '--to', 'ladder']);
    const line = `'${process.execPath}' '${program}' export hs-basic --to ladder -o /dev/stdout | cat`;
    expect(spawnSync('/bin/sh', ['-c', line], { cwd: folder }).stdout.equals(stdout)).toBe(true);
    expect(run(['export', 'hs-basic', '--to', 'ladder', '-o', '/dev/null'])).toMatchObject({ status: 0, stderr: '' });
  });

  it('- is the standard output', () => {
    const { stdout } = run(['export', 'hs-basic', '--to', 'ladder']);
    expect(run(['export', 'hs-basic', '--to', 'ladder', '-o', '-'])).toEqual({ status: 0, stdout, stderr: '' });
    expect(existsSync(at('-'))).toBe(false);
  });
});
