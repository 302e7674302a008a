// SEGMENT ARRIVES in every state (RFC 9293 section 3.10.7), with the numbers 100 and 300 of the figures:
// the client sends from 101 and expects 301.
import { describe, expect, it } from 'vitest';
import { linux } from '../../source/tcp/profiles/linux.ts';
import { segment } from '../../source/tcp/segment.ts';
import { seq } from '../../source/tcp/seq.ts';
import {
  closeWait,
  closing,
  type Endpoints,
  established,
  finWait1,
  finWait2,
  lastAck,
  listening,
  synReceived,
  synSent,
  timeWait,
} from '../support/endpoints.ts';
import { type Lab, lab, ms, s } from '../support/lab.ts';

type Builder = (setup: Endpoints) => Lab;

/** State, builder, and the numbers that the client expects and sends next there. */
const synchronised: readonly [state: string, builder: Builder, rcvNxt: number, sndNxt: number][] = [
  ['ESTABLISHED', established, 301, 101],
  ['FIN-WAIT-1', finWait1, 301, 102],
  ['FIN-WAIT-2', finWait2, 301, 102],
  ['CLOSE-WAIT', closeWait, 302, 101],
  ['CLOSING', closing, 302, 102],
  ['LAST-ACK', lastAck, 302, 102],
  ['TIME-WAIT', timeWait, 302, 102],
];

describe.each(synchronised)('%s', (state, builder, rcvNxt, sndNxt) => {
  const begin = (): Lab => {
    const here = builder({ handOver: true }).mark();
    expect(here.client.state).toBe(state);
    return here;
  };

  it('a RST with exactly RCV.NXT closes', () => {
    const here = begin();
    here.forge('client', { seq: rcvNxt, ctl: ['RST'] });
    expect(here.client.state).toBe('CLOSED');
    expect(here.client.sent).toEqual([]);
  });

  it('a RST elsewhere in the window is challenged', () => {
    const here = begin();
    here.forge('client', { seq: rcvNxt + 50, ctl: ['RST'] });
    expect(here.client.state).toBe(state);
    expect(here.client.sent).toMatchObject([{ seq: sndNxt, ack: rcvNxt, ctl: 'ACK' }]);
    expect(here.rules).toContain('rst.challenge');
  });

  it('a RST outside the window is dropped', () => {
    const here = begin();
    here.forge('client', { seq: rcvNxt - 1, ctl: ['RST'] });
    here.forge('client', { seq: rcvNxt + 70_000, ctl: ['RST'] });
    expect(here.client.state).toBe(state);
    expect(here.client.sent).toEqual([]);
  });

  it('a segment outside the window is acknowledged and dropped', () => {
    const here = begin();
    here.forge('client', { seq: rcvNxt + 70_000, ack: sndNxt, ctl: ['ACK'], len: 5 });
    expect(here.client.state).toBe(state);
    expect(here.client.sent).toMatchObject([{ seq: sndNxt, ack: rcvNxt, ctl: 'ACK', len: 0 }]);
  });

  it('a segment without ACK is dropped', () => {
    const here = begin();
    here.forge('client', { seq: rcvNxt, ctl: ['FIN'] });
    expect(here.client.state).toBe(state);
    expect(here.client.sent).toEqual([]);
  });
});

describe.each(synchronised.filter(([state]) => state !== 'TIME-WAIT'))('%s', (state, builder, rcvNxt, sndNxt) => {
  it('a SYN is challenged, in the window and outside', () => {
    const here = builder({ handOver: true }).mark();
    here.forge('client', { seq: rcvNxt + 50, ctl: ['SYN'] });
    here.forge('client', { seq: rcvNxt - 50, ctl: ['SYN'] });
    expect(here.client.state).toBe(state);
    const challenge = { seq: sndNxt, ack: rcvNxt, ctl: 'ACK' };
    expect(here.client.sent).toMatchObject([challenge, challenge]);
    expect(here.count('syn.challenge')).toBe(2);
  });

  it('an ACK of something never sent is answered and changes nothing', () => {
    const here = builder({ handOver: true }).mark();
    const before = here.client.tcb.snd.una;
    here.forge('client', { seq: rcvNxt, ack: sndNxt + 1, ctl: ['ACK'] });
    expect(here.client.tcb.snd.una).toBe(before);
    expect(here.client.sent).toMatchObject([{ seq: sndNxt, ack: rcvNxt, ctl: 'ACK' }]);
    expect(here.rules).toContain('ack.unsent');
  });
});

describe('by RFC 793 a RST anywhere in the window', () => {
  it('closes, and is not said to be exact', () => {
    const here = established({ handOver: true, values: { challenge: false } });
    here.forge('client', { seq: 351, ctl: ['RST'] });
    expect(here.client.state).toBe('CLOSED');
    expect(here.rules).toContain('rst.accepted-793');
    expect(here.rules).not.toContain('rst.exact');
  });
});

describe('the application is told of a reset', () => {
  it('in ESTABLISHED and FIN-WAIT-2 as ECONNRESET', () => {
    for (const builder of [established, finWait2]) {
      const here = builder({});
      here.client.read();
      here.forge('client', { seq: 301, ctl: ['RST'] });
      expect(here.client.result('read')).toEqual({ kind: 'error', error: 'ECONNRESET' });
    }
  });

  it('in CLOSE-WAIT as ECONNRESET, on Linux as EPIPE', () => {
    for (const [setup, error] of [
      [{}, 'ECONNRESET'],
      [{ profile: linux.values }, 'EPIPE'],
    ] as const) {
      const here = closeWait(setup);
      here.forge('client', { seq: 302, ctl: ['RST'] });
      here.client.send(1);
      expect(here.client.result('send')).toEqual({ kind: 'error', error });
    }
  });
});

describe('SYN-RECEIVED', () => {
  it('a different SYN in the window returns a passive open to LISTEN; the next one is taken', () => {
    const here = synReceived({ iss: [[100], [300, 400]] });
    here.forge('server', { seq: 150, ctl: ['SYN'] });
    expect(here.server.state).toBe('LISTEN');
    expect(here.rules).toContain('syn-rcvd.new-syn');
    here.forge('server', { seq: 150, ctl: ['SYN'] });
    expect(here.server.last).toMatchObject({ seq: 400, ack: 151, ctl: 'SYN,ACK' });
  });

  it('is answered with a RST on Linux', () => {
    const here = synReceived({ profile: linux.values });
    here.forge('server', { seq: 150, ctl: ['SYN'] });
    expect(here.server.state).toBe('LISTEN');
    expect(here.server.last).toMatchObject({ seq: 0, ack: 151, ctl: 'RST,ACK' });
  });

  it('data with the ACK that completes the handshake is taken', () => {
    const here = synReceived();
    here.forge('server', { seq: 101, ack: 301, ctl: ['ACK'], len: 20, wnd: 5_000 });
    expect(here.server.state).toBe('ESTABLISHED');
    expect(here.server.tcb.rcv.nxt).toBe(121);
    expect(here.server.tcb.snd.wnd).toBe(5_000);
  });

  it('a FIN with it leads to CLOSE-WAIT', () => {
    const here = synReceived();
    here.forge('server', { seq: 101, ack: 301, ctl: ['FIN', 'ACK'] });
    expect(here.server.state).toBe('CLOSE-WAIT');
    expect(here.server.last).toMatchObject({ seq: 301, ack: 102, ctl: 'ACK' });
  });
});

describe('SYN-SENT', () => {
  it('a SYN,ACK sets the window that the peer offers (RFC 1122 section 4.2.2.20 (c))', () => {
    const here = synSent({ server: { receiveBuffer: 12_345 } });
    here.run(ms(20));
    expect(here.client.tcb.snd).toMatchObject({ wnd: 12_345, wl1: 300, wl2: 101 });
  });

  it('an acceptable ACK alone is dropped', () => {
    const here = synSent({ handOver: true });
    here.forge('client', { seq: 300, ack: 101, ctl: ['ACK'] });
    expect(here.client.state).toBe('SYN-SENT');
    expect(here.rules).toContain('syn-sent.drop');
  });

  it('text on the SYN,ACK is taken', () => {
    const here = synSent({ handOver: true });
    here.forge('client', { seq: 300, ack: 101, ctl: ['SYN', 'ACK'], text: 'banner' });
    expect(here.client.last).toMatchObject({ seq: 101, ack: 307, ctl: 'ACK' });
    here.client.receive(10);
    expect(String.fromCharCode(...here.client.received)).toBe('banner');
  });

  it('is taken as far as the window reaches, and a FIN behind that is not', () => {
    const here = synSent({ handOver: true, clientOptions: { receiveBuffer: 100 } });
    here.forge('client', { seq: 300, ack: 101, ctl: ['SYN', 'ACK', 'FIN'], len: 1_000 });
    expect(here.client.state).toBe('ESTABLISHED');
    expect(here.client.last).toMatchObject({ seq: 101, ack: 401, ctl: 'ACK', wnd: 0 });
    expect(here.client.tcb.unread.length).toBe(100);
  });

  it('text on the SYN of a simultaneous open is taken from the window as well', () => {
    const here = synSent({ handOver: true, clientOptions: { receiveBuffer: 100 } });
    here.forge('client', { seq: 300, ctl: ['SYN'], len: 1_000 });
    expect(here.client.state).toBe('SYN-RECEIVED');
    expect(here.client.last).toMatchObject({ seq: 100, ack: 401, ctl: 'SYN,ACK', wnd: 0 });
    expect(here.client.tcb.unread.length).toBe(100);
  });

  it('on Linux it is thrown away for the peer to repeat', () => {
    const here = synSent({ handOver: true, profile: linux.values });
    here.forge('client', { seq: 300, ack: 101, ctl: ['SYN', 'ACK'], text: 'banner' });
    expect(here.client.last).toMatchObject({ seq: 101, ack: 301, ctl: 'ACK' });
  });

  it('a FIN with it leads to CLOSE-WAIT', () => {
    const here = synSent({ handOver: true });
    here.forge('client', { seq: 300, ack: 101, ctl: ['SYN', 'ACK', 'FIN'] });
    expect(here.client.state).toBe('CLOSE-WAIT');
    expect(here.client.last).toMatchObject({ seq: 101, ack: 302, ctl: 'ACK' });
  });
});

describe('data on our SYN', () => {
  it('that the peer does not take is repeated after a timeout', () => {
    const here = listening({ server: { synText: 'drop' } });
    here.client.connect({ payload: { text: 'hello' } });
    here.run(ms(100)).server.read();
    expect(here.client.tcb.snd.una).toBe(101);
    here.run(s(5));
    expect(here.client.sent.map(({ seq: from, ctl, len }) => [from, ctl, len])).toEqual([
      [100, 'SYN', 5],
      [106, 'ACK', 0],
      [101, 'ACK', 5],
    ]);
    expect(String.fromCharCode(...here.server.received)).toBe('hello');
  });

  it('survives a simultaneous open', () => {
    for (const synText of ['keep', 'drop'] as const) {
      const here = lab({ values: { synText } });
      here.client.connect({ from: 5_000, port: 5_001, payload: { text: 'hello' } });
      here.server.connect({ from: 5_001, port: 5_000 });
      here.server.read();
      here.run(s(10));
      expect([here.client.state, here.server.state]).toEqual(['ESTABLISHED', 'ESTABLISHED']);
      expect(String.fromCharCode(...here.server.received)).toBe('hello');
    }
  });
});

describe('LISTEN', () => {
  it('an ACK is answered with a RST, anything without SYN dropped', () => {
    const here = listening();
    here.forge('server', { seq: 5, ctl: ['FIN'] });
    here.forge('server', { seq: 5, ctl: [] });
    expect(here.server.sent).toEqual([]);
    here.forge('server', { seq: 5, ack: 77, ctl: ['SYN', 'ACK'] });
    expect(here.server.sent).toMatchObject([{ seq: 77, ctl: 'RST' }]);
    expect(here.server.state).toBe('LISTEN');
  });

  it('text on a SYN is kept until the connection is established', () => {
    const here = listening();
    here.forge('server', { seq: 100, ctl: ['SYN'], text: 'early' }, { port: 9 });
    expect(here.server.last).toMatchObject({ ack: 106, ctl: 'SYN,ACK' });
    here.server.receive(10);
    expect(here.server.received).toEqual([]);
  });

  it('SYN with FIN is accepted by the RFC and dropped by Linux', () => {
    for (const [setup, answers] of [
      [{}, 1],
      [{ profile: linux.values }, 0],
    ] as const) {
      const here = listening(setup);
      here.forge('server', { seq: 100, ctl: ['SYN', 'FIN'] }, { port: 9 });
      expect(here.server.sent).toHaveLength(answers);
    }
  });
});

describe('the text and the FIN', () => {
  it('are cut to the window', () => {
    const here = established({ serverOptions: { receiveBuffer: 1_000 } });
    here.forge('server', { seq: 51, ack: 301, ctl: ['ACK'], len: 100 });
    expect(here.server.tcb.rcv.nxt).toBe(151);
    here.forge('server', { seq: 151, ack: 301, ctl: ['ACK', 'FIN'], len: 2_000 });
    expect(here.server.tcb.rcv.nxt).toBe(1_101);
    expect(here.server.state).toBe('ESTABLISHED');
    here.server.receive(5_000);
    expect(here.server.received).toHaveLength(1_000);
    expect(here.server.received[0]).toBe(50);
  });

  it('a FIN behind a gap waits with what comes before it', () => {
    const here = established();
    here.forge('server', { seq: 111, ack: 301, ctl: ['ACK', 'FIN'], len: 10 });
    expect(here.server.state).toBe('ESTABLISHED');
    expect(here.server.last).toMatchObject({ ack: 101 });
    here.forge('server', { seq: 101, ack: 301, ctl: ['ACK'], len: 10 });
    expect(here.server.state).toBe('CLOSE-WAIT');
    expect(here.server.last).toMatchObject({ ack: 122 });
  });

  it('a bare FIN behind a gap as well', () => {
    const here = established();
    here.forge('server', { seq: 111, ack: 301, ctl: ['ACK', 'FIN'] });
    here.forge('server', { seq: 101, ack: 301, ctl: ['ACK'], len: 10 });
    expect(here.server.state).toBe('CLOSE-WAIT');
    expect(here.server.tcb.rcv.nxt).toBe(112);
  });

  it('a FIN ahead of the stream is forgotten when octets arrive in its place', () => {
    const here = established();
    here.forge('server', { seq: 151, ack: 301, ctl: ['FIN', 'ACK'] });
    here.forge('server', { seq: 101, ack: 301, ctl: ['ACK'], len: 100 });
    expect(here.server.state).toBe('ESTABLISHED');
    here.forge('server', { seq: 201, ack: 301, ctl: ['FIN', 'ACK'] });
    expect(here.server.state).toBe('CLOSE-WAIT');
    expect(here.server.last).toMatchObject({ ack: 202 });
  });

  it('a FIN in order counts, whatever another one ahead of it said', () => {
    const here = established();
    here.forge('server', { seq: 501, ack: 301, ctl: ['FIN', 'ACK'] });
    here.forge('server', { seq: 101, ack: 301, ctl: ['FIN', 'ACK'] });
    expect(here.server.state).toBe('CLOSE-WAIT');
    expect(here.server.last).toMatchObject({ ack: 102 });
  });

  it('a second FIN is ignored', () => {
    const here = closeWait();
    here.forge('client', { seq: 302, ack: 101, ctl: ['FIN', 'ACK'] });
    expect(here.client.state).toBe('CLOSE-WAIT');
    expect(here.client.tcb.rcv.nxt).toBe(302);
    expect(here.rules).toContain('fin.after-fin');
  });

  it('text after a FIN is ignored', () => {
    const here = closeWait();
    here.forge('client', { seq: 302, ack: 101, ctl: ['ACK'], len: 10 });
    expect(here.client.tcb.rcv.nxt).toBe(302);
    expect(here.rules).toContain('data.after-fin');
    expect(here.client.tcb.unread.length).toBe(0);
  });

  it('a FIN in FIN-WAIT-1 that acknowledges ours leads to TIME-WAIT directly', () => {
    const here = finWait1({ handOver: true });
    here.forge('client', { seq: 301, ack: 102, ctl: ['FIN', 'ACK'] });
    expect(here.client.state).toBe('TIME-WAIT');
    expect(here.rules).toContain('fin-wait-1.fin-and-ack');
  });

  it('a FIN in FIN-WAIT-1 that does not leads to CLOSING', () => {
    const here = finWait1({ handOver: true });
    here.forge('client', { seq: 301, ack: 101, ctl: ['FIN', 'ACK'] });
    expect(here.client.state).toBe('CLOSING');
  });

  it('an ACK in CLOSING or LAST-ACK that does not cover our FIN changes nothing', () => {
    for (const builder of [closing, lastAck]) {
      const here = builder({ handOver: true });
      const { state } = here.client;
      here.forge('client', { seq: 302, ack: 101, ctl: ['ACK'] });
      expect(here.client.state).toBe(state);
    }
  });
});

describe('the window of the peer', () => {
  it('is taken from a newer segment and not from an older one', () => {
    const here = established({ handOver: true });
    here.forge('client', { seq: 401, ack: 101, ctl: ['ACK'], wnd: 5_000, len: 10 });
    expect(here.client.tcb.snd.wnd).toBe(5_000);
    here.forge('client', { seq: 301, ack: 101, ctl: ['ACK'], wnd: 7, len: 10 });
    expect(here.client.tcb.snd.wnd).toBe(5_000);
    expect(here.rules).toContain('wnd.stale');
  });

  it('is not taken from an ACK below SND.UNA, however high its sequence number', () => {
    const here = established({ handOver: true });
    here.forge('client', { seq: 305, ack: 100, ctl: ['ACK'], wnd: 0 });
    expect(here.client.tcb.snd).toMatchObject({ wnd: 65_535, wl1: 300 });
    expect(here.rules).toContain('wnd.stale');
  });

  it('may change with a duplicate ACK', () => {
    const here = established({ handOver: true });
    here.forge('client', { seq: 301, ack: 101, ctl: ['ACK'], wnd: 4_000 });
    here.forge('client', { seq: 301, ack: 101, ctl: ['ACK'], wnd: 3_000 });
    expect(here.client.tcb.snd.wnd).toBe(3_000);
  });
});

describe('timestamps (RFC 7323)', () => {
  const stamped = (): Lab => established({ values: { timestamps: true } });

  it('PAWS: an older timestamp makes a segment unacceptable wherever it lies', () => {
    const here = stamped();
    const recent = here.server.tcb.tsRecent;
    here.forge('server', { seq: 101, ack: 301, ctl: ['ACK'], len: 10, tsVal: (recent - 1) >>> 0 });
    expect(here.server.tcb.rcv.nxt).toBe(101);
    expect(here.server.last).toMatchObject({ seq: 301, ack: 101, ctl: 'ACK' });
    expect(here.rules).toContain('seq.paws-reject');
  });

  it('PAWS: a RST is exempt', () => {
    const here = stamped();
    here.forge('server', { seq: 101, ctl: ['RST'], tsVal: (here.server.tcb.tsRecent - 1) >>> 0 });
    expect(here.server.state).toBe('CLOSED');
  });

  it('PAWS: after 24 days without a segment any timestamp passes', () => {
    const here = stamped();
    const recent = here.server.tcb.tsRecent;
    here.run(s(24 * 86_400 + 1));
    here.forge('server', { seq: 101, ack: 301, ctl: ['ACK'], len: 10, tsVal: (recent - 1) >>> 0 });
    expect(here.server.tcb.rcv.nxt).toBe(111);
  });

  it('a segment without one is dropped once they are in use; Linux takes it', () => {
    for (const [setup, taken] of [
      [{ values: { timestamps: true } }, 101],
      [{ profile: linux.values }, 111],
    ] as const) {
      const here = established(setup);
      here.forge('server', { seq: 101, ack: 301, ctl: ['ACK'], len: 10 });
      expect(here.server.tcb.rcv.nxt).toBe(taken);
    }
  });

  it('an ACK echoes the timestamp of the segment that filled the gap, not of those beyond it', () => {
    const here = stamped();
    const recent = here.server.tcb.tsRecent;
    here.forge('server', { seq: 111, ack: 301, ctl: ['ACK'], len: 10, tsVal: recent + 50 });
    expect(here.server.last.options.tsEcr).toBe(recent);
    here.forge('server', { seq: 101, ack: 301, ctl: ['ACK'], len: 10, tsVal: recent + 20 });
    expect(here.server.last.options.tsEcr).toBe(recent + 20);
  });

  it('are in every segment but a RST once both sides have them', () => {
    const here = stamped();
    here.client.send(10);
    here.server.send(10);
    here.run(s(1)).client.close();
    here.run(s(1)).server.close();
    here.run(s(1));
    expect(here.sent.filter(({ ctl }) => !ctl.includes('RST')).every(({ options }) => options.tsVal !== null)).toBe(
      true,
    );
  });

  it('are not used when one side does not offer them', () => {
    const here = established({ client: { timestamps: true } });
    here.client.send(10);
    expect(here.client.last.options.tsVal).toBe(null);
    expect(here.client.tcb.tsOk).toBe(false);
  });
});

describe('window scale (RFC 7323 section 2)', () => {
  it('is used only when both sides offer it', () => {
    const here = established({ client: { windowScale: 5 } });
    expect(here.client.tcb.snd.wscale).toBe(0);
    expect(here.client.tcb.rcv.wscale).toBe(0);
  });

  it('a shift above 14 counts as 14', () => {
    const here = synSent({ values: { windowScale: 2 }, handOver: true });
    here.forge('client', { seq: 300, ack: 101, ctl: ['SYN', 'ACK'], wscale: 15, mss: 1_460 });
    expect(here.client.tcb.snd.wscale).toBe(14);
  });

  it('may be 0 on one side', () => {
    const here = established({ client: { windowScale: 0 }, server: { windowScale: 3, receiveBuffer: 100_000 } });
    here.client.send(1);
    here.run(s(1));
    expect(here.client.tcb.snd.wscale).toBe(3);
    expect(here.client.tcb.snd.wnd).toBeGreaterThan(65_535);
    expect(here.server.tcb.rcv.wscale).toBe(3);
  });
});

describe('selective acknowledgment (RFC 2018)', () => {
  it('is used only when both sides offer it', () => {
    const here = established({ client: { sack: false }, handOver: true });
    here.forge('server', { seq: 111, ack: 301, ctl: ['ACK'], len: 10 });
    expect(here.server.last.options.sack).toEqual([]);
  });

  it('blocks outside what is in flight are not believed', () => {
    const here = established({ handOver: true });
    here.client.send(1_000);
    const bogus = [
      { from: seq(5_000), to: seq(6_000) },
      { from: seq(50), to: seq(90) },
      { from: seq(600), to: seq(500) },
    ];
    for (const block of bogus) {
      const { options } = here.client.last;
      const made = segment({ seq: 301, ack: 101, ctl: ['ACK'], wnd: 65_535, options: { ...options, sack: [block] } });
      here.arrive('client', made);
    }
    expect(here.client.tcb.outstanding.some(({ sacked }) => sacked)).toBe(false);
  });
});

describe('nobody home', () => {
  it('a crashed host answers nothing; once it runs again it answers with RST', () => {
    const here = lab();
    here.server.crash();
    here.client.connect();
    here.run(s(2));
    expect(here.server.sent).toEqual([]);
    here.server.boot();
    here.run(s(2));
    expect(here.client.result('connect')).toEqual({ kind: 'error', error: 'ECONNREFUSED' });
  });
});
