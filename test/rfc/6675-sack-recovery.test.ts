// Loss recovery with selective acknowledgments (RFC 6675), SMSS 1000.
import { describe, expect, it } from 'vitest';
import type { Profile } from '../../source/tcp/profile.ts';
import { segment } from '../../source/tcp/segment.ts';
import { seq } from '../../source/tcp/seq.ts';
import { established } from '../support/endpoints.ts';
import type { Lab } from '../support/lab.ts';

// Ten segments of 1000 octets, numbered 0 to 9, are in flight from 1000 on.
const ten = (values: Partial<Profile> = {}): Lab => {
  const lab = established({
    values: { mtu: 1_040, initialWindow: 10, limitedTransmit: false, delayedAck: false, ...values },
    iss: [[999], [0]],
    handOver: true,
  });
  lab.client.send(60_000);
  expect(lab.client.sent).toHaveLength(10);
  return lab;
};

// An ACK with blocks given in numbers of segments: [2, 4] is segments 2 and 3.
const acknowledge = (lab: Lab, upTo: number, ...blocks: readonly (readonly [from: number, to: number])[]): number[] => {
  const before = lab.client.sent.length;
  const { options } = segment({});
  const sack = blocks.map(([from, to]) => ({ from: seq(1_000 + 1_000 * from), to: seq(1_000 + 1_000 * to) }));
  lab.arrive(
    'client',
    segment({ seq: 1, ack: 1_000 + 1_000 * upTo, ctl: ['ACK'], wnd: 65_535, options: { ...options, sack } }),
  );
  return lab.client.sent.slice(before).map(({ seq: from }) => (from - 1_000) / 1_000);
};

describe('a segment is lost', () => {
  it('when three separate runs above it have been received', () => {
    const lab = ten();
    expect(acknowledge(lab, 0, [2, 3])).toEqual([]);
    expect(acknowledge(lab, 0, [4, 5], [2, 3])).toEqual([]);
    // Segment 0 and 1 have three runs above them, 3 has two.
    expect(acknowledge(lab, 0, [6, 7], [4, 5], [2, 3])).toEqual([0]);
    expect(lab.client.tcb.outstanding.flatMap(({ lost }, index) => (lost ? [index] : []))).toEqual([1]);
  });

  it('when more than two full segments above it have been received, even by a single ACK', () => {
    expect(acknowledge(ten(), 0, [1, 3])).toEqual([]);
    expect(acknowledge(ten(), 0, [1, 4])).toEqual([0]);
  });

  it('not by ACKs without news', () => {
    const lab = ten();
    acknowledge(lab, 0, [5, 6]);
    for (let round = 0; round < 5; round++) expect(acknowledge(lab, 0, [5, 6])).toEqual([]);
  });
});

describe('before that', () => {
  it('one new segment leaves for each reported one (limited transmit)', () => {
    const lab = ten({ limitedTransmit: true });
    expect(acknowledge(lab, 0, [1, 2])).toEqual([10]);
    expect(acknowledge(lab, 0, [1, 3])).toEqual([11]);
    expect(lab.count('cc.limited-transmit')).toBe(2);
    expect(lab.client.tcb.congestion.cwnd).toBe(10_000);
  });

  it('none leaves where limited transmit is off', () => {
    const lab = ten();
    expect(acknowledge(lab, 0, [1, 2])).toEqual([]);
    expect(acknowledge(lab, 0, [1, 3])).toEqual([]);
  });
});

describe('recovery', () => {
  it('halves the flight and sends while the pipe has room: lost segments first, then new ones', () => {
    const lab = ten();
    // Segments 0 and 4 are lost. Three of ten have arrived: pipe 10 - 3 - 1 lost, less than what cwnd 5 would let out.
    expect(acknowledge(lab, 0, [1, 4])).toEqual([0]);
    expect(lab.client.tcb.congestion).toMatchObject({ phase: 'recovery', ssthresh: 5_000, cwnd: 5_000 });
    expect(acknowledge(lab, 0, [5, 6], [1, 4])).toEqual([]);
    expect(acknowledge(lab, 0, [5, 7], [1, 4])).toEqual([]);
    // Now 0 (again), 8 and 9 are in the pipe, and 4 is known to be lost: room for two.
    expect(acknowledge(lab, 0, [5, 8], [1, 4])).toEqual([4, 10]);
    expect(acknowledge(lab, 0, [5, 9], [1, 4])).toEqual([11]);
  });

  it('ends when everything sent before it is acknowledged', () => {
    const lab = ten();
    acknowledge(lab, 0, [1, 4]);
    acknowledge(lab, 4);
    expect(lab.client.tcb.congestion.phase).toBe('recovery');
    acknowledge(lab, 10);
    expect(lab.client.tcb.congestion).toMatchObject({ phase: 'open', cwnd: 5_000 });
  });

  it('repeats a segment once only', () => {
    const lab = ten();
    const sent: number[] = [];
    for (let upper = 3; upper <= 10; upper++) sent.push(...acknowledge(lab, 0, [1, upper]));
    expect(sent.filter((index) => index === 0)).toEqual([0]);
  });

  it('forgets nothing that was reported before the cumulative ACK covers it', () => {
    const lab = ten();
    acknowledge(lab, 0, [1, 4]);
    expect(lab.client.tcb.queue.length).toBe(60_000);
    expect(lab.client.tcb.snd.una).toBe(1_000);
  });

  it('in proportion (RFC 6937): about one segment leaves for every two that arrive', () => {
    const lab = ten({ proportionalReduction: true });
    let sent = acknowledge(lab, 0, [1, 4]).length;
    for (let upper = 5; upper <= 10; upper++) sent += acknowledge(lab, 0, [1, upper]).length;
    // Nine of ten have been delivered; half of the old flight is five.
    expect(sent).toBe(5);
  });
});

describe('NextSeg (3)', () => {
  // Only ten segments were written, so that there is nothing new to send.
  const noMore = (): Lab => {
    const lab = established({
      values: { mtu: 1_040, initialWindow: 10, limitedTransmit: false, delayedAck: false },
      iss: [[999], [0]],
      handOver: true,
    });
    lab.client.send(10_000);
    return lab;
  };

  it('fills a hole not yet judged lost, when nothing is known to be lost and there is nothing new', () => {
    const lab = noMore();
    expect(acknowledge(lab, 0, [1, 4])).toEqual([0]);
    // The window is five segments; 4 to 7 are in flight, and only two segments above them have been received.
    expect(acknowledge(lab, 4, [8, 10])).toEqual([4]);
  });

  it('does not where the window has no room', () => {
    const lab = noMore();
    acknowledge(lab, 0, [1, 4]);
    expect(acknowledge(lab, 0, [8, 10], [1, 4])).toEqual([]);
  });
});

describe('NextSeg (4), the rescue', () => {
  // Ten segments and nothing more to send: 0 is lost, and so is 9, which no later segment can show to be missing.
  const tailLost = (): Lab => {
    const lab = established({
      values: { mtu: 1_040, initialWindow: 10, limitedTransmit: false, delayedAck: false },
      iss: [[999], [0]],
      handOver: true,
    });
    lab.client.send(10_000);
    expect(acknowledge(lab, 0, [1, 4])).toEqual([0]);
    return lab;
  };

  it('repeats the end of the flight when there is nothing else, without waiting for the timeout', () => {
    const lab = tailLost();
    expect(acknowledge(lab, 0, [1, 9])).toEqual([9]);
    expect(lab.count('cc.rescue')).toBe(1);
  });

  it('once in each recovery', () => {
    const lab = tailLost();
    acknowledge(lab, 0, [1, 9]);
    expect(acknowledge(lab, 9)).toEqual([]);
    expect(lab.client.tcb.congestion.phase).toBe('recovery');
  });

  it('and not before NextSeg (3) has filled the holes that SACK shows', () => {
    const lab = tailLost();
    // 5 and 9 are missing; four segments above 5 would make it lost, three do not come together to more than two full ones.
    expect(acknowledge(lab, 0, [6, 8], [1, 5])).toEqual([5]);
    expect(lab.rules).toContain('cc.fill-hole');
    expect(lab.rules).not.toContain('cc.rescue');
  });

  it('leaves the window as it is', () => {
    const lab = tailLost();
    acknowledge(lab, 0, [1, 9]);
    expect(lab.client.tcb.congestion).toMatchObject({ ssthresh: 5_000, cwnd: 5_000 });
  });
});
