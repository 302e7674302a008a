// The listener's queues, SYN floods and SYN cookies, as Linux has them.
import { describe, expect, it } from 'vitest';
import type { Profile } from '../../source/tcp/profile.ts';
import { linux } from '../../source/tcp/profiles/linux.ts';
import { type Lab, lab, ms, s } from '../support/lab.ts';

/** A SYN from somebody who does not exist, to the server's port 80. */
const spoof = (here: Lab, number: number): void => {
  here.forge(
    'server',
    { seq: 1_000 + number, ctl: ['SYN'], mss: 1_460 },
    { from: 'third', port: 10_000 + number, toPort: 80 },
  );
};

const queues = (here: Lab): { syn: number; accept: number; overflows: number } => {
  const listener = here.server.sockets.find((socket) => socket.listener !== null)?.listener;
  if (listener == null) throw new Error('nobody listens');
  return { syn: listener.synQueue.length, accept: listener.acceptQueue.length, overflows: listener.overflows };
};

const connects = (here: Lab, count: number, apart = ms(1)): void => {
  for (let number = 0; number < count; number++) here.client.connect({ from: 5_000 + number }).lab.run(apart);
};

describe('the accept queue', () => {
  it('holds one connection more than the backlog; the next SYN is dropped', () => {
    const here = lab();
    here.server.listen({ backlog: 2 });
    connects(here, 3, ms(100));
    expect(queues(here)).toEqual({ syn: 0, accept: 3, overflows: 0 });
    here.mark().client.connect({ from: 6_000 });
    here.run(ms(100));
    expect(here.server.sent).toEqual([]);
    expect(here.rules).toContain('listen.acceptq-full');
    expect(queues(here)).toEqual({ syn: 0, accept: 3, overflows: 1 });
  });

  it('is emptied in order of arrival', () => {
    const here = lab();
    here.server.listen();
    connects(here, 3, ms(100));
    here.server.accept('first').accept('second').accept('third');
    const names = here.server.sockets.filter(({ listener }) => listener === null);
    expect(names.map(({ name, remotePort }) => [name, remotePort])).toEqual([
      ['first', 5_000],
      ['second', 5_001],
      ['third', 5_002],
    ]);
  });

  // One connection is made, two more SYNs arrive before either of their handshakes completes; then there is room for one.
  const crowded = (values: Partial<Profile>): Lab => {
    const here = lab({ values });
    here.server.listen({ backlog: 1 });
    connects(here, 1, ms(100));
    here.client.connect({ from: 6_000 }).connect({ from: 6_001, as: 'late' });
    return here.run(ms(100));
  };

  it('full when the handshake completes: the ACK is ignored, and only the client thinks that it is connected', () => {
    const here = crowded({});
    expect(here.client.sockets.map(({ tcb }) => tcb.state)).toEqual(['ESTABLISHED', 'ESTABLISHED', 'ESTABLISHED']);
    expect(here.server.sockets.map(({ tcb }) => tcb.state)).toEqual([
      'LISTEN',
      'ESTABLISHED',
      'ESTABLISHED',
      'SYN-RECEIVED',
    ]);
    expect(here.rules).toContain('accept.overflow-drop');
  });

  it('full when the handshake completes: the SYN,ACK is repeated, and its ACK may find room', () => {
    const here = crowded({}).mark();
    here.server.accept();
    here.run(s(2));
    expect(here.server.sent.map(({ ctl }) => ctl)).toEqual(['SYN,ACK']);
    expect(here.server.sockets.map(({ tcb }) => tcb.state)).not.toContain('SYN-RECEIVED');
    expect(queues(here)).toMatchObject({ syn: 0, accept: 2 });
  });

  it('full when the handshake completes, with abort_on_overflow: RST', () => {
    const here = crowded({ abortOnOverflow: true });
    expect(here.server.last.ctl).toBe('RST');
    expect(here.rules).toContain('accept.overflow-rst');
    here.client.receive(1, 'late');
    expect(here.client.result('receive')).toEqual({ kind: 'error', error: 'ECONNRESET' });
    expect(queues(here)).toMatchObject({ syn: 0, accept: 2 });
  });

  it('is limited by somaxconn', () => {
    const here = lab({ values: { somaxconn: 1 } });
    here.server.listen({ backlog: 100 });
    connects(here, 4, ms(100));
    expect(queues(here)).toMatchObject({ accept: 2, overflows: 2 });
  });
});

describe('the SYN queue', () => {
  it('holds one request more than the backlog; without cookies further SYNs are dropped', () => {
    const here = lab({ values: { synCookies: 0 } });
    here.server.listen({ backlog: 3 });
    for (let number = 0; number < 6; number++) spoof(here, number);
    expect(queues(here)).toEqual({ syn: 4, accept: 0, overflows: 2 });
    expect(here.count('listen.synq-full')).toBe(2);
  });

  it('frees a place when the SYN,ACK is given up: at 63 s on Linux', () => {
    const here = lab({ profile: linux.values, values: { synCookies: 0 } });
    here.server.listen({ backlog: 100 });
    spoof(here, 1);
    here.until(s(63) - 1);
    expect(queues(here).syn).toBe(1);
    here.until(s(63));
    expect(queues(here).syn).toBe(0);
    expect(here.server.sent.map(({ at }) => at / 1e6)).toEqual([0, 1, 3, 7, 15, 31]);
  });

  it('frees a place when the third party answers with a RST', () => {
    const here = lab();
    here.server.listen();
    here.tamper({ do: 'third', answers: 'reset' });
    spoof(here, 1);
    expect(queues(here).syn).toBe(1);
    here.run(ms(50));
    expect(queues(here).syn).toBe(0);
    expect(here.server.state).toBe('LISTEN');
  });

  it('crowded on Linux: requests that were repeated twice are given up until half of it is free', () => {
    const here = lab({ profile: linux.values, values: { synCookies: 0 } });
    here.server.listen({ backlog: 8 });
    for (let number = 0; number < 9; number++) spoof(here, number);
    here.until(s(7) - 1);
    expect(queues(here).syn).toBe(9);
    here.until(s(7));
    expect(queues(here).syn).toBe(4);
    expect(here.rules).toContain('listen.prune');
    here.until(s(63) - 1);
    expect(queues(here).syn).toBe(4);
    here.until(s(63));
    expect(queues(here).syn).toBe(0);
  });
});

describe('SYN cookies', () => {
  const flooded = (setup: Parameters<typeof lab>[0] = {}): Lab => {
    const here = lab({ iss: null, ...setup, values: { synCookies: 1, ...setup.values } });
    here.server.listen({ backlog: 1 });
    for (let number = 0; number < 2; number++) spoof(here, number);
    expect(queues(here).syn).toBe(2);
    return here.mark();
  };

  it('answer a SYN for which there is no room, and keep nothing', () => {
    const here = flooded();
    here.client.connect();
    here.run(ms(15));
    expect(here.server.sent).toMatchObject([{ ctl: 'SYN,ACK' }]);
    expect(here.rules).toContain('listen.cookie-sent');
    expect(queues(here).syn).toBe(2);
  });

  it('bring the connection back from the ACK alone', () => {
    const here = flooded();
    here.server.accept();
    here.client.connect();
    here.run(ms(100));
    expect([here.client.state, here.server.state]).toEqual(['ESTABLISHED', 'ESTABLISHED']);
    expect(here.rules).toContain('listen.cookie-valid');
    here.client.send(3_000);
    here.server.read();
    here.run(s(1));
    expect(here.server.received).toHaveLength(3_000);
  });

  it('bring back the segment size: the largest of 536, 1300, 1440, 1460 that the peer takes', () => {
    for (const [mtu, expected] of [
      [1_500, 1_460],
      [1_479, 1_300],
      [1_340, 1_300],
      [1_339, 536],
      [9_000, 1_460],
    ] as const) {
      const here = flooded({ client: { mtu } });
      here.server.accept();
      here.client.connect();
      here.run(ms(100));
      expect(here.server.tcb.snd.mss).toBe(expected);
    }
  });

  it('bring back window scale and SACK only in the timestamps', () => {
    for (const timestamps of [true, false]) {
      const here = flooded({ values: { windowScale: 6, timestamps } });
      here.server.accept();
      here.client.connect();
      here.run(ms(100));
      expect(here.server.tcb.snd.wscale).toBe(timestamps ? 6 : 0);
      expect(here.server.tcb.sackOk).toBe(timestamps);
      expect(here.client.tcb.snd.wscale).toBe(timestamps ? 6 : 0);
    }
  });

  it('are not repeated', () => {
    const here = flooded();
    here.client.connect();
    here.run(ms(15));
    here.client.crash();
    here.mark().run(s(120));
    expect(here.server.sent.filter(({ flight }) => flight.to.host === 0)).toEqual([]);
  });

  // The ACK for a cookie sent `from` after the beginning of a minute arrives `later`.
  const complete = (from: number, later: number): Lab => {
    const here = flooded();
    here.server.accept();
    here.run(from).client.connect();
    here.hold(({ from: side, ctl }) => side === 'client' && ctl === 'ACK').run(ms(25));
    const ack = here.client.last;
    here.run(later).land(ack);
    return here;
  };

  it('hold in the minute in which they are made and in the next', () => {
    expect(complete(0, s(59)).server.state).toBe('ESTABLISHED');
    expect(complete(0, s(119)).server.state).toBe('ESTABLISHED');
  });

  it('do not hold in the one after that', () => {
    const late = complete(s(58), s(62));
    expect(late.rules).toContain('listen.cookie-invalid');
    expect(late.server.last.ctl).toBe('RST');
  });

  it('cannot be guessed', () => {
    const here = flooded();
    here.client.connect();
    here.run(ms(15)).mark();
    for (let guess = 0; guess < 200; guess++) {
      const number = Math.imul(guess, 0x9e3779b1) >>> 0;
      here.forge('server', { seq: 77, ack: number, ctl: ['ACK'] }, { from: 'third', port: 20_000 + guess, toPort: 80 });
    }
    expect(here.count('listen.cookie-valid')).toBe(0);
    expect(here.count('listen.cookie-invalid')).toBe(200);
  });

  it('are not looked for when none was sent', () => {
    const here = lab({ values: { synCookies: 1 } });
    here.server.listen();
    here.forge('server', { seq: 77, ack: 1_234, ctl: ['ACK'] }, { port: 9, toPort: 80 });
    expect(here.rules).not.toContain('listen.cookie-invalid');
    expect(here.server.last).toMatchObject({ seq: 1_234, ctl: 'RST' });
  });

  it('always, where the host is set to that', () => {
    const here = lab({ iss: null, values: { synCookies: 2 } });
    here.server.listen().accept();
    here.client.connect();
    here.run(ms(100));
    expect(here.rules).toContain('listen.cookie-sent');
    expect([here.client.state, here.server.state]).toEqual(['ESTABLISHED', 'ESTABLISHED']);
  });
});

describe('TCP_DEFER_ACCEPT', () => {
  it('the connection reaches the application with its first data', () => {
    const here = lab();
    here.server.listen({ options: { deferAccept: s(10) } }).accept();
    here.client.connect();
    here.run(ms(100));
    expect(here.client.state).toBe('ESTABLISHED');
    expect(here.server.result('accept')).toBe(undefined);
    here.client.send(10);
    here.run(ms(100));
    expect(here.server.result('accept')).toEqual({ kind: 'ok' });
  });
});
