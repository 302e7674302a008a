// RFC 9293 section 3.4: sequence numbers, their choice, and what passes with a closed window.
import { describe, expect, it } from 'vitest';
import { rfc9293 } from '../../source/tcp/profiles/rfc9293.ts';
import { established } from '../support/endpoints.ts';
import { lab, ms, s } from '../support/lab.ts';

/** The ISS of a client that connects at this time, from this port, on a host with this secret. */
const iss = (at: number, from: number, seed = 1): number => {
  const here = lab({ iss: null, seed });
  here.until(at).client.connect({ from });
  return here.client.last.seq;
};

const apart = (a: number, b: number): number => (b - a) >>> 0;

describe('initial sequence numbers', () => {
  it('MUST-8: are driven by a clock of 4 microseconds', () => {
    expect(apart(iss(0, 5_000), iss(s(1), 5_000))).toBe(250_000);
    expect(apart(iss(0, 5_000), iss(4, 5_000))).toBe(1);
    expect(apart(iss(0, 5_000), iss(3, 5_000))).toBe(0);
  });

  it('MUST-8: the clock passes the end of the circle', () => {
    // 2^32 steps of 4 microseconds.
    expect(apart(iss(0, 5_000), iss(17_179_869_184, 5_000))).toBe(0);
    expect(apart(iss(0, 5_000), iss(17_179_869_188, 5_000))).toBe(1);
  });

  it('SHLD-1: a keyed function of addresses and ports is added to the clock', () => {
    const offsets = [5_000, 5_001, 5_002, 5_003].map((port) => iss(0, port));
    const steps = offsets.slice(1).map((offset, index) => apart(offsets[index] ?? 0, offset));
    expect(new Set(steps).size).toBe(3);
    for (const step of steps) expect(Math.min(step, 2 ** 32 - step)).toBeGreaterThan(1_000_000);
  });

  it('SHLD-1: another secret gives other numbers', () => {
    expect(iss(0, 5_000, 1)).not.toBe(iss(0, 5_000, 2));
    expect(apart(iss(0, 5_000, 1), iss(0, 5_001, 1))).not.toBe(apart(iss(0, 5_000, 2), iss(0, 5_001, 2)));
  });

  it('SHLD-1: the server draws its own by the same rule', () => {
    const serverIss = (from: number): number => {
      const here = lab({ iss: null });
      here.server.listen();
      here.client.connect({ from });
      return here.run(ms(15)).server.last.seq;
    };
    expect(serverIss(5_000)).not.toBe(serverIss(5_001));
  });
});

describe('quiet time (section 3.4.3)', () => {
  it('holds back a new connection for one MSL after a reboot where the profile asks for it', () => {
    const here = lab({ values: { quietTime: true } });
    here.until(s(10)).client.crash().boot().connect();
    expect(here.client.result('connect')).toEqual({ kind: 'error', error: 'EADDRNOTAVAIL' });
    here.until(s(130) - 1).client.connect();
    expect(here.client.sent).toEqual([]);
    here.until(s(130)).client.connect();
    expect(here.client.last.ctl).toBe('SYN');
    expect(rfc9293.values.msl).toBe(s(120));
  });
});

describe('a closed receive window', () => {
  // The server's buffer holds 1000 octets, all taken and unread.
  const closedWindow = (): ReturnType<typeof established> => {
    const here = established({ serverOptions: { receiveBuffer: 1_000 }, handOver: true });
    here.client.send(1_000);
    here.land(here.client.last);
    here.run(ms(200));
    expect(here.server.last).toMatchObject({ ack: 1_101, wnd: 0 });
    return here.mark();
  };

  it('MUST-66: does not keep out a RST', () => {
    const here = closedWindow();
    here.forge('server', { seq: 1_101, ctl: ['RST'] });
    expect(here.server.state).toBe('CLOSED');
    here.server.receive(10);
    expect(here.server.result('receive')).toEqual({ kind: 'error', error: 'ECONNRESET' });
  });

  it('MUST-66: does not keep out a RST that carries data', () => {
    const here = closedWindow();
    here.forge('server', { seq: 1_101, ctl: ['RST'], len: 5 });
    expect(here.server.state).toBe('CLOSED');
  });

  it('MUST-66: does not keep out an urgent pointer', () => {
    const here = closedWindow();
    here.forge('server', { seq: 1_101, ack: 301, ctl: ['ACK', 'URG'], up: 3, len: 3 });
    expect(here.server.tcb.rcv.up).toBe(1_104);
    expect(here.rules).toContain('urg.signal');
  });

  it('MUST-66: does not keep out the acknowledgment in a segment whose text has no room', () => {
    const here = closedWindow();
    here.server.send(10);
    here.forge('server', { seq: 1_101, ack: 311, ctl: ['ACK'], len: 1 });
    expect(here.server.tcb.snd.una).toBe(311);
    expect(here.server.tcb.rcv.nxt).toBe(1_101);
    expect(here.server.last).toMatchObject({ ack: 1_101, wnd: 0, len: 0 });
  });
});

describe('Table 6: which segments are acceptable', () => {
  // RCV.NXT 100, RCV.WND 1000: a reply to what is not acceptable, none to what is and needs none.
  const answers = (seq: number, len: number, wnd: number): number => {
    const here = established({ iss: [[99], [299]], serverOptions: { receiveBuffer: wnd }, handOver: true });
    here.forge('server', { seq, ack: 300, ctl: ['ACK'], len });
    return here.count('seq.unacceptable-ack') + here.count('data.duplicate');
  };

  it.each([
    { seq: 100, len: 0, wnd: 1_000, refused: 0 },
    { seq: 1_099, len: 0, wnd: 1_000, refused: 0 },
    { seq: 1_100, len: 0, wnd: 1_000, refused: 1 },
    { seq: 99, len: 0, wnd: 1_000, refused: 1 },
    { seq: 99, len: 1, wnd: 1_000, refused: 1 },
    { seq: 99, len: 2, wnd: 1_000, refused: 0 },
    { seq: 1_099, len: 10, wnd: 1_000, refused: 0 },
    { seq: 1_100, len: 10, wnd: 1_000, refused: 1 },
  ])('SEG.SEQ $seq, SEG.LEN $len, RCV.NXT 100, RCV.WND $wnd', ({ seq, len, wnd, refused }) => {
    expect(answers(seq, len, wnd)).toBe(refused);
  });
});
