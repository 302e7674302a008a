// Going on until something holds, marks, searching, and the checks inside one event.
import { describe, expect, it } from 'vitest';
import { readCondition } from '../../source/session/condition.ts';
import type { Intent } from '../../source/session/intent.ts';
import { entryOf, eventNumbers, type Session } from '../../source/session/session.ts';
import { telling } from '../../source/ui/telling.ts';
import { opened, press, statesOf } from '../support/sessions.ts';

const at = (session: Session): number => eventNumbers(session).at;
const breakOn = (words: string): Intent => ({ do: 'break', when: readCondition(words) });
const onward: Intent = { do: 'continue' };

describe('continue', () => {
  it('stops at the first breakpoint, says which, and goes on from there', () => {
    const session = press(opened('syn-lost'), breakOn('loss'), breakOn('server enters ESTABLISHED'), onward);
    expect([at(session), session.notice]).toEqual([2, { kind: 'stopped', when: { on: 'loss' }, goal: false }]);
    const further = press(session, onward);
    expect(at(further)).toBe(6);
    expect(press(further, onward).notice).toEqual({ kind: 'quiet' });
  });

  it('passes a breakpoint that is switched off or removed', () => {
    const off = press(opened('syn-lost'), breakOn('loss'), { do: 'switch-break', place: 0 }, onward);
    expect(off.notice).toEqual({ kind: 'quiet' });
    const gone = press(opened('syn-lost'), breakOn('loss'), breakOn('loss'), onward);
    expect([gone.breaks, gone.notice]).toEqual([[], { kind: 'quiet' }]);
  });

  it('stops where the goal is reached', () => {
    const when = readCondition('both ESTABLISHED');
    const session = press(opened('syn-lost'), { do: 'goal', when }, onward);
    expect(statesOf(session)).toEqual(['ESTABLISHED', 'ESTABLISHED']);
    expect(session.notice).toEqual({ kind: 'stopped', when, goal: true });
  });

  it('does not go past a mark', () => {
    const marked = press(
      opened('syn-lost'),
      'forward',
      'forward',
      'forward',
      { do: 'mark', name: 'a' },
      'start',
      onward,
    );
    expect([at(marked), marked.notice]).toEqual([3, { kind: 'at-mark', name: 'a' }]);
    expect(press(marked, onward).notice).toEqual({ kind: 'quiet' });
  });

  it('that takes long goes on by itself until a key ends it', () => {
    // RFC 9293 section 3.8.6.1: a window that stays closed is probed for ever.
    const busy = press(opened('hs-basic'), 'end', 'client send 500000', onward);
    expect([busy.seeking, busy.notice?.kind]).toEqual([true, 'busy']);
    const further = press(busy, { do: 'pass', elapsed: 100_000 });
    expect(further.cursor.index).toBeGreaterThan(busy.cursor.index);
    expect(further.seeking).toBe(true);
    const ended = press(further, { do: 'fold-why' });
    expect(ended.seeking).toBe(false);
    expect(press(ended, { do: 'pass', elapsed: 100_000 }).cursor).toEqual(ended.cursor);
  });
});

describe('go to', () => {
  it.each([
    ['next rtx', 3],
    ['next loss', 2],
    ['next timer', 3],
    ['next both ESTABLISHED', 6],
  ])('%s', (text, event) => {
    expect(at(press(opened('syn-lost'), { do: 'go', text }))).toBe(event);
  });

  it('says so when there is none ahead', () => {
    expect(press(opened('syn-lost'), { do: 'go', text: 'next flags=RST' }).notice).toEqual({
      kind: 'no-match',
      text: 'flags=RST',
      where: 'after',
    });
    expect(press(opened('syn-lost'), { do: 'go', text: 'next nothing' }).notice).toMatchObject({ kind: 'misread' });
  });
});

describe('a mark', () => {
  it('is come back to, also from another branch', () => {
    const marked = press(opened('hs-basic'), 'forward', { do: 'mark', name: 'a' }, 'forward', 'back', 'back');
    const elsewhere = press(marked, 'forward', 'drop', 'forward');
    expect(elsewhere.current).toBe('drop #1');
    const back = press(elsewhere, { do: 'jump', name: 'a' });
    expect([back.current, at(back)]).toEqual(['main', 1]);
  });

  it('and back to where the jump began', () => {
    const jumped = press(opened('syn-lost'), 'forward', { do: 'mark', name: 'a' }, 'end', { do: 'jump', name: 'a' });
    expect(at(jumped)).toBe(1);
    const back = press(jumped, { do: 'jump', name: "'" });
    expect(at(back)).toBe(6);
    expect(at(press(back, { do: 'jump', name: "'" }))).toBe(1);
  });

  it('that was never set leads nowhere', () => {
    expect(press(opened('hs-basic'), { do: 'jump', name: 'z' }).notice).toEqual({ kind: 'no-mark', name: 'z' });
    expect(press(opened('hs-basic'), { do: 'jump', name: "'" }).notice).toEqual({ kind: 'no-mark', name: "'" });
  });
});

describe('a search', () => {
  it('goes from match to match, ahead and back', () => {
    const found = press(opened('syn-lost'), { do: 'search', text: 'flags=SYN' });
    expect(at(found)).toBe(1);
    const third = press(found, { do: 'next-match' }, { do: 'next-match' });
    expect(at(third)).toBe(4);
    expect(at(press(third, { do: 'previous-match' }))).toBe(3);
    expect(press(third, { do: 'next-match' }).notice).toMatchObject({ kind: 'no-match', where: 'after' });
  });

  it.each([
    ['SYN-RECEIVED -> ESTABLISHED', 6],
    ['rto.backoff', 3],
    ['<CTL=SYN,ACK>', 4],
    ['drop #1', 2],
    ['超时', 3],
  ])('finds %s', (text, event) => {
    expect(at(press(opened('syn-lost'), { do: 'search', text }))).toBe(event);
  });

  it.each([
    ['received #4', 6],
    ['retransmission timer fired', 3],
    ['#3 SYN,ACK', 5],
    ['connect() = ok', 5],
  ])('finds what the screen says: %s', (text, event) => {
    const session: Session = { ...opened('syn-lost'), telling };
    expect(at(press(session, { do: 'search', text }))).toBe(event);
    expect(press(session, { do: 'search', text: '收到 #4' }).notice).toMatchObject({ kind: 'no-match' });
  });

  it('has to be asked for first', () => {
    expect(press(opened('hs-basic'), { do: 'next-match' }).notice).toEqual({ kind: 'no-search' });
  });
});

describe('inside an event', () => {
  const one: Intent = { do: 'micro-forward' };
  const back: Intent = { do: 'micro-back' };

  it('the checks are gone through one by one, and over into the next event', () => {
    const first = press(opened('hs-basic'), one);
    const count = entryOf(first)?.step.findings.length ?? 0;
    expect([at(first), first.micro]).toEqual([1, 0]);
    const last = press(first, ...Array.from({ length: count - 1 }, () => one));
    expect([at(last), last.micro]).toEqual([1, count - 1]);
    expect([at(press(last, one)), press(last, one).micro]).toEqual([2, 0]);
  });

  it('and back, over into the event before', () => {
    const there = press(opened('hs-basic'), 'forward', 'forward');
    const count = entryOf(there)?.step.findings.length ?? 0;
    const backwards = press(there, ...Array.from({ length: count }, () => back));
    expect([at(backwards), backwards.micro]).toEqual([1, (entryOf(backwards)?.step.findings.length ?? 0) - 1]);
    expect(press(opened('hs-basic'), back).notice).toEqual({ kind: 'start' });
  });

  it('is left by any other way through time', () => {
    const inside = press(opened('hs-basic'), one, one, one, one);
    expect(press(inside, 'forward').micro).toBeNull();
    expect(press(inside, 'back').micro).toBeNull();
  });
});

describe('steps of a lesson', () => {
  it('are the events at which it says something', () => {
    const captioned = {
      ...opened('syn-lost'),
      captions: [
        { anchor: { kind: 'rule', rule: 'rto.backoff', nth: 1 }, text: { en: 'x', zh: 'x' } },
        { anchor: { kind: 'time', at: 1_150_000, place: 1 }, text: { en: 'y', zh: 'y' } },
      ],
    } as const satisfies Session;
    const first = press(captioned, { do: 'next-stop' });
    expect(at(first)).toBe(3);
    const second = press(first, { do: 'next-stop' });
    expect(at(second)).toBe(6);
    expect(at(press(second, { do: 'previous-stop' }))).toBe(3);
    expect(at(press(first, { do: 'previous-stop' }))).toBe(0);
  });

  it('without any are the changes of state', () => {
    const silent = { ...opened('syn-lost'), captions: [] };
    expect(at(press(silent, { do: 'next-stop' }, { do: 'next-stop' }))).toBe(4);
  });
});
