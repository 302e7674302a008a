// Documents as they are kept in test/export/golden; UPDATE=1 writes them anew: read them then.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Exhibit } from '../../source/export/exhibit.ts';
import { formats } from '../../source/export/index.ts';
import { exhibitOf, exhibitOfSession } from '../support/exhibits.ts';
import { scenarioIds } from '../support/fixtures.ts';
import { opened, press } from '../support/sessions.ts';

const folder = join(import.meta.dirname, 'golden');

const render = async (name: string, exhibit: Exhibit): Promise<string> => {
  const content = await formats.find((format) => format.name === name)?.render(exhibit);
  if (typeof content !== 'string') throw new Error(`${name} is no text`);
  return content;
};

const kept: Readonly<Record<string, readonly [format: string, exhibit: () => Exhibit]>> = {
  'syn-lost.ladder.txt': ['ladder', () => exhibitOf('syn-lost')],
  'sim-open.ladder.txt': ['ladder', () => exhibitOf('sim-open', { glyphs: 'ascii' })],
  'data-lost.chinese.ladder.txt': ['ladder', () => exhibitOf('data-lost', { language: 'zh' })],
  'syn-lost.mmd': ['mermaid', () => exhibitOf('syn-lost')],
  'old-dup-syn.mmd': ['mermaid', () => exhibitOf('old-dup-syn')],
  'syn-lost.svg': ['svg', () => exhibitOf('syn-lost')],
  'syn-lost.tape': ['tape', () => exhibitOf('syn-lost')],
  'syn-lost.client.pkt': ['packetdrill', () => exhibitOf('syn-lost')],
  'data-lost.server.pkt': ['packetdrill', () => exhibitOf('data-lost', { side: 1 })],
  'close-4.client.pkt': ['packetdrill', () => exhibitOf('close-4')],
};

/** Formats that need no screen. */
const plain = ['transcript', 'json', 'ladder', 'svg', 'mermaid', 'tape', 'packetdrill'];

describe('documents', () => {
  it.each(Object.keys(kept))('%s', async (file) => {
    const [format, exhibit] = kept[file] ?? [];
    if (format === undefined || exhibit === undefined) throw new Error('no such document');
    const path = join(folder, file);
    // How long a screen is read depends on every word on it.
    const content = (await render(format, exhibit())).replaceAll(/^Sleep \d+ms$/gm, 'Sleep ...');
    if (process.env['UPDATE'] === '1' || !existsSync(path)) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
    expect(content).toBe(readFileSync(path, 'utf8'));
  });

  it.each(scenarioIds)('of %s are the same octets every time, without control characters', async (id) => {
    for (const format of plain) {
      const [once, again] = [await render(format, exhibitOf(id)), await render(format, exhibitOf(id))];
      expect(createHash('sha256').update(again).digest('hex')).toBe(createHash('sha256').update(once).digest('hex'));
      expect(once.endsWith('\n')).toBe(true);
      expect(once.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    }
  });
});

describe('a ladder', () => {
  it('has no line longer than 80 cells, unless its times are as long as years', async () => {
    for (const id of scenarioIds) {
      const [, , ...lines] = (await render('ladder', exhibitOf(id))).split('\n');
      const times = lines.flatMap((line) => line.match(/\d+\.\d{3,}/g) ?? []).map((time) => time.length);
      const wider = 2 * Math.max(0, Math.max(...times) - 8);
      expect(lines.filter((line) => line.length > 80 + wider)).toEqual([]);
    }
  });

  it('tells what was done on the wire, and by whom', async () => {
    const session = press(opened('hs-basic'), 'forward', 'drop', 'forward', 'forge from server RST seq=7', 'hold #2');
    const text = await render('ladder', exhibitOfSession(session));
    expect(text).toContain('dropped by you at 0.000');
    expect(text).toContain('made by hand');
    expect(text).toContain('held #2');
  });
});

describe('an SVG', () => {
  it('is well formed: every element is closed, every sign escaped', async () => {
    for (const id of scenarioIds) {
      const svg = await render('svg', exhibitOf(id));
      const open: string[] = [];
      for (const [, end, name = '', self] of svg.matchAll(/<(\/?)([a-z]+)(?:\s[^<>]*?)?(\/?)>/g)) {
        if (end === '/') expect(open.pop()).toBe(name);
        else if (self !== '/') open.push(name);
      }
      expect(open).toEqual([]);
      expect(svg.replaceAll(/<[^<>]*>/g, '').replaceAll(/&(amp|lt|gt|quot);/g, '')).not.toMatch(/[<&]/);
    }
  });
});

describe('the ladder as a picture', () => {
  it('has no label longer than its arrow', async () => {
    for (const id of scenarioIds) {
      const svg = await render('svg', exhibitOf(id));
      const ways = [...svg.matchAll(/<path class="way" d="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)"/g)];
      const labels = [...svg.matchAll(/<text class="halo" transform="[^"]*" text-anchor="\w+">([^<]*)</g)];
      expect(ways.length).toBe(labels.length);
      for (const [index, [, label = '']] of labels.entries()) {
        const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = ways[index]?.slice(1).map(Number) ?? [];
        // A cell of a 13-pixel monospaced font is 0.6 of its height wide.
        const length = label.replaceAll(/&\w+;/g, '?').length * 13 * 0.6;
        expect({ id, label, fits: length < Math.hypot(x2 - x1, y2 - y1) }).toEqual({ id, label, fits: true });
      }
    }
  });
});

describe('a packetdrill script', () => {
  it('is taken at the side that opens the connection, or at the one asked for', async () => {
    expect(await render('packetdrill', exhibitOf('syn-lost'))).toContain('as the client meets it');
    expect(await render('packetdrill', exhibitOf('syn-lost', { side: 1 }))).toContain('as the server meets it');
  });

  it.each(scenarioIds)('of %s has only lines that packetdrill reads', async (id) => {
    // The grammar of packetdrill's parser.y, as far as it is used here.
    const time = String.raw`\d+\.\d{6}`;
    const option = String.raw`(?:mss \d+|nop|sackOK|wscale \d+|TS val \d+ ecr \d+|sack(?: \d+:\d+)+)`;
    const packet = String.raw`${time} [<>](?: \[ce\])? (?:[FSRPUEW]+\.?|\.|-) (\d+):(\d+)\((\d+)\)(?: ack \d+)?(?: win \d+)?(?: urg \d+)?(?: <${option}(?:,${option})*>)? // #\d+`;
    const icmp = String.raw`${time} < icmp unreachable [a-z_]+(?: mtu \d+)? \[\d+:\d+\(\d+\)\]`;
    const call = String.raw`${time} [a-z]+\([^()]*\) = (?:-1 E[A-Z]+ \([A-Za-z ]+\)|\d+)`;
    const line = new RegExp(
      String.raw`^(?:|//.*|--tolerance_usecs=\d+|${'`'}sysctl -q [a-z0-9_.= ]+${'`'}|${packet}|${icmp}|${call})$`,
    );
    for (const side of [0, 1] as const) {
      for (const profile of ['rfc9293', 'linux']) {
        const script = await render('packetdrill', exhibitOf(id, { side, profile }));
        for (const text of script.split('\n')) {
          expect(text).toMatch(line);
          const [, start, end, length] = line.exec(text) ?? [];
          if (start !== undefined) expect(Number(end)).toBe(Number(start) + Number(length));
          // What packetdrill reads into 32 and into 16 bits.
          expect(Number(end ?? 0)).toBeLessThan(2 ** 32);
          expect(Number(length ?? 0)).toBeLessThan(2 ** 16);
          for (const [, number] of text.matchAll(/ (?:win|urg|mss) (\d+)/g)) {
            expect(Number(number)).toBeLessThan(2 ** 16);
          }
        }
        const times = [...script.matchAll(/^(\d+\.\d{6}) /gm)].map(([, at]) => Number(at));
        expect(times.length).toBeGreaterThan(0);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }
    }
  });
});

describe('a tape', () => {
  it('waits for every event by its number, each once', async () => {
    const text = await render('tape', exhibitOf('half-close'));
    const waits = [...text.matchAll(/^Wait\+Screen \/ev (\d+)\\\/\1 \/$/gm)].map(([, event]) => Number(event));
    expect(waits).toEqual(Array.from({ length: waits.length }, (_, event) => event));
    expect(waits.length).toBeGreaterThan(5);
  });
});
