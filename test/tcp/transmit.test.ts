// What leaves and when: repetitions, limits and what they do to the flight.
import { describe, expect, it } from 'vitest';
import { optionLength } from '../../source/tcp/options.ts';
import { established, finWait1, listening } from '../support/endpoints.ts';
import { type Lab, ms, s } from '../support/lab.ts';

describe('repetitions', () => {
  it('keep their place and carry today’s acknowledgment', () => {
    const here = established({ handOver: true });
    here.client.send(10);
    here.lose(here.client.last);
    here.server.send(20);
    here.land(here.server.last);
    here.run(s(1));
    expect(here.client.last).toMatchObject({ seq: 101, ack: 321, len: 10, psh: true });
  });

  it('of a segment with a FIN carry the FIN', () => {
    const here = established({ clientOptions: { cork: true } });
    here.client.send(10).shutdown('WR');
    here.lose(here.client.last);
    here.until(s(1));
    expect(here.client.sent.map(({ seq, ctl, len }) => [seq, ctl, len])).toEqual([
      [101, 'FIN,ACK', 10],
      [101, 'FIN,ACK', 10],
    ]);
  });

  it('of a SYN,ACK are SYN,ACKs also when duplicate ACKs ask for them', () => {
    // Only the counterfactual two-way handshake lets a connection send while its SYN is not acknowledged.
    const here = listening({ values: { handshake: 2, sack: false }, handOver: true });
    here.client.connect();
    here.land(here.client.last);
    expect(here.server.state).toBe('ESTABLISHED');
    here.mark();
    for (let duplicate = 0; duplicate < 3; duplicate++)
      here.forge('server', { seq: 101, ack: 300, ctl: ['ACK'], wnd: 65_535 });
    expect(here.server.sent.map(({ seq, ctl, len }) => [seq, ctl, len])).toEqual([[300, 'SYN,ACK', 0]]);
  });

  it('cover only what the ACK left when it ends within a segment', () => {
    const here = established({ handOver: true });
    here.client.send(1_000);
    here.lose(here.client.last);
    here.forge('client', { seq: 301, ack: 401, ctl: ['ACK'], wnd: 65_535 });
    here.run(s(1));
    expect(here.client.last).toMatchObject({ seq: 401, len: 700 });
  });

  it('of a FIN stop when it is acknowledged', () => {
    const here = finWait1();
    here.run(s(200));
    expect(here.client.sent).toHaveLength(1);
  });
});

describe('the congestion window', () => {
  const limited = (): Lab => {
    const here = established({ values: { mtu: 1_040, initialWindow: 2, delayedAck: false }, handOver: true });
    here.client.send(10_000);
    return here;
  };

  it('limits what is in flight', () => {
    const here = limited();
    expect(here.client.sent).toHaveLength(2);
    expect(here.rules).toContain('cwnd.limited');
  });

  it('lets one or two new segments leave on the first duplicates (limited transmit, RFC 3042)', () => {
    const here = established({ values: { mtu: 1_040, initialWindow: 4, sack: false }, handOver: true });
    here.client.send(10_000);
    const [, ...rest] = here.client.sent;
    for (const segment of rest.slice(0, 2)) here.land(segment);
    for (const duplicate of here.server.sent) here.land(duplicate);
    expect(here.client.sent.slice(4).map(({ seq }) => seq)).toEqual([4_101, 5_101]);
    expect(here.count('cc.limited-transmit')).toBe(2);
    expect(here.client.tcb.congestion.cwnd).toBe(4_000);
  });

  it('starts again from the initial window after a pause of more than one timeout (RFC 5681 section 4.1)', () => {
    const here = established({ values: { mtu: 1_040, initialWindow: 2, delayedAck: false } });
    here.server.read();
    here.client.send(40_000);
    here.run(ms(900));
    expect(here.client.tcb.congestion.cwnd).toBeGreaterThan(10_000);
    here.run(s(5)).mark().client.send(40_000);
    expect(here.client.sent).toHaveLength(2);
    expect(here.rules).toContain('cc.idle-restart');
  });

  it('is one segment after a timeout, and what was lost leaves in slow start', () => {
    const here = established({ values: { mtu: 1_040, initialWindow: 4, delayedAck: false } });
    here.server.read();
    here.drop(({ from }) => from === 'client', 4).client.send(4_000);
    here.until(s(3));
    expect(here.client.sent.slice(4).map(({ at, seq }) => [at, seq])).toEqual([
      [s(1), 101],
      [s(1) + ms(20), 1_101],
      [s(1) + ms(20), 2_101],
      [s(1) + ms(40), 3_101],
    ]);
  });
});

describe('a data segment', () => {
  it('fits the path with the SACK blocks it carries: the data is cut shorter (MUST-16)', () => {
    const here = established();
    here.drop((sent) => sent.from === 'server' && sent.len > 0, 1);
    here.server.send(6_000);
    here.run(ms(20));
    here.client.send(3_000);
    const [first] = here.client.sent.filter((sent) => sent.len > 0);
    // 1500 octets of MTU, 40 of headers, and 12 for one block with its padding.
    expect(first).toMatchObject({ len: 1_448, options: { sack: [{ from: 1_761, to: 4_681 }] } });
    here.run(s(5));
    for (const { len, options } of here.client.sent)
      expect(40 + optionLength(options) + len).toBeLessThanOrEqual(1_500);
  });

  it('has one octet at least, whatever MSS the peer claims', () => {
    const here = listening({ handOver: true });
    here.client.connect();
    here.tamper({ do: 'edit', flight: here.client.last.flight.id, fields: { mss: 0 } });
    here.land(here.client.last);
    here.land(here.server.last);
    here.land(here.client.last);
    here.server.send(2);
    expect(here.server.sent.slice(-2)).toMatchObject([
      { seq: 301, len: 1 },
      { seq: 302, len: 1 },
    ]);
  });
});
