// Sockets, processes and machines: ports, TIME-WAIT, orphans, exits, crashes.
import { describe, expect, it } from 'vitest';
import { linux } from '../../source/tcp/profiles/linux.ts';
import { textbook } from '../../source/tcp/profiles/textbook.ts';
import { closeWait, established, finWait1, finWait2, listening, timeWait } from '../support/endpoints.ts';
import { type Lab, lab, ms, s } from '../support/lab.ts';

describe('ephemeral ports', () => {
  it('are taken one after the other where the profile says so', () => {
    const here = lab();
    here.client.connect().connect().connect();
    expect(here.client.sockets.map(({ localPort }) => localPort)).toEqual([40_001, 40_002, 40_003]);
  });

  it('run out: EADDRNOTAVAIL, and nothing is sent', () => {
    const here = lab({ values: { ports: [40_001, 40_005] } });
    for (let number = 0; number < 5; number++) here.client.connect();
    here.mark().client.connect();
    expect(here.client.result('connect')).toEqual({ kind: 'error', error: 'EADDRNOTAVAIL' });
    expect(here.client.sent).toEqual([]);
    expect(here.rules).toContain('port.exhausted');
  });

  it('are free towards another port of the peer', () => {
    const here = lab({ values: { ports: [40_001, 40_001] } });
    here.client.connect({ port: 80 }).connect({ port: 81 });
    expect(here.client.sent.map(({ flight }) => [flight.from.port, flight.to.port])).toEqual([
      [40_001, 80],
      [40_001, 81],
    ]);
  });

  it('are blocked by TIME-WAIT until 2MSL are over', () => {
    const here = timeWait({ values: { ports: [40_001, 40_001] }, listening: true });
    here.client.connect();
    expect(here.client.result('connect')).toEqual({ kind: 'error', error: 'EADDRNOTAVAIL' });
    here.until(s(240)).client.connect();
    expect(here.client.last.ctl).toBe('SYN');
  });

  it('in TIME-WAIT may be used again after a second where tw_reuse and timestamps are on, above the old numbers', () => {
    const values = { timestamps: true, timeWaitReuse: s(1) };
    const here = timeWait({ values, listening: true });
    here.client.connect({ from: 40_001 });
    expect(here.client.result('connect')).toEqual({ kind: 'error', error: 'EADDRNOTAVAIL' });
    here.until(s(1)).client.connect({ from: 40_001 });
    // The old SND.NXT is 102.
    expect(here.client.last).toMatchObject({ seq: 102 + 65_537, ctl: 'SYN' });
    here.run(ms(100));
    expect(here.client.state).toBe('ESTABLISHED');
  });
});

describe('listening', () => {
  it('on a port in TIME-WAIT needs SO_REUSEADDR on Linux', () => {
    const here = established({ profile: linux.values });
    here.server.close();
    here.run(s(1)).client.close();
    here.run(s(1));
    expect(here.server.sockets.map(({ tcb }) => tcb.state)).toEqual(['TIME-WAIT']);
    here.server.listen();
    expect(here.server.result('listen')).toEqual({ kind: 'error', error: 'EADDRINUSE' });
    here.server.listen({ options: { reuseAddress: true } });
    expect(here.server.result('listen')).toEqual({ kind: 'ok' });
  });

  it('twice on one port is refused even with it', () => {
    const here = lab();
    here.server.listen({ options: { reuseAddress: true } }).listen({ options: { reuseAddress: true }, as: 'second' });
    expect(here.server.result('listen')).toEqual({ kind: 'error', error: 'EADDRINUSE' });
  });
});

describe('several connections', () => {
  it('of one listener are told apart by the peer’s port', () => {
    const here = lab({ iss: null });
    here.server.listen().accept('a').accept('b');
    here.client.connect({ as: 'one' }).connect({ as: 'two' });
    here.run(ms(100));
    here.client.send('to a', false, 'one').send('to b!', false, 'two');
    here.server.receive(100, 'a').receive(100, 'b');
    here.run(ms(100));
    const received = here.server.returned.filter(({ call }) => call === 'receive');
    expect(received.map(({ name, result }) => [name, result])).toEqual([
      ['a', { kind: 'octets', count: 4 }],
      ['b', { kind: 'octets', count: 5 }],
    ]);
  });
});

describe('a process that ends', () => {
  it('closes what it held with a FIN', () => {
    const here = established();
    here.client.kill();
    expect(here.client.last.ctl).toBe('FIN,ACK');
    expect(here.rules).toContain('process.exit');
  });

  it('resets what it had not read', () => {
    const here = established();
    here.server.send(10);
    here.run(ms(50)).client.kill();
    expect(here.client.last.ctl).toBe('RST');
  });

  it('takes its listeners with it: the port then refuses', () => {
    const here = listening();
    here.server.kill();
    here.client.connect();
    here.run(ms(100));
    expect(here.client.result('connect')).toEqual({ kind: 'error', error: 'ECONNREFUSED' });
  });

  it('still delivers what it had written', () => {
    const here = established();
    here.client.send(20_000).kill();
    here.server.read();
    here.run(s(5));
    expect(here.server.received).toHaveLength(20_000);
    expect(here.server.result('read')).toEqual({ kind: 'eof' });
  });
});

describe('an orphan', () => {
  it('stays in FIN-WAIT-2 for 60 s on Linux', () => {
    const here = established({ profile: linux.values, delay: 0 });
    here.client.close();
    here.when(({ client }) => client.state === 'FIN-WAIT-2');
    const entered = here.clock;
    here.when(({ client }) => client.state === 'CLOSED');
    expect(here.clock - entered).toBe(s(60));
    expect(here.rules).toContain('fin-wait-2.timeout');
  });

  it('stays for ever by the RFC', () => {
    const here = established();
    here.client.close();
    here.run(s(100_000));
    expect(here.client.state).toBe('FIN-WAIT-2');
  });

  it('may be given another limit (TCP_LINGER2)', () => {
    const here = established({ profile: linux.values, delay: 0, clientOptions: { linger2: s(5) } });
    here.client.close();
    here.run(ms(40)).run(s(5));
    expect(here.client.state).toBe('CLOSED');
  });

  it('is not one that only shut down: it waits for ever on Linux too', () => {
    const here = finWait2({ profile: linux.values });
    here.run(s(100_000));
    expect(here.client.state).toBe('FIN-WAIT-2');
  });

  it('becomes TIME-WAIT when the FIN comes after all', () => {
    const here = established({ profile: linux.values });
    here.client.close();
    here.run(s(30)).server.close();
    here.run(ms(50)).mark();
    expect(here.client.state).toBe('TIME-WAIT');
  });
});

describe('TIME-WAIT', () => {
  it('is left out when there are too many', () => {
    const here = timeWait({ values: { maxTimeWait: 1 }, listening: true });
    here.server.accept();
    here.client.connect();
    here.run(ms(100)).client.shutdown('WR');
    here.run(s(1)).server.shutdown('WR');
    here.run(s(1));
    expect(here.rules).toContain('time-wait.skipped');
    expect(here.client.sockets.filter(({ tcb }) => tcb.state === 'TIME-WAIT')).toHaveLength(1);
  });

  it('lasts 60 s on Linux', () => {
    const here = timeWait({ profile: linux.values, delay: 0 });
    here.until(s(60) - 1);
    expect(here.client.state).toBe('TIME-WAIT');
    here.until(s(60));
    expect(here.client.state).toBe('CLOSED');
  });
});

describe('a host that crashes', () => {
  it('is silent; what arrives is lost', () => {
    const here = established();
    here.server.crash();
    here.mark().client.send(10);
    here.run(s(1));
    expect(here.server.sent).toEqual([]);
    expect(here.steps.flatMap(({ fates }) => fates).map(({ reason }) => reason)).toContain('host-down');
  });

  it('has forgotten everything when it runs again and resets what it does not know', () => {
    const here = established();
    here.server.crash().boot();
    here.client.send(10);
    here.run(ms(50));
    expect(here.server.last).toMatchObject({ seq: 301, ctl: 'RST' });
    here.client.send(1);
    expect(here.client.result('send')).toEqual({ kind: 'error', error: 'ECONNRESET' });
    expect(here.rules).toContain('halfopen.reset');
  });

  it('refuses calls until it runs again', () => {
    const here = lab();
    here.client.crash();
    expect(() => here.client.connect()).toThrow('host-down');
    expect(() => here.client.crash()).toThrow('host-down');
    here.client.boot();
    expect(() => here.client.boot()).toThrow('host-up');
  });

  it('is noticed by keep-alive when it runs again', () => {
    const here = established({ clientOptions: { keepalive: true } });
    here.client.read();
    here.server.crash().boot();
    here.run(s(7_201));
    expect(here.client.result('read')).toEqual({ kind: 'error', error: 'ECONNRESET' });
    expect(here.rules).toContain('keepalive.reset');
  });
});

describe('errors', () => {
  it('of a connection are reported once; after that reading is at its end', () => {
    const here = established();
    here.forge('client', { seq: 301, ctl: ['RST'] });
    const results = [1, 2].map(() => here.client.receive(1).result('receive'));
    expect(results).toEqual([{ kind: 'error', error: 'ECONNRESET' }, { kind: 'eof' }]);
  });

  it('wake every call that waits', () => {
    const here = established({ values: { sendBuffer: 100 }, serverOptions: { receiveBuffer: 100 } });
    here.client.read().send(1_000);
    here.run(s(1));
    here.forge('client', { seq: 301, ctl: ['RST'] });
    expect(here.client.result('read')).toEqual({ kind: 'error', error: 'ECONNRESET' });
    expect(here.client.result('send')).toMatchObject({ kind: 'octets' });
  });

  it('of writing after the peer has gone: data, RST, then EPIPE', () => {
    const here = finWait1();
    here.run(ms(50)).client.close();
    here.server.send(10);
    here.run(ms(50)).server.send(10);
    expect(here.server.result('send')).toEqual({ kind: 'error', error: 'ECONNRESET' });
    here.server.send(10);
    expect(here.server.result('send')).toEqual({ kind: 'error', error: 'EPIPE' });
  });

  it('of a call that names nothing are refused', () => {
    const here = lab();
    expect(() => here.client.send(1, false, 'nobody')).toThrow('no-such-socket');
    expect(() => here.client.accept()).toThrow('no-such-socket');
  });
});

describe('counterfactuals', () => {
  it('two-way handshake: the server is connected by the SYN alone', () => {
    const here = lab({ values: { handshake: 2 }, handOver: true });
    here.server.listen().accept();
    here.forge('server', { seq: 5, ctl: ['SYN'] }, { from: 'third', port: 9, toPort: 80 });
    expect(here.server.state).toBe('ESTABLISHED');
    expect(here.server.result('accept')).toEqual({ kind: 'ok' });
  });

  it('no TIME-WAIT: the last FIN of a peer that missed the ACK is answered with RST', () => {
    const here = finWait2({ values: { timeWait: 0 } });
    here.drop(({ from }) => from === 'client', 1).server.shutdown('WR');
    here.run(ms(15));
    expect(here.client.state).toBe('CLOSED');
    here.run(s(2));
    expect(here.client.last.ctl).toBe('RST');
  });

  it('a fixed ISN: every connection begins with the same number', () => {
    const numbers = [s(0), s(5)].map((at) => {
      const here: Lab = lab({ iss: null, values: { isn: 'fixed' } });
      here.until(at).client.connect();
      return here.client.last.seq;
    });
    expect(numbers[0]).toBe(numbers[1]);
  });

  it('a SYN that takes no number: data begins with the ISS itself', () => {
    const here = established({ values: { synOccupies: 0 } });
    here.client.send(10);
    expect(here.client.last).toMatchObject({ seq: 100, ack: 300 });
    here.server.receive(10);
    here.run(s(1));
    expect(here.server.result('receive')).toEqual({ kind: 'octets', count: 10 });
  });

  it('ACK and FIN always merged: the FIN of the peer is acknowledged by our own only', () => {
    const here = established({ values: { finAck: 'with-fin' } });
    here.client.shutdown('WR');
    here.run(ms(500)).server.shutdown('WR');
    here.run(ms(500));
    expect(here.server.sent.map(({ ctl }) => ctl)).toEqual(['FIN,ACK']);
    expect(here.client.state).toBe('TIME-WAIT');
  });

  it('closing with unread data sends FIN all the same in the textbooks', () => {
    const here = established({ profile: textbook.values });
    here.server.send(10);
    here.run(ms(500)).client.close();
    expect(here.client.last.ctl).toBe('FIN,ACK');
  });
});

describe('FIN-WAIT-2 and CLOSE-WAIT', () => {
  it('a server that never closes keeps CLOSE-WAIT for ever', () => {
    const here = closeWait();
    here.run(s(100_000));
    expect(here.client.state).toBe('CLOSE-WAIT');
  });
});
