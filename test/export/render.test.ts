// Recordings made without a terminal: what a terminal shows of them is what the program draws.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { studioOf } from '../../source/cli/studio.tsx';
import { type Cast, printCast, readCast } from '../../source/export/cast.ts';
import type { Exhibit } from '../../source/export/exhibit.ts';
import { readingTime, reelOf } from '../../source/export/shots.ts';
import { readSaved, restore } from '../../source/scenario/save.ts';
import { perform } from '../../source/session/perform.ts';
import { exhibitOf, exhibitOfSession } from '../support/exhibits.ts';
import { scenarioIds } from '../support/fixtures.ts';
import { opened, press, statesOf } from '../support/sessions.ts';
import { startEmulator } from '../terminal/emulator.ts';

const patient = { timeout: 120_000 };

const size = { columns: 80, rows: 24 };
const studio = studioOf(size);

const castOf = (exhibit: Exhibit): Promise<Cast> => studio.cast(reelOf(exhibit), exhibit);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What a terminal of that size shows at each marker, as lines. */
const screensOf = async ({ events }: Cast): Promise<readonly (readonly string[])[]> => {
  const emulator = startEmulator(size.columns, size.rows);
  const screens: string[][] = [];
  for (const { kind, text } of events) {
    if (kind === 'output') await emulator.write(text);
    if (kind === 'marker') screens.push(emulator.looks().map((row) => row.map(({ text: glyph }) => glyph).join('')));
  }
  expect(emulator.scrolled()).toBe(0);
  return screens;
};

describe('a recording without a terminal', patient, () => {
  it.each(scenarioIds)('of %s shows at every marker what the debugger shows there', async (id) => {
    const exhibit = exhibitOf(id);
    const reel = reelOf(exhibit);
    const screens = await screensOf(await castOf(exhibit));
    const marked = reel.shots.filter(({ marker }) => marker !== null);
    expect(screens.length).toBe(marked.length);
    for (const [index, { session }] of marked.entries()) {
      const { rows } = await studio.screen(session);
      const own = rows.map(({ texts }) => texts.join(''));
      // The last row tells the key.
      expect(screens[index]?.slice(0, -1)).toEqual(own.slice(0, -1));
    }
  });

  it('is the same octets every time', async () => {
    for (const id of ['hs-basic', 'data-lost', 'old-dup-syn']) {
      const [once, again] = [await castOf(exhibitOf(id)), await castOf(exhibitOf(id))].map((cast) =>
        printCast(cast, 2),
      );
      expect(sha256(again ?? '')).toBe(sha256(once ?? ' '));
    }
  });

  it('costs less than 1000 octets for a typical step', async () => {
    const steps: number[] = [];
    for (const id of ['hs-basic', 'syn-lost', 'synack-lost', 'close-4', 'half-close', 'last-ack-lost']) {
      const exhibit = exhibitOf(id);
      const moves = reelOf(exhibit)
        .shots.filter(({ pressed }) => !pressed)
        .slice(1)
        .map(({ at }) => at);
      for (const { at, kind, text } of (await castOf(exhibit)).events) {
        if (kind === 'output' && moves.includes(at)) steps.push(new TextEncoder().encode(text).length);
      }
    }
    const median = steps.toSorted((a, b) => a - b)[steps.length >> 1];
    expect(median).toBeLessThan(1_000);
  });

  it('shows each key before what it does, as input and in the last row', async () => {
    const session = press(opened('hs-basic'), 'forward', 'drop', 'forward');
    const { events } = await castOf(exhibitOfSession(session));
    expect(
      events
        .filter(({ kind }) => kind === 'input')
        .map(({ text }) => text)
        .slice(0, 3),
    ).toEqual(['\u001b[C', 'x', '\u001b[C']);
    const emulator = startEmulator(size.columns, size.rows);
    const at = events.findIndex(({ text }) => text === 'x');
    for (const { kind, text } of events.slice(0, at + 2)) if (kind === 'output') await emulator.write(text);
    const last = emulator
      .looks()[23]
      ?.map(({ text }) => text)
      .join('');
    expect(last).toContain('[ x ]  drop it');
  });

  it('leaves every screen up for as long as it takes to read what is new, between 1.2 and 7 seconds', () => {
    const { shots, duration } = reelOf(exhibitOf('syn-lost'));
    const times = [...shots.map(({ at }) => at), duration];
    const held = shots.flatMap(({ pressed }, index) =>
      pressed ? [] : [(times[index + 1] ?? 0) - (times[index] ?? 0)],
    );
    expect(Math.min(...held)).toBeGreaterThanOrEqual(1_200);
    expect(Math.max(...held)).toBeLessThanOrEqual(7_000);
    expect(new Set(held).size).toBeGreaterThan(2);
  });

  it('reckons with more time for a longer text, and for a Chinese character than for a letter', () => {
    const { look } = exhibitOf('hs-basic');
    expect(readingTime('abcdef', look)).toBe(2 * readingTime('abc', look));
    expect(readingTime('连接', look)).toBeGreaterThan(3 * readingTime('ab', look));
  });

  it('goes at the pace that is asked for', () => {
    const [usual, double] = [1, 2].map((pace) => reelOf(exhibitOf('hs-basic', { pace })).duration);
    expect(double).toBeCloseTo((usual ?? 0) / 2, -1);
  });

  it('has a marker at the opening and wherever a state changes, numbered as on the screen', async () => {
    const { events } = await castOf(exhibitOf('hs-basic'));
    const marks = events.filter(({ kind }) => kind === 'marker').map(({ text }) => text);
    expect(marks[0]).toBe('ev 0: Three-way handshake');
    expect(marks.slice(1).map((mark) => /^ev \d: (?:CLIENT|SERVER) [A-Z-]+ → [A-Z-]+/.exec(mark)?.[0])).toEqual([
      'ev 1: CLIENT CLOSED → SYN-SENT',
      'ev 2: SERVER LISTEN → SYN-RECEIVED',
      'ev 3: CLIENT SYN-SENT → ESTABLISHED',
      'ev 4: SERVER SYN-RECEIVED → ESTABLISHED',
    ]);
  });

  it('speaks the language that is asked for, also in its markers', async () => {
    const { head, events } = await castOf(exhibitOf('hs-basic', { language: 'zh' }));
    expect(head.title).toMatch(/\p{Script=Han}/u);
    const second = events.filter(({ kind }) => kind === 'marker')[1]?.text;
    expect(second).toContain('事件 1：客户端 CLOSED → SYN-SENT');
  });

  it('gives the cursor back at its end', async () => {
    const { events } = await castOf(exhibitOf('hs-basic'));
    expect(events[0]?.text).toMatch(/^\u001b\[\?25l/);
    expect(events.at(-1)).toMatchObject({ kind: 'output', text: expect.stringMatching(/\u001b\[\?25h$/) });
  });

  it('carries the decisions, so that it can be gone on with from any marker', async () => {
    const session = press(opened('hs-basic'), 'forward', 'drop', 'forward', 'forward');
    const found = readCast(printCast(await castOf(exhibitOfSession(session)), 2));
    if ('wrong' in found) throw new Error(found.wrong);
    const again = restore(readSaved(found.session, 'x'));
    expect(statesOf(perform(again, { do: 'go-to-event', event: 3 }))).toEqual(['SYN-SENT', 'LISTEN']);
    expect(statesOf(perform(again, { do: 'end' }))).toEqual(['ESTABLISHED', 'ESTABLISHED']);
    expect(again.branches[0]?.timeline.decisions.some(({ by }) => by === 'person')).toBe(true);
  });
});
