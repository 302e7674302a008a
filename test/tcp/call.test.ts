// User calls in every state (RFC 9293 sections 3.10.1 to 3.10.5), as an application sees them.
import { describe, expect, it } from 'vitest';
import {
  closeWait,
  closing,
  established,
  finWait1,
  finWait2,
  lastAck,
  listening,
  synSent,
  timeWait,
} from '../support/endpoints.ts';
import { type Lab, lab, ms, s } from '../support/lab.ts';

// Both sides in SYN-RECEIVED, after a simultaneous open; their SYN,ACKs are on the wire.
const simultaneous = (handOver = false): Lab => {
  const here = lab({ handOver });
  here.client.connect({ from: 5_000, port: 5_001 });
  here.server.connect({ from: 5_001, port: 5_000 });
  for (const syn of here.sent) if (handOver) here.land(syn);
  if (!handOver) here.run(ms(10));
  expect([here.client.state, here.server.state]).toEqual(['SYN-RECEIVED', 'SYN-RECEIVED']);
  return here.mark();
};

describe('OPEN', () => {
  it('on a pair of sockets that is in use: the connection stays, the call fails', () => {
    const here = established();
    here.client.connect({ from: 40_001 });
    expect(here.client.result('connect')).toEqual({ kind: 'error', error: 'EADDRNOTAVAIL' });
    expect(here.client.sent).toEqual([]);
    expect(here.client.state).toBe('ESTABLISHED');
  });

  it('of a listening port turns the listener into the caller', () => {
    const here = lab();
    here.client.listen({ port: 5_000 }).connect({ from: 5_000 });
    expect(here.client.sockets.map(({ tcb }) => tcb.state)).toEqual(['SYN-SENT']);
    expect(here.rules).toContain('open.listen-to-active');
  });

  it('may carry data with the SYN, delivered once the connection is established', () => {
    const here = listening();
    here.client.connect({ payload: { text: 'hello' } });
    expect(here.client.last).toMatchObject({ seq: 100, ctl: 'SYN', len: 5 });
    here.run(ms(15));
    expect(here.server.last).toMatchObject({ ack: 106, ctl: 'SYN,ACK' });
    expect(here.server.received).toEqual([]);
    here.run(ms(50)).server.receive(10);
    expect(String.fromCharCode(...here.server.received)).toBe('hello');
  });
});

describe('SEND', () => {
  it('in SYN-SENT waits for the connection', () => {
    const here = synSent();
    here.client.send('abc');
    expect(here.client.sent).toHaveLength(1);
    here.run(ms(20));
    expect(here.client.last).toMatchObject({ seq: 101, ack: 301, len: 3, psh: true });
  });

  it('in SYN-RECEIVED as well', () => {
    const here = simultaneous();
    here.client.send('abc');
    expect(here.client.sent).toEqual([]);
    here.run(ms(50)).server.receive(10);
    expect(String.fromCharCode(...here.server.received)).toBe('abc');
  });

  it.each([
    ['FIN-WAIT-1', finWait1],
    ['FIN-WAIT-2', finWait2],
    ['CLOSING', closing],
    ['LAST-ACK', lastAck],
    ['TIME-WAIT', timeWait],
  ])('in %s fails with EPIPE: sending is over', (state, builder) => {
    const here = builder({ handOver: true });
    expect(here.client.state).toBe(state);
    here.mark().client.send(1);
    expect(here.client.result('send')).toEqual({ kind: 'error', error: 'EPIPE' });
    expect(here.client.sent).toEqual([]);
  });

  it('after a reset fails once with ECONNRESET and from then on with EPIPE', () => {
    const here = established();
    here.forge('client', { seq: 301, ctl: ['RST'] });
    const results = [1, 2, 3].map(() => here.client.send(1).result('send'));
    expect(results).toEqual([
      { kind: 'error', error: 'ECONNRESET' },
      { kind: 'error', error: 'EPIPE' },
      { kind: 'error', error: 'EPIPE' },
    ]);
  });

  it('waits while the buffer is full, and goes on as room is made', () => {
    const here = established({ values: { sendBuffer: 4_000 } });
    here.client.send(10_000);
    expect(here.client.result('send')).toBe(undefined);
    expect(here.rules).toContain('send.buffer-full');
    here.server.read();
    here.run(s(2));
    expect(here.client.result('send')).toEqual({ kind: 'octets', count: 10_000 });
    expect(here.server.received).toEqual(Array.from({ length: 10_000 }, (_, index) => index % 251));
  });
});

describe('RECEIVE', () => {
  it('waits for data and takes no more than asked for', () => {
    const here = established();
    here.server.receive(4);
    expect(here.server.result('receive')).toBe(undefined);
    here.client.send('abcdef');
    here.run(ms(20));
    expect(here.server.result('receive')).toEqual({ kind: 'octets', count: 4 });
    here.server.receive(100);
    expect(here.server.result('receive')).toEqual({ kind: 'octets', count: 2 });
  });

  it('in CLOSE-WAIT delivers what is left, then end-of-file for ever', () => {
    const here = established();
    here.server.send('ab').shutdown('WR');
    here.run(ms(50));
    expect(here.client.state).toBe('CLOSE-WAIT');
    here.client.receive(1).receive(9).receive(9).receive(9);
    expect(here.client.returned.filter(({ call }) => call === 'receive').map(({ result }) => result)).toEqual([
      { kind: 'octets', count: 1 },
      { kind: 'octets', count: 1 },
      { kind: 'eof' },
      { kind: 'eof' },
    ]);
  });

  it('before the connection is established waits', () => {
    const here = synSent();
    here.client.receive(5);
    here.run(ms(100)).server.send('hello');
    here.run(ms(50));
    expect(here.client.result('receive')).toEqual({ kind: 'octets', count: 5 });
  });

  it('after data and an orderly end in TIME-WAIT still finds the data', () => {
    const here = finWait2();
    here.server.send('ab').close();
    here.run(ms(50));
    expect(here.client.state).toBe('TIME-WAIT');
    here.client.read();
    expect(String.fromCharCode(...here.client.received)).toBe('ab');
    expect(here.client.result('read')).toEqual({ kind: 'eof' });
  });
});

describe('CLOSE', () => {
  it('in SYN-SENT deletes the connection without a word', () => {
    const here = synSent();
    here.mark().client.close();
    expect(here.client.state).toBe('CLOSED');
    expect(here.client.sent).toEqual([]);
  });

  it('of the reading side in SYN-SENT still holds when the connection is open', () => {
    const here = synSent();
    here.client.shutdown('RD');
    here.run(ms(300));
    expect(here.client.state).toBe('ESTABLISHED');
    expect(here.client.tcb.reading).toBe(false);
  });

  it('in SYN-RECEIVED sends a FIN and enters FIN-WAIT-1', () => {
    const here = simultaneous();
    here.client.shutdown('WR');
    expect(here.client.state).toBe('FIN-WAIT-1');
    expect(here.client.last).toMatchObject({ seq: 101, ack: 301, ctl: 'FIN,ACK' });
    here.run(ms(100));
    expect([here.client.state, here.server.state]).toEqual(['FIN-WAIT-2', 'CLOSE-WAIT']);
  });

  it('in SYN-RECEIVED: a lost SYN,ACK is still repeated as SYN,ACK', () => {
    const here = simultaneous(true);
    const lost = here.steps.flatMap(({ sent }) => sent).filter(({ segment }) => segment.ctl === 18);
    for (const flight of lost) here.tamper({ do: 'drop', flight: flight.id });
    here.client.shutdown('WR');
    here.lose(here.client.last);
    here.mark().run(s(1));
    expect(here.client.sent[0]).toMatchObject({ seq: 100, ack: 301, ctl: 'SYN,ACK' });
  });

  it('in SYN-RECEIVED with data queued waits with the FIN', () => {
    const here = simultaneous(true);
    here.client.send('abc').shutdown('WR');
    expect(here.client.state).toBe('SYN-RECEIVED');
    expect(here.client.sent).toEqual([]);
    here.forge('client', { seq: 300, ack: 101, ctl: ['SYN', 'ACK'], wnd: 5_000 });
    expect(here.client.state).toBe('FIN-WAIT-1');
    expect(here.client.last).toMatchObject({ seq: 101, len: 3, ctl: 'FIN,ACK' });
  });

  it('in ESTABLISHED the FIN follows the last octet, on the same segment where it fits', () => {
    const here = established({ values: { initialWindow: 10 } });
    here.client.send(2_000).shutdown('WR');
    here.run(ms(500));
    expect(here.client.sent.map(({ seq, len, ctl }) => [seq, len, ctl])).toEqual([
      [101, 1_460, 'ACK'],
      [1_561, 540, 'FIN,ACK'],
    ]);
  });

  it('enters FIN-WAIT-1 at once, although data and FIN still wait for the window', () => {
    const here = established({ serverOptions: { receiveBuffer: 1_000 } });
    here.client.send(3_000).shutdown('WR');
    here.run(s(2));
    expect(here.client.state).toBe('FIN-WAIT-1');
    expect(here.server.state).toBe('ESTABLISHED');
    here.server.read();
    here.run(s(60));
    expect([here.client.state, here.server.state]).toEqual(['FIN-WAIT-2', 'CLOSE-WAIT']);
    expect(here.server.received).toHaveLength(3_000);
  });

  it('in CLOSE-WAIT sends what is queued, then a FIN, and enters LAST-ACK', () => {
    const here = closeWait();
    here.client.send(10).shutdown('WR');
    expect(here.client.state).toBe('LAST-ACK');
    here.run(s(1));
    expect(here.client.state).toBe('CLOSED');
    expect(here.server.state).toBe('TIME-WAIT');
  });

  it.each([
    ['FIN-WAIT-1', finWait1],
    ['FIN-WAIT-2', finWait2],
    ['CLOSING', closing],
    ['LAST-ACK', lastAck],
    ['TIME-WAIT', timeWait],
  ])('in %s never sends a second FIN', (state, builder) => {
    const here = builder({ handOver: true });
    here.mark().client.shutdown('WR');
    expect(here.client.state).toBe(state);
    expect(here.client.result('shutdown')).toMatchObject({ kind: 'error' });
    expect(here.client.sent).toEqual([]);
  });

  it('of a listener forgets half-open children and resets those not accepted', () => {
    const here = lab({ handOver: true, iss: [[], [300, 400]] });
    here.server.listen();
    here.client.connect({ from: 5_000 }).connect({ from: 5_001 });
    const [one, two] = here.client.sent;
    if (one === undefined || two === undefined) throw new Error('no SYNs');
    here.land(one);
    here.land(two);
    here.land(here.server.last);
    here.land(here.client.last);
    expect(here.server.sockets.map(({ tcb }) => tcb.state)).toEqual(['LISTEN', 'SYN-RECEIVED', 'ESTABLISHED']);
    here.mark().server.close('listener');
    expect(here.server.sockets).toEqual([]);
    expect(here.server.sent).toMatchObject([{ seq: 401, ctl: 'RST' }]);
    expect(here.server.last.flight.to.port).toBe(5_001);
  });
});

describe('ABORT', () => {
  it.each([
    ['ESTABLISHED', established, 101],
    ['FIN-WAIT-1', finWait1, 102],
    ['FIN-WAIT-2', finWait2, 102],
    ['CLOSE-WAIT', closeWait, 101],
  ])('in %s sends a RST with SND.NXT and forgets everything', (state, builder, seq) => {
    const here = builder({ handOver: true });
    expect(here.client.state).toBe(state);
    here.mark().client.abort();
    expect(here.client.sent).toMatchObject([{ seq, ack: null, ctl: 'RST' }]);
    expect(here.client.state).toBe('CLOSED');
    expect(here.client.sockets).toEqual([]);
  });

  it('in SYN-RECEIVED sends a RST', () => {
    const here = simultaneous(true);
    here.client.abort();
    expect(here.client.sent).toMatchObject([{ seq: 101, ctl: 'RST' }]);
  });

  it.each([
    ['SYN-SENT', synSent],
    ['CLOSING', closing],
    ['LAST-ACK', lastAck],
    ['TIME-WAIT', timeWait],
  ])('in %s sends nothing', (state, builder) => {
    const here = builder({ handOver: true });
    expect(here.client.state).toBe(state);
    here.mark().client.abort();
    expect(here.client.sent).toEqual([]);
    expect(here.client.state).toBe('CLOSED');
  });

  it('is what close does under SO_LINGER with 0 seconds', () => {
    const here = established({ clientOptions: { linger: 0 } });
    here.client.close();
    expect(here.client.sent).toMatchObject([{ ctl: 'RST' }]);
    expect(here.client.state).toBe('CLOSED');
    expect(here.rules).toContain('close.linger0');
  });

  it('loses what was queued', () => {
    const here = established({ handOver: true });
    here.client.send(10_000).abort();
    const reset = here.client.last;
    expect(reset.ctl).toBe('RST');
    here.land(reset);
    expect(here.server.received).toEqual([]);
  });
});

describe('shutdown', () => {
  it('for reading sends nothing; reads end at once, data is still acknowledged', () => {
    const here = established();
    here.client.shutdown('RD');
    expect(here.client.sent).toEqual([]);
    here.client.receive(10);
    expect(here.client.result('receive')).toEqual({ kind: 'eof' });
    here.server.send(10);
    here.run(ms(500));
    expect(here.server.tcb.snd.una).toBe(311);
    expect(here.client.state).toBe('ESTABLISHED');
  });

  it('for both directions: new data resets the connection', () => {
    const here = established();
    here.client.shutdown('RDWR');
    here.run(ms(50)).server.send(10);
    here.run(ms(50));
    expect(here.client.state).toBe('CLOSED');
    here.server.receive(1);
    expect(here.server.result('receive')).toEqual({ kind: 'error', error: 'ECONNRESET' });
  });
});
