// `:export`: what is on the screen into a file while the debugger goes on; nothing is overwritten, every trouble is said.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { exportLive } from '../../source/cli/export-live.ts';
import { commandOf } from '../../source/session/command.ts';
import type { Errand } from '../../source/session/session.ts';
import { opened, press } from '../support/sessions.ts';

const folder = mkdtempSync(join(tmpdir(), 'tcpstep-'));
const before = process.cwd();
beforeAll(() => process.chdir(folder));
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
});

/** What the typed line wants. */
const wish = (line: string): Extract<Errand, { kind: 'export' }> => {
  const found = commandOf(line);
  const intent = found?.command.read(found.rest);
  if (intent?.do !== 'errand' || intent.errand.kind !== 'export') throw new Error(`${line} is no export`);
  return intent.errand;
};
const dropped = press(opened('hs-basic'), 'forward', 'drop');

describe(':export', () => {
  it('writes the branch on the screen to its end, the decisions of the person included', async () => {
    expect(await exportLive(dropped, wish('export transcript my notes.txt'))).toEqual({
      kind: 'exported',
      file: 'my notes.txt',
    });
    const text = readFileSync(join(folder, 'my notes.txt'), 'utf8');
    expect(text).toContain('person drops #1');
    expect(text).toContain('1.000 client retransmission timer expires');
  });

  it('without a name takes one that is free, with the usual ending', async () => {
    await exportLive(dropped, wish('export ladder'));
    await exportLive(dropped, wish('export ladder'));
    await exportLive(dropped, wish('export pcapng'));
    expect(readdirSync(folder).sort()).toEqual([
      'tcpstep-hs-basic-2.txt',
      'tcpstep-hs-basic.pcapng',
      'tcpstep-hs-basic.txt',
    ]);
  });

  it('overwrites nothing', async () => {
    writeFileSync(join(folder, 'mine.svg'), 'mine');
    const notice = await exportLive(dropped, wish('export svg mine.svg'));
    expect(notice).toEqual({ kind: 'not-exported', file: 'mine.svg', why: 'exists' });
    expect(readFileSync(join(folder, 'mine.svg'), 'utf8')).toBe('mine');
  });

  it('says what is wrong: a folder that is not there, a format that does not exist', async () => {
    expect(await exportLive(dropped, wish('export svg nowhere/a.svg'))).toMatchObject({ why: 'no-folder' });
    expect(await exportLive(dropped, wish('export pcap a.pcap'))).toMatchObject({
      kind: 'misread',
      found: 'pcap',
      nearest: 'pcapng',
    });
    expect(() => wish('export')).toThrow('expected a format such as svg');
  });
});
