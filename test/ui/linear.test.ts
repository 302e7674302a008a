// Linear mode: each step a block of text, only what has changed, the same keys as on the screen.
import { describe, expect, it } from 'vitest';
import { perform } from '../../source/session/perform.ts';
import type { Session } from '../../source/session/session.ts';
import { spokenChange, spokenFirst } from '../../source/ui/linear.ts';
import { pressed } from '../support/keyboard.ts';
import { opened, press } from '../support/sessions.ts';

/** What is said at the last of these keys. */
const said = (session: Session, ...keys: readonly string[]): readonly string[] => {
  let before = session;
  let after = session;
  for (const key of keys) {
    before = after;
    after = pressed(before, key);
  }
  return spokenChange(before, after);
};

describe('a session', () => {
  it('begins with what is wrong with its file or the config', () => {
    const session: Session = { ...opened('hs-basic'), notice: { kind: 'complaint', first: 'a.txt: cut off', more: 0 } };
    expect(spokenFirst(session)).toEqual(['a.txt: cut off', ...spokenFirst(opened('hs-basic'))]);
  });
});

describe('a step', () => {
  it('is a block: where, what, why, states, what is on its way, what was lost', () => {
    const lost = press(opened('hs-basic'), 'forward', 'drop');
    expect(said(lost, 'right')).toEqual([
      '',
      'ev 3 of 3. t 1.000 s. branch main*. profile rfc9293. paused.',
      'CLIENT retransmission timer fired, #2 SYN sent.',
      'WHY: back off: RTO doubles. RFC 6298 5.5. no answer in time: SYN sent again. RFC 6298 5. retransmission timer starts. RFC 6298 5.1.',
      'CLIENT state SYN-SENT, unchanged. SERVER state LISTEN, unchanged.',
      'In flight: #2 SYN, CLIENT to SERVER, lands t 1.050s. Selected.',
      'Lost so far: #1 SYN dropped by you at 0.000s.',
    ]);
  });

  it('names a state that has changed with the one before', () => {
    expect(said(opened('hs-basic'), 'right').join('\n')).toContain('CLIENT state SYN-SENT, was CLOSED.');
  });

  it('at either end says so, and nothing more', () => {
    expect(said(opened('hs-basic'), 'left')).toEqual(['start of recorded history']);
    expect(said(press(opened('hs-basic'), 'end'), 'right')).toEqual([
      'network is quiet: nothing will happen until you act',
    ]);
  });

  it('inside an event tells one check after another', () => {
    const first = said(opened('hs-basic'), '.');
    expect(first.join('\n')).toMatch(/^WHY: initial sequence number/m);
    expect(said(opened('hs-basic'), '.', '.').join('\n')).toContain('WHY: connect(): make a TCB');
  });

  it('is told in Chinese', () => {
    const chinese = perform(opened('hs-basic'), { do: 'language', language: 'zh' });
    expect(said(chinese, 'right')).toContain('客户端状态 SYN-SENT，此前 CLOSED。 服务端状态 LISTEN，未变。');
  });
});

describe('a menu', () => {
  it('is told with the digit of each item', () => {
    const lines = said(opened('hs-basic'), 'right', 'enter');
    expect(lines.slice(0, 3)).toEqual(['', 'Menu: #1 SYN. 8 items.', '1: drop it, x (here)']);
    expect(lines.at(-1)).toBe('Enter do   Esc leave as is');
  });

  it('tells only the item that is come to', () => {
    expect(said(opened('hs-basic'), 'right', 'enter', 'down')).toEqual(['2: delay it ..., d (here)']);
  });

  it('does what the digit says', () => {
    const lines = said(opened('hs-basic'), 'right', 'enter', '1');
    expect(lines).toContain('Lost so far: #1 SYN dropped by you at 0.000s.');
  });

  it('tells what is typed, and what is wrong with it', () => {
    expect(said(opened('hs-basic'), ':', 'd', 'r', 'o').at(0)).toBe('dro');
    expect(said(opened('hs-basic'), ...': c l i e n t space s n'.split(' ')).join(' ')).toContain('expected');
  });

  it('that is closed says so', () => {
    expect(said(opened('hs-basic'), 'a', 'esc')).toEqual(['Menu closed.']);
  });
});

describe('help', () => {
  it('tells every key by a name that can be heard', () => {
    const lines = said(opened('hs-basic'), '?');
    expect(lines).toContain('right, l: next event');
    expect(lines).toContain('closing brace: next change of state');
    expect(lines).toContain('question mark: help; again: all keys');
  });
});

describe('the beginning', () => {
  it('says what the lesson is about, and the keys that matter', () => {
    const lines = spokenFirst(opened('syn-lost'));
    expect(lines[1]).toBe('The SYN is lost.');
    expect(lines.at(-1)).toMatch(/^Keys: right step, left back, x drop/);
  });

  it('is the list of scenarios where none was named', () => {
    const session = perform(opened('hs-basic'), {
      do: 'open-dialog',
      dialog: { kind: 'scenarios', text: '', typing: false, line: 0 },
    });
    expect(spokenFirst(session)[1]).toContain('SCENARIOS');
  });
});

it('a key that changes nothing says nothing', () => {
  expect(said(opened('hs-basic'), 'right', 'w')).toEqual([]);
  expect(said(opened('hs-basic'), 'f')).toEqual([]);
});
