// RFC 9293 section 3.8.4: keep-alives.
import { describe, expect, it } from 'vitest';
import { segment } from '../../source/tcp/segment.ts';
import { established } from '../support/endpoints.ts';
import { ms, s } from '../support/lab.ts';

const on = { clientOptions: { keepalive: true }, delay: 0 } as const;

describe('keep-alive', () => {
  it('MUST-25: is off by default: nothing is sent in ten hours', () => {
    const here = established();
    here.until(s(36_000));
    expect(here.sent).toEqual([]);
  });

  it('MUST-24: an application can switch it on', () => {
    const here = established({ delay: 0 });
    here.client.set({ keepalive: true });
    here.until(s(7_200));
    expect(here.client.sent).toHaveLength(1);
  });

  it('MUST-24: and off', () => {
    const here = established(on);
    here.client.set({ keepalive: false });
    here.until(s(36_000));
    expect(here.sent).toEqual([]);
  });

  it('MAY-5: exists: a probe asks the peer whether it lives', () => {
    const here = established(on);
    here.until(s(7_200));
    expect(here.rules).toContain('keepalive.probe');
    expect(here.client.state).toBe('ESTABLISHED');
  });

  it('MUST-28: the first probe leaves after two hours at the earliest', () => {
    const here = established(on);
    here.until(s(7_200) - 1);
    expect(here.client.sent).toEqual([]);
    here.until(s(7_200));
    expect(here.client.sent).toHaveLength(1);
  });

  it('MUST-27: the interval can be configured', () => {
    const options = { keepalive: true, keepaliveIdle: s(60), keepaliveInterval: s(5), keepaliveProbes: 2 };
    const here = established({ clientOptions: options, delay: 0 });
    here.server.crash();
    here.when(({ client }) => client.state === 'CLOSED');
    expect(here.client.sent.map(({ at }) => at)).toEqual([s(60), s(65)]);
    expect(here.clock - here.origin).toBe(s(70));
  });

  it('MUST-26: is only sent when nothing is outstanding', () => {
    const here = established({ clientOptions: { keepalive: true, keepaliveIdle: s(2) }, delay: 0 });
    here.server.crash();
    here.client.send(10);
    here.until(s(100));
    expect(here.count('keepalive.probe')).toBe(0);
    expect(here.client.sent.every(({ len }) => len === 10)).toBe(true);
  });

  it('MUST-26: is only sent when nothing has come within the interval', () => {
    const here = established({ clientOptions: { keepalive: true, keepaliveIdle: s(10) }, delay: 0 });
    for (let round = 0; round < 20; round++) here.run(s(9)).server.send(1);
    expect(here.count('keepalive.probe')).toBe(0);
    here.run(s(10));
    expect(here.count('keepalive.probe')).toBe(1);
  });

  it('MUST-29: one probe without an answer does not mean that the connection is dead', () => {
    const here = established(on);
    here.drop(({ from }) => from === 'client', 1).until(s(7_300));
    expect(here.client.state).toBe('ESTABLISHED');
    expect(here.client.sent.map(({ at }) => at)).toEqual([s(7_200), s(7_275)]);
    expect(here.rules).toContain('keepalive.alive');
    here.until(s(14_000));
    expect(here.client.sent).toHaveLength(2);
  });

  it('SHLD-12: a probe carries no data: one number below SND.NXT', () => {
    const here = established({ clientOptions: { keepalive: true } });
    here.until(s(7_200) + ms(10));
    expect(here.client.sent).toMatchObject([{ seq: 100, ack: 301, ctl: 'ACK', len: 0 }]);
    expect(here.server.sent).toMatchObject([{ seq: 301, ack: 101, ctl: 'ACK', len: 0 }]);
  });

  it('MAY-6: a probe may carry one octet of garbage, which the peer does not take', () => {
    const here = established({ ...on, values: { keepaliveData: 1 } });
    here.until(s(7_200));
    expect(here.client.last).toMatchObject({ seq: 100, len: 1 });
    here.run(ms(10));
    expect(here.server.last).toMatchObject({ ack: 101, len: 0 });
    expect(here.server.tcb.unread.length).toBe(0);
    expect(here.rules).toContain('keepalive.alive');
  });

  it('a forged segment outside the window does not count as a sign of life', () => {
    const here = established({ ...on, values: { keepaliveIdle: s(10), keepaliveInterval: s(10), keepaliveProbes: 3 } });
    here.tamper({ do: 'cut' });
    here.until(s(25));
    here.arrive('client', segment({ seq: 5_000_000, ack: 101, ctl: ['ACK'], wnd: 1_000 }));
    here.until(s(60));
    expect(here.client.state).toBe('CLOSED');
    expect(here.rules).not.toContain('keepalive.alive');
  });
});
