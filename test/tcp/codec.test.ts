import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressOctets,
  checksum,
  type Decoded,
  decode,
  decodeOptions,
  type Ends,
  encode,
  encodeOptions,
} from '../../source/tcp/codec.ts';
import { fromText, Octets } from '../../source/tcp/octets.ts';
import { noOptions, Options, optionLength } from '../../source/tcp/options.ts';
import { Segment, segment } from '../../source/tcp/segment.ts';
import { seq } from '../../source/tcp/seq.ts';

const ends: Ends = { fromAddress: '10.0.0.1', fromPort: 40_001, toAddress: '10.0.0.2', toPort: 80 };

const octetsOf = (hex: string): Uint8Array => Uint8Array.from(hex.trim().split(/\s+/), (pair) => Number(`0x${pair}`));
const hexOf = (octets: Uint8Array): string => [...octets].map((octet) => octet.toString(16).padStart(2, '0')).join(' ');

const read = (octets: Uint8Array): Decoded => {
  const found = decode(octets);
  if (typeof found === 'string') throw new Error(found);
  return found;
};

describe('a segment as octets', () => {
  it('is a SYN with the options of a modern system', () => {
    const options = new Options(1_460, 7, true, 0x01020304, 0, []);
    const syn = segment({ seq: 100, ctl: ['SYN'], wnd: 64_240, options });
    expect(hexOf(encode(syn, ends))).toBe(
      '9c 41 00 50 00 00 00 64 00 00 00 00 a0 02 fa f0 98 11 00 00 ' +
        '02 04 05 b4 04 02 08 0a 01 02 03 04 00 00 00 00 01 03 03 07',
    );
  });

  it('is data of an odd length, with numbers at the end of the circle', () => {
    const data = segment({ seq: 0xffff_fffe, ack: 101, ctl: ['PSH', 'ACK'], wnd: 500, data: fromText('abc') });
    expect(hexOf(encode(data, { ...ends, fromPort: 80, toPort: 40_001 }))).toBe(
      '00 50 9c 41 ff ff ff fe 00 00 00 65 50 18 01 f4 38 7b 00 00 61 62 63',
    );
  });

  it('has every control bit in its place', () => {
    const bits = segment({ ctl: ['CWR', 'ECE', 'URG', 'ACK', 'PSH', 'RST', 'SYN', 'FIN'] });
    expect(encode(bits, ends)[13]).toBe(0xff);
    expect(encode(segment({ ctl: ['CWR'] }), ends)[13]).toBe(0x80);
    expect(encode(segment({ ctl: ['FIN'] }), ends)[13]).toBe(0x01);
  });

  it('cannot have an address that is not IPv4', () => {
    for (const address of ['localhost', '10.0.0', '10.0.0.256', '::1', '']) {
      expect(() => addressOctets(address)).toThrow(RangeError);
    }
  });

  it('cannot have more than 40 octets of options', () => {
    const block = { from: seq(1), to: seq(2) };
    const options = new Options(null, null, false, 1, 2, [block, block, block, block]);
    expect(() => encodeOptions(options)).toThrow('48');
  });
});

const word = fc.integer({ min: 0, max: 0xffff_ffff });
const half = fc.integer({ min: 0, max: 0xffff });
const anyOptions = fc
  .record({
    mss: fc.option(half),
    wscale: fc.option(fc.integer({ min: 0, max: 255 })),
    sackPermitted: fc.boolean(),
    tsVal: fc.option(word),
    tsEcr: word,
    sack: fc.array(fc.record({ from: word.map(seq), to: word.map(seq) }), { maxLength: 4 }),
    unknown: fc.array(fc.integer({ min: 9, max: 255 }), { maxLength: 4 }),
  })
  .map(({ mss, wscale, sackPermitted, tsVal, tsEcr, sack, unknown }) => {
    const options = new Options(mss, wscale, sackPermitted, tsVal, tsVal === null ? 0 : tsEcr, sack, unknown);
    return optionLength(options) === 0 ? noOptions : options;
  })
  .filter((options) => optionLength(options) <= 40);
const anySegment = fc
  .record({
    seq: word.map(seq),
    ack: word.map(seq),
    ctl: fc.integer({ min: 0, max: 255 }),
    wnd: half,
    up: half,
    data: fc.uint8Array({ maxLength: 64 }),
    options: anyOptions,
  })
  .map(({ seq: from, ack, ctl, wnd, up, data, options }) => {
    return new Segment(from, ack, ctl, wnd, up, new Octets(data, 0, data.length), options);
  });
const anyEnds = fc.record({
  fromAddress: fc.ipV4(),
  fromPort: half,
  toAddress: fc.ipV4(),
  toPort: half,
});

describe('encoding and decoding', () => {
  it('return the same segment', () => {
    fc.assert(
      fc.property(anySegment, anyEnds, (one, between) => {
        const { segment: again, fromPort, toPort, faults } = read(encode(one, between));
        expect(faults).toEqual([]);
        expect([fromPort, toPort]).toEqual([between.fromPort, between.toPort]);
        expect({ ...again, data: again.data.bytes() }).toEqual({ ...one, data: one.data.bytes() });
      }),
    );
  });

  it('agree with the length that the engine reckons with', () => {
    fc.assert(
      fc.property(anyOptions, (options) => {
        expect(encodeOptions(options)).toHaveLength(optionLength(options));
      }),
    );
  });

  it('keep a checksum that proves itself', () => {
    fc.assert(
      fc.property(anySegment, anyEnds, (one, between) => {
        const octets = encode(one, between);
        expect(checksum(octets, between.fromAddress, between.toAddress)).toBe(read(octets).checksum);
      }),
    );
  });

  it('survive any octets at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (octets) => {
        const found = decode(octets);
        if (typeof found === 'string') return;
        expect(found.segment.data.length).toBeLessThanOrEqual(octets.length - 20);
      }),
    );
  });

  it('survive any options area', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (octets) => {
        for (const { kind, at } of decodeOptions(octets).faults) expect(octets[at]).toBe(kind);
      }),
    );
  });
});

describe('octets that are no segment', () => {
  it.each([
    ['shorter than a header', new Uint8Array(19), 'shorter-than-a-header'],
    [
      'a data offset below five words',
      octetsOf(`${'00 '.repeat(12)} 40 ${'00 '.repeat(11)}`),
      'data-offset-below-five',
    ],
    [
      'a data offset beyond the end',
      octetsOf(`${'00 '.repeat(12)} 60 ${'00 '.repeat(7)}`),
      'data-offset-beyond-the-end',
    ],
  ])('%s', (_, octets, reason) => {
    expect(decode(octets)).toBe(reason);
  });
});
