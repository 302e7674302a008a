// Recorded traces: read with suspicion, replayed, compared, and written again.
import { describe, expect, it } from 'vitest';
import { timeline } from '../../source/scenario/run.ts';
import { check, compare } from '../../source/scenario/trace/compare.ts';
import { emit } from '../../source/scenario/trace/emit.ts';
import { clockOffset } from '../../source/scenario/trace/phase.ts';
import { readTrace } from '../../source/scenario/trace/read.ts';
import { replay } from '../../source/scenario/trace/replay.ts';
import { modelTimeout, profileOf } from '../../source/scenario/trace/sysctl.ts';
import type { Trace, TraceEvent } from '../../source/scenario/trace/trace.ts';
import { orderOf } from '../../source/scenario/trace/wire-rule.ts';
import { traceText } from '../support/traces.ts';

const whole = traceText('two-holes-sack');
const trace = (): Trace => readTrace(whole, 'two-holes-sack.json');
const read = (change: (json: Record<string, unknown>) => void): Trace => {
  const json = JSON.parse(whole) as Record<string, unknown>;
  change(json);
  return readTrace(JSON.stringify(json), 'x.json');
};

describe('reading', () => {
  it('finds ports, delays, sysctls and what was done', () => {
    const { mainPorts, delay, hz, actions, sysctl, name } = trace();
    expect({ mainPorts, delay, hz, name }).toEqual({
      mainPorts: { c: 40_000, s: 8_080 },
      delay: 10_000,
      hz: 250,
      name: 'two-holes-sack',
    });
    expect(actions.map((action) => (action.k === 'app' ? action.do : action.k))).toEqual([
      ...['listen', 'accept', 'connect', 'read', 'send'],
    ]);
    expect(sysctl.c.get('tcp_congestion_control')).toBe('reno');
  });

  it.each([
    ['{\n"name": "a",\n"events": [\n{"t":1,"k":},\n]}', /^x\.json:4: expected JSON/],
    ['[]', /events: expected a list, found nothing/],
    ['{"name": "a", "events": [{"t": "soon", "k": "tx"}]}', /events\[0\]\.t: expected a number, found ""?\\?"?soon/],
    ['{"name": "a", "events": [{"t": 1, "k": "tx", "side": "z"}]}', /events\[0\]\.side: expected c or s/],
    ['{"events": []}', /^x\.json: name: expected a text, found nothing/],
    ['{"name": "a", "mtu": 7, "events": []}', /mtu: expected a whole number from 68 to 65535, found "7"/],
  ])('tells what is wrong in %s', (text, reason) => {
    expect(() => readTrace(text, 'x.json')).toThrow(reason);
  });

  it('refuses names that would reach the terminal as something else', () => {
    expect(() => read((json) => Object.assign(json, { name: 'a\u001b[2J' }))).toThrow(
      /name: expected a printable text/,
    );
    const { first } = check(read((json) => Object.assign(json, { rules: [{ do: '\u001b]0;x' }] })));
    expect(first?.kernel).toMatch(/^[\x20-\x7e]+$/);
  });

  it('lets no control character into a message', () => {
    const evil = JSON.stringify({ name: '\u001b[31m', events: [{ t: 1, k: 'tx', side: '\u001b]0;x\u0007' }] });
    expect(() => readTrace(evil, 'x.json')).toThrow(/^[\x20-\x7e]+$/);
  });
});

describe('comparing', () => {
  it('finds no difference where there is none', () => {
    expect(check(trace()).first).toBeNull();
  });

  const changed = (change: (event: TraceEvent, index: number) => TraceEvent | null): ReturnType<typeof compare> => {
    const kernel = trace();
    const events = kernel.events.flatMap((event, index) => change(event, index) ?? []);
    return compare({ ...kernel, events }, replay(kernel).events);
  };

  it.each<[string, keyof ReturnType<typeof compare>['equal'], (event: TraceEvent) => TraceEvent | null]>([
    ['a flag', 'segments', (event) => (event.k === 'tx' && event.fl === 'PA' ? { ...event, fl: 'A' } : event)],
    ['a number', 'segments', (event) => (event.k === 'tx' && event.seq === 2_897 ? { ...event, seq: 2_898 } : event)],
    ['a missing segment', 'segments', (event) => (event.k === 'tx' && event.fl === 'SA' ? null : event)],
    [
      'a state',
      'states',
      (event) => (event.k === 'st' && event.to === 'SYN_RECV' ? { ...event, to: 'CLOSED' } : event),
    ],
    ['a missing state', 'states', (event) => (event.k === 'st' && event.to === 'SYN_SENT' ? null : event)],
    [
      'a result',
      'results',
      (event) => (event.k === 'ret' && event.do === 'send' ? { ...event, result: { n: 5 } } : event),
    ],
    ['a missing result', 'results', (event) => (event.k === 'ret' && event.do === 'connect' ? null : event)],
    ['a window', 'fields', (event) => (event.k === 'tx' && event.fl === 'SA' ? { ...event, win: 1 } : event)],
    [
      'an MSS',
      'fields',
      (event) => (event.k === 'tx' && event.fl === 'S' ? { ...event, opt: { ...event.opt, mss: 9 } } : event),
    ],
    [
      'SACK blocks',
      'fields',
      (event) => (event.k === 'tx' && event.opt.sack !== undefined ? { ...event, opt: {} } : event),
    ],
    ['a time', 'times', (event) => (event.k === 'tx' && event.fl === 'SA' ? event : { ...event, t: event.t * 2 })],
  ])('finds %s that was changed', (_, aspect, change) => {
    const comparison = changed(change);
    expect(comparison.equal[aspect]).toBe(false);
    expect(comparison.first).not.toBeNull();
  });

  it('lets a kernel be late by 10 ms or 13 %, and early by 5 ms, but not more', () => {
    const late = (by: number): boolean =>
      changed((event) => (event.k === 'tx' && event.t > 290_000 ? { ...event, t: event.t + by } : event)).equal.times;
    // About 180 ms lie between the handshake and the data: 13 % of that are more than 20 ms.
    expect([late(0), late(8_000), late(15_000), late(40_000)]).toEqual([true, true, true, false]);
    expect([late(-3_000), late(-9_000)]).toEqual([true, false]);
  });
});

describe('what has no counterpart', () => {
  it.each<[string, (json: Record<string, unknown>) => void, RegExp]>([
    ['a rule', (json) => Object.assign(json, { rules: [{ do: 'shout' }] }), /a rule that says shout/],
    ['a condition', (json) => Object.assign(json, { rules: [{ do: 'drop', match: { ttl: 3 } }] }), /looks at ttl/],
    [
      'a sysctl',
      (json) => Object.assign(json, { sysctl_set: { c: { tcp_magic: 1 } } }),
      /tcp_magic has no counterpart/,
    ],
    [
      'a congestion control',
      (json) => Object.assign(json, { sysctl_set: { c: { tcp_congestion_control: 'bbr' } }, sysctl_in_force: {} }),
      /congestion control bbr/,
    ],
    [
      'a call',
      (json) => (json['events'] as object[]).push({ t: 1, k: 'app', side: 'c', a: 99, do: 'splice' }),
      /the call splice/,
    ],
    [
      'a socket option',
      (json) =>
        (json['events'] as object[]).push({
          t: 1,
          k: 'app',
          side: 's',
          a: 99,
          do: 'listen',
          s: 'x',
          port: 9,
          opts: { TCP_MD5SIG: 1 },
        }),
      /TCP_MD5SIG has no counterpart/,
    ],
    [
      'a deed of the wire',
      (json) => (json['events'] as object[]).push({ t: 1, k: 'wire', do: 'sysctl', side: 'c' }),
      /does not say what was set/,
    ],
  ])('is a failure, never a pass: %s', (_, change, reason) => {
    const { equal, first } = check(read(change));
    expect(Object.values(equal)).toEqual([false, false, false, false, false]);
    expect(first?.aspect).toBe('not-understood');
    expect(first?.kernel).toMatch(reason);
  });
});

describe('a replay', () => {
  it('is a beginning and decisions: the same run again as a course of events', () => {
    const { start, events } = replay(trace());
    const course = timeline(start);
    const sent = events.filter((event) => event.k === 'tx').length;
    const { end } = trace();
    let count = 0;
    for (let index = 1; (course.stepAt(index)?.world.now ?? Number.POSITIVE_INFINITY) <= end; index++) {
      for (const flight of course.stepAt(index)?.sent ?? []) if (!flight.forged && flight.copyOf === 0) count += 1;
    }
    expect(count).toBe(sent);
  });

  it('is written in the format that it was read in', () => {
    const kernel = trace();
    const { events } = replay(kernel);
    const again = readTrace(emit(kernel, events), 'again.json');
    expect(compare({ ...kernel, events: again.events }, events).first).toBeNull();
    expect(again.actions.filter((action) => action.k === 'app')).toHaveLength(kernel.actions.length);
  });

  it('is the same every time', () => {
    expect(emit(trace(), replay(trace()).events)).toBe(emit(trace(), replay(trace()).events));
  });
});

describe('sysctls', () => {
  it.each([
    [3, 3_000_000],
    [8, 102_200_000],
    [15, 924_600_000],
  ])('%i repetitions that double from 200 ms up to 120 s take %i microseconds', (repetitions, time) => {
    expect(modelTimeout(repetitions, 200_000, 120_000_000)).toBe(time);
  });

  it.each([
    ['tcp_ecn', '1', { ecn: 'ask' }],
    ['tcp_rfc1337', '1', { timeWaitRst: 'ignore' }],
    ['tcp_early_retrans', '0', { tailLossProbe: false }],
    ['tcp_fin_timeout', '5', { finWait2: 5_000_000 }],
    ['ip_local_port_range', '40000 40001', { ports: [40_000, 40_001] }],
  ])('%s = %s is a value of the profile', (name, value, values) => {
    expect(profileOf(new Map([[name, value]]))).toEqual(values);
  });

  it('tcp_tw_reuse 2 is for the loopback only; 1 has a delay', () => {
    expect(profileOf(new Map([['tcp_tw_reuse', '2']]))).toEqual({ timeWaitReuse: null });
    expect(
      profileOf(
        new Map([
          ['tcp_tw_reuse', '1'],
          ['tcp_tw_reuse_delay', '1000'],
        ]),
      ),
    ).toEqual({ timeWaitReuse: 1_000_000 });
  });
});

describe('rules of the recording wire', () => {
  it.each([
    [
      { dir: 'c>s', match: { flags: 'SA' }, nth: [1, 3], do: 'drop' },
      { do: 'drop', nth: [1, 3] },
    ],
    [
      { match: { seq: '>=5' }, nth: '2-', do: 'hold', name: 'h' },
      { do: 'hold', nth: { from: 2 } },
    ],
    [
      { match: { iplen: '>1000' }, do: 'ptb', mtu: 600 },
      { do: 'refuse', what: { mtu: 600 } },
    ],
    [
      { do: 'delay', ms: 5, from: 300, until: 500, stop: 0 },
      { do: 'delay', by: 5_000, after: 300_000, duration: 200_000, goesOn: true },
    ],
  ])('%j', (rule, order) => {
    expect(orderOf(rule)).toMatchObject(order);
  });

  it('"at least" is "more than one less"', () => {
    expect(orderOf({ match: { seq: '>=5', win: '<=0' }, do: 'drop' }).match).toMatchObject({
      seq: { is: '>', limit: 4 },
      wnd: { is: '<', limit: 1 },
    });
  });
});

describe("the recording's ticks", () => {
  const fire = (t: number, idle: number): { t: number; idle: number; unseen: number } => ({ t, idle, unseen: 0 });

  it('are found from what timers sent: every 4 ms, after a longer wait every 32 ms', () => {
    const offset = clockOffset([fire(41_600, 40_000), fire(1_001_600, 600_000)], 4_000);
    expect((1_001_500 + offset) % 32_000).toBe(0);
  });

  it('do not matter where no timer sent anything', () => {
    expect(clockOffset([], 4_000)).toBe(0);
  });
});
