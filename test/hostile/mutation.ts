// Valid files, tampered with.
import fc from 'fast-check';

/** How many files of each kind; HOSTILE_RUNS=10000 takes minutes. */
export const runs = Number(process.env['HOSTILE_RUNS'] ?? 300);

/** What a hostile file is made of. */
const poison = fc.oneof(
  fc.constantFrom(
    ...[
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      '../../../../etc/passwd',
      '/dev/zero',
      'NaN',
      'Infinity',
    ],
    ...['-1', '0', '1e309', '9007199254740993', '4294967296', '-0', '0x10', '99999999999999999999', '1e9', '0.0000001'],
    ...[
      '\x1b[2J',
      '\x1b]0;x\x07',
      '\x9b31m',
      '\0',
      '\r',
      '\u2028',
      '\u202e',
      '\ufeff',
      '\ud800',
      '\n',
      ',',
      ':',
      '"',
      '\\',
    ],
    ...['{"__proto__":{"x":1}}', '[[[[[[[[', '----', '==== main', 'begin', 'run until 9999999s', 'null', 'true', '{}'],
    'drop 100% seed 0 for 1s',
    'delay: 0ms',
    'client: iss 4294967295, port 0',
    '0 client send 1000000000',
    '0 client tune mss=0',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.nat().map(String),
);

type Change = { readonly at: number; readonly length: number; readonly text: string; readonly times: number };

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(fc.constant(0), fc.nat({ max: 4 }), fc.nat({ max: 400 })),
  text: fc.oneof(fc.constant(''), poison),
  times: fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.nat({ max: 300 }) }),
});

const changed = (valid: Uint8Array, changes: readonly Change[]): Uint8Array =>
  changes.reduce((octets, { at, length, text, times }) => {
    const from = Math.floor(at * octets.length);
    return Buffer.concat([octets.slice(0, from), Buffer.from(text.repeat(times)), octets.slice(from + length)]);
  }, valid);

/** Whole words replaced: what is left is more often understood. */
const reworded = (valid: string, at: number, text: string): string => {
  const words = valid.split(/(\s+|[,:=])/);
  words[2 * Math.floor((at * words.length) / 2)] = text;
  return words.join('');
};

/** A valid file with a few octets, or a whole word, replaced by something nasty. */
export const hostile = (valid: Uint8Array | string): fc.Arbitrary<Uint8Array> => {
  const octets = Buffer.from(valid);
  return fc.oneof(
    fc.array(change, { minLength: 1, maxLength: 5 }).map((changes) => changed(octets, changes)),
    fc
      .tuple(fc.double({ min: 0, max: 1, noNaN: true }), poison)
      .map(([at, text]) => Buffer.from(reworded(octets.toString('latin1'), at, text), 'latin1')),
  );
};
