// The wire: everything on it is an object that a person can act upon.
import { describe, expect, it } from 'vitest';
import type { Match } from '../../source/world/wire.ts';
import { established, synSent } from '../support/endpoints.ts';
import { type Lab, lab, ms, type Sent, s } from '../support/lab.ts';

const anything: Match = { from: null, flags: null, without: null, len: null };

const rule = (here: Lab, changes: Partial<Parameters<typeof make>[0]>): void => {
  here.tamper({ do: 'rule', rule: make({ do: 'drop', match: anything, ...changes }) });
};
const make = (fields: {
  do: 'drop' | 'delay' | 'duplicate';
  match: Match;
  nth?: number;
  percent?: number;
  duration?: number;
  by?: number;
}): Extract<Parameters<Lab['tamper']>[0], { do: 'rule' }>['rule'] => ({
  do: fields.do,
  match: fields.match,
  nth: fields.nth ?? null,
  percent: fields.percent === undefined ? null : { of: fields.percent, seed: 7 },
  duration: fields.duration ?? null,
  by: fields.by ?? 0,
});

// Three segments of the client are on the wire.
const three = (setup: Parameters<typeof established>[0] = {}): { here: Lab; flight: readonly [Sent, Sent, Sent] } => {
  const here = established({ clientOptions: { nodelay: true }, ...setup });
  here.client.send(100).send(100).send(100);
  const [one, two, last] = here.client.sent;
  if (one === undefined || two === undefined || last === undefined) throw new Error('three segments expected');
  return { here, flight: [one, two, last] };
};

const arrived = (here: Lab): number[] =>
  here.recent.flatMap(({ event }) =>
    event.kind === 'arrival' && event.flight.to.host === 1 ? [event.flight.segment.seq] : [],
  );

describe('a segment on its way', () => {
  it('arrives after the delay of its direction', () => {
    const here = lab({ delay: ms(30) });
    here.client.connect();
    here.until(ms(30) - 1);
    expect(here.fate(here.client.last)).toBe(null);
    here.until(ms(30));
    expect(here.fate(here.client.last)).toBe('delivered');
  });

  it('can be dropped', () => {
    const { here, flight } = three();
    here.lose(flight[1]);
    here.until(ms(15));
    expect(arrived(here)).toEqual([101, 301]);
    expect(here.fate(flight[1])).toBe('dropped');
  });

  it('can be delayed until a time', () => {
    const { here, flight } = three();
    here.tamper({ do: 'delay', flight: flight[0].flight.id, until: here.clock + ms(12) });
    here.until(ms(15));
    expect(arrived(here)).toEqual([201, 301, 101]);
  });

  it('can be held and let go', () => {
    const { here, flight } = three();
    here.tamper({ do: 'delay', flight: flight[0].flight.id, until: null });
    here.until(ms(500));
    expect(here.fate(flight[0])).toBe(null);
    here.land(flight[0]);
    expect(here.fate(flight[0])).toBe('delivered');
  });

  it('can change places with the next one', () => {
    const { here, flight } = three();
    here.tamper({ do: 'swap', flight: flight[0].flight.id });
    here.until(ms(15));
    expect(arrived(here)).toEqual([201, 101, 301]);
  });

  it('cannot change places when none follows', () => {
    const { here, flight } = three();
    expect(() => here.tamper({ do: 'swap', flight: flight[2].flight.id })).toThrow('no-next-segment');
  });

  it('can be copied while it is on its way', () => {
    const { here, flight } = three();
    here.tamper({ do: 'duplicate', flight: flight[1].flight.id, at: null });
    here.until(ms(15));
    expect(arrived(here)).toEqual([101, 201, 301, 201]);
  });

  it('can be copied after it has landed', () => {
    const { here, flight } = three();
    here.until(ms(300));
    here.tamper({ do: 'duplicate', flight: flight[0].flight.id, at: here.clock + ms(1) });
    here.run(ms(1));
    expect(arrived(here)).toEqual([101, 201, 301, 101]);
    expect(here.rules).toContain('data.duplicate');
  });

  it('can be changed; it arrives as changed', () => {
    const here = synSent();
    here.tamper({ do: 'edit', flight: here.client.last.flight.id, fields: { seq: 5_000, wnd: 7, mss: 600 } });
    here.run(ms(15));
    expect(here.server.last).toMatchObject({ ack: 5_001, ctl: 'SYN,ACK' });
    expect(here.server.tcb.snd).toMatchObject({ wnd: 7, mss: 600 });
  });

  it('ceases to exist when it is older than the maximum segment lifetime', () => {
    const { here, flight } = three({ values: { msl: s(30) } });
    here.tamper({ do: 'delay', flight: flight[0].flight.id, until: here.clock + s(31) });
    here.until(s(32));
    expect(here.fate(flight[0])).toBe('expired');
  });

  it('that is over cannot be acted upon', () => {
    const { here, flight } = three();
    here.until(ms(15));
    expect(() => here.lose(flight[0])).toThrow('segment-not-in-flight');
    expect(() => here.tamper({ do: 'drop', flight: 99_999 })).toThrow('no-such-segment');
  });
});

describe('standing rules', () => {
  it('drop what fits', () => {
    const here = established();
    rule(here, { match: { ...anything, from: 'client', len: { is: '>', octets: 0 } } });
    here.client.send(10);
    here.until(ms(500));
    expect(here.fate(here.client.last)).toBe('dropped-by-rule');
    here.server.send(10);
    here.run(ms(15));
    expect(here.client.tcb.rcv.nxt).toBe(311);
  });

  it('can mean the nth only', () => {
    const here = established({ clientOptions: { nodelay: true } });
    rule(here, { match: { ...anything, from: 'client' }, nth: 2 });
    here.client.send(1).send(1).send(1);
    expect(here.client.sent.map((sent) => here.fate(sent))).toEqual([null, 'dropped-by-rule', null]);
  });

  it('can mean a percentage, the same ones for the same seed', () => {
    const lost = (seed: number): string => {
      const here = established({ clientOptions: { nodelay: true }, seed, values: { initialWindow: 200 } });
      rule(here, { match: { ...anything, from: 'client' }, percent: 25 });
      for (let write = 0; write < 100; write++) here.client.send(1);
      return here.client.sent.map((sent) => (here.fate(sent) === null ? '.' : 'x')).join('');
    };
    const first = lost(1);
    expect(lost(1)).toBe(first);
    expect(lost(2)).not.toBe(first);
    const count = [...first].filter((mark) => mark === 'x').length;
    expect(count).toBeGreaterThan(10);
    expect(count).toBeLessThan(40);
  });

  it('can end after a time', () => {
    const here = established({ clientOptions: { nodelay: true } });
    rule(here, { duration: ms(100) });
    here.client.send(1);
    here.run(ms(100)).client.send(1);
    expect(here.client.sent.map((sent) => here.fate(sent))).toEqual(['dropped-by-rule', null]);
  });

  it('delay and duplicate', () => {
    const { here } = (() => {
      const made = established({ clientOptions: { nodelay: true } });
      rule(made, { do: 'delay', by: ms(5), match: { ...anything, from: 'client', len: { is: '=', octets: 7 } } });
      rule(made, { do: 'duplicate', by: ms(2), match: { ...anything, from: 'client', len: { is: '<', octets: 5 } } });
      return { here: made };
    })();
    here.client.send(7).send(4);
    here.until(ms(20));
    expect(arrived(here)).toEqual([108, 108, 101]);
  });

  it('look at control bits, wanted and unwanted', () => {
    const here = lab();
    here.server.listen();
    rule(here, { match: { ...anything, flags: ['SYN'], without: ['ACK'] } });
    here.client.connect();
    here.until(s(20));
    expect(here.client.sent.every((sent) => here.fate(sent) === 'dropped-by-rule')).toBe(true);
    expect(here.client.sent.length).toBeGreaterThan(3);
  });
});

describe('the cable', () => {
  it('cut, loses what is on its way and what is sent; mended, carries again', () => {
    const { here, flight } = three();
    here.tamper({ do: 'cut' });
    here.client.send(100);
    here.until(ms(500));
    expect(here.client.sent.map((sent) => here.fate(sent))).toEqual([
      'cable-cut',
      'cable-cut',
      'cable-cut',
      'cable-cut',
    ]);
    expect(here.server.tcb.rcv.nxt).toBe(101);
    here.tamper({ do: 'mend' });
    here.until(s(10));
    expect(here.server.tcb.rcv.nxt).toBe(501);
    expect(here.fate(flight[0])).toBe('cable-cut');
  });

  it('cannot be mended when it is whole', () => {
    expect(() => lab().tamper({ do: 'mend' })).toThrow('nothing-to-cut');
  });
});

describe('third parties', () => {
  it('may say nothing', () => {
    const here = lab();
    here.client.connect({ to: '192.0.2.7' });
    here.until(s(2));
    expect(here.sent.every(({ from }) => from === 'client')).toBe(true);
  });

  it('may answer with a RST', () => {
    const here = lab();
    here.tamper({ do: 'third', answers: 'reset' });
    here.client.connect({ to: '192.0.2.7' });
    here.until(s(2));
    expect(here.client.result('connect')).toEqual({ kind: 'error', error: 'ECONNREFUSED' });
  });
});

describe('events at the same moment', () => {
  it('arrivals come first, then decisions, then timers', () => {
    // The SYN,ACK arrives exactly when the SYN's timer expires: no repetition.
    const here = synSent({ delay: ms(500) });
    here.until(s(2));
    expect(here.client.sent.filter(({ ctl }) => ctl === 'SYN')).toHaveLength(1);
    expect(here.client.state).toBe('ESTABLISHED');
  });

  it('segments that land together keep the order of sending', () => {
    const { here } = three();
    here.until(ms(10));
    expect(arrived(here)).toEqual([101, 201, 301]);
  });
});

describe('a world', () => {
  it('is not changed by a step', () => {
    const here = established();
    const before = here.world;
    const text = JSON.stringify(before.hosts);
    here.client.send(10);
    here.run(s(1));
    expect(here.world).not.toBe(before);
    expect(JSON.stringify(before.hosts)).toBe(text);
  });

  it('of the same beginning and the same decisions is the same, number for number', () => {
    const run = (): string => {
      const here = established({ iss: null, seed: 42 });
      rule(here, { match: anything, percent: 10 });
      here.server.read();
      here.client.send(50_000);
      here.run(s(120));
      return JSON.stringify(here.sent.map(({ at, seq, ack, len }) => [at, seq, ack, len]));
    };
    expect(run()).toBe(run());
  });
});
