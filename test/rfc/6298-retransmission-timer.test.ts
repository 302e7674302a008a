// The retransmission timer: worked numbers of RFC 6298 section 2 and the schedules that follow from its section 5.
import { describe, expect, it } from 'vitest';
import type { Profile } from '../../source/tcp/profile.ts';
import { linux } from '../../source/tcp/profiles/linux.ts';
import { rfc9293 } from '../../source/tcp/profiles/rfc9293.ts';
import { textbook } from '../../source/tcp/profiles/textbook.ts';
import { RoundTrip, sample } from '../../source/tcp/rtt.ts';
import { seq } from '../../source/tcp/seq.ts';
import { closeWait, established, synReceived, synSent } from '../support/endpoints.ts';
import { type Lab, ms, s } from '../support/lab.ts';

// One sample for each window, as both columns of the table assume.
const estimate = (samples: readonly number[], profile: Profile): RoundTrip => {
  const rtt = new RoundTrip(profile.initialRto, seq(0));
  samples.forEach((time, window) => {
    sample(rtt, ms(time), profile, seq(1_000 * window + 501), seq(1_000 * window + 1_000));
  });
  return rtt;
};

describe('worked numbers', () => {
  // Samples R in milliseconds; alpha 1/8, beta 1/4, K 4, G negligible. The last two columns are the timeouts.
  it.each([
    { samples: [100], srtt: 100, rttvar: 50, rfc: 1_000, floor: 300 },
    { samples: [100, 120], srtt: 102.5, rttvar: 42.5, rfc: 1_000, floor: 302.5 },
    { samples: [100, 120, 90], srtt: 100.9375, rttvar: 35, rfc: 1_000, floor: 300.94 },
    { samples: [100, 120, 90, 200], srtt: 113.3203125, rttvar: 51.015625, rfc: 1_000, floor: 317.38 },
    { samples: [800], srtt: 800, rttvar: 400, rfc: 2_400, floor: 2_400 },
    { samples: [800, 1_000], srtt: 825, rttvar: 350, rfc: 2_225, floor: 2_425 },
    { samples: [800, 1_000, 900], srtt: 834.375, rttvar: 281.25, rfc: 1_959.375, floor: 2_315.625 },
    { samples: [1], srtt: 1, rttvar: 0.5, rfc: 1_000, floor: 201 },
    { samples: [1, 1, 1, 1], srtt: 1, rttvar: 0.2109375, rfc: 1_000, floor: 201 },
    { samples: [20], srtt: 20, rttvar: 10, rfc: 1_000, floor: 220 },
    { samples: [20, 20], srtt: 20, rttvar: 7.5, rfc: 1_000, floor: 220 },
    { samples: [20, 20, 20], srtt: 20, rttvar: 5.625, rfc: 1_000, floor: 220 },
    { samples: [20, 20, 20, 20], srtt: 20, rttvar: 4.21875, rfc: 1_000, floor: 220 },
  ])('samples of $samples ms: SRTT $srtt, RTO $rfc, or $floor with the floor on the variance', (row) => {
    const plain = estimate(row.samples, rfc9293.values);
    expect(plain.srtt / 1_000).toBeCloseTo(row.srtt, 6);
    expect(plain.rttvar / 1_000).toBeCloseTo(row.rttvar, 6);
    expect(plain.rto / 1_000).toBeCloseTo(row.rfc, 3);
    const floored = estimate(row.samples, linux.values);
    expect(floored.srtt / 1_000).toBeCloseTo(row.srtt, 6);
    expect(floored.rto / 1_000).toBeCloseTo(row.floor, 2);
  });

  it.each([
    [[100], 300],
    [[100, 120], 272.5],
    [[100, 120, 90], 240.9375],
    [[100, 120, 90, 200], 317.3828125],
    [[1], 3],
    [[20, 20], 50],
    [[20, 20, 20], 42.5],
    [[20, 20, 20, 20], 36.875],
  ])('samples of %j ms: SRTT + 4 RTTVAR is %d ms, below the minimum of a second', (samples, expected) => {
    const { srtt, rttvar } = estimate(samples, rfc9293.values);
    expect((srtt + 4 * rttvar) / 1_000).toBeCloseTo(expected, 6);
  });
});

/** Seconds since the origin at which a side sent anything, and at which it gave up. */
const schedule = (lab: Lab, side: 'client' | 'server'): { sent: number[]; over: number } => {
  lab.drop(() => true);
  const party = lab.party(side);
  for (const flight of lab.sent) if (lab.fate(flight) === null) lab.lose(flight);
  const gone = (): boolean => party.state === 'CLOSED' || party.state === 'LISTEN';
  lab.when(gone);
  return { sent: party.sent.map(({ at }) => at / 1e6), over: (lab.clock - lab.origin) / 1e6 };
};

const lostData = (lab: Lab): Lab => {
  lab.client.send(10);
  return lab;
};

describe('back-off: first transmission at 0, then every repetition, then giving up', () => {
  it('SYN by the RFC, at least 180 s', () => {
    expect(schedule(synSent({}), 'client')).toEqual({ sent: [0, 1, 3, 7, 15, 31, 63, 123], over: 183 });
  });

  it('data by the RFC, at least 100 s', () => {
    expect(schedule(lostData(established({})), 'client')).toEqual({ sent: [0, 1, 3, 7, 15, 31, 63], over: 123 });
  });

  it('SYN on Linux since 6.5: four repetitions before the timeout doubles', () => {
    expect(schedule(synSent({ profile: linux.values }), 'client')).toEqual({
      sent: [0, 1, 2, 3, 4, 5, 7, 11, 19, 35, 67],
      over: 131,
    });
  });

  it('SYN on Linux before 6.5, as most texts have it', () => {
    const values = { synLinearTimeouts: 0, synGiveUp: { after: 'repetitions', count: 6 } } as const;
    expect(schedule(synSent({ profile: linux.values, values }), 'client')).toEqual({
      sent: [0, 1, 3, 7, 15, 31, 63],
      over: 127,
    });
  });

  it('SYN of the tutorials', () => {
    expect(schedule(synSent({ profile: textbook.values }), 'client')).toEqual({
      sent: [0, 1, 3, 7, 15, 31, 63],
      over: 127,
    });
  });

  it('SYN,ACK on Linux: five repetitions', () => {
    const lab = synReceived({ profile: linux.values });
    lab.mark().client.crash();
    const { sent, over } = schedule(lab, 'server');
    expect(sent).toEqual([1, 3, 7, 15, 31]);
    expect(over).toBe(63);
  });

  // With a round trip of 1 ms the timeout is 201 ms.
  const quick = { profile: linux.values, delay: 500, values: { tailLossProbe: false } } as const;
  const start = [0.201, 0.603, 1.407, 3.015, 6.231, 12.663, 25.527, 51.255];

  it('data on Linux: the first expiry at least 924.6 s after the first repetition', () => {
    const later = [102.711, 205.623, 325.623, 445.623, 565.623, 685.623, 805.623];
    expect(schedule(lostData(established(quick)), 'client')).toEqual({ sent: [0, ...start, ...later], over: 925.623 });
  });

  it('data of a process that is gone on Linux: the first expiry at least 102.2 s after the first repetition', () => {
    const lab = lostData(established(quick));
    lab.client.close();
    const { sent, over } = schedule(lab, 'client');
    expect(sent).toEqual([0, 0, ...start]); // the data and the FIN, then the data alone
    expect(over).toBe(102.711);
  });

  it('with the initial timeout of 3 s of the old days', () => {
    const { sent } = schedule(synSent({ values: { initialRto: s(3) } }), 'client');
    expect(sent.slice(0, 7)).toEqual([0, 3, 9, 21, 45, 93, 153]);
  });

  it('zero-window probes on Linux: doubling up to two minutes', () => {
    const lab = established({ profile: linux.values, delay: 0, serverOptions: { receiveBuffer: 1_000 } });
    lab.client.send(2_000);
    lab.when(({ client }) => client.tcb.snd.wnd === 0 && client.tcb.snd.una === client.tcb.snd.nxt).mark();
    lab.until(s(500));
    const probes = lab.client.sent.map(({ at }) => at / 1e6);
    expect(probes).toEqual([0.2, 0.6, 1.4, 3, 6.2, 12.6, 25.4, 51, 102.2, 204.6, 324.6, 444.6]);
  });

  it('keep-alive on Linux: nine probes 75 s apart after two hours, dead at 7875 s with a RST', () => {
    const lab = established({ profile: linux.values, delay: 0, clientOptions: { keepalive: true } });
    lab.server.crash();
    const { sent, over } = schedule(lab, 'client');
    expect(sent).toEqual([7_200, 7_275, 7_350, 7_425, 7_500, 7_575, 7_650, 7_725, 7_800, 7_875]);
    expect(lab.client.last.ctl).toBe('RST,ACK');
    expect(over).toBe(7_875);
  });

  it('keep-alive of the tutorials: ten probes, dead at 7950 s', () => {
    const lab = established({ profile: textbook.values, delay: 0, clientOptions: { keepalive: true } });
    lab.server.crash();
    const { sent, over } = schedule(lab, 'client');
    expect(sent).toHaveLength(10);
    expect(sent.at(-1)).toBe(7_875);
    expect(over).toBe(7_950);
  });

  it('with a tail loss probe the first repetition is the probe, and the series starts from there', () => {
    const lab = lostData(established({ profile: linux.values, delay: ms(50) }));
    const { sent } = schedule(lab, 'client');
    // SRTT 100 ms: the probe would come after 2 * 100 + 200 ms but never later than the timeout, 300 ms.
    expect(sent.slice(0, 6)).toEqual([0, 0.3, 0.6, 1.2, 2.4, 4.8]);
    expect(lab.count('tlp.probe')).toBe(1);
  });

  it('a FIN follows the schedule of data', () => {
    const lab = closeWait({});
    lab.client.shutdown('WR');
    expect(schedule(lab, 'client')).toEqual({ sent: [0, 1, 3, 7, 15, 31, 63], over: 123 });
  });
});

describe('RFC 6298 section 5', () => {
  it('(5.4) an expiry repeats the earliest segment and that one alone, however small it is', () => {
    const lab = established({ clientOptions: { nodelay: true } });
    lab.client.send(10).send(10).send(10);
    for (const segment of lab.client.sent) lab.lose(segment);
    lab.until(s(1));
    expect(lab.client.sent.slice(3).map(({ at, seq, len }) => [at, seq, len])).toEqual([[s(1), 101, 10]]);
  });

  it('(5.1) starts the timer with the first segment and not again with the next', () => {
    const lab = established({ clientOptions: { nodelay: true } });
    lab.drop(({ from }) => from === 'client');
    lab.client.send(10);
    lab.run(ms(500)).client.send(10);
    lab.until(s(1));
    expect(lab.client.last).toMatchObject({ at: s(1), seq: 101 });
  });

  it('(5.2) stops the timer when everything is acknowledged', () => {
    const lab = established({});
    lab.client.send(10);
    lab.quiet();
    expect(lab.rules).toContain('rto.stop');
    expect(lab.client.sent).toHaveLength(1);
  });

  it('(5.3) restarts the timer when new data is acknowledged', () => {
    const lab = established({ clientOptions: { nodelay: true }, values: { delayedAck: false } });
    lab.client.send(10);
    lab.run(ms(5));
    lab.drop(({ from }) => from === 'client').client.send(10);
    lab.until(s(2));
    // The first is acknowledged after 20 ms; one second later the second is repeated.
    expect(lab.client.sent.map(({ at, seq }) => [at, seq])).toEqual([
      [0, 101],
      [ms(5), 111],
      [ms(1_020), 111],
    ]);
  });

  it('(5.7) takes 3 s for data when the SYN had to be repeated', () => {
    const lab = synSent({});
    const [syn] = lab.client.sent;
    if (syn !== undefined) lab.lose(syn);
    lab.when(({ client }) => client.state === 'ESTABLISHED').mark();
    lab.drop(({ from, len }) => from === 'client' && len > 0).client.send(10);
    lab.until(s(4));
    expect(lab.client.sent.filter(({ len }) => len > 0).map(({ at }) => at)).toEqual([0, s(3)]);
  });
});

describe("Karn's algorithm (RFC 6298 sections 3 and 5)", () => {
  it('takes no sample from a segment that was repeated', () => {
    const lab = established({});
    lab.drop(({ from }) => from === 'client', 1).client.send(10);
    lab.quiet();
    expect(lab.client.sent).toHaveLength(2);
    expect(lab.count('rto.karn')).toBe(1);
    expect(lab.count('rto.sample')).toBe(0);
  });

  it('nor from one that duplicates made it repeat', () => {
    const lab = established({ values: { sack: false, initialWindow: 5, mtu: 1_040, delayedAck: false } });
    lab.drop(({ from }) => from === 'client', 1).client.send(5_000);
    lab.until(ms(50));
    expect(lab.count('cc.fast-retransmit')).toBe(1);
    expect(lab.client.tcb.snd.una).toBe(5_101);
    expect(lab.count('rto.sample')).toBe(0);
    expect(lab.client.tcb.rtt.srtt).toBe(ms(20));
  });

  it('keeps a timeout that was backed off until a segment sent once has been acknowledged', () => {
    const lab = established({ values: { delayedAck: false } });
    lab.drop(({ from }) => from === 'client', 2).client.send(10);
    lab.until(s(4)).mark();
    lab.drop(({ from }) => from === 'client', 1).client.send(10);
    lab.until(s(10));
    // Two expiries have made the timeout 4 s; the ACK of the repetition does not end that.
    expect(lab.client.sent.map(({ at }) => at)).toEqual([0, s(4)]);
    lab.mark().client.send(10);
    lab.run(s(1)).mark();
    lab.drop(({ from }) => from === 'client', 1).client.send(10);
    lab.until(s(2));
    expect(lab.client.sent.map(({ at }) => at)).toEqual([0, s(1)]);
  });
});
