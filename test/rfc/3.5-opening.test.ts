// RFC 9293 section 3.5: establishing a connection, half-open connections and resets.
import { describe, expect, it } from 'vitest';
import { pattern } from '../../source/tcp/octets.ts';
import { segment } from '../../source/tcp/segment.ts';
import { established, listening, synReceived, synSent } from '../support/endpoints.ts';
import { type Lab, lab, ms } from '../support/lab.ts';

const simultaneous = (): Lab => {
  const here = lab();
  here.client.connect({ from: 5_000, port: 5_001 });
  here.server.connect({ from: 5_001, port: 5_000 });
  return here;
};

describe('simultaneous open', () => {
  it('MUST-10: two active opens make one connection', () => {
    const here = simultaneous();
    here.run(ms(100));
    expect([here.client.state, here.server.state]).toEqual(['ESTABLISHED', 'ESTABLISHED']);
    expect(here.client.sockets).toHaveLength(1);
    expect(here.client.result('connect')).toEqual({ kind: 'ok' });
    expect(here.server.result('connect')).toEqual({ kind: 'ok' });
    here.client.send('ping');
    here.server.send('pong');
    here.client.receive(10);
    here.server.receive(10);
    here.run(ms(100));
    expect(String.fromCharCode(...here.server.received)).toBe('ping');
    expect(String.fromCharCode(...here.client.received)).toBe('pong');
  });

  it('MUST-10: passes through SYN-RECEIVED on both sides', () => {
    const here = simultaneous();
    here.run(ms(10));
    expect([here.client.state, here.server.state]).toEqual(['SYN-RECEIVED', 'SYN-RECEIVED']);
  });

  it('MUST-10: survives the loss of either SYN,ACK', () => {
    for (const side of ['client', 'server'] as const) {
      const here = simultaneous();
      here.drop(({ from, ctl }) => from === side && ctl === 'SYN,ACK', 1).run(ms(10_000));
      expect([here.client.state, here.server.state]).toEqual(['ESTABLISHED', 'ESTABLISHED']);
    }
  });
});

describe('how SYN-RECEIVED was reached', () => {
  it('MUST-11: after a passive open a RST leads back to LISTEN and the application is told nothing', () => {
    const here = synReceived();
    here.forge('server', { seq: 101, ctl: ['RST'] });
    expect(here.server.state).toBe('LISTEN');
    expect(here.server.result('accept')).toBe(undefined);
  });

  it('MUST-11: after an active open a RST ends the attempt with "connection refused"', () => {
    const here = simultaneous();
    here.run(ms(10));
    here.forge('client', { seq: 301, ctl: ['RST'] });
    expect(here.client.state).toBe('CLOSED');
    expect(here.client.result('connect')).toEqual({ kind: 'error', error: 'ECONNREFUSED' });
  });
});

describe('reset processing (section 3.5.3)', () => {
  it('SHLD-2: a RST may carry data; it resets and the data is ignored', () => {
    const here = established();
    here.arrive('server', segment({ seq: 101, ctl: ['RST'], data: pattern(0, 20) }));
    expect(here.server.state).toBe('CLOSED');
    here.server.receive(20);
    expect(here.server.result('receive')).toEqual({ kind: 'error', error: 'ECONNRESET' });
    expect(here.server.received).toEqual([]);
  });

  it('a RST in SYN-SENT counts only if it acknowledges the SYN', () => {
    const here = synSent();
    here.forge('client', { seq: 0, ctl: ['RST'] });
    here.forge('client', { seq: 0, ack: 100, ctl: ['RST', 'ACK'] });
    here.forge('client', { seq: 0, ack: 102, ctl: ['RST', 'ACK'] });
    expect(here.client.state).toBe('SYN-SENT');
    here.forge('client', { seq: 0, ack: 101, ctl: ['RST', 'ACK'] });
    expect(here.client.result('connect')).toEqual({ kind: 'error', error: 'ECONNREFUSED' });
  });

  it('a listener ignores a RST', () => {
    const here = listening();
    here.forge('server', { seq: 0, ctl: ['RST'] });
    expect(here.server.state).toBe('LISTEN');
    expect(here.server.sent).toEqual([]);
  });
});

describe('reset generation (section 3.5.2)', () => {
  it('group 1: no connection exists and the segment has an ACK: SEQ is that ACK', () => {
    const here = lab();
    here.forge('server', { seq: 7, ack: 55, ctl: ['ACK'], len: 3 });
    expect(here.server.sent).toMatchObject([{ seq: 55, ack: null, ctl: 'RST' }]);
  });

  it('group 1: without an ACK: SEQ is zero and ACK is the end of the segment', () => {
    const here = lab();
    here.forge('server', { seq: 7, ctl: ['SYN'], len: 3 });
    expect(here.server.sent).toMatchObject([{ seq: 0, ack: 11, ctl: 'RST,ACK' }]);
  });

  it('a RST is never answered with a RST', () => {
    const here = lab();
    here.forge('server', { seq: 7, ctl: ['RST'] });
    here.forge('server', { seq: 7, ack: 1, ctl: ['RST', 'ACK'] });
    expect(here.server.sent).toEqual([]);
  });

  it('group 2: SYN-SENT answers an ACK of something it never sent', () => {
    const here = synSent();
    here.forge('client', { seq: 0, ack: 102, ctl: ['ACK'] });
    expect(here.client.last).toMatchObject({ seq: 102, ctl: 'RST' });
    expect(here.client.state).toBe('SYN-SENT');
  });

  it('group 2: so does SYN-RECEIVED', () => {
    const here = synReceived();
    here.forge('server', { seq: 101, ack: 302, ctl: ['ACK'] });
    expect(here.server.last).toMatchObject({ seq: 302, ctl: 'RST' });
    expect(here.server.state).toBe('SYN-RECEIVED');
  });

  it('group 3: a synchronised connection answers with an empty ACK and stays', () => {
    const here = established();
    here.forge('server', { seq: 70_000, ack: 301, ctl: ['ACK'] });
    expect(here.server.last).toMatchObject({ seq: 301, ack: 101, ctl: 'ACK', len: 0 });
    expect(here.server.state).toBe('ESTABLISHED');
  });
});
