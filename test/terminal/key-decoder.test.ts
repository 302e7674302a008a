import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Key, plain, sequenceOf } from '../../source/terminal/key.ts';
import { KeyDecoder } from '../../source/terminal/key-decoder.ts';

const octets = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (...chunks: string[]): Key[] => {
  const decoder = new KeyDecoder();
  return chunks.flatMap((chunk) => decoder.push(octets(chunk)));
};
const shift = { shift: true };
const alt = { alt: true };
const ctrl = { ctrl: true };

/** What terminals send, from the xterm, rxvt, PC console and kitty documentations. */
const sequences: [string, string, Key][] = [
  ['Right', '\x1b[C', plain('right')],
  ['Left', '\x1b[D', plain('left')],
  ['Up', '\x1b[A', plain('up')],
  ['Down', '\x1b[B', plain('down')],
  ['Right in application mode', '\x1bOC', plain('right')],
  ['Left in application mode', '\x1bOD', plain('left')],
  ['Up in application mode', '\x1bOA', plain('up')],
  ['Down in application mode', '\x1bOB', plain('down')],
  ['Home', '\x1b[H', plain('home')],
  ['Home in application mode', '\x1bOH', plain('home')],
  ['Home of the PC console and tmux', '\x1b[1~', plain('home')],
  ['Home of rxvt', '\x1b[7~', plain('home')],
  ['End', '\x1b[F', plain('end')],
  ['End in application mode', '\x1bOF', plain('end')],
  ['End of the PC console and tmux', '\x1b[4~', plain('end')],
  ['End of rxvt', '\x1b[8~', plain('end')],
  ['Insert', '\x1b[2~', plain('insert')],
  ['Delete', '\x1b[3~', plain('delete')],
  ['PageUp', '\x1b[5~', plain('pageup')],
  ['PageDown', '\x1b[6~', plain('pagedown')],
  ['shift-Tab', '\x1b[Z', { ...plain('tab'), ...shift }],
  ['shift-Right', '\x1b[1;2C', { ...plain('right'), ...shift }],
  ['alt-Left', '\x1b[1;3D', { ...plain('left'), ...alt }],
  ['ctrl-Right', '\x1b[1;5C', { ...plain('right'), ...ctrl }],
  ['ctrl-shift-alt-Up', '\x1b[1;8A', { ...plain('up'), ...shift, ...alt, ...ctrl }],
  ['ctrl-PageDown', '\x1b[6;5~', { ...plain('pagedown'), ...ctrl }],
  ['shift-Up of rxvt', '\x1b[a', { ...plain('up'), ...shift }],
  ['ctrl-Right of rxvt', '\x1bOc', { ...plain('right'), ...ctrl }],
  ['shift-PageUp of rxvt', '\x1b[5$', { ...plain('pageup'), ...shift }],
  ['ctrl-End of rxvt', '\x1b[8^', { ...plain('end'), ...ctrl }],
  ['keypad Enter in application mode', '\x1bOM', plain('return')],
  ['F1', '\x1bOP', plain('f1')],
  ['F1 of the PC console', '\x1b[[A', plain('f1')],
  ['F5', '\x1b[15~', plain('f5')],
  ['F12', '\x1b[24~', plain('f12')],
  ['Escape of kitty', '\x1b[27u', plain('escape')],
  ['ctrl-r of kitty', '\x1b[114;5u', { ...plain('text', 'r'), ...ctrl }],
  ['a capital letter of kitty', '\x1b[103;2u', plain('text', 'G')],
  ['shift-Return by modifyOtherKeys', '\x1b[27;2;13~', { ...plain('return'), ...shift }],
  ['Return', '\r', plain('return')],
  ['a line feed', '\n', plain('return')],
  ['Tab', '\t', plain('tab')],
  ['Backspace', '\x7f', plain('backspace')],
  ['ctrl-h, Backspace on other terminals', '\b', plain('backspace')],
  ['ctrl-r', '\x12', { ...plain('text', 'r'), ...ctrl }],
  ['ctrl-c', '\x03', { ...plain('text', 'c'), ...ctrl }],
  ['ctrl-space', '\0', { ...plain('text', ' '), ...ctrl }],
  ['ctrl-_', '\x1f', { ...plain('text', '_'), ...ctrl }],
  ['a letter', 'x', plain('text', 'x')],
  ['a sign', '}', plain('text', '}')],
  ['space', ' ', plain('text', ' ')],
  ['a letter of two octets', 'é', plain('text', 'é')],
  ['a Chinese character', '丢', plain('text', '丢')],
  ['a character outside the basic plane', '𠀋', plain('text', '𠀋')],
  ['a paste', '\x1b[200~drop #1\x1b[201~', plain('paste', 'drop #1')],
];

describe('a key', () => {
  it.each(sequences)('%s (%j)', (_name, sequence, key) => {
    expect(decode(sequence)).toEqual([key]);
  });

  it.each(sequences)('%s, cut into single octets', (_name, sequence, key) => {
    const decoder = new KeyDecoder();
    expect([...octets(sequence)].flatMap((octet) => decoder.push(Uint8Array.of(octet)))).toEqual([key]);
  });

  it('is passed on as a sequence that again is that key', () => {
    for (const [, , key] of sequences) expect(decode(sequenceOf(key))).toEqual([key]);
  });
});

describe('time', () => {
  /** A terminal that sends pieces with pauses, and the stream that calls flush() when `escapeTimeout` is over. */
  const arrive = (pieces: { pause: number; octets: Uint8Array }[], escapeTimeout: number): Key[] => {
    const decoder = new KeyDecoder();
    return pieces.flatMap(({ pause, octets: piece }) => {
      const late = decoder.waiting === 'escape' && pause >= escapeTimeout ? decoder.flush() : [];
      return [...late, ...decoder.push(piece)];
    });
  };

  const torn = fc
    .tuple(
      fc.constantFrom(...sequences).filter(([, sequence]) => sequence.length > 1),
      fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 0, max: 150 })), { maxLength: 8 }),
    )
    .map(([[, sequence, key], cuts]) => {
      const whole = octets(sequence);
      const places = [...new Map(cuts.map(([at, pause]) => [at % whole.length, pause]))].sort(([a], [b]) => a - b);
      const pieces = places.map(([at, pause], index) => ({
        pause,
        octets: whole.subarray(at, places[index + 1]?.[0] ?? whole.length),
      }));
      const first = places[0]?.[0] ?? whole.length;
      return { key, pieces: [{ pause: 0, octets: whole.subarray(0, first) }, ...pieces] };
    });

  it('does not matter to a key torn anywhere, with pauses of 0 to 150 ms', () => {
    fc.assert(
      fc.property(fc.array(torn, { minLength: 1, maxLength: 4 }), (keys) => {
        const pieces = keys.flatMap((key) => key.pieces);
        expect(arrive(pieces, 200)).toEqual(keys.map(({ key }) => key));
      }),
      { numRuns: 2000 },
    );
  });

  it('is asked for only by a lone ESC', () => {
    const decoder = new KeyDecoder();
    expect(decoder.waiting).toBe('nothing');
    decoder.push(octets('\x1b'));
    expect(decoder.waiting).toBe('escape');
    decoder.push(octets('['));
    expect(decoder.waiting).toBe('nothing');
    decoder.push(octets('C'));
    expect(decoder.waiting).toBe('nothing');
  });

  it('makes a lone ESC the Escape key', () => {
    const decoder = new KeyDecoder();
    expect(decoder.push(octets('\x1b'))).toEqual([]);
    expect(decoder.flush()).toEqual([plain('escape')]);
  });

  it.each(sequences.filter(([, sequence]) => sequence.startsWith('\x1b')))(
    'leaves %s that key even when its ESC was taken for Escape, and takes that back',
    (_name, sequence, key) => {
      const decoder = new KeyDecoder();
      decoder.push(octets('\x1b'));
      expect(decoder.flush()).toEqual([plain('escape')]);
      expect([...octets(sequence.slice(1))].flatMap((octet) => decoder.push(Uint8Array.of(octet)))).toEqual([
        plain('not-escape'),
        key,
      ]);
    },
  );

  it('ends the doubt whether [ after Escape is the rest of a key', () => {
    const decoder = new KeyDecoder();
    decoder.push(octets('\x1b'));
    decoder.flush();
    expect(decoder.waiting).toBe('echo');
    expect(decoder.push(octets('['))).toEqual([]);
    expect(decoder.waiting).toBe('echo');
    expect(decoder.flush()).toEqual([plain('text', '[')]);
    expect(decoder.waiting).toBe('nothing');
    expect(decoder.push(octets('C'))).toEqual([plain('text', 'C')]);
  });

  it('gives back as text what after Escape only looked like the rest of a key', () => {
    const decoder = new KeyDecoder();
    decoder.push(octets('\x1b'));
    decoder.flush();
    expect(decoder.push(octets('[x'))).toEqual([plain('text', '['), plain('text', 'x')]);
  });
});

describe('several keys in one chunk', () => {
  it('are several keys', () => {
    expect(decode('jj\x1b[C\x1b[Cx')).toEqual([
      plain('text', 'j'),
      plain('text', 'j'),
      plain('right'),
      plain('right'),
      plain('text', 'x'),
    ]);
  });

  it('may begin with Escape', () => {
    expect(decode('\x1bj')).toEqual([plain('escape'), plain('text', 'j')]);
    expect(decode('\x1b\x1b[A')).toEqual([plain('escape'), plain('up')]);
    expect(decode('\x1bOk')).toEqual([plain('escape'), plain('text', 'O'), plain('text', 'k')]);
    expect(decode('\x1b]k')).toEqual([plain('escape'), plain('text', ']'), plain('text', 'k')]);
    expect(decode('\x1bP1')).toEqual([plain('escape'), plain('text', 'P'), plain('text', '1')]);
  });
});

describe('a mouse report', () => {
  it.each(['0;10;20M', '0;10;20m', '65;1;1M'])('%s is one key that carries it, however it is torn', (report) => {
    expect(decode(`\x1b[<${report}`)).toEqual([plain('mouse', report)]);
    const decoder = new KeyDecoder();
    const torn = [...`\x1b[<${report}`].flatMap((octet) => decoder.push(Buffer.from(octet)));
    expect(torn).toEqual([plain('mouse', report)]);
  });
});

describe('what is no key', () => {
  it.each([
    ['an unknown CSI sequence', '\x1b[99;99;99z'],
    ['focus gained', '\x1b[I'],
    ['a mouse report without its numbers', '\x1b[<M'],
    ['the release of a key of kitty', '\x1b[97;1:3u'],
    ['a letter with alt of kitty', '\x1b[120;3u'],
    ['a sequence without end in sight', `\x1b[${'1;'.repeat(5000)}C`],
  ])('%s is swallowed', (_name, sequence) => {
    expect(decode(`${sequence}x`)).toEqual([plain('text', 'x')]);
  });

  it('octets that are no UTF-8 are swallowed', () => {
    const decoder = new KeyDecoder();
    const broken = Uint8Array.of(
      0xff,
      0x80,
      0xc3,
      0x78,
      0xe4,
      0xb8,
      0x1b,
      0x5b,
      0x43,
      0xf8,
      0xc2,
      0x85,
      0xed,
      0xa0,
      0x80,
      0x79,
    );
    expect(decoder.push(broken)).toEqual([plain('text', 'x'), plain('right'), plain('text', 'y')]);
  });

  it.each([
    ['the cursor position', '\x1b[1;4R', '1;4R'],
    ['the kind of terminal', '\x1b[?62;22c', '?62;22c'],
    ['a mode', '\x1b[?2026;1$y', '?2026;1$y'],
    ['a colour, ended by BEL', '\x1b]11;rgb:0000/0000/0000\x07', '11;rgb:0000/0000/0000'],
    ['a colour, ended by ST', '\x1b]11;rgb:0000/0000/0000\x1b\\', '11;rgb:0000/0000/0000'],
  ])('an answer of the terminal is a report: %s', (_name, sequence, answer) => {
    expect(decode(`${sequence}x`)).toEqual([plain('report', answer), plain('text', 'x')]);
  });
});

describe('a paste', () => {
  it('is one key without control characters, its lines kept', () => {
    expect(decode('\x1b[200~a\r\nb\rc\t\x1b[31md\x07\x1b[201~x')).toEqual([
      plain('paste', 'a\nb\nc\t[31md'),
      plain('text', 'x'),
    ]);
  });

  it('is ended by ctrl-c when its end never comes', () => {
    expect(decode('\x1b[200~abc', '\x03')).toEqual([plain('paste', 'abc'), { ...plain('text', 'c'), ctrl: true }]);
  });

  it('is cut at 65,536 octets and still ends', () => {
    const [paste, next] = decode(`\x1b[200~${'a'.repeat(100_000)}\x1b[201~`, 'x');
    expect(paste?.text).toMatch(/^a{65000,65536}$/);
    expect(next).toEqual(plain('text', 'x'));
  });
});

describe('any octets', () => {
  it('give the same keys however they are cut', () => {
    const noise = fc.array(
      fc.oneof(
        fc.constantFrom(...sequences.map(([, sequence]) => [...octets(sequence)])),
        fc.array(fc.nat(255), { maxLength: 4 }),
        fc.constantFrom([0x1b], [0x1b, 0x5b], [0x1b, 0x4f], [0x1b, 0x5d]),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(noise, fc.array(fc.nat(40)), (pieces, cuts) => {
        const whole = Uint8Array.from(pieces.flat());
        const once = new KeyDecoder();
        const expected = once.push(whole);
        const cut = new KeyDecoder();
        const places = [0, ...cuts.filter((at) => at < whole.length).sort((a, b) => a - b), whole.length];
        const keys = places.flatMap((at, index) => cut.push(whole.subarray(at, places[index + 1] ?? whole.length)));
        expect(keys).toEqual(expected);
        expect(cut.flush()).toEqual(once.flush());
      }),
      { numRuns: 2000 },
    );
  });

  it('give texts without control characters', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (noise) => {
        for (const key of new KeyDecoder().push(noise)) {
          if (key.name === 'text') expect(key.text).toMatch(/^\P{Control}$/u);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
