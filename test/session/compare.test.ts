// Branches and profiles side by side, how they end, and what a decision that is switched off changes.
import { describe, expect, it } from 'vitest';
import { compare, courseOf, firstDifference } from '../../source/session/compare.ts';
import { outcomeOf } from '../../source/session/outcome.ts';
import { phrase } from '../../source/session/print.ts';
import {
  branchOf,
  decisionsOf,
  eventNumbers,
  type Session,
  timelineOf,
  worldOf,
} from '../../source/session/session.ts';
import { Timeline } from '../../source/session/timeline.ts';
import { expectSame } from '../support/same.ts';
import { opened, press, statesOf } from '../support/sessions.ts';

const branched = press(opened('hs-basic'), 'forward', 'forward', 'forward', 'back', 'back', 'drop', 'forward');

const sides = (session: Session, left: string, right: string): readonly [Timeline, Timeline] => [
  courseOf(session, { branch: left, profile: session.profile }),
  courseOf(session, { branch: right, profile: session.profile }),
];

describe('two branches', () => {
  it('are the same up to the decision that parts them', () => {
    const [main, other] = sides(branched, 'main', 'drop #1');
    const pairs = compare(main, other);
    expect(firstDifference(pairs)).toBe(1);
    expect(pairs.filter((pair) => pair.same)).toHaveLength(1);
    expect(pairs[1]?.right?.step.event.kind).toBe('decision');
  });

  it('that are one and the same do not differ', () => {
    const [main, again] = sides(branched, 'main', 'main');
    expect(firstDifference(compare(main, again))).toBeNull();
  });

  it('pair what happens at the same time and keep the order of time', () => {
    const [main, other] = sides(branched, 'main', 'drop #1');
    const times = compare(main, other).map((pair) => (pair.left ?? pair.right)?.step.world.now ?? -1);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('are opened side by side by name, also by names of several words', () => {
    const dialog = (names: string) => press(branched, { do: 'difference', names }).dialog;
    const { profile } = branched;
    const shown = (left: string, right: string) => ({
      kind: 'difference',
      left: { branch: left, profile },
      right: { branch: right, profile },
      line: -1,
    });
    expect(dialog('main')).toEqual(shown('drop #1', 'main'));
    expect(dialog('main drop #1')).toEqual(shown('main', 'drop #1'));
    expect(dialog('drop #1 main')).toEqual(shown('drop #1', 'main'));
    expect(press(branched, { do: 'difference', names: 'mian' }).notice).toEqual({
      kind: 'no-branch',
      name: 'mian',
      nearest: 'main',
    });
  });
});

describe('a branch ends', () => {
  it('with the states and the time of its last event', () => {
    expect(outcomeOf(timelineOf(branched))).toMatchObject({
      states: ['ESTABLISHED', 'ESTABLISHED'],
      at: 1_150_000,
      errors: [],
      quiet: true,
    });
  });

  it('with what the applications were told', () => {
    expect(outcomeOf(timelineOf(opened('refused'))).errors).toMatchObject([{ host: 0, error: 'ECONNREFUSED' }]);
  });

  it('or goes on for too long to be followed', () => {
    // RFC 9293 section 3.8.6.1: a closed window is probed for as long as the probes are acknowledged.
    const endless = press(opened('hs-basic'), 'end', 'client send 500000');
    expect(outcomeOf(timelineOf(endless)).quiet).toBe(false);
  });
});

describe('the same decisions under another profile', () => {
  // textbook: 1 s first (RFC 6298); linux: TCP_TIMEOUT_INIT is 1 s too, then linear timeouts keep it at 1 s.
  it('begin to differ where the systems do', () => {
    const twice = press(opened('syn-lost', 'textbook'), 'forward', 'forward', 'forward', 'drop');
    const side = (profile: string): Timeline => courseOf(twice, { branch: 'main', profile });
    const linux = [...side('linux').steps(1, 12)].map((entry) => entry.step.world.now);
    expect(linux).toContain(2_000_000);
    expect(linux).not.toContain(3_000_000);
    const textbook = [...side('textbook').steps(1, 12)].map((entry) => entry.step.world.now);
    expect(textbook).toContain(3_000_000);
    expect(firstDifference(compare(side('textbook'), side('linux')))).not.toBeNull();
  });

  it('can be gone on with', () => {
    const there = press(branched, { do: 'profile', profile: 'linux' });
    expect([there.profile, there.current, there.branches.map(({ name }) => name)]).toEqual([
      'linux',
      'drop #1',
      ['main', 'drop #1'],
    ]);
    expect(there.cursor.at).toBe(branched.cursor.at);
    expect(decisionsOf(there).map(({ decision }) => phrase(decision.action))).toEqual(['client connect', 'drop #1']);
    expect(worldOf(there).hosts[0].profile.synLinearTimeouts).toBe(4);
  });
});

describe('a decision that is switched off', () => {
  const position = (session: Session, words: string): number =>
    decisionsOf(session).find(({ decision }) => phrase(decision.action) === words)?.position ?? -1;
  const toggle = (session: Session, words: string): Session =>
    press(session, { do: 'toggle', position: position(session, words) });

  it('stays in the list, and what follows is computed again', () => {
    const end = press(opened('syn-lost'), 'end');
    const off = toggle(end, 'drop #1');
    expect(decisionsOf(off)[1]).toMatchObject({ decision: { off: true } });
    expect(off.notice).toMatchObject({ kind: 'toggled', off: true });
    expect(statesOf(press(off, 'end'))).toEqual(['ESTABLISHED', 'ESTABLISHED']);
    expect(outcomeOf(timelineOf(off)).at).toBe(150_000);
  });

  it('and on again is as if it never had been', () => {
    const end = press(opened('syn-lost'), 'end');
    const again = toggle(toggle(end, 'drop #1'), 'drop #1');
    expectSame(worldOf(press(again, 'end')), worldOf(end));
    expect(timelineOf(again).openingIndex).toBe(timelineOf(end).openingIndex);
  });

  it('leaves those after it that no longer apply, with the reason', () => {
    const dropped = press(opened('syn-lost'), 'end', 'start', 'forward', 'forward', 'forward', 'forward', 'drop');
    const off = toggle(dropped, 'client connect');
    expect(decisionsOf(off).map(({ refused }) => refused)).toEqual([null, 'no-such-segment', 'no-such-segment']);
  });

  it('does not move the cursor that stands before it', () => {
    const there = press(opened('syn-lost'), 'end', 'start', 'forward');
    const off = toggle(there, 'drop #1');
    expect(off.cursor).toEqual(there.cursor);
    expect(eventNumbers(off).at).toBe(1);
  });

  it('computes the same as a course that never had it', () => {
    const end = press(opened('data-lost'), 'end');
    const off = toggle(end, 'drop #4');
    const { timeline } = branchOf(off);
    const without = new Timeline(timeline.worldAt(0), timeline.decisions, timeline.opening);
    expectSame(timeline.worldAt(1_000), without.worldAt(1_000));
  });
});

describe('the name of a branch', () => {
  it('can be another, wherever it is named', () => {
    const renamed = press(branched, { do: 'mark', name: 'a' }, { do: 'rename', branch: 'drop #1', name: 'lost' });
    expect([renamed.current, renamed.branches.map(({ name }) => name)]).toEqual(['lost', ['main', 'lost']]);
    expect(renamed.marks['a']?.branch).toBe('lost');
    const child = press(renamed, { do: 'rename', branch: 'main', name: 'first' });
    expect(child.branches[1]?.parent?.name).toBe('first');
    expect(press(child, 'undo').current).toBe('first');
  });

  it('that is taken gets a number', () => {
    expect(press(branched, { do: 'rename', branch: 'drop #1', name: 'main' }).current).toBe('main (2)');
  });
});
