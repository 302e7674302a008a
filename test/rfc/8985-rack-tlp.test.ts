// Tail loss probes and losses judged by time (RFC 8985), as Linux has them: SRTT 100 ms, timeout 300 ms.
import { describe, expect, it } from 'vitest';
import { linux } from '../../source/tcp/profiles/linux.ts';
import { established } from '../support/endpoints.ts';
import { type Lab, ms, s } from '../support/lab.ts';

const steady = (): Lab => {
  const here = established({ profile: linux.values, delay: ms(50), clientOptions: { nodelay: true } });
  expect(here.client.tcb.rtt).toMatchObject({ srtt: ms(100), rto: ms(300) });
  return here;
};

describe('tail loss probe', () => {
  it('leaves after two round trips and 2 ms when several segments are out', () => {
    const here = steady();
    here
      .drop(({ from }) => from === 'client')
      .client.send(100)
      .send(100);
    here.until(ms(250));
    expect(here.client.sent.map(({ at, seq }) => [at, seq])).toEqual([
      [0, 101],
      [0, 201],
      [ms(202), 201],
    ]);
    expect(here.rules).toContain('tlp.probe');
  });

  it('waits for a delayed ACK when a single one is out, but never longer than the timeout', () => {
    const here = steady();
    here.drop(({ from }) => from === 'client').client.send(100);
    here.until(ms(310));
    expect(here.client.sent.map(({ at }) => at)).toEqual([0, ms(300)]);
  });

  it('is new data where there is some and the window allows', () => {
    const here = established({ profile: linux.values, delay: ms(50), values: { initialWindow: 2 } });
    here.drop(({ from }) => from === 'client').client.send(10_000);
    here.until(ms(250));
    const probe = here.client.sent.at(-1);
    expect(here.count('tlp.probe')).toBe(1);
    // Two segments are out and the congestion window is full: section 7.3 sends the third all the same.
    expect(probe).toMatchObject({ at: ms(202), seq: 101 + 2 * 1_448, len: 1_448 });
  });

  it('is new data without chunks as well', () => {
    const here = established({ values: { tailLossProbe: true, initialWindow: 2 } });
    here.drop(({ from }) => from === 'client').client.send(10_000);
    here.when(({ rules }) => rules.includes('tlp.probe'));
    expect(here.client.last).toMatchObject({ seq: 101 + 2 * 1_460, len: 1_460 });
    expect(here.client.tcb.congestion.cwnd).toBe(2 * 1_460);
  });

  it('repeats the last segment where the peer has no room for new data', () => {
    const here = established({
      profile: linux.values,
      values: { initialWindow: 2 },
      serverOptions: { receiveBuffer: 3_000 },
    });
    here.drop(({ from }) => from === 'client').client.send(20_000);
    const sent = here.client.sent.length;
    here.when(({ rules }) => rules.includes('tlp.probe'));
    expect(here.client.sent).toHaveLength(sent + 1);
    expect(here.client.sent.at(-1)?.seq).toBe(here.client.sent.at(-2)?.seq);
  });

  it('repairs the loss of the last segment without a timeout', () => {
    const here = steady();
    here.client.send(100).send(100);
    here.lose(here.client.last);
    here.server.read();
    here.until(s(2));
    expect(here.server.received).toHaveLength(200);
    expect(here.rules).not.toContain('rto.fire');
  });

  it('is followed by the timeout when nothing answers', () => {
    const here = steady();
    here
      .drop(({ from }) => from === 'client')
      .client.send(100)
      .send(100);
    here.until(ms(600));
    expect(here.client.sent.map(({ at, seq }) => [at, seq]).slice(2)).toEqual([
      [ms(202), 201],
      [ms(502), 101],
    ]);
  });
});

describe('RACK', () => {
  // Segments 0 .. 4 leave together; the ones named are lost.
  const flight = (...lost: readonly number[]): Lab => {
    const here = steady();
    here.client.send(5 * 1_448);
    for (const index of lost) {
      const segment = here.client.sent[index];
      if (segment !== undefined) here.lose(segment);
    }
    return here.mark();
  };

  it('judges at once what three later segments have overtaken', () => {
    const here = flight(0);
    here.until(ms(101));
    expect(here.rules).toContain('rack.lost');
    expect(here.client.sent[0]).toMatchObject({ at: ms(100), seq: 101 });
  });

  it('waits a quarter of the shortest round trip when fewer have: the segment may only be late', () => {
    const here = flight(0, 3, 4);
    here.until(ms(124));
    expect(here.client.sent).toEqual([]);
    here.until(ms(130));
    expect(here.client.sent[0]).toMatchObject({ seq: 101 });
    expect(here.client.sent[0]?.at).toBeGreaterThanOrEqual(ms(125));
  });

  it('repeats nothing when the segment is merely late', () => {
    const here = steady();
    here.slow(({ from, seq }) => from === 'client' && seq === 101, ms(10)).client.send(3 * 1_448);
    here.server.read();
    here.until(s(1));
    expect(here.client.sent).toHaveLength(3);
    expect(here.server.received).toHaveLength(3 * 1_448);
  });
});
