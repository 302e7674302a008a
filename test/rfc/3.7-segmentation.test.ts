// RFC 9293 section 3.7: segment sizes and the Nagle algorithm.
import { describe, expect, it } from 'vitest';
import { pattern } from '../../source/tcp/octets.ts';
import type { Profile } from '../../source/tcp/profile.ts';
import { established, listening } from '../support/endpoints.ts';
import { type Lab, ms } from '../support/lab.ts';

/** Sizes of the segments that a client sends of a large write, as far as the first flight goes. */
const sizes = (setup: Parameters<typeof established>[0]): number[] => {
  const here = established(setup);
  here.client.send(20_000);
  return here.client.sent.map(({ len }) => len);
};

const options = (setup: Parameters<typeof listening>[0], side: 'client' | 'server'): Lab['sent'][number] => {
  const here = listening(setup);
  here.client.connect();
  here.run(ms(100));
  const [first] = here.party(side).sent;
  if (first === undefined) throw new Error('no SYN');
  return first;
};

describe('maximum segment size option', () => {
  it('MUST-14: is sent with SYN and with SYN,ACK', () => {
    expect(options({}, 'client')).toMatchObject({ ctl: 'SYN', options: { mss: 1_460 } });
    expect(options({}, 'server')).toMatchObject({ ctl: 'SYN,ACK', options: { mss: 1_460 } });
  });

  it('MUST-14: is obeyed when received', () => {
    expect(sizes({ server: { mtu: 1_040 } })[0]).toBe(1_000);
    expect(sizes({ serverOptions: { maxSegment: 700 } })[0]).toBe(700);
  });

  it('MUST-15: without it 536 octets are assumed over IPv4', () => {
    const flight = sizes({ server: { mssOption: false } });
    expect(flight[0]).toBe(536);
    expect(Math.max(...flight)).toBe(536);
  });

  it('MUST-16: the effective size is the smaller of what the peer takes and what the path takes', () => {
    expect(sizes({ server: { mtu: 9_000 } })[0]).toBe(1_460);
    expect(sizes({ server: { mtu: 1_000 } })[0]).toBe(960);
  });

  it('MUST-16: less the options of every segment: 1448 beside timestamps', () => {
    expect(sizes({ values: { timestamps: true } })[0]).toBe(1_448);
  });

  it('MUST-16: and less than a path that has said how much it takes', () => {
    const here = established();
    here.client.send(1_460);
    here.tamper({ do: 'refuse', flight: here.client.last.flight.id, what: { mtu: 1_000 } });
    expect(here.client.sent.slice(1).map(({ seq, len }) => [seq, len])).toEqual([
      [101, 960],
      [1_061, 500],
    ]);
  });

  it('MUST-16: what has arrived in spite of its size is not sent again', () => {
    const here = established({ values: { initialWindow: 10 }, handOver: true });
    here.client.send(2_920);
    const [first, second] = here.client.sent;
    if (first === undefined || second === undefined) throw new Error('two segments leave');
    here.land(second);
    here.land(here.server.last);
    here.tamper({ do: 'refuse', flight: first.flight.id, what: { mtu: 1_000 } });
    expect(here.client.sent.slice(2).map(({ seq, len }) => [seq, len])).toEqual([
      [101, 960],
      [1_061, 500],
    ]);
  });

  it('SHLD-5: is sent when the size differs from the default of 536', () => {
    expect(options({ values: { mtu: 1_500 } }, 'client').options.mss).toBe(1_460);
    expect(options({ values: { mtu: 1_500 } }, 'server').options.mss).toBe(1_460);
  });

  it('MAY-3: is sent always, also when it is the default', () => {
    expect(options({ values: { mtu: 576 } }, 'client').options.mss).toBe(536);
    expect(options({ values: { mtu: 576 } }, 'server').options.mss).toBe(536);
  });
});

describe('Nagle', () => {
  it('SHLD-7: a small segment waits until everything before it is acknowledged', () => {
    const here = established({ values: { delayedAck: false } });
    here.client.send(10).send(20).send(30);
    expect(here.client.sent.map(({ len }) => len)).toEqual([10]);
    expect(here.count('nagle.hold')).toBe(2);
    here.until(ms(20));
    expect(here.client.sent.map(({ at, len }) => [at, len])).toEqual([
      [0, 10],
      [ms(20), 50],
    ]);
  });

  it('SHLD-7: a full segment does not wait', () => {
    const here = established();
    here.client.send(10).send(1_460);
    expect(here.client.sent.map(({ len }) => len)).toEqual([10, 1_460]);
  });

  it('SHLD-7: with a slow ACK the second of two small writes waits for it', () => {
    const here = established();
    here.client.send(10).send(10);
    here.until(ms(500));
    // Ten milliseconds each way and the delayed ACK of 200.
    expect(here.client.sent.map(({ at }) => at)).toEqual([0, ms(220)]);
  });

  it('MUST-17: an application can switch it off', () => {
    const here = established({ clientOptions: { nodelay: true } });
    here.client.send(10).send(20).send(30);
    expect(here.client.sent.map(({ len }) => len)).toEqual([10, 20, 30]);
  });

  it('MUST-17: also on a connection that holds something back', () => {
    const here = established();
    here.client.send(10).send(20);
    expect(here.client.sent).toHaveLength(1);
    here.client.set({ nodelay: true });
    expect(here.client.sent.map(({ len }) => len)).toEqual([10, 20]);
  });

  it('MUST-17: and on again', () => {
    const here = established({ clientOptions: { nodelay: true } });
    here.client.set({ nodelay: false }).send(10).send(20);
    expect(here.client.sent.map(({ len }) => len)).toEqual([10]);
  });

  it('a window larger than the largest write needs no second thought', () => {
    const values: Partial<Profile> = { nagle: 'off' };
    const here = established({ values });
    here.client.send(1).send(1);
    expect(here.client.sent.map(({ flight }) => flight.segment.data.bytes())).toEqual([
      pattern(0, 1).bytes(),
      pattern(1, 1).bytes(),
    ]);
  });
});
