// RFC 9293 section 3.10: event processing, as far as it has requirements of its own.
import { describe, expect, it } from 'vitest';
import { pattern } from '../../source/tcp/octets.ts';
import { linux } from '../../source/tcp/profiles/linux.ts';
import { rfc9293 } from '../../source/tcp/profiles/rfc9293.ts';
import { textbook } from '../../source/tcp/profiles/textbook.ts';
import { established } from '../support/endpoints.ts';
import { type Lab, ms, s } from '../support/lab.ts';

// Five segments of 1000 octets are on the wire, none has landed.
const five = (): Lab => {
  const here = established({ values: { mtu: 1_040, initialWindow: 5 }, handOver: true });
  here.client.send(5_000);
  expect(here.client.sent).toHaveLength(5);
  return here;
};

const landInOrder = (here: Lab, order: readonly number[]): void => {
  const flight = here.client.sent;
  for (const index of order) {
    const segment = flight[index];
    if (segment !== undefined) here.land(segment);
  }
};

describe('section 3.10.7.4: arriving segments', () => {
  it('SHLD-31: segments out of order are kept until their turn comes', () => {
    const here = five();
    landInOrder(here, [1, 3, 4, 2]);
    expect(here.server.tcb.rcv.nxt).toBe(101);
    landInOrder(here, [0]);
    expect(here.server.tcb.rcv.nxt).toBe(5_101);
    here.server.read();
    expect(here.server.received).toEqual([...pattern(0, 5_000).bytes()]);
  });

  it('MAY-13: each of them is acknowledged at once', () => {
    const here = five();
    landInOrder(here, [1, 3]);
    expect(here.server.sent.map(({ at, ack }) => [at, ack])).toEqual([
      [0, 101],
      [0, 101],
    ]);
  });

  it('MUST-59: when a gap is filled everything that waits is taken before the ACK leaves', () => {
    const here = five();
    landInOrder(here, [1, 2, 3, 4]);
    here.mark();
    const filling = here.steps.flatMap(({ sent }) => sent).find(({ segment }) => segment.data.length > 0);
    if (filling !== undefined) here.tamper({ do: 'release', flight: filling.id });
    expect(here.server.sent.map(({ ack }) => ack)).toEqual([5_101]);
  });

  it.each([rfc9293, textbook, linux])('MUST-58: no arrival causes more than one ACK ($name)', ({ values }) => {
    const wide = { receiveBuffer: 400_000, sendBuffer: 400_000, windowScale: 4 };
    const here = established({ profile: values, values: wide });
    here.slow(({ flight }) => flight.id % 5 === 0, ms(7));
    here.drop(({ flight }) => flight.id % 13 === 0);
    here.client.send(200_000);
    here.server.send(50_000);
    here.run(s(60));
    expect(here.server.tcb.unread.length).toBe(200_000);
    expect(here.client.tcb.unread.length).toBe(50_000);
    const bare = here.recent
      .filter(({ event }) => event.kind === 'arrival')
      .map(({ sent }) => sent.filter(({ segment }) => segment.data.length === 0).length);
    expect(bare.length).toBeGreaterThan(150);
    expect(Math.max(...bare)).toBe(1);
  });

  it('MAY-12: an ACK older than any window ever offered is refused and answered (RFC 5961 section 5)', () => {
    const here = established({ values: { blindDataCheck: true }, client: { receiveBuffer: 2_000 } });
    here.forge('server', { seq: 101, ack: (301 - 2_001) >>> 0, ctl: ['ACK'], len: 10 });
    expect(here.server.tcb.rcv.nxt).toBe(101);
    expect(here.server.last).toMatchObject({ seq: 301, ack: 101, ctl: 'ACK', len: 0 });
    here.forge('server', { seq: 101, ack: 301 - 2_000, ctl: ['ACK'], len: 10 });
    expect(here.server.tcb.rcv.nxt).toBe(111);
  });

  it('an ACK of something never sent is answered and the segment dropped', () => {
    const here = established();
    here.forge('server', { seq: 101, ack: 302, ctl: ['ACK'], len: 10 });
    expect(here.server.tcb.rcv.nxt).toBe(101);
    expect(here.server.last).toMatchObject({ seq: 301, ack: 101, ctl: 'ACK' });
  });

  it('a segment without ACK is dropped', () => {
    const here = established();
    here.forge('server', { seq: 101, ctl: ['PSH'], len: 10 });
    expect(here.server.sent).toEqual([]);
    expect(here.server.tcb.rcv.nxt).toBe(101);
  });
});
