// A session in one line of a shell, and that line read again.
import { describe, expect, it } from 'vitest';
import { timeline } from '../../source/scenario/run.ts';
import { start } from '../../source/scenario/scenario.ts';
import { readDo, shareLine, withDecisions } from '../../source/scenario/share.ts';
import { Unreadable } from '../../source/scenario/unreadable.ts';
import { branchOf, decisionsOf, type Session } from '../../source/session/session.ts';
import { scenarioOf } from '../support/fixtures.ts';
import { expectSame } from '../support/same.ts';
import { opened, press } from '../support/sessions.ts';

const shared = (session: Session, id: string) => shareLine(session, start(scenarioOf(id), null));

/** The decisions in the line, as a shell would hand them over. */
const doOf = (line: string): string => (/--do '(.*)'$/s.exec(line)?.[1] ?? '').replaceAll("'\\''", "'");

describe('the line of a session', () => {
  it('is the scenario where nothing was decided', () => {
    expect(shared(opened('hs-basic'), 'hs-basic')).toEqual({ line: 'tcpstep run hs-basic', exact: true });
  });

  it('tells what was decided, and when', () => {
    const session = press(opened('hs-basic'), 'forward', 'drop', 'end', 'client send 5');
    expect(shared(session, 'hs-basic').line).toBe("tcpstep run hs-basic --do '0 drop #1; 1.15 client send 5'");
  });

  it('names the profile where it is not the usual one', () => {
    expect(shared(opened('hs-basic', 'linux'), 'hs-basic').line).toBe('tcpstep run hs-basic --profile linux');
  });

  it('takes less than 200 characters for a short session', () => {
    const session = press(opened('data-lost'), 'forward', 'drop', 'forward', 'duplicate', 'end', 'client close', 'end');
    expect(shared(session, 'data-lost').line.length).toBeLessThan(200);
  });

  it('tells what of the scenario was switched off', () => {
    const end = press(opened('syn-lost'), 'end');
    const drop = decisionsOf(end)[1]?.position ?? -1;
    const off = press(end, { do: 'toggle', position: drop });
    expect(shared(off, 'syn-lost')).toEqual({ line: "tcpstep run syn-lost --do '0.025 off drop #1'", exact: true });
  });
});

describe('what runs from the line', () => {
  it.each([
    ['hs-basic', ['forward', 'drop', 'end', 'client send 5', 'end', 'server close', 'end']],
    ['data-lost', ['forward', 'duplicate', 'forward', 'drop', 'forward', 'swap', 'end']],
    ['syn-lost', ['forward', 'client send "it\'s; \\"so\\""', 'end', 'client crash', 'client boot', 'end']],
  ])('is the branch on the screen: %s', (id, keys) => {
    const session = press(opened(id), ...keys);
    const { line, exact } = shared(session, id);
    expect(exact).toBe(true);
    const again = withDecisions(start(scenarioOf(id), null), readDo(doOf(line)));
    expectSame(timeline(again).worldAt(10_000), branchOf(session).timeline.worldAt(10_000));
  });

  it('is told where the branch is more than that: a second branch keeps what the first forgot', () => {
    const session = press(opened('syn-lost'), 'end', 'start', 'forward', 'release');
    const { decisions } = branchOf(session).timeline;
    const fewer = { ...branchOf(session), timeline: branchOf(session).timeline.fork(decisions.slice(0, -1), 1) };
    const shorter = { ...session, branches: [fewer], current: fewer.name };
    expect(shared(shorter, 'syn-lost').exact).toBe(false);
  });
});

describe('--do', () => {
  it('reads lines of a scenario with ; between them, but not inside a text', () => {
    expect(readDo('0 drop #1; 0.5 client send "a;b"').map(({ at, by }) => [at, by])).toEqual([
      [0, 'person'],
      [500_000, 'person'],
    ]);
  });

  it('says what it does not understand', () => {
    expect(() => readDo('0 drop #1; 1 clinet close')).toThrow(Unreadable);
    expect(() => readDo('0 drop #1; 1 clinet close')).toThrow('--do:2: ');
    expect(() => readDo('0 drop #1; 1 clinet close')).toThrow('did you mean client?');
  });
});
