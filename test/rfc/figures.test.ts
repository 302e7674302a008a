// Every printed exchange, line by line: segments, states and, where the figure gives them, times.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Profile } from '../../source/tcp/profile.ts';
import { linux } from '../../source/tcp/profiles/linux.ts';
import { rfc9293 } from '../../source/tcp/profiles/rfc9293.ts';
import { textbook } from '../../source/tcp/profiles/textbook.ts';
import { established, finWait2, listening } from '../support/endpoints.ts';
import { type Lab, lab, ms, s } from '../support/lab.ts';
import { type Exchange, exchanges } from './exchanges.ts';
import { type Figure, play, type Script } from './play.ts';

const printed = (id: string): Exchange => {
  const found = exchanges.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no exchange ${id}`);
  return found;
};

// Both sides ESTABLISHED with SND.NXT = 100 at A, 300 at B, segments handed over one by one.
const at100 = (profile: Profile, more: Parameters<typeof established>[0] = {}): Lab =>
  established({ profile, iss: [[99], [299]], handOver: true, ...more });

// The victim of the attacks: RCV.WND 1000, and a largest window of 2000 offered to it.
const victim = (profile: Profile, values: Partial<Profile> = {}): Lab => {
  // Where memory is counted, half of it is offered as a window.
  const share = profile.receiveWindow === 'free-memory' ? 2 : 1;
  return at100(profile, {
    values,
    client: { receiveBuffer: 2_000 * share },
    server: { receiveBuffer: 1_000 * share },
  });
};

// T2 goes on where T1 and a new connection have left the numbers: A sends from 400 and expects 101.
const reopened = (profile: Profile): Lab =>
  established({ profile, iss: [[399], [100]], handOver: true, clientOptions: { nodelay: true } });

const delayedAck = ({ lab: here }: Figure): unknown => here.run(ms(200));
const sends100 = ({ A }: Figure): unknown => A.send(100);
const aCloses = ({ A }: Figure): unknown => A.shutdown('WR');
const bCloses = ({ B }: Figure): unknown => B.shutdown('WR');

const toLine6OfT2: Script['before'] = { '1': sends100, '2': delayedAck, '5': sends100 };

const afterLine6OfT2 = (profile: Profile): Lab => {
  const here = reopened(profile);
  const lines = printed('T2').lines.filter(({ label }) => Number.parseInt(label, 10) <= 6);
  play({ ...printed('T2'), lines }, { begin: () => here, before: toLine6OfT2 });
  return here;
};

/** The scripts for profiles that follow RFC 9293; other profiles differ where a test below says so. */
const scripts: Readonly<Record<string, (profile: Profile) => Script>> = {
  F6: (profile) => ({
    begin: () => listening({ profile, handOver: true }),
    before: { '2': ({ A }) => A.connect(), '5': ({ A }) => A.send(10) },
    symbols: { n: 10 },
  }),
  F7: (profile) => ({
    begin: () => lab({ profile, handOver: true }),
    before: {
      '2': ({ A }) => A.connect({ from: 5_000, port: 5_001 }),
      '3': ({ B }) => B.connect({ from: 5_001, port: 5_000 }),
    },
  }),
  F8: (profile) => ({
    begin: () => listening({ profile, handOver: true, iss: [[100], [300, 400]] }),
    before: { '2': ({ A }) => A.connect() },
  }),
  F9: (profile) => ({
    begin: () => at100(profile, { iss: [[99, 400], [299]] }),
    before: {
      '1': ({ A }) => A.crash(),
      '2': ({ A }) => A.boot(),
      '3': ({ A }) => A.connect({ from: 40_001 }),
      '7': ({ lab: here }) => here.run(s(1)),
    },
    end: ({ unprinted, lab: here, A }) => {
      const [refusal] = unprinted();
      expect(refusal).toMatchObject({ from: 'server', seq: 0, ack: 401, ctl: 'RST,ACK' });
      if (refusal !== undefined) here.land(refusal);
      expect(A.result('connect')).toEqual({ kind: 'error', error: 'ECONNREFUSED' });
    },
  }),
  F10: (profile) => ({
    begin: () => at100(profile),
    before: {
      '1': ({ A }) => A.crash(),
      '2': ({ A, B }) => {
        A.boot();
        B.send(10);
      },
    },
  }),
  F11: (profile) => ({
    begin: () => {
      const here = lab({ profile, handOver: true });
      here.client.listen({ port: 40_001 });
      here.server.listen();
      return here;
    },
    symbols: { Z: 7_000, X: 300 },
  }),
  F12: (profile) => ({
    begin: () => at100(profile),
    before: { '2': aCloses, '4': bCloses, '6': ({ lab: here }) => here.run(profile.timeWait) },
  }),
  F13: (profile) => ({
    begin: () => at100(profile),
    before: { '2a': aCloses, '2b': bCloses, '4': ({ lab: here }) => here.run(profile.timeWait) },
  }),
  T1: (profile) => ({ begin: () => at100(profile), before: { '2': aCloses, '4': bCloses } }),
  T2: (profile) => ({ begin: () => reopened(profile), before: { ...toLine6OfT2, '7a': sends100, '9a': sends100 } }),
  T3: (profile) => ({
    begin: () => afterLine6OfT2(profile),
    stray: ['7b'],
    end: ({ unprinted, lab: here }) => {
      for (let round = 0; round < 20; round++) {
        const [again, ...more] = unprinted().filter((sent) => here.fate(sent) === null);
        expect(more).toEqual([]);
        expect(again).toMatchObject(
          round % 2 === 0 ? { from: 'client', seq: 600, ack: 101 } : { from: 'server', seq: 101, ack: 640 },
        );
        if (again !== undefined) here.land(again);
      }
    },
  }),
  T4: (profile) => ({
    begin: () => listening({ profile, handOver: true, iss: [[100], [400]], server: { receiveBuffer: 800 } }),
    before: { '2': ({ A }) => A.connect() },
  }),
  B1: (profile) => ({ begin: () => victim(profile) }),
  B2: (profile) => ({ begin: () => victim(profile) }),
  B3: (profile) => ({ begin: () => victim(profile) }),
  B4: (profile) => ({
    begin: () => {
      const here = victim(profile);
      here.client.crash().boot();
      return here;
    },
    stray: ['1'],
  }),
  B5: (profile) => ({ begin: () => victim(profile) }),
  B6: (profile) => ({ begin: () => victim(profile, { blindDataCheck: true }) }),
  D1: (profile) => ({
    begin: () => listening({ profile }),
    before: { 't=0': ({ A }) => A.connect() },
  }),
  D2: (profile) => ({
    begin: () => listening({ profile }),
    before: { 't=0': ({ A }) => A.connect() },
  }),
  D3: (profile) => ({
    begin: () => listening({ profile }),
    before: { 't=0': ({ A }) => A.connect() },
  }),
  D4: (profile) => ({
    begin: () => finWait2({ profile, iss: [[99], [299]] }),
    before: {
      't=0': bCloses,
      't=1010+2MSL': ({ lab: here, A }) => {
        here.until(ms(1_010) + profile.timeWait - 1);
        expect(A.state).toBe('TIME-WAIT');
        here.run(1);
      },
    },
  }),
  D5: (profile) => ({
    begin: () => at100(profile, { values: { finAck: 'delayed' } }),
    before: { '1': aCloses, '2': bCloses },
  }),
  D6: (profile) => ({ begin: () => established({ profile, iss: [[99], [299]] }), before: { 't=0': aCloses } }),
  D7: (profile) => ({ begin: () => established({ profile, iss: [[99], [299]] }), before: { 't=0': aCloses } }),
  D8: (profile) => ({
    begin: () => {
      const here = at100(profile, { values: { resetCarriesAck: true } });
      here.server.send(10);
      here.land(here.server.last);
      return here;
    },
    before: { '1': ({ A }) => A.close() },
  }),
  D9: (profile) => ({
    begin: () => {
      const here = at100(profile);
      here.client.close();
      here.land(here.client.last);
      here.when(() => here.server.sent.length > 0);
      here.land(here.server.last);
      expect([here.client.state, here.server.state]).toEqual(['FIN-WAIT-2', 'CLOSE-WAIT']);
      return here;
    },
    before: { '1': ({ B }) => B.send(10) },
    end: ({ B, unprinted }) => {
      expect(unprinted()).toEqual([]);
      B.send(1);
      expect(B.result('send')).toEqual({ kind: 'error', error: profile.resetInCloseWait });
    },
  }),
  D10: (profile) => ({
    begin: () => at100(profile, { clientOptions: { keepalive: true } }),
    before: { '1': ({ lab: here }) => here.run(s(7_200)) },
  }),
  D11: (profile) => ({
    begin: () => {
      const here = established({ profile, iss: [[299, 900], [99]], handOver: true, listening: true });
      here.server.shutdown('WR');
      here.land(here.server.last);
      here.client.close();
      for (let sent = 0; sent < here.sent.length; sent++) {
        const one = here.sent[sent];
        if (one !== undefined && here.fate(one) === null) here.land(one);
      }
      expect([here.client.state, here.server.state]).toEqual(['CLOSED', 'TIME-WAIT']);
      expect([here.server.tcb.snd.nxt, here.server.tcb.rcv.nxt]).toEqual([101, 301]);
      return here.run(s(1));
    },
    a: 'server',
    before: { '1': ({ B }) => B.connect({ from: 40_001 }) },
  }),
};
/** Profiles that differ from the base only in what a script fixes: RFC 1337 was written before SACK. */
const beforeSack: Partial<Profile> = { sack: false };

const run = (id: string, profile: Profile, changes: Partial<Script> = {}): void => {
  const script = scripts[id];
  if (script === undefined) throw new Error(`there is no script for ${id}`);
  const base = script(profile);
  play(printed(id), { ...base, ...changes, before: { ...base.before, ...changes.before } });
};

const titled = (ids: readonly string[]): [string, string][] => ids.map((id) => [id, printed(id).title]);
const except = (...left: readonly string[]): string[] =>
  exchanges.map(({ id }) => id).filter((id) => !left.includes(id));

describe('RFC 9293', () => {
  it.each(titled(except('T2', 'T3', 'T4')))('%s: %s', (id) => run(id, rfc9293.values));

  it.each(titled(['T2', 'T3']))('%s: %s (without SACK)', (id) => run(id, { ...rfc9293.values, ...beforeSack }));

  it('T1: with RFC 1337 the RST of line 5.3 is ignored and TIME-WAIT lasts its 2MSL', () => {
    const lines = printed('T1').lines.map((line) => (line.label === '5.3' ? { ...line, A: 'TIME-WAIT' } : line));
    const script = scripts['T1']?.({ ...rfc9293.values, timeWaitRst: 'ignore' });
    if (script === undefined) throw new Error('no script');
    play(
      { ...printed('T1'), lines },
      {
        ...script,
        end: ({ lab: here, A, unprinted }) => {
          expect(unprinted()).toEqual([]);
          expect(here.rules).toContain('time-wait.rst-ignored');
          here.run(s(240) - 1);
          expect(A.state).toBe('TIME-WAIT');
          here.run(1);
          expect(A.state).toBe('CLOSED');
        },
      },
    );
  });

  it('T2: octets in order win over octets held, so that 40 octets reach the application that A never sent', () => {
    run(
      'T2',
      { ...rfc9293.values, ...beforeSack },
      {
        end: ({ B }) => {
          B.read();
          expect(B.received).toHaveLength(400);
          const wrong = B.received.flatMap((octet, index) => (octet === index % 251 ? [] : [400 + index]));
          expect(wrong).toEqual(Array.from({ length: 40 }, (_, index) => 600 + index));
        },
      },
    );
  });

  it('T3: a limit on such ACKs ends the loop', () => {
    run(
      'T3',
      { ...rfc9293.values, ...beforeSack, challengeInterval: ms(500) },
      {
        end: ({ lab: here, unprinted, A }) => {
          expect(unprinted()).toEqual([]);
          here.run(ms(600));
          expect(A.last).toMatchObject({ seq: 600, ack: 101 });
          expect(here.count('challenge.rate-limited')).toBe(1);
        },
      },
    );
  });

  it('T4: RFC 5961 saves the connection, because RST 123 is not exactly the expected number', () => {
    const here = listening({
      profile: rfc9293.values,
      handOver: true,
      iss: [[100], [400]],
      server: { receiveBuffer: 800 },
    });
    const { client, server } = here;
    client.connect();
    here.land(client.last);
    const synAck = server.last;
    here.forge('client', { seq: 300, ack: 123, ctl: ['ACK'] });
    expect(client.last).toMatchObject({ seq: 123, ack: null, ctl: 'RST' });
    here.land(client.last);
    expect(server.state).toBe('SYN-RECEIVED');
    expect(server.last).toMatchObject({ seq: 401, ack: 101, ctl: 'ACK' });
    here.land(synAck);
    here.land(client.last);
    expect([client.state, server.state]).toEqual(['ESTABLISHED', 'ESTABLISHED']);
  });

  it('D3: data of A instead of the lost ACK establishes B at once', () => {
    const here = listening({});
    here.client.connect();
    here.drop(({ from, ctl }) => from === 'client' && ctl === 'ACK', 1).until(ms(500));
    expect([here.client.state, here.server.state]).toEqual(['ESTABLISHED', 'SYN-RECEIVED']);
    here.client.send(10);
    here.run(ms(10));
    expect(here.client.last).toMatchObject({ seq: 101, ack: 301, len: 10 });
    expect(here.server.state).toBe('ESTABLISHED');
  });

  it('D7: when B closes meanwhile its FIN carries the ACK that was lost', () => {
    const here = established({ iss: [[99], [299]] });
    here.client.shutdown('WR');
    here.drop(({ from }) => from === 'server', 1).run(ms(100));
    expect([here.client.state, here.server.state]).toEqual(['FIN-WAIT-1', 'CLOSE-WAIT']);
    here.server.close();
    expect(here.server.last).toMatchObject({ seq: 300, ack: 101, ctl: 'FIN,ACK' });
    here.run(ms(10));
    expect(here.client.state).toBe('TIME-WAIT');
    expect(here.rules).toContain('fin-wait-1.fin-and-ack');
  });

  it("D8: the RFC's own reset carries no ACK", () => {
    const here = at100(rfc9293.values);
    here.server.send(10);
    here.land(here.server.last);
    here.client.close();
    expect(here.client.last).toMatchObject({ seq: 100, ack: null, ctl: 'RST' });
    here.land(here.client.last);
    expect([here.client.state, here.server.state]).toEqual(['CLOSED', 'CLOSED']);
  });
});

describe('RFC 793 (profile textbook)', () => {
  it.each(titled(except('F9', 'B2', 'B4', 'B5', 'D2', 'D8', 'D11')))('%s: %s', (id) => run(id, textbook.values));

  it('F9: the figure holds while SYN 400 is outside the window of B', () => {
    const narrow = { server: { receiveBuffer: 300 } };
    run('F9', textbook.values, { begin: () => at100(textbook.values, { iss: [[99, 400], [299]], ...narrow }) });
  });

  it('F9: inside a wider window the SYN itself resets B', () => {
    const here = at100(textbook.values, { iss: [[99, 400], [299]], server: { receiveBuffer: 302 } });
    here.client.crash().boot().connect({ from: 40_001 });
    here.land(here.client.last);
    expect(here.server.state).toBe('CLOSED');
    expect(here.server.last).toMatchObject({ seq: 0, ack: 401, ctl: 'RST,ACK' });
  });

  it.each(['B2', 'B4'])('%s: any RST in the window closes the connection at line 1', () => {
    const here = victim(textbook.values).mark();
    here.forge('server', { seq: 600, ctl: ['RST'] });
    expect(here.server.state).toBe('CLOSED');
    expect(here.server.sent).toEqual([]);
  });

  it('B5: a SYN in the window is answered with a RST and closes the connection', () => {
    const here = victim(textbook.values).mark();
    here.forge('server', { seq: 500, ctl: ['SYN'] });
    expect(here.server.state).toBe('CLOSED');
    expect(here.server.last).toMatchObject({ seq: 0, ack: 501, ctl: 'RST,ACK' });
    here.server.receive(1);
    expect(here.server.result('receive')).toEqual({ kind: 'error', error: 'ECONNRESET' });
  });

  it('B6: without the check of RFC 5961 section 5 the forged data is accepted', () => {
    const here = victim(textbook.values).mark();
    here.forge('server', { seq: 100, ack: (300 - 2_001) >>> 0, ctl: ['ACK'], text: 'x'.repeat(50) });
    here.server.receive(100);
    expect(here.server.result('receive')).toEqual({ kind: 'octets', count: 50 });
  });

  it('D2: B answers the repeated SYN with its SYN,ACK', () => {
    run('D2', textbook.values, { without: ['t=1010 rfc'] });
  });
});

describe('Linux', () => {
  it.each(
    titled(['F8', 'F10', 'F11', 'F13', 'B1', 'B2', 'B3', 'B4', 'B5', 'D1', 'D3', 'D5', 'D8', 'D9', 'D10', 'D11']),
  )('%s: %s', (id) => run(id, linux.values));

  it('B6: forged data with a far too old ACK (the windows of the figure are no multiples of 128)', () => {
    run('B6', { ...linux.values, windowScale: null });
  });

  it('F6: and the first data is acknowledged at once', () => {
    run('F6', linux.values, {
      end: ({ unprinted }) => expect(unprinted()).toMatchObject([{ from: 'server', seq: 301, ack: 111, len: 0 }]),
    });
  });

  it('F7: and both sides report the SYN of lines 6 and 7 as a duplicate (D-SACK)', () => {
    run('F7', linux.values, {
      end: ({ unprinted }) =>
        expect(unprinted()).toMatchObject([
          { from: 'client', seq: 101, ack: 301, options: { sack: [{ from: 300, to: 301 }] } },
          { from: 'server', seq: 301, ack: 101, options: { sack: [{ from: 100, to: 101 }] } },
        ]),
    });
  });

  it('F9: and the SYN is repeated after two ticks instead of a second', () => {
    run('F9', linux.values, { before: { '7': ({ lab: here }) => here.run(ms(8)) } });
  });

  it.each(titled(['F12', 'T1']))('%s: %s; the FIN is acknowledged after 40 ms', (id) => {
    run(id, linux.values, { before: { '3': ({ lab: here }) => here.run(ms(40)) } });
  });

  it('D2: B answers the repeated SYN with its SYN,ACK', () => {
    run('D2', linux.values, { without: ['t=1010 rfc'] });
  });
});

describe('the exchanges as typed here', () => {
  it('are the 29 of RFC 9293, RFC 1337, RFC 5961 and the derived ones', () => {
    expect(exchanges.map(({ id }) => id).join(' ')).toBe(
      'F6 F7 F8 F9 F10 F11 F12 F13 T1 T2 T3 T4 B1 B2 B3 B4 B5 B6 D1 D2 D3 D4 D5 D6 D7 D8 D9 D10 D11',
    );
    expect(exchanges.flatMap(({ lines }) => lines)).toHaveLength(126);
  });

  const reference = join(import.meta.dirname, '../../../shared/protocol/figures.json');

  it.skipIf(!existsSync(reference))('are those of the reference table beside the checkout', () => {
    const table = JSON.parse(readFileSync(reference, 'utf8')) as ReferenceFigure[];
    expect(exchanges.map(asReference)).toEqual(table.map(({ id, lines }) => ({ id, lines: lines.map(withoutNote) })));
  });
});

interface ReferenceLine {
  readonly line: number | string;
  readonly where: string;
  readonly from: string;
  readonly seq: number | string | null;
  readonly ack: number | string | null;
  readonly ctl: string;
  readonly len: number | string;
  readonly A: string;
  readonly B: string;
}

interface ReferenceFigure {
  readonly id: string;
  readonly lines: readonly ReferenceLine[];
}

function withoutNote({ line, where, from, seq, ack, ctl, len, A, B }: ReferenceLine): ReferenceLine {
  return {
    line: `${line}`,
    where,
    from,
    seq: seq === null ? null : `${seq}`,
    ack: ack === null ? null : `${ack}`,
    ctl,
    len: `${len}`.replace('n>0', 'n'),
    A,
    B,
  };
}

function asReference({ id, lines }: Exchange): ReferenceFigure {
  return {
    id,
    lines: lines.map(({ label, A, B, segment }) => {
      if (segment === null)
        return { line: label, where: 'none', from: '', seq: null, ack: null, ctl: '', len: '0', A, B };
      const { where, made, seq, ack, ctl, len } = segment;
      const from = made === null ? segment.from : made === 'old' ? '(old)' : `(spoof ${segment.from})`;
      return { line: label, where, from, seq, ack, ctl, len, A, B };
    }),
  };
}
