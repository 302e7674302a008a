// Saved sessions: decisions only, and all of them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSaved, printSession, readSaved, restore } from '../../source/scenario/save.ts';
import { Unreadable } from '../../source/scenario/unreadable.ts';
import { type Session, timelineOf, worldOf } from '../../source/session/session.ts';
import { action } from '../support/arbitrary.ts';
import { textOf } from '../support/fixtures.ts';
import { expectSame } from '../support/same.ts';
import { opened, press } from '../support/sessions.ts';

const again = (session: Session): Session => restore(readSaved(printSession(session), 'mine.txt'));

const branched = press(
  opened('hs-basic'),
  'forward',
  { do: 'go-to-time', time: 25_000 },
  'drop',
  'end',
  'start',
  'forward',
  'duplicate #1',
  'forward',
);

describe('a saved session', () => {
  it('is the head of its scenario and the decisions of each branch', () => {
    expect(printSession(branched).replace(/^(?:about|by ).*\n/gm, '')).toBe(
      [
        'session: 1',
        'scenario: hs-basic',
        'profile: rfc9293',
        'branch: "duplicate #1"',
        'event: 3',
        'at: 0.05s',
        'title: Three-way handshake',
        'title.zh: 三次握手',
        'group: handshake',
        'lesson: 1',
        'cites: RFC 9293 §3.5, RFC 9293 Figure 6',
        'profiles: rfc9293',
        'beside: hs-ack-data, old-dup-syn, sim-open',
        '',
        '0 server listen',
        '0 server accept',
        '0 begin',
        '0 client connect',
        '0.025 you drop #1',
        '',
        '==== "duplicate #1" from "main" at 1',
        '0 server listen',
        '0 server accept',
        '0 begin',
        '0 client connect',
        '0 you duplicate #1',
        '====',
        '',
      ].join('\n'),
    );
  });

  it('that is cut off says so wherever that was, or is refused', () => {
    const text = printSession(branched);
    expect(readSaved(text, 'x').damage).toBeNull();
    // A person may leave out the last line end.
    expect(readSaved(text.trimEnd(), 'x').damage).toBeNull();
    let read = 0;
    for (let length = text.length - 2; length > 0; length--) {
      try {
        expect(readSaved(text.slice(0, length), 'x').damage).toMatch(/^it is cut off after line \d+$/);
        read += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(Unreadable);
      }
    }
    expect(read).toBeGreaterThan(100);
  });

  it('leaves out the half of a line: it could say something else', () => {
    const text = printSession(press(opened('hs-basic'), 'forward', 'drop'));
    const cut = text.slice(0, text.indexOf('drop #1') + 'drop #'.length);
    const found = readSaved(cut, 'x');
    expect(found.damage).toBe(`it is cut off after line ${cut.split('\n').length - 1}`);
    expect(found.start.decisions.filter(({ by }) => by === 'person')).toEqual([]);
  });

  it('keeps what the lesson says, and the ways of a tour as branches', () => {
    expect(again(opened('hs-basic')).captions).toEqual(opened('hs-basic').captions);
    const tour = again(opened('hs-each-lost'));
    expect(tour.branches.map(({ name, parent }) => [name, parent?.name])).toEqual([
      ['main', undefined],
      ['syn-lost', 'main'],
      ['synack-lost', 'main'],
      ['ack-lost', 'main'],
      ['ack-lost-data', 'main'],
    ]);
  });

  it('is told apart from a scenario', () => {
    expect(isSaved(printSession(branched))).toBe(true);
    expect(isSaved(textOf('hs-basic'))).toBe(false);
  });

  it('comes back with its branches, at the moment at which it was left', () => {
    const back = again(branched);
    expect(back.branches.map(({ name, parent }) => [name, parent])).toEqual(
      branched.branches.map(({ name, parent }) => [name, parent]),
    );
    expect([back.current, back.cursor, back.profile]).toEqual([branched.current, branched.cursor, branched.profile]);
    expectSame(worldOf(back), worldOf(branched));
    const main = press(back, { do: 'switch', branch: 'main' }, 'end');
    expectSame(worldOf(main), worldOf(press(branched, { do: 'switch', branch: 'main' }, 'end')));
  });

  it('can be undone further', () => {
    expect(press(again(branched), 'undo').current).toBe('main');
    expect(press(again(branched), 'undo', 'redo').current).toBe('duplicate #1');
  });

  it('comes back whatever was decided', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('forward', 'back', 'undo', 'end', 'start'), action), { maxLength: 8 }),
        (all) => {
          let session = opened('data-lost');
          for (const [move, one] of all) session = press(session, move, { do: 'decide', action: one });
          const back = again(session);
          expect(back.branches.map((branch) => branch.timeline.decisions)).toEqual(
            session.branches.map((branch) => branch.timeline.decisions),
          );
          expect([back.current, back.cursor]).toEqual([session.current, session.cursor]);
          expectSame(timelineOf(back).worldAt(back.cursor.index), worldOf(session));
          expect(printSession(back)).toBe(printSession(session));
        },
      ),
      { numRuns: 100 },
    );
  }, 60_000);
});

describe('a saved session that cannot be read', () => {
  const text = printSession(branched);
  it.each([
    [text.replace('session: 1', 'session: 2'), 'mine.txt:1: expected session: 1 (this program\'s format), found "2"'],
    [
      text.replace('profile: rfc9293\n', 'profile: rfc9294\n'),
      'mine.txt:3: expected a profile (textbook, rfc9293, linux), found "rfc9294"',
    ],
    [
      text.replace('branch: "duplicate #1"', 'branch: "nowhere"'),
      'mine.txt:4: expected the name of a branch of this file',
    ],
    [text.replace('event: 3', 'event: x'), 'mine.txt:5: expected a number of events, found "x"'],
    [text.replace('at: 0.05s', 'at: x'), 'mine.txt:6: expected a time such as 1.5s, found "x"'],
    [text.replace('from "main" at 1', 'from "nowhere" at 1'), 'expected a branch that stands above'],
    [text.replace('"duplicate #1" from', '"main" from'), 'expected a name that no other branch has'],
    [text.replace(' at 1\n', '\n'), 'expected ==== "name" from "parent" at N'],
    [text.replace('you drop', 'you drpo'), 'found "drpo"; did you mean drop?'],
  ])('%#: says where, and what was expected', (damaged, message) => {
    expect(damaged).not.toBe(text);
    expect(() => readSaved(damaged, 'mine.txt')).toThrow(Unreadable);
    expect(() => readSaved(damaged, 'mine.txt')).toThrow(message);
  });

  it('an event beyond the end is the end', () => {
    const late = restore(readSaved(text.replace('event: 3', 'event: 999'), 'mine.txt'));
    expect(timelineOf(late).stepAt(late.cursor.index + 1)).toBeNull();
  });
});
