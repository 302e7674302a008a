// Timeouts that came too early: F-RTO (RFC 5682), the Eifel detection (RFC 3522), and reordering without SACK.
import { describe, expect, it } from 'vitest';
import type { Profile } from '../../source/tcp/profile.ts';
import { linux } from '../../source/tcp/profiles/linux.ts';
import { segment } from '../../source/tcp/segment.ts';
import { established } from '../support/endpoints.ts';
import { type Lab, s } from '../support/lab.ts';

// Ten segments of 1000 octets from 1000 on, of which none arrives; the timeout has repeated the first.
const timedOut = (values: Partial<Profile> = {}, octets = 60_000): Lab => {
  const here = established({
    values: { mtu: 1_040, initialWindow: 10, delayedAck: false, frto: true, undo: true, ...values },
    iss: [[999], [0]],
    handOver: true,
  });
  here.client.send(octets);
  here.when(({ rules }) => rules.includes('cc.rto'));
  expect(here.client.sent).toHaveLength(11);
  expect(here.client.tcb.congestion).toMatchObject({ cwnd: 1_000, ssthresh: 5_000 });
  return here;
};

// What the client sends on an ACK up to so many segments, in numbers of segments.
const acknowledge = (here: Lab, upTo: number): number[] => {
  const before = here.client.sent.length;
  here.arrive('client', segment({ seq: 1, ack: 1_000 + 1_000 * upTo, ctl: ['ACK'], wnd: 65_535 }));
  return here.client.sent.slice(before).map(({ seq }) => (seq - 1_000) / 1_000);
};

describe('F-RTO', () => {
  it('sends two new segments when the repetition is acknowledged, and repeats nothing else yet', () => {
    const here = timedOut();
    expect(acknowledge(here, 1)).toEqual([10, 11]);
    expect(here.rules).toContain('cc.frto-probe');
  });

  it('a second ACK for what was never repeated: the timeout is taken back', () => {
    const here = timedOut();
    acknowledge(here, 1);
    acknowledge(here, 2);
    expect(here.client.tcb.congestion).toMatchObject({ phase: 'open', ssthresh: Number.POSITIVE_INFINITY });
    expect(here.client.tcb.congestion.cwnd).toBeGreaterThanOrEqual(10_000);
    expect(here.rules).toContain('cc.frto');
    expect(here.client.sent.filter(({ seq }) => seq === 2_000)).toHaveLength(1);
  });

  it('a duplicate ACK instead, caused by the new data: the loss was real', () => {
    const here = timedOut({ sack: false });
    acknowledge(here, 1);
    acknowledge(here, 1);
    expect(here.client.tcb.congestion).toMatchObject({ phase: 'loss', frto: false, ssthresh: 5_000 });
    expect(here.rules).not.toContain('cc.frto');
  });

  it('repeats at once where there is no new data to send', () => {
    const here = timedOut({}, 10_000);
    expect(acknowledge(here, 1)).toEqual([1, 2]);
    expect(here.rules).not.toContain('cc.frto-probe');
  });

  it('is not asked where the profile does not have it', () => {
    const here = timedOut({ frto: false });
    expect(acknowledge(here, 1)).toEqual([1, 2]);
  });
});

describe('Eifel', () => {
  it('an echo from before the repetition shows that the original had arrived', () => {
    const here = established({ profile: linux.values, values: { tailLossProbe: false, frto: false } });
    here.slow(({ from, len }) => from === 'client' && len > 0, s(0.215), 4);
    here.client.send(5_000);
    here.when(({ rules }) => rules.includes('cc.eifel'));
    expect(here.client.tcb.congestion).toMatchObject({ phase: 'open', ssthresh: Number.POSITIVE_INFINITY });
    expect(here.client.tcb.outstanding.some(({ lost }) => lost)).toBe(false);
    // Only the first was repeated.
    here.run(s(2));
    expect(here.client.sent.filter(({ len }) => len > 0)).toHaveLength(5);
  });
});

describe('the timer', () => {
  it('starts afresh with the repetition of the first segment, where the profile has it so', () => {
    const here = established({ profile: linux.values, values: { tailLossProbe: false } });
    here.client.send(5_600);
    here.lose(here.client.sent.filter(({ len }) => len > 0)[0] ?? here.client.last);
    here.when(({ rules }) => rules.includes('rto.restart-repeat'));
    const { rto } = here.client.tcb.rtt;
    expect(here.client.tcb.timers.retransmission).toBe(here.clock + rto);
  });
});

describe('without SACK', () => {
  it('more duplicates than segments in flight raise the number that means a loss', () => {
    const here = established({
      profile: linux.values,
      values: { timestamps: false, sack: false, tailLossProbe: false },
      iss: [[999], [0]],
      handOver: true,
    });
    here.client.send(2_920);
    for (let count = 0; count < 4; count++) acknowledge(here, 0);
    expect(here.rules).toContain('cc.reordering');
    expect(here.client.tcb.congestion.phase).toBe('open');
  });
});
