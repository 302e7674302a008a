// RFC 9293 sections 3.8.1 to 3.8.3: retransmission, congestion and giving up.
import { describe, expect, it } from 'vitest';
import { established, synSent } from '../support/endpoints.ts';
import { type Lab, ms, s } from '../support/lab.ts';

const lostData = (setup: Parameters<typeof established>[0] = {}): Lab => {
  const here = established(setup);
  here.server.crash();
  here.client.send(10).read();
  return here;
};

const seconds = (here: Lab): number[] => here.client.sent.map(({ at }) => at / 1e6);

describe('section 3.8.1: retransmission timeout', () => {
  it('MUST-18: is computed as RFC 6298 says: 2.4 s after one sample of 800 ms', () => {
    const here = established({ delay: ms(400) });
    here.drop(() => true).client.send(10);
    here.until(s(3));
    expect(seconds(here)).toEqual([0, 2.4]);
  });

  it('MUST-18: is at least a second', () => {
    const here = lostData();
    here.until(s(2));
    expect(seconds(here)).toEqual([0, 1]);
  });

  it("MUST-18: with Karn's algorithm, no sample comes from what was repeated", () => {
    const here = established({ values: { delayedAck: false } });
    here.drop(({ from }) => from === 'client', 1).client.send(10);
    here.until(s(5));
    expect(here.count('rto.karn')).toBe(1);
    expect(here.count('rto.sample')).toBe(0);
    expect(here.client.tcb.rtt.srtt).toBe(ms(20));
  });
});

describe('section 3.8.2: congestion control', () => {
  const bulk = { values: { mtu: 1_040, initialWindow: 2, sack: false, delayedAck: false }, iss: [[0], [0]] } as const;

  it('MUST-19: slow start doubles the window in a round trip', () => {
    const here = established(bulk);
    here.client.send(60_000);
    const windows = [0, 20, 40, 60].map((time) => here.until(ms(time)).client.tcb.congestion.cwnd);
    expect(windows).toEqual([2_000, 4_000, 8_000, 16_000]);
  });

  it('MUST-19: congestion avoidance adds about one segment in a round trip', () => {
    const here = established({ ...bulk, values: { ...bulk.values, initialThreshold: 4_000 } });
    here.client.send(60_000);
    const windows = [20, 40, 60].map((time) => here.until(ms(time)).client.tcb.congestion.cwnd);
    // 1000 * 1000 / cwnd for each ACK: 250, 235, 222, 212, and then 203, 195, 188, 181.
    expect(windows).toEqual([4_000, 4_919, 5_686]);
  });

  it('MUST-19: the timeout doubles with every expiry', () => {
    const here = lostData();
    here.until(s(20));
    expect(seconds(here)).toEqual([0, 1, 3, 7, 15]);
  });

  it('MUST-19: a loss halves what may be in flight', () => {
    const here = established(bulk);
    here.client.send(60_000);
    here.until(ms(55));
    const flight = here.client.tcb.snd.nxt - here.client.tcb.snd.una;
    expect(flight).toBe(8_000);
    here.drop(({ from }) => from === 'client').until(s(2));
    expect(here.client.tcb.congestion).toMatchObject({ cwnd: 1_000 });
    expect(here.client.tcb.congestion.ssthresh).toBeLessThanOrEqual(8_000);
  });

  it('SHLD-8: both sides agree on explicit congestion notification in the handshake', () => {
    const here = synSent({ values: { ecn: 'ask' } });
    here.run(ms(100));
    expect(here.client.sent[0]?.ctl).toBe('SYN,ECE,CWR');
    expect(here.server.sent[0]?.ctl).toBe('SYN,ACK,ECE');
    expect([here.client.tcb.ecnOk, here.server.tcb.ecnOk]).toEqual([true, true]);
  });

  it('SHLD-8: a server that does not do it answers without', () => {
    const here = synSent({ client: { ecn: 'ask' } });
    here.run(ms(100));
    expect(here.server.sent[0]?.ctl).toBe('SYN,ACK');
    expect([here.client.tcb.ecnOk, here.server.tcb.ecnOk]).toEqual([false, false]);
  });

  it('SHLD-8: a mark is echoed until the sender has slowed down, by half and once', () => {
    const values = { ecn: 'ask', mtu: 1_040, initialWindow: 8, delayedAck: false } as const;
    const here = established({ values });
    here.client.send(40_000);
    const [first, second] = here.client.sent;
    if (first === undefined || second === undefined) throw new Error('no flight');
    here.tamper({ do: 'mark', flight: first.flight.id });
    here.tamper({ do: 'mark', flight: second.flight.id });
    here.until(ms(29));
    expect(here.server.sent.slice(0, 8).every(({ ctl }) => ctl === 'ACK,ECE')).toBe(true);
    expect(here.client.tcb.congestion.ssthresh).toBe(4_000);
    expect(here.count('ecn.reduce')).toBe(1);
    const reduced = here.client.sent.slice(8).filter(({ ctl }) => ctl.includes('CWR'));
    expect(reduced).toHaveLength(1);
    here.run(s(1));
    expect(here.server.last.ctl).toBe('ACK');
  });

  it('MAY-18: another congestion control can be chosen: CUBIC reduces to 0.7 of the window', () => {
    const setup = { values: { mtu: 1_040, initialWindow: 10 }, clientOptions: { congestion: 'cubic' as const } };
    const here = established(setup);
    here.drop(({ from }) => from === 'client', 1).client.send(10_000);
    here.until(ms(25));
    // 10000 * 717 / 1024; the standard's would be 5000.
    expect(here.client.tcb.congestion.ssthresh).toBe(7_001);
  });
});

describe('section 3.8.3: excessive retransmission', () => {
  it('MUST-20: the thresholds R1 and R2: first a warning, in the end the connection is closed', () => {
    const here = lostData();
    here.until(s(10));
    expect(here.count('r1.warn')).toBe(1);
    expect(here.client.state).toBe('ESTABLISHED');
    here.until(s(123));
    expect(here.client.state).toBe('CLOSED');
    expect(here.client.result('read')).toEqual({ kind: 'error', error: 'ETIMEDOUT' });
  });

  it('SHLD-9: the warning comes at R1 and not again before R2', () => {
    const here = lostData();
    here.when(() => here.count('r1.warn') > 0);
    expect(here.clock - here.origin).toBe(s(7));
    here.until(s(122));
    expect(here.count('r1.warn')).toBe(1);
  });

  it('SHLD-10: R1 is at least three retransmissions', () => {
    const here = lostData();
    here.when(() => here.count('r1.warn') > 0);
    expect(here.client.sent).toHaveLength(1 + 3);
  });

  it('SHLD-11: R2 is at least 100 s', () => {
    const here = lostData();
    here.when(({ client }) => client.state === 'CLOSED');
    expect(here.clock - here.origin).toBe(s(123));
    expect(123).toBeGreaterThanOrEqual(100);
  });

  it('MUST-21: an application can set R2 for its connection', () => {
    const here = lostData({ clientOptions: { userTimeout: s(30) } });
    here.when(({ client }) => client.state === 'CLOSED');
    expect(here.clock - here.origin).toBe(s(30));
    expect(here.client.result('read')).toEqual({ kind: 'error', error: 'ETIMEDOUT' });
  });

  it('MUST-21: a longer one than the default as well', () => {
    const here = lostData({ clientOptions: { userTimeout: s(1_000) } });
    here.when(({ client }) => client.state === 'CLOSED');
    expect(here.clock - here.origin).toBe(s(1_000));
  });

  it('MUST-21: and for a SYN', () => {
    const here = synSent({ clientOptions: { synRetries: 2 } });
    here.server.crash();
    here.when(({ client }) => client.state === 'CLOSED');
    expect(here.client.sent.map(({ at }) => at)).toEqual([0, s(1), s(3)]);
    expect(here.clock - here.origin).toBe(s(7));
  });

  it('MUST-22: a SYN is repeated and given up by the same mechanism', () => {
    const here = synSent();
    here.server.crash();
    here.until(s(10));
    expect(here.count('r1.warn')).toBe(1);
    expect(seconds(here)).toEqual([0, 1, 3, 7]);
    here.when(({ client }) => client.state === 'CLOSED');
    expect(here.client.result('connect')).toEqual({ kind: 'error', error: 'ETIMEDOUT' });
  });

  it('MUST-22: so is the SYN,ACK of a passive open', () => {
    const here = synSent();
    here.run(ms(15)).client.crash();
    here.until(s(8));
    expect(here.server.sent.map(({ at }) => at - ms(10))).toEqual([0, s(1), s(3), s(7)]);
    here.when(({ server }) => server.state === 'LISTEN');
    expect(here.clock - here.origin - ms(10)).toBe(s(183));
  });

  it('MUST-23: R2 of a SYN is at least three minutes', () => {
    const here = synSent();
    here.server.crash();
    here.when(({ client }) => client.state === 'CLOSED');
    expect(here.clock - here.origin).toBe(s(183));
  });
});
