// The receiver's examples of RFC 2018 section 7 and of RFC 2883 section 4, with the numbers printed there.
import { describe, expect, it } from 'vitest';
import { established } from '../support/endpoints.ts';
import type { Lab, Sent } from '../support/lab.ts';

/** What an ACK of the server says, as the RFCs print it: the ACK and the blocks. */
const said = ({ ack, options }: Sent): readonly [ack: number | null, ...blocks: string[]] => [
  ack,
  ...options.sack.map(({ from, to }) => `${from}-${to}`),
];

describe('RFC 2018 section 7: eight segments of 500 octets from 5000 on', () => {
  const eight = (): { lab: Lab; segments: Sent[] } => {
    const values = { mtu: 540, initialWindow: 8 };
    const lab = established({ iss: [[4_999], [300]], handOver: true, values });
    lab.client.send(4_000);
    const segments = lab.client.sent;
    expect(segments.map(({ seq, len }) => [seq, len])).toEqual(
      [5_000, 5_500, 6_000, 6_500, 7_000, 7_500, 8_000, 8_500].map((seq) => [seq, 500]),
    );
    return { lab, segments };
  };

  const land = (lab: Lab, segment: Sent | undefined): void => {
    if (segment !== undefined) lab.land(segment);
  };

  it('case 1: the first four arrive, the rest is lost: ACK 7000 without SACK', () => {
    const { lab, segments } = eight();
    for (const segment of segments.slice(0, 4)) land(lab, segment);
    expect(said(lab.server.last)).toEqual([7_000]);
    expect(lab.server.sent.every(({ options }) => options.sack.length === 0)).toBe(true);
  });

  it('case 2: the first is lost: every ACK is 5000 with one growing block', () => {
    const { lab, segments } = eight();
    for (const segment of segments.slice(1)) land(lab, segment);
    expect(lab.server.sent.map(said)).toEqual(
      [6_000, 6_500, 7_000, 7_500, 8_000, 8_500, 9_000].map((right) => [5_000, `5500-${right}`]),
    );
  });

  it('case 3: every second is lost: the newest block comes first', () => {
    const { lab, segments } = eight();
    for (const index of [0, 2, 4, 6, 3, 1]) land(lab, segments[index]);
    // The first segment alone may wait for its acknowledgment; the second arrival settles it.
    expect(lab.server.sent.map(said)).toEqual([
      [5_500, '6000-6500'],
      [5_500, '7000-7500', '6000-6500'],
      [5_500, '8000-8500', '7000-7500', '6000-6500'],
      [5_500, '6000-7500', '8000-8500'],
      [7_500, '8000-8500'],
    ]);
  });
});

describe('RFC 2883 section 4: the first block reports what arrived twice', () => {
  // The server expects octet `nxt`; each arrival is [first, last] as the RFC prints data segments.
  const arrivals = (nxt: number, ...segments: readonly (readonly [first: number, last: number])[]): Sent => {
    const lab = established({ iss: [[nxt - 1], [300]], handOver: true });
    for (const [first, last] of segments) {
      lab.forge('server', { seq: first, ack: 301, ctl: ['ACK'], len: last - first + 1 });
    }
    return lab.server.last;
  };

  it('4.1.1: a segment again', () => {
    expect(said(arrivals(3_000, [3_000, 3_499], [3_500, 3_999], [3_000, 3_499]))).toEqual([4_000, '3000-3500']);
  });

  it('4.1.2: a segment again, beside a gap', () => {
    const last = arrivals(3_000, [3_000, 3_499], [3_500, 3_999], [4_500, 4_999], [3_000, 3_499]);
    expect(said(last)).toEqual([4_000, '3000-3500', '4500-5000']);
  });

  it('4.1.3: a segment beyond a gap again: its block follows', () => {
    const last = arrivals(3_500, [3_500, 3_999], [4_500, 4_999], [5_000, 5_499], [5_000, 5_499]);
    expect(said(last)).toEqual([4_000, '5000-5500', '4500-5500']);
  });

  it('4.2.1: a larger segment repeats a part', () => {
    const last = arrivals(500, [500, 999], [1_000, 1_499], [2_000, 2_499], [1_000, 1_999]);
    expect(said(last)).toEqual([2_500, '1000-1500']);
  });

  it('4.2.2: a larger segment repeats two parts: only the first is reported', () => {
    const last = arrivals(500, [500, 999], [1_000, 1_499], [2_000, 2_499], [3_000, 3_499], [1_000, 2_499]);
    expect(said(last)).toEqual([2_500, '1000-1500', '3000-3500']);
  });

  it('4.2.3: a larger segment repeats a part beyond a gap', () => {
    const last = arrivals(500, [500, 999], [1_500, 1_999], [3_500, 3_999], [1_500, 2_999]);
    expect(said(last)).toEqual([1_000, '1500-2000', '1500-3000', '3500-4000']);
  });

  it('5.1: the network makes a copy', () => {
    expect(said(arrivals(1_000, [1_000, 1_499], [1_000, 1_499]))).toEqual([1_500, '1000-1500']);
  });

  it('section 4 (1): a duplicate is reported once only', () => {
    const lab = established({ iss: [[999], [300]], handOver: true });
    for (const seq of [1_000, 1_000, 2_000]) lab.forge('server', { seq, ack: 301, ctl: ['ACK'], len: 500 });
    expect(lab.server.sent.map(said)).toEqual([
      [1_500, '1000-1500'],
      [1_500, '2000-2500'],
    ]);
  });
});
