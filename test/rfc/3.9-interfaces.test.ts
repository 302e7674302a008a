// RFC 9293 section 3.9: what the application and the network may ask and say.
import { describe, expect, it } from 'vitest';
import type { Call } from '../../source/host/call.ts';
import { linux } from '../../source/tcp/profiles/linux.ts';
import { established, listening, synReceived, synSent, timeWait } from '../support/endpoints.ts';
import { lab, ms, s } from '../support/lab.ts';

describe('section 3.9.1.1: OPEN', () => {
  it('MUST-41: a passive open on the port of a connection leaves that connection alone', () => {
    const here = established();
    const before = here.server.tcb;
    here.server.listen({ port: 80, as: 'again' });
    expect(here.server.result('listen')).toEqual({ kind: 'ok' });
    expect(here.server.tcb).toBe(before);
    here.client.send(10);
    here.server.receive(10);
    here.run(ms(500));
    expect(here.server.result('receive')).toEqual({ kind: 'octets', count: 10 });
  });

  it('MUST-41: nor does a second passive open disturb the first, it is refused', () => {
    const here = listening();
    here.server.listen({ port: 80, as: 'again' });
    expect(here.server.result('listen')).toEqual({ kind: 'error', error: 'EADDRINUSE' });
    here.client.connect();
    here.run(ms(100));
    expect(here.server.result('accept')).toEqual({ kind: 'ok' });
  });

  it('MUST-42: LISTEN is possible on a port that has a connection in SYN-SENT', () => {
    const here = lab();
    here.client.connect({ from: 5_000 });
    expect(here.client.state).toBe('SYN-SENT');
    here.client.listen({ port: 5_000 });
    expect(here.client.result('listen')).toEqual({ kind: 'ok' });
    expect(here.client.sockets.map(({ tcb }) => tcb.state)).toEqual(['SYN-SENT', 'LISTEN']);
  });

  it('MUST-42: LISTEN is possible on a port that has a connection in SYN-RECEIVED', () => {
    const here = lab();
    here.client.connect({ from: 5_000, port: 5_001 });
    here.server.connect({ from: 5_001, port: 5_000 });
    here.run(ms(10)).client.listen({ port: 5_000 });
    expect(here.client.result('listen')).toEqual({ kind: 'ok' });
    expect(here.client.sockets.map(({ tcb }) => tcb.state)).toEqual(['SYN-RECEIVED', 'LISTEN']);
  });

  it('MUST-42: the listener itself goes on while its children are in SYN-RECEIVED', () => {
    const here = synReceived();
    here.client.connect({ from: 6_000 });
    here.run(ms(15));
    expect(here.server.sockets.map(({ tcb }) => tcb.state)).toEqual(['LISTEN', 'SYN-RECEIVED', 'SYN-RECEIVED']);
  });

  it('MUST-45: every segment of a connection carries the same local address', () => {
    const here = timeWait();
    const flights = here.steps.flatMap(({ sent }) => sent);
    const of = (host: 0 | 1): Set<string> =>
      new Set(flights.filter(({ from }) => from.host === host).map(({ from }) => `${from.address}:${from.port}`));
    expect([...of(0)]).toEqual(['10.0.0.1:40001']);
    expect([...of(1)]).toEqual(['10.0.0.2:80']);
    expect(flights.length).toBeGreaterThan(5);
  });
});

describe('section 3.9.1.2: SEND', () => {
  it('MUST-60: data that is held back does not wait for ever', () => {
    const here = established();
    here.client.send(10).send(10);
    here.until(s(1));
    expect(here.client.tcb.snd.una).toBe(121);
  });

  it('MUST-60: not even when the last acknowledgment is lost', () => {
    const here = established();
    here.client.send(10).send(10);
    here.drop(({ from }) => from === 'server', 1).until(s(5));
    expect(here.client.tcb.snd.una).toBe(121);
  });

  it('MUST-61: PSH is set in the last segment of what was written', () => {
    const here = established({ values: { initialWindow: 10 } });
    here.client.send(5_000);
    here.run(ms(500));
    expect(here.client.sent.map(({ len, psh }) => [len, psh])).toEqual([
      [1_460, false],
      [1_460, false],
      [1_460, false],
      [620, true],
    ]);
  });

  it('SHLD-27: several writes that go into one segment have one PSH', () => {
    const here = established({ values: { delayedAck: false } });
    here.client.send(10);
    for (let write = 0; write < 5; write++) here.client.send(100);
    here.until(ms(100));
    expect(here.client.sent.map(({ len, psh }) => [len, psh])).toEqual([
      [10, true],
      [500, true],
    ]);
  });

  it('SHLD-28: segments are of the largest size that fits', () => {
    const here = established({ values: { delayedAck: false } });
    here.server.read();
    here.client.send(10);
    for (let write = 0; write < 40; write++) here.client.send(999);
    here.until(s(2));
    const sizes = here.client.sent.map(({ len }) => len);
    // 40 * 999 = 39960 = 27 * 1460 + 540.
    expect(sizes.filter((len) => len === 1_460)).toHaveLength(27);
    expect(sizes.filter((len) => len !== 1_460)).toEqual([10, 540]);
  });

  const more = (octets: number): Call => ({
    do: 'send',
    on: null,
    payload: { octets },
    urgent: false,
    push: false,
  });

  it('MAY-15: without the PUSH flag a rest waits for the next write, and leaves with it', () => {
    const here = established({ values: { initialWindow: 10 } });
    here.client.call(more(2_000));
    here.run(s(1));
    expect(here.client.sent.map(({ len, psh }) => [len, psh])).toEqual([[1_460, false]]);
    expect(here.rules).toContain('push.hold');
    here.client.send(10);
    expect(here.client.last).toMatchObject({ len: 550, psh: true });
  });

  it('MAY-15: a FIN pushes what was not pushed', () => {
    const here = established();
    here.client.call(more(5));
    here.client.shutdown('WR');
    expect(here.client.sent.map(({ len, ctl, psh }) => [len, ctl, psh])).toEqual([[5, 'FIN,ACK', true]]);
  });

  it('MAY-15: before ESTABLISHED as well', () => {
    const here = synSent();
    here.client.call(more(5));
    here.run(s(1));
    expect(here.client.sent.filter(({ len }) => len > 0)).toEqual([]);
    here.client.send(1);
    expect(here.client.last).toMatchObject({ len: 6, psh: true });
  });

  it('MAY-15: with chunks (MSG_MORE) no later than an ACK or the timer of a closed window', () => {
    const here = established({ profile: linux.values });
    here.client.call(more(100));
    expect(here.client.sent).toEqual([]);
    here.when(({ client }) => client.sent.some(({ len }) => len === 100), s(1));
    // 200 ms and a tick, with PSH (tcp_write_wakeup).
    expect(here.client.last).toMatchObject({ psh: true });
    expect(here.client.last.at).toBeGreaterThanOrEqual(ms(200));
  });

  it('MAY-16: data that nothing pushes out yet is put together', () => {
    const here = established({ clientOptions: { cork: true } });
    here.client.send(10).send(20).send(30);
    expect(here.client.sent).toEqual([]);
    here.client.set({ cork: false });
    expect(here.client.sent.map(({ len }) => len)).toEqual([60]);
  });
});

describe('section 3.9.2: the network', () => {
  it('MUST-49: the lifetime of packets can be configured: what is older never arrives', () => {
    for (const [msl, arrives] of [
      [s(120), true],
      [s(30), false],
    ] as const) {
      const here = established({ values: { msl }, handOver: true });
      here.client.send(10);
      const [first] = here.client.sent;
      if (first === undefined) throw new Error('nothing sent');
      here.run(s(31));
      here.land(first);
      expect(here.fate(first)).toBe(arrives ? 'delivered' : 'expired');
      expect(here.server.tcb.rcv.nxt).toBe(arrives ? 111 : 101);
    }
  });

  it('MUST-54: an error message about a segment reaches the connection that sent it', () => {
    const here = established();
    here.client.send(10);
    here.tamper({ do: 'refuse', flight: here.client.last.flight.id, what: 'soft' });
    expect(here.findings.filter(({ rule }) => rule === 'icmp.soft').map(({ place }) => place)).toEqual([
      { host: 0, socket: here.client.socket.id },
    ]);
  });

  it('MUST-56: a soft error does not abort; retransmission goes on', () => {
    const here = established();
    here.client.send(10);
    here.tamper({ do: 'refuse', flight: here.client.last.flight.id, what: 'soft' });
    here.until(s(2));
    expect(here.client.state).toBe('ESTABLISHED');
    expect(here.client.tcb.snd.una).toBe(111);
  });

  it('MUST-56: nor does it end an attempt to connect', () => {
    const here = synSent();
    here.tamper({ do: 'refuse', flight: here.client.last.flight.id, what: 'soft' });
    here.until(s(2));
    expect(here.client.state).toBe('ESTABLISHED');
  });

  it('MUST-47: a soft error is reported', () => {
    const here = synSent();
    here.tamper({ do: 'refuse', flight: here.client.last.flight.id, what: 'soft' });
    expect(here.rules).toContain('icmp.soft');
  });

  it('SHLD-25: as information for the application, whose call goes on waiting', () => {
    const here = established();
    here.client.read().send(10);
    here.tamper({ do: 'refuse', flight: here.client.last.flight.id, what: 'soft' });
    expect(here.rules).toContain('icmp.soft');
    expect(here.client.result('read')).toBe(undefined);
  });

  it('SHLD-26: a hard error aborts the connection', () => {
    const here = established();
    here.client.read().send(10);
    here.tamper({ do: 'refuse', flight: here.client.last.flight.id, what: 'hard' });
    expect(here.client.state).toBe('CLOSED');
    expect(here.client.result('read')).toMatchObject({ kind: 'error' });
  });

  it('SHLD-26: and an attempt to connect', () => {
    const here = synSent();
    here.tamper({ do: 'refuse', flight: here.client.last.flight.id, what: 'hard' });
    expect(here.client.result('connect')).toEqual({ kind: 'error', error: 'ECONNREFUSED' });
  });
});
