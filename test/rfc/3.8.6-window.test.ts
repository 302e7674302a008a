// RFC 9293 section 3.8.6: managing the window: shrinking, zero, silly windows, delayed acknowledgments.
import { describe, expect, it } from 'vitest';
import type { Profile } from '../../source/tcp/profile.ts';
import { linux } from '../../source/tcp/profiles/linux.ts';
import { rfc9293 } from '../../source/tcp/profiles/rfc9293.ts';
import { textbook } from '../../source/tcp/profiles/textbook.ts';
import { established } from '../support/endpoints.ts';
import { type Lab, ms, type Sent, s } from '../support/lab.ts';

// The client has 3000 octets in flight when the server (forged) takes its window back to `wnd`; ten segments more wait.
const shrunk = (wnd: number): Lab => {
  const here = established({
    values: { mtu: 1_040, initialWindow: 3, sack: false },
    handOver: true,
    serverOptions: { receiveBuffer: 3_000 },
  });
  here.client.send(13_000);
  expect(here.client.sent.map(({ seq }) => seq)).toEqual([101, 1_101, 2_101]);
  for (const segment of here.client.sent) here.lose(segment);
  here.forge('client', { seq: 301, ack: 101, ctl: ['ACK'], wnd });
  return here.mark();
};

describe('a window that shrinks', () => {
  it('MUST-34: the usable window may become negative without harm', () => {
    const here = shrunk(1_000);
    const { snd } = here.client.tcb;
    expect(snd.una + snd.wnd - snd.nxt).toBe(-2_000);
    expect(here.client.state).toBe('ESTABLISHED');
    here.forge('client', { seq: 301, ack: 3_101, ctl: ['ACK'], wnd: 3_000 });
    expect(here.client.tcb.snd.una).toBe(3_101);
    expect(here.client.last.seq).toBeGreaterThanOrEqual(3_101);
  });

  it('SHLD-15: no new data is sent', () => {
    const here = shrunk(1_000);
    here.run(s(30));
    expect(here.client.sent.every(({ seq }) => seq < 3_101)).toBe(true);
  });

  it('SHLD-16: what lies within the window is repeated as usual', () => {
    const here = shrunk(1_000);
    here.run(s(3));
    expect(here.client.sent.map(({ at, seq, len }) => [at, seq, len])).toEqual([
      [s(1), 101, 1_000],
      [s(3), 101, 1_000],
    ]);
  });

  it('SHLD-17: data beyond the right edge does not time the connection out', () => {
    const here = shrunk(0);
    here.run(s(1_000));
    expect(here.client.state).toBe('ESTABLISHED');
  });

  it('MUST-35: a window that shrinks to zero is probed', () => {
    const here = shrunk(0);
    here.run(s(10));
    expect(here.client.sent.length).toBeGreaterThan(0);
    expect(here.client.sent.every(({ seq }) => seq === 101)).toBe(true);
  });

  it('MUST-35: and the data goes on when the window opens again', () => {
    const here = shrunk(0);
    here.run(s(10));
    here.forge('client', { seq: 301, ack: 101, ctl: ['ACK'], wnd: 3_000 });
    here.run(s(60));
    expect(here.client.last).toMatchObject({ seq: 101, len: 1_000 });
    here.land(here.client.last);
    expect(here.server.tcb.rcv.nxt).toBe(1_101);
  });

  it('MAY-7: what lies beyond the right edge may be repeated: the segment that straddles it is sent whole', () => {
    const here = shrunk(500);
    here.run(s(1));
    expect(here.client.last).toMatchObject({ seq: 101, len: 1_000 });
  });

  // The largest right edge that a side has announced, after each of its segments.
  const edges = (here: Lab, side: 'client' | 'server'): number[] => {
    const scale = here.party(side).tcb.rcv.wscale;
    return here
      .party(side)
      .sent.filter(({ ack }) => ack !== null)
      .map(({ ack, wnd }) => (ack ?? 0) + wnd * 2 ** scale);
  };

  it.each([rfc9293, textbook, linux])('SHLD-14: a receiver never moves its right edge back ($name)', ({ values }) => {
    const here = established({ profile: values, serverOptions: { receiveBuffer: 20_000 } });
    here.drop(({ from, len, at }) => from === 'client' && len > 0 && at % 7 === 3);
    here.client.send(300_000);
    for (let round = 0; round < 400; round++) here.run(ms(23)).server.receive(1 + ((round * 7_919) % 5_003));
    const announced = edges(here, 'server');
    expect(announced.length).toBeGreaterThan(50);
    for (let index = 1; index < announced.length; index++) {
      expect(announced[index]).toBeGreaterThanOrEqual(announced[index - 1] ?? 0);
    }
  });

  it('SHLD-14: not even when the application makes its buffer smaller', () => {
    const here = established();
    here.server.set({ receiveBuffer: 1_000 });
    here.client.send(10);
    here.run(ms(500));
    const [last] = edges(here, 'server').slice(-1);
    expect(last).toBe(101 + 65_535);
  });
});

describe('section 3.8.6.1: zero window', () => {
  // The server's buffer of 1000 octets is full, 1000 more wait at the client.
  const closed = (values: Partial<Profile> = {}): Lab => {
    const here = established({ values, serverOptions: { receiveBuffer: 1_000 } });
    here.client.send(2_000);
    here.when(({ client }) => client.tcb.snd.wnd === 0);
    return here.mark();
  };

  it('MUST-36: is probed', () => {
    const here = closed();
    here.run(s(5));
    expect(here.count('persist.probe')).toBeGreaterThan(0);
    expect(here.client.sent[0]).toMatchObject({ seq: 1_101, len: 1 });
    expect(here.server.last).toMatchObject({ ack: 1_101, wnd: 0, len: 0 });
  });

  it('SHLD-29: the first probe leaves after one retransmission timeout', () => {
    const here = closed();
    here.run(s(1));
    expect(here.client.sent.map(({ at }) => at)).toEqual([s(1)]);
  });

  it('SHLD-30: the interval between probes grows exponentially', () => {
    const here = closed();
    here.run(s(200));
    expect(here.client.sent.map(({ at }) => at / 1e6)).toEqual([1, 3, 7, 15, 31, 63, 123, 183]);
  });

  it('MUST-37: the connection stays for as long as probes are answered: an hour', () => {
    const here = closed();
    here.run(s(3_600));
    expect(here.client.state).toBe('ESTABLISHED');
    expect(here.client.sent.length).toBeGreaterThan(60);
  });

  it('MUST-37: and the data arrives when the window opens at last', () => {
    const here = closed();
    here.run(s(3_600)).server.read();
    here.run(s(120));
    expect(here.server.received).toHaveLength(2_000);
    expect(here.server.received).toEqual(Array.from({ length: 2_000 }, (_, index) => index % 251));
  });

  it('MAY-8: a receiver may keep its window closed for ever', () => {
    const here = closed();
    here.run(s(3_600));
    expect(here.server.state).toBe('ESTABLISHED');
    expect(here.server.sent.every(({ wnd }) => wnd === 0)).toBe(true);
  });
});

describe('section 3.8.6.2: silly windows', () => {
  it('MUST-38: a sender waits for a window worth using', () => {
    const here = established({ serverOptions: { receiveBuffer: 4_000 }, values: { mtu: 1_040 }, handOver: true });
    here.client.send(20_000);
    const sent = here.client.sent.length;
    for (const segment of here.client.sent) here.lose(segment);
    // Everything is acknowledged, and the window opens by 100 octets: less than a segment and less than half of 4000.
    here.forge('client', { seq: 301, ack: 101 + sent * 1_000, ctl: ['ACK'], wnd: 100 });
    expect(here.client.sent).toHaveLength(sent);
    expect(here.rules).toContain('sws.hold');
  });

  it('MUST-38: a window of half the largest ever offered is worth using', () => {
    const here = established({ serverOptions: { receiveBuffer: 800 }, values: { mtu: 1_040 }, handOver: true });
    here.client.send(20_000);
    expect(here.client.sent.map(({ len }) => len)).toEqual([800]);
    here.lose(here.client.last);
    here.forge('client', { seq: 301, ack: 901, ctl: ['ACK'], wnd: 399 });
    expect(here.client.sent).toHaveLength(1);
    here.forge('client', { seq: 301, ack: 901, ctl: ['ACK'], wnd: 400 });
    expect(here.client.last).toMatchObject({ seq: 901, len: 400 });
  });

  it('MUST-38: what little there is room for leaves after the override timeout', () => {
    const here = established({ serverOptions: { receiveBuffer: 4_000 }, values: { mtu: 1_040 }, handOver: true });
    here.client.send(20_000);
    const sent = here.client.sent.length;
    for (const segment of here.client.sent) here.lose(segment);
    here.forge('client', { seq: 301, ack: 101 + sent * 1_000, ctl: ['ACK'], wnd: 100 });
    here.run(s(1));
    expect(here.client.last).toMatchObject({ seq: 101 + sent * 1_000, len: 100 });
  });

  it('MUST-39: a receiver whose application reads single octets announces no single octets', () => {
    const here = established({ serverOptions: { receiveBuffer: 4_000 }, values: { mtu: 1_040 } });
    here.client.send(8_000);
    here.when(({ client }) => client.tcb.snd.wnd === 0).mark();
    for (let octet = 0; octet < 999; octet++) here.server.receive(1);
    expect(here.server.sent).toEqual([]);
    here.server.receive(1);
    // The smaller of half the buffer and a segment: 1000.
    expect(here.server.sent).toMatchObject([{ wnd: 1_000 }]);
    expect(here.count('wnd.update-sent')).toBe(1);
  });

  it('MUST-39: with a small buffer half of it is enough', () => {
    const here = established({ serverOptions: { receiveBuffer: 600 }, values: { mtu: 1_040 } });
    here.client.send(2_000);
    here.when(({ client }) => client.tcb.snd.wnd === 0).mark();
    here.server.receive(299);
    expect(here.server.sent).toEqual([]);
    here.server.receive(1);
    expect(here.server.sent).toMatchObject([{ wnd: 300 }]);
  });
});

describe('section 3.8.6.3: delayed acknowledgments', () => {
  it('SHLD-18: the acknowledgment of a single segment waits', () => {
    const here = established();
    here.client.send(100);
    here.until(s(1));
    expect(here.server.sent).toMatchObject([{ at: ms(210), ack: 201 }]);
  });

  it('SHLD-18: and rides on data that goes the other way meanwhile', () => {
    const here = established();
    here.client.send(100);
    here.until(ms(50)).server.send(20);
    here.until(s(1));
    expect(here.server.sent).toMatchObject([{ at: ms(50), ack: 201, len: 20 }]);
  });

  it('SHLD-19: at least every second full segment is acknowledged', () => {
    const here = established({ values: { initialWindow: 10 } });
    here.client.send(14_600);
    here.until(ms(15));
    expect(here.server.sent.map(({ ack }) => ack)).toEqual([3_021, 5_941, 8_861, 11_781, 14_701]);
  });

  // When each octet arrived at a side for the first time, and when a segment of that side first acknowledged it.
  const delays = (here: Lab, side: 'client' | 'server'): number[] => {
    const arrived = here.sent.filter((sent) => sent.from !== side && sent.len > 0 && here.fate(sent) === 'delivered');
    const replies = here.party(side).sent;
    const answered = (sent: Sent): Sent | undefined =>
      replies.find(({ at, ack }) => at >= landed(sent) && (ack ?? 0) >= sent.seq + sent.len);
    return arrived.flatMap((sent) => {
      const reply = answered(sent);
      return reply === undefined ? [] : [reply.at - landed(sent)];
    });
  };
  const landed = ({ at }: Sent): number => at + ms(10);

  it.each([rfc9293, textbook, linux])('MUST-40: no acknowledgment waits half a second ($name)', ({ values }) => {
    const here = established({ profile: values, clientOptions: { nodelay: true } });
    here.server.read();
    for (let round = 0; round < 60; round++)
      here.client.send(1 + ((round * 977) % 4_001)).lab.run(ms((round * 331) % 700));
    here.run(s(5));
    const found = delays(here, 'server');
    expect(found.length).toBeGreaterThan(60);
    expect(Math.max(...found)).toBeLessThan(ms(500));
  });
});
