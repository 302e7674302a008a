// What Wireshark would say, and where it guesses wrong: it sees packets, the engine knows why they were sent.
import { describe, expect, it } from 'vitest';
import { captured } from '../../source/export/capture.ts';
import { passagesOf } from '../../source/export/passages.ts';
import { readScenario } from '../../source/scenario/read.ts';
import { start } from '../../source/scenario/scenario.ts';
import { begin, branchOf } from '../../source/session/session.ts';
import type { Timeline } from '../../source/session/timeline.ts';
import type { RuleId } from '../../source/tcp/rules.ts';
import { ACK, FIN, has, type Segment, SYN, UDP } from '../../source/tcp/segment.ts';
import { wiresharkSays } from '../../source/view/wireshark.ts';
import type { Verdict } from '../../source/view/wireshark-analysis.ts';
import { exhibitOf } from '../support/exhibits.ts';
import { scenarioIds } from '../support/fixtures.ts';

/** What is said of each segment of a script, `#3: retransmission`, one line each. */
const said = (profile: string, ...script: readonly string[]): readonly string[] => {
  const scenario = readScenario(script.join('\n'), 'x.txt', 'x');
  const course = branchOf(begin(start(scenario, profile))).timeline;
  const last = course.reach(200);
  const lines: string[] = [];
  for (let index = 1; index <= last; index++) {
    for (const { flight, verdicts } of wiresharkSays(course, index)) lines.push(`#${flight.id}: ${verdicts.join(' ')}`);
  }
  return lines;
};

const connected = ['0 server listen', '0 server accept', '0 client connect'];

describe('Wireshark would say', () => {
  it('nothing of a handshake', () => {
    expect(said('rfc9293', ...connected)).toEqual([]);
  });

  it('Retransmission of a SYN that was lost, at its sender only', () => {
    expect(said('rfc9293', ...connected, '0 drop #1')).toEqual(['#2: retransmission']);
  });

  it('Previous segment not captured of data behind a hole, Dup ACK of what answers it, once each segment', () => {
    const lines = said('rfc9293', 'set: initialWindow=3', '', ...connected, '1 client send 4380', '1 drop #4');
    expect(lines).toContain('#5: lost_segment');
    expect(lines).toContain('#7: duplicate_ack');
  });

  it('Spurious Retransmission of what had been acknowledged already', () => {
    expect(said('rfc9293', ...connected, '1 client send 100', '1.05 server read', '3 duplicate #4')).toContain(
      '#6: spurious_retransmission',
    );
  });

  it('Keep-Alive of a probe of an idle connection, and Keep-Alive ACK of its answer', () => {
    const lines = said(
      'rfc9293',
      ...connected,
      '1 client set keepalive keepaliveIdle=10s keepaliveInterval=10s',
      'run until 15s',
    );
    expect(lines.slice(0, 4)).toEqual(['#4: keep_alive', '#4: keep_alive', '#5: keep_alive_ack', '#5: keep_alive_ack']);
  });

  it('ZeroWindow of a full buffer, Window Full of what filled it, ZeroWindowProbe of the octet that asks', () => {
    const lines = said(
      'rfc9293',
      'set.server: receiveBuffer=1460',
      '',
      ...connected,
      '1 client send 3000',
      'run until 20s',
    ).join('\n');
    for (const verdict of ['window_full', 'zero_window', 'zero_window_probe', 'zero_window_probe_ack'])
      expect(lines).toMatch(new RegExp(`: (.* )?${verdict}( |$)`, 'm'));
  });

  it('Port numbers reused of a SYN with another number', () => {
    expect(said('rfc9293', ...connected, '1 forge from client SYN seq=9000')).toContain('#4: reused_ports');
  });

  it('nothing of a datagram', () => {
    expect(said('rfc9293', '0 server bind 53', '0 client sendto "one" port 53')).toEqual([]);
  });
});

/** One packet where Wireshark and the engine are of different minds about something. */
interface Difference {
  readonly what:
    | 'sent again'
    | 'sent again early'
    | 'keep-alive probe'
    | 'window probe'
    | 'duplicate ACK'
    | 'out of order';
  readonly who: 'Wireshark' | 'engine';
  readonly segment: Segment;
  readonly verdicts: readonly Verdict[];
  readonly rules: ReadonlySet<RuleId>;
  readonly where: string;
}

const early: readonly RuleId[] = ['cc.fast-retransmit', 'cc.sack-recovery', 'rack.lost'];
const again: readonly Verdict[] = ['retransmission', 'fast_retransmission', 'spurious_retransmission', 'out_of_order'];

function* differencesIn(id: string, profile: string): Generator<Difference | 'agreed'> {
  const exhibit = exhibitOf(id, { profile });
  const course: Timeline = branchOf(exhibit.session).timeline;
  const passages = passagesOf(course, 1, exhibit.last);
  for (const { index, flight: number, host, direction, at } of captured(course, exhibit.last)) {
    const step = course.stepAt(index);
    const passage = passages.get(number);
    if (step === null || passage === undefined || has(passage.flight.segment, UDP)) continue;
    const flight = direction === 'in' ? (passage.end?.flight ?? passage.flight) : passage.flight;
    const verdicts =
      wiresharkSays(course, index).find(
        (one) => one.flight.id === number && (one.flight.to.host === host) === (direction === 'in'),
      )?.verdicts ?? [];
    const rules = new Set(step.findings.filter(({ place }) => place.host === host).map(({ rule }) => rule));
    const repeats = passage.repeats > 0;
    const views: readonly (readonly [what: Difference['what'], engine: boolean, wireshark: boolean])[] =
      direction === 'out'
        ? [
            ['sent again', repeats, again.some((one) => verdicts.includes(one))],
            [
              'sent again early',
              repeats && early.some((rule) => rules.has(rule)),
              verdicts.includes('fast_retransmission'),
            ],
            ['keep-alive probe', rules.has('keepalive.probe'), verdicts.includes('keep_alive')],
            ['window probe', rules.has('persist.probe'), verdicts.includes('zero_window_probe')],
          ]
        : [
            ['duplicate ACK', rules.has('ack.duplicate'), verdicts.includes('duplicate_ack')],
            [
              'out of order',
              rules.has('data.out-of-order'),
              verdicts.includes('lost_segment') || verdicts.includes('out_of_order'),
            ],
          ];
    for (const [what, engine, wireshark] of views) {
      if (engine === wireshark) {
        if (engine) yield 'agreed';
        continue;
      }
      const where = `${id} ${profile} ${host === 0 ? 'client' : 'server'} ${at / 1e6} #${number}`;
      yield { what, who: engine ? 'engine' : 'Wireshark', segment: flight.segment, verdicts, rules, where };
    }
  }
}

/** Why the two differ. Every difference in any lesson has one of these reasons, and every reason occurs. */
const reasons: Readonly<Record<string, (difference: Difference) => boolean>> = {
  'a SYN,ACK that answers a crossing SYN has the number of the SYN sent before it, and looks like its repetition': ({
    what,
    who,
    segment,
  }) => what === 'sent again' && who === 'Wireshark' && has(segment, SYN) && has(segment, ACK),
  'a window probe that is repeated is called a probe, not a repetition': ({ what, who, verdicts }) =>
    what === 'sent again' && who === 'engine' && verdicts.includes('zero_window_probe'),
  'a repetition counts as fast only after two duplicate ACKs and within 20 ms of them: SACK and RACK need less': ({
    what,
    who,
  }) => what === 'sent again early' && who === 'engine',
  'a window probe without data one octet back looks like a keep-alive': ({ what, rules, verdicts }) =>
    (what === 'keep-alive probe' || what === 'window probe') &&
    rules.has('persist.probe') &&
    verdicts.includes('keep_alive'),
  'a duplicate ACK with another window is called a window update': ({ what, who, verdicts }) =>
    what === 'duplicate ACK' && who === 'engine' && verdicts.includes('window_update'),
  'an ACK that answers a window probe has a name of its own': ({ what, who, verdicts }) =>
    what === 'duplicate ACK' && who === 'engine' && verdicts.includes('zero_window_probe_ack'),
  'an ACK that repeats the old position with data or a FIN is no duplicate ACK': ({ what, who, segment }) =>
    what === 'duplicate ACK' && who === 'engine' && (segment.data.length > 0 || has(segment, FIN)),
  'an ACK is a duplicate only to a connection that has been acknowledged as far before': ({ what, who }) =>
    what === 'duplicate ACK' && who === 'Wireshark',
  'behind a hole only the first segment is marked': ({ what, who, verdicts }) =>
    what === 'out of order' && who === 'engine' && verdicts.length === 0,
  'what fills a hole comes late, but where it belongs': ({ what, who, verdicts, rules }) =>
    what === 'out of order' && who === 'Wireshark' && verdicts.includes('out_of_order') && rules.has('data.gap-filled'),
  'the numbers of a second connection on the same ports are compared with those of the first': ({
    what,
    who,
    verdicts,
  }) => what === 'out of order' && who === 'Wireshark' && verdicts.includes('reused_ports'),
};

describe('Wireshark guesses, the engine knows', () => {
  it('the two differ only for known reasons, in any lesson under any profile', () => {
    let agreed = 0;
    const occurred = new Set<string>();
    const unexplained: string[] = [];
    for (const id of scenarioIds) {
      for (const profile of ['rfc9293', 'linux']) {
        for (const difference of differencesIn(id, profile)) {
          if (difference === 'agreed') {
            agreed += 1;
            continue;
          }
          const why = Object.keys(reasons).filter((reason) => reasons[reason]?.(difference) === true);
          if (why.length === 0)
            unexplained.push(
              `${difference.what}: only ${difference.who} at ${difference.where}: ${difference.verdicts.join(' ')}`,
            );
          for (const reason of why) occurred.add(reason);
        }
      }
    }
    expect(unexplained).toEqual([]);
    expect([...occurred].sort()).toEqual(Object.keys(reasons).sort());
    expect(agreed).toBeGreaterThan(300);
  });
});
