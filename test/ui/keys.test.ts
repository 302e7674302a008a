// The one table of keys, and what a key means where.
import type { Key } from 'ink';
import { describe, expect, it } from 'vitest';
import { panes, type Session } from '../../source/session/session.ts';
import { footKeys, keys, keyTable } from '../../source/ui/keys.ts';
import { meaning } from '../../source/ui/use-keys.ts';
import { opened, press } from '../support/sessions.ts';

const none: Key = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
};

const means = (session: Session, input: string, key: Partial<Key> = {}) => meaning(session, input, { ...none, ...key });
const flying = press(opened('hs-basic'), 'forward');

describe('the table of keys', () => {
  it('gives each key one meaning', () => {
    const names = keys.flatMap((row) => row.keys);
    expect(names).toEqual([...new Set(names)]);
  });

  it('uses nothing that a torn arrow, Home, End, Page or shift-Tab leaves behind', () => {
    const names = new Set(keys.flatMap((row) => row.keys));
    for (const leftover of ['[', 'O', 'A', 'B', 'C', 'D', 'F', 'H', 'Z', '~']) expect(names).not.toContain(leftover);
  });

  it('lets digits only move the focus', () => {
    for (const row of keys.filter(({ keys: [first = ''] }) => /^\d$/.test(first))) {
      expect(row.intent(flying)?.do).toBe('focus');
    }
    expect(keys.flatMap((row) => row.keys).filter((key) => /^\d$/.test(key))).toEqual(
      panes.map((_, place) => `${place + 1}`),
    );
  });

  it('says each thing in both languages, in few enough cells for two columns of help', () => {
    for (const { label } of keys) {
      expect(label.en.length).toBeGreaterThan(0);
      expect(label.en.length).toBeLessThanOrEqual(27);
      expect(label.zh).toMatch(/\p{Script=Han}/u);
    }
  });

  it('prints a Markdown table with a row for every key', () => {
    const table = keyTable();
    for (const [first = ''] of keys.map((row) => row.keys)) {
      if (/^[2-6]$/.test(first)) continue;
      const shown = { right: 'Right', left: 'Left', up: 'Up', down: 'Down', tab: 'Tab', enter: 'Enter', esc: 'Esc' }[
        first
      ];
      expect(table.toLowerCase()).toContain(`\`${(shown ?? first).toLowerCase()}\``);
    }
  });
});

describe('the footer', () => {
  it('offers the keys that matter now', () => {
    expect(footKeys(flying, false).slice(0, 6)).toEqual(['right', 'left', 'x', 'd', 'y', 'r']);
    expect(footKeys(flying, true)).not.toContain('right');
    expect(footKeys(press(flying, 'play'), false)[0]).toBe('space');
  });

  it('always offers help and the way out', () => {
    for (const session of [flying, press(flying, 'play'), press(flying, { do: 'zoom' })]) {
      for (const atEnd of [false, true]) expect(footKeys(session, atEnd).slice(-2)).toEqual(['?', 'q']);
    }
  });
});

describe('a key', () => {
  it.each([
    ['Right', '', { rightArrow: true }, { do: 'forward' }],
    ['l', 'l', {}, { do: 'forward' }],
    ['Left', '', { leftArrow: true }, { do: 'back' }],
    ['}', '}', {}, { do: 'next-change' }],
    ['{', '{', {}, { do: 'previous-change' }],
    ['g', 'g', {}, { do: 'start' }],
    ['G', 'G', { shift: true }, { do: 'end' }],
    ['Up', '', { upArrow: true }, { do: 'select-previous' }],
    ['j', 'j', {}, { do: 'select-next' }],
    ['x', 'x', {}, { do: 'drop' }],
    ['y', 'y', {}, { do: 'duplicate' }],
    ['r', 'r', {}, { do: 'release' }],
    ['o', 'o', {}, { do: 'swap' }],
    ['u', 'u', {}, { do: 'undo' }],
    ['ctrl-r', 'r', { ctrl: true }, { do: 'redo' }],
    ['space', ' ', {}, { do: 'play' }],
    ['+', '+', {}, { do: 'faster' }],
    ['-', '-', {}, { do: 'slower' }],
    ['Tab', '', { tab: true }, { do: 'focus-next' }],
    ['shift-Tab', '', { tab: true, shift: true }, { do: 'focus-previous' }],
    ['4', '4', {}, { do: 'focus', pane: 'why' }],
    ['z', 'z', {}, { do: 'zoom' }],
    ['q', 'q', {}, { do: 'quit' }],
    ['ctrl-c', 'c', { ctrl: true }, { do: 'quit' }],
  ] as const)('%s', (_, input, key, intent) => {
    expect(means(flying, input, key)).toEqual([intent]);
  });

  it('d and Enter ask about the selected segment', () => {
    expect(means(flying, 'd')).toEqual([{ do: 'open-dialog', dialog: { kind: 'delay', flight: 1, text: '' } }]);
    expect(means(flying, '', { return: true })).toEqual([
      { do: 'open-dialog', dialog: { kind: 'segment', flight: 1 } },
    ]);
  });

  it('of a pasted text means nothing', () => {
    expect(means(flying, 'xxq')).toEqual([]);
  });

  it('with Alt means nothing', () => {
    expect(means(flying, 'x', { meta: true })).toEqual([]);
  });
});

describe('Escape', () => {
  it('does nothing on the screen itself', () => {
    expect(means(flying, '', { escape: true })).toEqual([]);
  });

  it.each([
    [{ kind: 'help', all: false }],
    [{ kind: 'segment', flight: 1 }],
    [{ kind: 'delay', flight: 1, text: '' }],
    [{ kind: 'delay', flight: 1, text: '=1.5' }],
    [{ kind: 'go-to', text: '12' }],
    [{ kind: 'scenarios', text: '' }],
  ] as const)('closes %j', (dialog) => {
    expect(means(press(flying, { do: 'open-dialog', dialog }), '', { escape: true })).toEqual([{ do: 'close-dialog' }]);
  });
});

describe('over a list', () => {
  const menu = press(flying, { do: 'open-dialog', dialog: { kind: 'segment', flight: 1 } });

  it('arrows, j, k, digits and Enter belong to the list', () => {
    for (const input of ['j', 'k', '1', 'x']) expect(means(menu, input)).toEqual([]);
    expect(means(menu, '', { return: true })).toEqual([]);
    expect(means(menu, '', { downArrow: true })).toEqual([]);
  });

  it('q leaves, ctrl-c too', () => {
    expect(means(menu, 'q')).toEqual([{ do: 'quit' }]);
    expect(means(menu, 'c', { ctrl: true })).toEqual([{ do: 'quit' }]);
  });
});

describe('typing', () => {
  const typing = press(flying, { do: 'open-dialog', dialog: { kind: 'delay', flight: 1, text: '=1.' } });

  it('adds characters that mean something else elsewhere', () => {
    expect(means(typing, '5')).toEqual([{ do: 'type', text: '=1.5' }]);
    expect(means(typing, 'q')).toEqual([{ do: 'type', text: '=1.q' }]);
  });

  it('takes them back, but stays in the prompt', () => {
    const empty = press(flying, { do: 'open-dialog', dialog: { kind: 'delay', flight: 1, text: '=' } });
    expect(means(typing, '', { backspace: true })).toEqual([{ do: 'type', text: '=1' }]);
    expect(means(empty, '', { backspace: true })).toEqual([{ do: 'type', text: '=' }]);
  });

  it('ends with Enter', () => {
    expect(means(typing, '', { return: true })).toEqual([{ do: 'type', text: '1.' }, { do: 'submit' }]);
  });

  it('of a filter hands the keys back to the list', () => {
    const filter = press(flying, { do: 'open-dialog', dialog: { kind: 'scenarios', text: '/syn' } });
    expect(means(filter, '', { return: true })).toEqual([{ do: 'type', text: 'syn' }]);
    expect(means(filter, '', { escape: true })).toEqual([{ do: 'type', text: '' }]);
  });

  it('can be left with ctrl-c', () => {
    expect(means(typing, 'c', { ctrl: true })).toEqual([{ do: 'quit' }]);
  });
});
