// RFC 9293 sections 3.1 and 3.2: the header, its checksum, its window and its options.
import { describe, expect, it } from 'vitest';
import { checksum, decode, decodeOptions, type Ends, encode } from '../../source/tcp/codec.ts';
import { fromText, pattern } from '../../source/tcp/octets.ts';
import { Options } from '../../source/tcp/options.ts';
import { linux } from '../../source/tcp/profiles/linux.ts';
import { segment } from '../../source/tcp/segment.ts';
import { closing, established, listening, timeWait } from '../support/endpoints.ts';
import { lab, ms, s } from '../support/lab.ts';

const ends: Ends = { fromAddress: '10.0.0.1', fromPort: 40_001, toAddress: '10.0.0.2', toPort: 80 };
const area = (...octets: readonly number[]): ReturnType<typeof decodeOptions> => decodeOptions(Uint8Array.from(octets));

describe('window', () => {
  it('MUST-1: a window of 65535 is 65535 octets, not -1', () => {
    const values = { receiveBuffer: 65_535, congestion: 'none' } as const;
    const here = established({ values, clientOptions: { nodelay: true } });
    expect(here.client.tcb.snd.wnd).toBe(65_535);
    here.client.send(65_535);
    const total = here.client.sent.reduce((sum, { len }) => sum + len, 0);
    expect(total).toBe(65_535);
  });

  it('MUST-1: so is one with the highest bit set, as octets', () => {
    const found = decode(encode(segment({ wnd: 0x8000 }), ends));
    expect(found).toMatchObject({ segment: { wnd: 32_768 } });
  });

  it('REC-1: windows are reckoned with in 32 bits when they are scaled', () => {
    const wide = { receiveBuffer: 1_000_000, sendBuffer: 1_000_000, windowScale: 5, congestion: 'none' } as const;
    const here = established({ values: wide, clientOptions: { nodelay: true } });
    here.client.send(1);
    here.quiet();
    // 999,999 octets are left; in units of 32 that is 31,250, so that the right edge does not move back.
    expect(here.server.last.wnd).toBe(31_250);
    expect(here.client.tcb.snd.wnd).toBe(1_000_000);
    here.mark().client.send(900_000);
    expect(here.client.sent.reduce((sum, { len }) => sum + len, 0)).toBe(900_000);
  });

  it('REC-1: a window in a SYN is never scaled', () => {
    const wide = { receiveBuffer: 1_000_000, windowScale: 5 };
    const here = lab({ values: wide });
    here.server.listen();
    here.client.connect();
    here.run(ms(25));
    expect(here.client.sent[0]).toMatchObject({ ctl: 'SYN', wnd: 65_535 });
    expect(here.server.sent[0]).toMatchObject({ ctl: 'SYN,ACK', wnd: 65_535 });
    expect(here.client.tcb.snd.wnd).toBe(65_535);
  });
});

describe('checksum', () => {
  const octets = encode(segment({ seq: 101, ack: 301, ctl: ['ACK'], wnd: 1_000, data: fromText('abc') }), ends);

  it('MUST-2: a sender always generates it, over pseudo header, header and data', () => {
    // 0a00 0001 0a00 0002 0006 0017 and the words below without the checksum add up to 0xb92c with the carries.
    const words = [0x9c41, 0x0050, 0, 0x0065, 0, 0x012d, 0x5010, 0x03e8, 0, 0, 0x6162, 0x6300];
    const pseudo = [0x0a00, 0x0001, 0x0a00, 0x0002, 0x0006, 0x0017];
    let sum = [...pseudo, ...words].reduce((total, value) => total + value, 0);
    while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
    expect(((octets[16] ?? 0) << 8) | (octets[17] ?? 0)).toBe(0xffff - sum);
  });

  it('MUST-3: a receiver can tell any single changed bit', () => {
    const good = checksum(octets, ends.fromAddress, ends.toAddress);
    for (let bit = 0; bit < octets.length * 8; bit++) {
      const changed = octets.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const field = ((changed[16] ?? 0) << 8) | (changed[17] ?? 0);
      expect(checksum(changed, ends.fromAddress, ends.toAddress) === field).toBe(false);
    }
    expect(good).toBe(((octets[16] ?? 0) << 8) | (octets[17] ?? 0));
  });

  it('MUST-3: a corrupted segment is not looked at; the retransmission repairs it', () => {
    const here = established();
    here.client.send(10);
    here.tamper({ do: 'corrupt', flight: here.client.last.flight.id });
    here.until(ms(999));
    expect(here.server.sent).toEqual([]);
    expect(here.server.tcb.rcv.nxt).toBe(101);
    here.until(s(2));
    expect(here.server.tcb.rcv.nxt).toBe(111);
  });
});

describe('options', () => {
  it('MUST-4: end-of-list, no-operation and maximum segment size are understood', () => {
    expect(area(1, 1, 2, 4, 5, 0xb4, 0, 0).options).toMatchObject({ mss: 1_460 });
    expect(area(0, 2, 4, 5).options.mss).toBe(null);
  });

  it('MUST-5: options are accepted in every segment', () => {
    const here = established({ profile: linux.values });
    here.client.send(10);
    here.server.read();
    here.run(s(1)).client.close();
    here.run(s(1)).server.close();
    here.run(s(1));
    expect([here.client.state, here.server.state]).toEqual(['TIME-WAIT', 'CLOSED']);
    expect(here.sent.every(({ options }) => options.tsVal !== null)).toBe(true);
  });

  it('MUST-5: even those that only a SYN should carry', () => {
    const here = established();
    const options = new Options(100, 3, true, 5, 6, []);
    here.arrive('server', segment({ seq: 101, ack: 301, ctl: ['ACK'], wnd: 1_000, data: pattern(0, 10), options }));
    expect(here.server.tcb.rcv.nxt).toBe(111);
    expect(here.server.tcb.snd).toMatchObject({ mss: 1_460, wscale: 0, wnd: 1_000 });
  });

  it('MUST-6: an unknown option has no effect on a connection', () => {
    const here = established();
    const options = new Options(null, null, false, null, 0, [], [253]);
    here.arrive('server', segment({ seq: 101, ack: 301, ctl: ['ACK'], wnd: 1_000, data: pattern(0, 10), options }));
    expect(here.server.state).toBe('ESTABLISHED');
    expect(here.server.tcb.rcv.nxt).toBe(111);
  });

  it('MUST-6: nor on a SYN', () => {
    const here = listening();
    const options = new Options(1_000, null, false, null, 0, [], [253]);
    here.arrive('server', segment({ seq: 100, ctl: ['SYN'], wnd: 1_000, options }), { from: 9, to: 80 });
    expect(here.server.last).toMatchObject({ ack: 101, ctl: 'SYN,ACK' });
    expect(here.server.tcb.snd.mss).toBe(1_000);
    expect(here.rules).toContain('opt.unknown');
  });

  it('MUST-6: an unknown option is stepped over by its length', () => {
    const { options, faults } = area(253, 6, 2, 4, 0, 1, 2, 4, 5, 0xb4);
    expect(options).toMatchObject({ mss: 1_460, unknown: [253] });
    expect(faults).toEqual([]);
  });

  it.each([
    ['zero', [2, 0, 5, 0xb4], { kind: 2, length: 0, at: 0 }],
    ['one', [253, 1, 2, 4], { kind: 253, length: 1, at: 0 }],
    ['beyond the end of the options', [1, 2, 5, 5], { kind: 2, length: 5, at: 1 }],
    ['absent', [1, 1, 1, 8], { kind: 8, length: null, at: 3 }],
    ['not that of its kind', [2, 3, 5, 1], { kind: 2, length: 3, at: 0 }],
  ])('MUST-7: a length that is %s is reported and does no harm', (_, octets, fault) => {
    const { options, faults } = area(...octets);
    expect(faults).toEqual([fault]);
    expect(options.mss).toBe(null);
  });

  it('MUST-64: an option need not begin on a word boundary', () => {
    expect(area(3, 3, 7, 8, 10, 0, 0, 0, 9, 0, 0, 0, 8, 2, 4, 5, 0xb4, 0, 0, 0).options).toMatchObject({
      mss: 1_460,
      wscale: 7,
      tsVal: 9,
      tsEcr: 8,
    });
  });

  it('MUST-65: the maximum segment size is only ever sent in segments with SYN', () => {
    for (const here of [timeWait(), timeWait({ profile: linux.values }), closing()]) {
      const everything = here.steps.flatMap(({ sent }) => sent.map((flight) => here.seen(flight)));
      for (const { ctl, options } of everything) expect(options.mss !== null).toBe(ctl.includes('SYN'));
      expect(everything.length).toBeGreaterThan(5);
    }
  });

  it('MUST-68: every option but end-of-list and no-operation has a length, also those nobody knows', () => {
    for (let kind = 9; kind < 256; kind++) {
      expect(area(kind, 4, 99, 99, 2, 4, 2, 24).options).toMatchObject({ mss: 536, unknown: [kind] });
    }
  });

  it('MUST-69: the header is padded with zeros to a multiple of four octets', () => {
    const options = new Options(null, null, false, null, 0, [], [253]);
    const octets = encode(segment({ ctl: ['ACK'], options, data: fromText('x') }), ends);
    expect([...octets.slice(20)]).toEqual([253, 2, 0, 0, 'x'.charCodeAt(0)]);
    expect((octets[12] ?? 0) >> 4).toBe(6);
  });
});
