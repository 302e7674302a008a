// Congestion control with worked numbers: SMSS 1000, windows in octets, no SACK (RFC 5681, RFC 6582).
import { describe, expect, it } from 'vitest';
import type { Profile } from '../../source/tcp/profile.ts';
import { linux } from '../../source/tcp/profiles/linux.ts';
import { established, synSent } from '../support/endpoints.ts';
import { type Lab, ms, type Sent, s } from '../support/lab.ts';

const plain: Partial<Profile> = {
  mtu: 1_040,
  sack: false,
  limitedTransmit: false,
  delayedAck: false,
};

// The client's window begins with so many segments.
const sender = (segments: number, more: Partial<Profile> = {}, handOver = true): Lab => {
  const lab = established({ values: { ...plain, initialWindow: segments, ...more }, iss: [[999], [0]], handOver });
  expect(lab.client.tcb.congestion.cwnd).toBe(segments * 1_000);
  return lab;
};

const cwnd = (lab: Lab): number => lab.client.tcb.congestion.cwnd;
const ssthresh = (lab: Lab): number => lab.client.tcb.congestion.ssthresh;
const land = (lab: Lab, sent: Sent | undefined): void => {
  if (sent === undefined) throw new Error('no such segment');
  lab.land(sent);
};
// Sequence numbers of what the client sends, counted from 0.
const offsets = (sent: readonly Sent[]): number[] => sent.map(({ seq }) => seq - 1_000);

/** Lets the server's next ACK reach the client; returns what the client sends in answer, counted from 0. */
const takeAck = (lab: Lab): number[] => {
  const before = lab.client.sent.length;
  land(
    lab,
    lab.server.sent.find((sent) => lab.fate(sent) === null),
  );
  return offsets(lab.client.sent.slice(before));
};

describe('C1: slow start', () => {
  it('doubles the window in every round trip when every segment is acknowledged', () => {
    const lab = sender(3, {}, false);
    lab.server.read();
    lab.client.send(60_000);
    const windows = [20, 40, 60].map((time) => cwnd(lab.until(ms(time))));
    expect(windows).toEqual([6_000, 12_000, 24_000]);
  });

  it('grows one and a half times when every second segment is acknowledged', () => {
    const lab = sender(3, { delayedAck: true }, false);
    lab.client.send(60_000);
    const windows = [20, 40, 60].map((time) => cwnd(lab.until(ms(time))));
    expect(windows).toEqual([4_000, 6_000, 9_000]);
  });
});

describe('C2: congestion avoidance', () => {
  it('adds SMSS * SMSS / cwnd for each ACK', () => {
    const lab = sender(10, { initialThreshold: 10_000 });
    lab.client.send(10_000);
    for (const segment of lab.client.sent) lab.land(segment);
    const windows = Array.from({ length: 3 }, () => {
      takeAck(lab);
      return cwnd(lab);
    });
    expect(windows).toEqual([10_100, 10_199, 10_297]);
  });

  it('is about one segment in a round trip', () => {
    const lab = sender(10, { initialThreshold: 10_000 }, false);
    lab.server.read();
    lab.client.send(60_000);
    expect(cwnd(lab.until(ms(20)))).toBe(10_956);
  });
});

describe('C3: one segment of ten is lost', () => {
  it('fast retransmit after three duplicates, inflation, and 5000 at the end', () => {
    const lab = sender(10);
    lab.client.send(60_000);
    const flight = lab.client.sent;
    expect(offsets(flight)).toEqual([0, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000, 9_000]);
    for (const segment of flight.slice(1)) lab.land(segment);
    expect(lab.server.sent.map(({ ack }) => ack)).toEqual(Array.from({ length: 9 }, () => 1_000));

    const answers: [cwnd: number, sent: number[]][] = [];
    for (let duplicate = 1; duplicate <= 9; duplicate++) {
      const sent = takeAck(lab);
      answers.push([cwnd(lab), sent]);
    }
    expect(answers).toEqual([
      [10_000, []],
      [10_000, []],
      [8_000, [0]],
      [9_000, []],
      [10_000, []],
      [11_000, [10_000]],
      [12_000, [11_000]],
      [13_000, [12_000]],
      [14_000, [13_000]],
    ]);
    expect(ssthresh(lab)).toBe(5_000);

    land(
      lab,
      lab.client.sent.find(({ seq }, index) => seq === 1_000 && index >= 10),
    );
    expect(lab.server.last.ack).toBe(11_000);
    takeAck(lab);
    expect(cwnd(lab)).toBe(5_000);
    expect(lab.client.tcb.congestion.phase).toBe('open');
  });
});

describe('C3 under Tahoe', () => {
  it('the third duplicate is taken as a timeout: one segment, and slow start up to half', () => {
    const lab = sender(10, { congestion: 'tahoe' });
    lab.client.send(60_000);
    for (const segment of lab.client.sent.slice(1)) lab.land(segment);
    for (let duplicate = 1; duplicate <= 3; duplicate++) takeAck(lab);
    expect([cwnd(lab), ssthresh(lab)]).toEqual([1_000, 5_000]);
    expect(offsets(lab.client.sent.slice(10))).toEqual([0]);
    expect(lab.rules).toContain('cc.tahoe');
  });
});

describe('C4: the first and the fifth of ten are lost', () => {
  it('a partial ACK repeats the second hole and deflates the window', () => {
    const lab = sender(10);
    lab.client.send(60_000);
    const flight = lab.client.sent;
    for (const [index, segment] of flight.entries()) if (index !== 0 && index !== 4) lab.land(segment);
    for (let duplicate = 1; duplicate <= 8; duplicate++) takeAck(lab);
    expect(cwnd(lab)).toBe(13_000);
    expect(offsets(lab.client.sent.slice(10))).toEqual([0, 10_000, 11_000, 12_000]);

    const [repeated, ...fresh] = lab.client.sent.slice(10);
    land(lab, repeated);
    expect(lab.server.last.ack).toBe(5_000);
    expect(takeAck(lab)).toEqual([4_000, 13_000]);
    expect(cwnd(lab)).toBe(10_000);

    for (const segment of fresh) lab.land(segment);
    const answers: [cwnd: number, sent: number[]][] = fresh.map(() => {
      const sent = takeAck(lab);
      return [cwnd(lab), sent];
    });
    expect(answers).toEqual([
      [11_000, [14_000]],
      [12_000, [15_000]],
      [13_000, [16_000]],
    ]);

    land(
      lab,
      lab.client.sent.findLast(({ seq }) => seq === 5_000),
    );
    expect(lab.server.last.ack).toBe(14_000);
    takeAck(lab);
    expect(cwnd(lab)).toBe(5_000);
  });
});

describe('C5: the retransmission timer expires with 8000 in flight', () => {
  it('halves the threshold once, begins again with one segment, and leaves slow start at the threshold', () => {
    const lab = sender(8, {}, false);
    lab.server.read();
    lab.client.send(20_000);
    for (const segment of lab.client.sent) lab.lose(segment);
    lab.drop(({ from }) => from === 'client', 1);
    lab.until(s(1));
    expect([ssthresh(lab), cwnd(lab)]).toEqual([4_000, 1_000]);
    lab.until(s(3));
    expect([ssthresh(lab), cwnd(lab)]).toEqual([4_000, 1_000]);
    expect(lab.client.sent.slice(8).map(({ at, seq }) => [at, seq])).toEqual([
      [s(1), 1_000],
      [s(3), 1_000],
    ]);
    const windows = [20, 40, 60].map((time) => cwnd(lab.until(s(3) + ms(time))));
    expect(windows).toEqual([2_000, 4_000, 4_919]);
  });
});

describe('C6: the threshold', () => {
  it('is at least two segments', () => {
    const lab = sender(3, {}, false);
    lab.client.send(3_000);
    for (const segment of lab.client.sent) lab.lose(segment);
    lab.until(s(1));
    expect(ssthresh(lab)).toBe(2_000);
  });
});

describe('the initial window (RFC 5681 section 3.1)', () => {
  it.each([
    [4_380, 2],
    [2_191, 2],
    [2_190, 3],
    [1_460, 3],
    [1_096, 3],
    [1_095, 4],
    [536, 4],
  ])('with segments of %d octets is %d segments', (size, segments) => {
    const lab = established({ values: { mtu: size + 40, initialWindow: 'rfc5681' } });
    expect(lab.client.tcb.congestion.cwnd).toBe(segments * size);
  });

  it('is one segment when the SYN or the SYN,ACK was lost', () => {
    for (const side of ['client', 'server'] as const) {
      const lab = synSent({});
      if (side === 'client') lab.lose(lab.client.last);
      else lab.drop(({ from }) => from === 'server', 1);
      lab.run(s(5));
      expect(lab.party(side).tcb.congestion.cwnd).toBe(1_460);
    }
  });

  it('is ten segments where RFC 6928 is followed', () => {
    const lab = established({ profile: linux.values });
    expect(lab.client.tcb.congestion.cwnd).toBe(14_480);
  });
});

describe('duplicates that mean nothing', () => {
  it('after a timeout do not start a fast retransmit until everything sent before it is acknowledged (RFC 6582)', () => {
    const lab = sender(10);
    lab.client.send(10_000);
    const flight = lab.client.sent;
    for (const segment of flight.slice(4)) lab.land(segment);
    const [first, ...others] = lab.server.sent;
    for (const duplicate of [first, ...others]) if (duplicate !== undefined) lab.lose(duplicate);
    lab.run(s(1)).mark();
    expect(lab.client.sent).toEqual([]);
    for (let duplicate = 0; duplicate < 6; duplicate++)
      lab.forge('client', { seq: 1, ack: 1_000, ctl: ['ACK'], wnd: 65_535 });
    expect(lab.count('cc.fast-retransmit')).toBe(0);
    expect(lab.client.sent).toEqual([]);
  });

  it('after a recovery do not start another until the ACK covers more than was sent before it (RFC 6582 step 2)', () => {
    const lab = sender(10);
    lab.client.send(60_000);
    for (const segment of lab.client.sent.slice(1)) lab.land(segment);
    for (let duplicate = 1; duplicate <= 9; duplicate++) takeAck(lab);
    const [again, ...fresh] = lab.client.sent.slice(10);
    land(lab, again);
    takeAck(lab);
    expect(lab.client.tcb.congestion.phase).toBe('open');
    // The first of the four new segments is lost, the others cause duplicates of the ACK that ended the recovery.
    for (const segment of fresh.slice(1)) lab.land(segment);
    for (let duplicate = 1; duplicate <= 3; duplicate++) takeAck(lab);
    expect(lab.count('cc.fast-retransmit')).toBe(1);
  });

  it('with data, a new window or a FIN do not count (RFC 5681 section 2)', () => {
    const lab = sender(10);
    lab.client.send(10_000);
    for (let segment = 0; segment < 4; segment++) {
      lab.forge('client', { seq: 1 + segment, ack: 1_000, ctl: ['ACK'], wnd: 65_535, len: 1 });
    }
    for (let wnd = 30_000; wnd < 30_004; wnd++) lab.forge('client', { seq: 5, ack: 1_000, ctl: ['ACK'], wnd });
    expect(lab.count('cc.fast-retransmit')).toBe(0);
    for (let duplicate = 0; duplicate < 3; duplicate++)
      lab.forge('client', { seq: 5, ack: 1_000, ctl: ['ACK'], wnd: 30_003 });
    expect(lab.count('cc.fast-retransmit')).toBe(1);
  });
});
