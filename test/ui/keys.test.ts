// The one table of keys, and what a key means where.
import type { Key } from 'ink';
import { describe, expect, it } from 'vitest';
import { asking, type Dialog, scenarioList } from '../../source/session/dialog.ts';
import { panes, type Session } from '../../source/session/session.ts';
import { footRows, keys, keyTable } from '../../source/ui/keys.ts';
import { meaningOf, nameOf } from '../../source/ui/meaning.ts';
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

const means = (session: Session, input: string, key: Partial<Key> = {}) =>
  meaningOf(session, nameOf(input, { ...none, ...key }), input);
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
      const shown = { pageup: 'PgUp', pagedown: 'PgDn' }[first];
      expect(table.toLowerCase()).toContain(`\`${(shown ?? first).toLowerCase()}\``);
    }
  });
});

describe('the footer', () => {
  it('offers what matters now', () => {
    expect(footRows(flying, false).slice(0, 6)).toEqual(['forward', 'back', 'drop', 'delay', 'duplicate', 'release']);
    expect(footRows(flying, true)).not.toContain('forward');
    expect(footRows(press(flying, 'play'), false)[0]).toBe('play');
  });

  it('always offers help and the way out', () => {
    for (const session of [flying, press(flying, 'play'), press(flying, { do: 'zoom' })]) {
      for (const atEnd of [false, true]) expect(footRows(session, atEnd).slice(-2)).toEqual(['help', 'quit']);
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
    expect(means(flying, 'd')).toEqual([{ do: 'open-dialog', dialog: asking({ of: 'delay', flight: 1 }) }]);
    expect(means(flying, '', { return: true })).toEqual([
      { do: 'open-dialog', dialog: { kind: 'segment', flight: 1, line: 0 } },
    ]);
  });

  it('of a pasted text means nothing', () => {
    for (const text of ['xxq', 'right', 'enter']) expect(means(flying, text)).toEqual([]);
  });

  it('with Alt means nothing', () => {
    expect(means(flying, 'x', { meta: true })).toEqual([]);
  });
});

describe('Escape', () => {
  it('does nothing on the screen itself', () => {
    expect(means(flying, '', { escape: true })).toEqual([]);
  });

  const dialogs: readonly Dialog[] = [
    { kind: 'help', all: false, page: 0 },
    { kind: 'segment', flight: 1, line: 0 },
    { kind: 'edit', flight: 1, line: 3 },
    { kind: 'inject', to: 1, line: 0 },
    { kind: 'host', host: 0, line: 0 },
    { kind: 'options', host: 0, line: 0 },
    { kind: 'palette', text: 'drop', line: 0 },
    asking({ of: 'delay', flight: 1 }),
    asking({ of: 'go-to' }, '12'),
    scenarioList,
  ];

  it.each(dialogs)('closes $kind', (dialog) => {
    expect(means(press(flying, { do: 'open-dialog', dialog }), '', { escape: true })).toEqual([{ do: 'close-dialog' }]);
  });
});

describe('over a list', () => {
  const over = press(flying, { do: 'open-dialog', dialog: { kind: 'segment', flight: 1, line: 0 } });

  it('arrows, j and k move the highlight, round its ends', () => {
    expect(means(over, '', { downArrow: true })).toEqual([{ do: 'highlight', line: 1 }]);
    expect(means(over, 'j')).toEqual([{ do: 'highlight', line: 1 }]);
    expect(means(over, 'k')).toEqual([{ do: 'highlight', line: 7 }]);
    expect(means(over, '', { end: true })).toEqual([{ do: 'highlight', line: 7 }]);
  });

  it('Enter means the highlighted line, a digit the line of that number', () => {
    const dropped = [
      { do: 'close-dialog' },
      { do: 'decide', action: { kind: 'tamper', tamper: { do: 'drop', flight: 1 } } },
    ];
    expect(means(over, '', { return: true })).toEqual(dropped);
    expect(means(over, '1')).toEqual(dropped);
    expect(means(over, '9')).toEqual([]);
  });

  it('other keys mean nothing', () => {
    for (const input of ['x', 'a', ':', '?']) expect(means(over, input)).toEqual([]);
  });

  it('q leaves, ctrl-c too', () => {
    expect(means(over, 'q')).toEqual([{ do: 'quit' }]);
    expect(means(over, 'c', { ctrl: true })).toEqual([{ do: 'quit' }]);
  });

  it('whose segment is gone a key is meant for the screen', () => {
    const gone = press(flying, { do: 'open-dialog', dialog: { kind: 'edit', flight: 7, line: 0 } });
    expect(means(gone, 'x')).toEqual([{ do: 'close-dialog' }, { do: 'drop' }]);
  });
});

describe('typing', () => {
  const question = { of: 'delay', flight: 1 } as const;
  const asked = (text: string | null): Session => press(flying, { do: 'open-dialog', dialog: asking(question, text) });

  it('adds characters that mean something else elsewhere', () => {
    expect(means(asked('1.'), '5')).toEqual([{ do: 'type', text: '1.5' }]);
    expect(means(asked('1.'), 'q')).toEqual([{ do: 'type', text: '1.q' }]);
    expect(means(asked('1.'), ' ')).toEqual([{ do: 'type', text: '1. ' }]);
  });

  it('takes them back, one by one or all, but stays in the prompt', () => {
    expect(means(asked('1.'), '', { backspace: true })).toEqual([{ do: 'type', text: '1' }]);
    expect(means(asked('1.5s'), 'u', { ctrl: true })).toEqual([{ do: 'type', text: '' }]);
    expect(means(asked(''), '', { backspace: true })).toEqual([{ do: 'type', text: '' }]);
  });

  it('replaces the highlighted answer, or takes it up to change it', () => {
    // SYN lands at 0.050 s: the first answer is 10 ms later.
    expect(means(asked(null), '1')).toEqual([{ do: 'type', text: '1' }]);
    expect(means(asked(null), '', { backspace: true })).toEqual([{ do: 'type', text: '0.060' }]);
  });

  it('ends with Enter: what was typed is meant, or the highlighted answer', () => {
    expect(means(asked('1.'), '', { return: true })).toEqual([{ do: 'type', text: '1.' }, { do: 'submit' }]);
    expect(means(asked(null), '', { return: true })).toEqual([{ do: 'type', text: '0.060s' }, { do: 'submit' }]);
  });

  it('is forgotten when another answer is highlighted', () => {
    expect(means(asked('1.'), '', { downArrow: true })).toEqual([
      { do: 'type', text: null },
      { do: 'highlight', line: 0 },
    ]);
  });

  it('takes the first line of a paste, without what a terminal might take as an order', () => {
    expect(means(asked('1'), '.5\u001bs\nq')).toEqual([{ do: 'type', text: '1.5s' }]);
  });

  it('of a filter narrows a list and lets Enter choose from it', () => {
    const list = press(flying, { do: 'open-dialog', dialog: scenarioList });
    expect(means(list, 's')).toEqual([
      { do: 'typing', typing: true },
      { do: 'type', text: 's' },
    ]);
    const filter = press(list, { do: 'typing', typing: true }, { do: 'type', text: 'last-ack' });
    expect(means(filter, 'q')).toEqual([{ do: 'type', text: 'last-ackq' }]);
    expect(means(filter, '', { escape: true })).toEqual([
      { do: 'type', text: '' },
      { do: 'typing', typing: false },
    ]);
  });

  it('can be left with ctrl-c', () => {
    expect(means(asked('1'), 'c', { ctrl: true })).toEqual([{ do: 'quit' }]);
  });
});
