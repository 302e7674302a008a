// What stands in for tables in the bundle, to start faster, says the same as they do.
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { plainWidth } from '../../.build/plain-width.ts';
import { Segmenter } from '../../.build/segmenter.ts';

const characters = Array.from({ length: 0x11000 }, (_, code) => code)
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code));

const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'ab │─╭►→…×中，　',
        '\x1b[1;31m',
        '\x1b[m',
        '\r',
        '\n',
        '\r\n',
        '\u0301',
        '\ufe0f',
        '\u200d',
        '👩',
        '한',
      ),
      fc.constantFrom(...characters),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('the width of a text', () => {
  it('is that of the library, for every character', () => {
    const known = characters.filter((character) => plainWidth(character) !== undefined);
    const wrong = known.filter((character) => plainWidth(character) !== stringWidth(character));
    expect(wrong).toEqual([]);
    // ASCII, arrows, boxes, Chinese.
    expect(known.length).toBeGreaterThan(95 + 112 + 250 + 20_000);
  });

  it('is that of the library for any text, where it is known', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const width = plainWidth(text);
        if (width !== undefined) expect(width).toBe(stringWidth(text));
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('the graphemes of a text', () => {
  it('are those of Intl.Segmenter', () => {
    const [own, real] = [new Segmenter(), new Intl.Segmenter()];
    fc.assert(
      fc.property(texts, (text) => {
        expect([...own.segment(text)]).toEqual([...real.segment(text)]);
        for (const at of [undefined, 0, 1, text.length - 1, text.length]) {
          expect(own.segment(text).containing(at)).toEqual(real.segment(text).containing(at));
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
