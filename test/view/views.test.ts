// The other views of the wire: events, the time-sequence plot, the RFC's state diagram; and the line of invariants.
import { describe, expect, it } from 'vitest';
import { readCondition } from '../../source/session/condition.ts';
import type { Session } from '../../source/session/session.ts';
import { lookOf } from '../../source/ui/look.ts';
import { events } from '../../source/view/events.ts';
import { health } from '../../source/view/health.ts';
import { textOf } from '../../source/view/line.ts';
import { plot } from '../../source/view/plot.ts';
import { sceneOf } from '../../source/view/scene.ts';
import { diagram, stateDiagram } from '../../source/view/state-diagram.ts';
import { opened, press } from '../support/sessions.ts';

const look = lookOf({ language: 'en', glyphs: 'ascii' });

describe('the list of events', () => {
  const list = (session: Session): string[] =>
    events(sceneOf(session), look, 76, 8).map((line) => textOf(line).trimEnd());
  const there = press(opened('syn-lost'), 'end', 'back');

  it('tells them one below the other, the present one marked', () => {
    const lines = list(there);
    expect(lines[0]).toBe('   1 0.000 CLIENT app called connect(), #1 SYN sent');
    expect(lines[4]).toMatch(/^> {2}5 1\.100 CLIENT received #3 SYN,ACK/);
    expect(lines[5]).toMatch(/^ {3}6 1\.150 SERVER received/);
  });

  it('leaves out what a search does not answer, and says how many', () => {
    const lines = list(press(there, 'start', { do: 'search', text: 'rtx' }));
    expect(lines[0]).toMatch(/^> {2}3 1\.000 CLIENT retransmission timer fired/);
    expect(lines[1]).toBe('');
    expect(lines[7]).toBe(' / rtx  5 hidden');
  });
});

describe('the state diagram', () => {
  const drawn = (session: Session): string[] =>
    stateDiagram(sceneOf(session), look, diagram.columns, 20).map((line) => textOf(line).trimEnd());
  const marksOf = (session: Session, state: string): string => {
    const line = drawn(session).find((one) => one.includes(`${state} `)) ?? '';
    return line.slice(line.indexOf(state) + state.length + 1).slice(0, 2);
  };

  it('lights the states of both ends, with the way each has taken in small letters', () => {
    const half = press(opened('hs-basic'), 'forward', 'forward');
    expect(marksOf(half, 'SYN-SENT')).toContain('C');
    expect(marksOf(half, 'SYN-RECEIVED')).toContain('S');
    expect(marksOf(half, 'LISTEN')).toContain('s');
    expect(marksOf(half, 'ESTABLISHED').trim()).not.toMatch(/[CScs]/);
  });

  it('tells the ways in words below', () => {
    const text = drawn(press(opened('close-4'), 'end'))
      .slice(diagram.rows)
      .join(' ')
      .replace(/ +/g, ' ');
    expect(text).toContain(
      'C CLIENT: CLOSED -> SYN-SENT -> ESTABLISHED -> FIN-WAIT-1 -> FIN-WAIT-2 -> TIME-WAIT -> CLOSED',
    );
    expect(text).toContain('S SERVER: CLOSED -> LISTEN -> SYN-RECEIVED -> ESTABLISHED -> CLOSE-WAIT -> LAST-ACK');
  });

  it('has every state of RFC 9293 section 3.3.2', () => {
    const text = drawn(opened('hs-basic')).join('\n');
    for (const state of ['LISTEN', 'SYN-SENT', 'SYN-RECEIVED', 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2']) {
      expect(text).toContain(state);
    }
    for (const state of ['CLOSE-WAIT', 'CLOSING', 'LAST-ACK', 'TIME-WAIT', 'CLOSED']) expect(text).toContain(state);
  });

  it('stands at the foot for those who are through, at the top for those who have not begun', () => {
    const before = drawn(opened('refused'));
    expect(before[0]).toMatch(/CLOSED CS/);
    const lines = drawn(press(opened('close-4'), 'end'));
    expect(lines[0]).toMatch(/CLOSED cs/);
    expect(lines[13]).toMatch(/CLOSED CS$/);
  });

  it('shows an end inside an event where it was before', () => {
    const inside = press(opened('hs-basic'), 'forward', { do: 'micro-forward' });
    expect(marksOf(inside, 'SYN-RECEIVED').trim()).not.toMatch(/S/);
  });
});

describe('the time-sequence plot', () => {
  const drawn = (session: Session): string[] =>
    plot(sceneOf(session), look, 60, 14).map((line) => textOf(line).trimEnd());
  const end = press(opened('data-lost'), 'end');

  it('has the numbers upwards and the time to the right', () => {
    const lines = drawn(end);
    // 4,380 octets and the SYN: numbers up to 4,381.
    expect(lines[1]).toMatch(/^ +4381 \|/);
    expect(lines[13]).toMatch(/0\.000s +2\.100s$/);
  });

  it('shows what was sent, lost, sent again and acknowledged', () => {
    const text = drawn(end).slice(1).join('\n');
    for (const sign of ['S', 'x', 'R', 'a']) expect(text).toContain(sign);
    const early = drawn(press(opened('data-lost'), 'forward'))
      .slice(1)
      .join('\n');
    expect(early).not.toContain('R');
  });

  it('leaves out a silence beside which all else would be one column, and says so on the axis', () => {
    const lines = drawn(press(opened('life'), 'end'));
    // Everything happens between 1.05 s and 7.3 s, but for TIME-WAIT, which ends 240 s later.
    expect(lines[0]).toContain('// idle');
    expect(lines[12]).toMatch(/^ +[+|`\\]-+\/{9}-$/);
    expect(lines[13]).toMatch(/1\.050s +7\.300s +247\.250s$/);
    const columns = lines
      .slice(1, 12)
      .flatMap((line) => [...line.slice(9).matchAll(/[SRx]/g)].map(({ index }) => index));
    expect(new Set(columns).size).toBeGreaterThan(4);
  });

  it('before anything was sent says so', () => {
    expect(drawn(opened('hs-basic'))[1]).toBe(' nothing sent yet');
  });
});

describe('the line of invariants', () => {
  const said = (session: Session): string => textOf(health(sceneOf(session), look, 118)).trimEnd();

  it('says that all hold, and what the goal is', () => {
    const session = press(opened('syn-lost'), { do: 'goal', when: readCondition('both ESTABLISHED') });
    expect(said(opened('syn-lost'))).toBe(' invariants all 6 hold   goal none (:goal ...)');
    expect(said(session)).toBe(' invariants all 6 hold   goal both ESTABLISHED: not yet');
    expect(said(press(session, 'end'))).toBe(' invariants all 6 hold   goal both ESTABLISHED: reached at ev 6');
  });

  it('names the one that is broken, and where', () => {
    expect(said(press(opened('why2-synack-lost'), 'end'))).toContain('BROKEN at SERVER, ev 3: ESTABLISHED only after');
    expect(said(press(opened('why2-synack-lost'), 'forward'))).toContain('all 6 hold');
  });
});
