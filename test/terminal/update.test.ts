import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { blankScreen, FrameReader, type Screen } from '../../source/terminal/screen.ts';
import { normal } from '../../source/terminal/style.ts';
import { type Pen, unknownPen, update } from '../../source/terminal/update.ts';
import { looksOf, startEmulator } from './emulator.ts';

vi.setConfig({ testTimeout: 60_000 });

const colourful = { unicode: true, colours: true };
const read = (frame: string, columns: number, rows: number): Screen =>
  new FrameReader(colourful).read(frame, columns, rows);
const home: Pen = { row: 0, column: 0, style: normal };

/** The octets between two frames of 20 x 4, the pen at home. */
const between = (before: string, after: string, pen = home): string =>
  update(read(before, 20, 4), read(after, 20, 4), pen).text;

describe('the octets of an update', () => {
  it('are none when nothing changed', () => {
    expect(between('a\nb', 'a\nb')).toBe('');
    expect(between('\x1b[31ma\x1b[39m  ', '\x1b[31ma  \x1b[39m')).toBe('');
  });

  it('are the changed cell alone where the cursor stands already', () => {
    expect(between('a', 'b')).toBe('b');
  });

  it.each([
    ['on the same row', 'aaaaaaaaaa', 'aaaaaaaaab', '\x1b[9Cb'],
    ['on the next row', '\na', '\nb', '\x1bDb'],
    ['below', '\n\n   a', '\n\n   b', '\x1b[3;4Hb'],
    ['a few cells on', '123', '124', '124'],
  ])('move the cursor as shortly as possible: %s', (_where, before, after, expected) => {
    expect(between(before, after)).toBe(expected);
  });

  it('step back with backspaces', () => {
    expect(between('abc', 'abd', { row: 0, column: 4, style: normal })).toBe('\b\bd');
  });

  it('do not trust the cursor after the last column', () => {
    const before = read('x'.repeat(20), 20, 4);
    const after = read(`${'x'.repeat(19)}y`, 20, 4);
    const first = update(before, after, home);
    expect(first.text).toBe('\x1b[19Cy');
    expect(first.pen.column).toBeUndefined();
    expect(update(after, before, first.pen).text).toBe('\r\x1b[19Cx');
  });

  it('write a short unchanged gap again, and jump over a long one', () => {
    expect(between('a-b', 'x-y')).toBe('x-y');
    expect(between('a1234567b', 'x1234567y')).toBe('x\x1b[7Cy');
  });

  it('erase what became blank at the end of a row', () => {
    expect(between('state SYN-SENT', 'state')).toBe('\x1b[6C\x1b[K');
    expect(between('ab', 'a')).toBe('a ');
  });

  it('change the style with the fewest parameters', () => {
    expect(between('a', '\x1b[31mb\x1b[39m')).toBe('\x1b[31mb');
    expect(between('ab', '\x1b[1;31mx\x1b[39my\x1b[22m')).toBe('\x1b[1;31mx\x1b[39my');
    expect(between('ab', '\x1b[1;31;44mx\x1b[my')).toBe('\x1b[1;31;44mx\x1b[my');
    expect(between('ab', '\x1b[1mx\x1b[22;2my\x1b[22m')).toBe('\x1b[1mx\x1b[;2my');
  });

  it('write blanks in whatever colour the pen has', () => {
    expect(between('abc', '\x1b[31mx\x1b[39m \x1b[31my\x1b[39m')).toBe('\x1b[31mx y');
  });

  it('leave a wide glyph whole', () => {
    expect(between('中文 SYN', '中国 SYN')).toBe('中国');
    expect(between('中文', 'a 文')).toBe('a ');
  });

  it('clear a terminal of which nothing is known', () => {
    expect(update(undefined, read('a', 20, 4), unknownPen).text).toBe('\x1b[m\x1b[H\x1b[2Ja');
  });

  it('clear after a change of size', () => {
    expect(update(read('a', 10, 4), read('a', 20, 4), home).text).toBe('\x1b[m\x1b[H\x1b[2Ja');
  });

  it('ask the terminal to show a long update at once, and only a long one', () => {
    const long = Array.from({ length: 24 }, (_, row) => `${row} `.repeat(30)).join('\n');
    expect(update(undefined, read(long, 80, 24), unknownPen).text).toMatch(/^\x1b\[\?2026h.*\x1b\[\?2026l$/s);
    expect(between('a', 'b')).not.toContain('2026');
  });
});

describe('a terminal', () => {
  const glyph = fc.constantFrom(...'abcxyz0123  ---|||', ' ', ' ', '中', '文', '段', '─', '│', '→', '…', 'é');
  const parameters = fc.constantFrom(
    ...['', '0', '1', '2', '3', '4', '7', '9', '22', '23', '24', '27', '29', '31', '32', '39', '41', '49', '90', '97'],
    ...['104', '38;5;200', '48;5;17', '38;2;1;2;3', '48;2;200;100;0', '1;31', '7;32', '1;4;7', ';31'],
  );
  const piece = fc.oneof(
    { weight: 6, arbitrary: fc.array(glyph, { minLength: 1, maxLength: 12 }).map((glyphs) => glyphs.join('')) },
    { weight: 1, arbitrary: parameters.map((list) => `\x1b[${list}m`) },
  );
  const line = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
  const frame = fc.array(line, { maxLength: 9 }).map((lines) => lines.join('\n'));
  /** A frame that differs from another in a few places, as a step of the debugger does. */
  const touched = (before: string): fc.Arbitrary<string> =>
    fc.array(fc.tuple(fc.nat(before.length), glyph), { maxLength: 6 }).map((places) => {
      const characters = [...before];
      for (const [at, character] of places) {
        if (/^[^\x1b\x5b\d;m\n]$/u.test(characters[at] ?? '')) characters[at] = character;
      }
      return characters.join('');
    });
  const frames = fc
    .array(frame, { minLength: 1, maxLength: 4 })
    .chain((whole) => fc.tuple(fc.constant(whole), ...whole.map(touched)))
    .map(([whole, ...near]) => whole.flatMap((one, index) => [one, near[index] ?? one]));

  it('shows exactly the next screen after every update, whatever it showed before', async () => {
    await fc.assert(
      fc.asyncProperty(
        frames,
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 1, max: 8 }),
        fc.boolean(),
        async (shown, columns, rows, eraseCharacters) => {
          const emulator = startEmulator(columns, rows);
          const reader = new FrameReader(colourful);
          await emulator.write(`${'rubbish 中文 \x1b[31;7m'.repeat(20)}`);
          const scrolledBefore = emulator.scrolled();
          let previous: Screen | undefined;
          let pen = unknownPen;
          for (const one of shown) {
            const next = reader.read(one, columns, rows);
            const step = update(previous, next, pen, { eraseCharacters });
            await emulator.write(step.text);
            expect(emulator.looks()).toEqual(looksOf(next));
            if (step.pen.column !== undefined) {
              expect(emulator.cursor()).toEqual({ row: step.pen.row, column: step.pen.column });
            }
            previous = next;
            pen = step.pen;
          }
          expect(emulator.scrolled()).toBe(scrolledBefore);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('shows a cleared screen as blank', async () => {
    const emulator = startEmulator(10, 3);
    await emulator.write('rubbish');
    await emulator.write(update(undefined, blankScreen(10, 3), unknownPen).text);
    expect(emulator.looks()).toEqual(looksOf(blankScreen(10, 3)));
  });
});
