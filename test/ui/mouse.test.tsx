// The mouse, where it has been switched on: what is pointed at is what is drawn there.
import { stripVTControlCharacters } from 'node:util';
import { renderToString } from 'ink';
import { describe, expect, it } from 'vitest';
import { perform } from '../../source/session/perform.ts';
import { panes, type Session, selected } from '../../source/session/session.ts';
import { Drawing } from '../../source/ui/app.tsx';
import { mouseMeaning } from '../../source/ui/meaning.ts';
import { typed } from '../support/keyboard.ts';
import { opened, press } from '../support/sessions.ts';

const on = press(opened('data-lost'), { do: 'mouse' }, 'forward', 'forward');

const drawn = (session: Session, columns: number, rows: number): string[] =>
  stripVTControlCharacters(
    renderToString(<Drawing session={session} columns={columns} rows={rows} />, { columns }),
  ).split('\n');

/** A click with the left button on a cell, both counted from 1 as terminals do. */
const click = (session: Session, column: number, row: number, columns = 80, rows = 24) =>
  mouseMeaning(session, `\x010;${column};${row}M`, { columns, rows });

describe('a click', () => {
  it.each([
    [80, 24],
    [100, 30],
    [120, 40],
    [200, 60],
  ])('at %i x %i on the title of a pane, or the row below it, focuses that pane', (columns, rows) => {
    const lines = drawn(on, columns, rows);
    let found = 0;
    for (const [place, pane] of panes.entries()) {
      const row = lines.findIndex((line) => new RegExp(`[ []${place + 1} [A-Z]{3,}`).test(line));
      if (row < 0) continue;
      const column = lines[row]?.search(new RegExp(`[ []${place + 1} [A-Z]{3,}`)) ?? 0;
      found += 1;
      for (const below of [0, 1]) {
        expect(click(on, column + 2, row + 1 + below, columns, rows), `${pane}\n${lines.join('\n')}`).toEqual([
          { do: 'focus', pane },
        ]);
      }
    }
    // The header of the segment stands there on wider screens, or while it has the focus.
    expect(found).toBe(rows < 34 ? 5 : columns < 150 ? 6 : 7);
  });

  it('at 60 x 20 tells the ends, the wire, WHY and TIME apart', () => {
    const lines = drawn(on, 60, 20);
    const at = (text: string): number => lines.findIndex((line) => line.includes(text)) + 1;
    expect(click(on, 5, 2, 60, 20)).toEqual([{ do: 'focus', pane: 'client' }]);
    expect(click(on, 50, 3, 60, 20)).toEqual([{ do: 'focus', pane: 'server' }]);
    expect(click(on, 5, at('#5'), 60, 20)).toEqual([{ do: 'focus', pane: 'wire' }]);
    expect(click(on, 5, at('WHY'), 60, 20)).toEqual([{ do: 'focus', pane: 'why' }]);
    expect(click(on, 5, at('in flight') + 1, 60, 20)).toEqual([{ do: 'focus', pane: 'time' }]);
  });

  it('on the title line and the keys means nothing, nor does its release or another button', () => {
    expect(click(on, 10, 1)).toEqual([]);
    expect(click(on, 10, 23)).toEqual([]);
    expect(mouseMeaning(on, '\x010;10;5m', { columns: 80, rows: 24 })).toEqual([]);
    expect(mouseMeaning(on, '\x012;10;5M', { columns: 80, rows: 24 })).toEqual([]);
  });

  it('beside a menu does not reach the screen below', () => {
    expect(click(typed(on, 'a'), 10, 5)).toEqual([]);
  });

  it('means nothing until % has asked for the mouse', () => {
    expect(on.mouse).toBe(true);
    expect(opened('hs-basic').mouse).toBe(false);
    expect(click(typed(on, '%'), 10, 5)).toEqual([]);
  });
});

describe('the wheel', () => {
  const turned = (session: Session, button: 64 | 65): Session =>
    (mouseMeaning(session, `\x01${button};40;5M`, { columns: 80, rows: 24 }) ?? []).reduce(perform, session);

  it('selects a segment', () => {
    const down = turned(on, 65);
    expect(selected(down)?.flight.id).not.toBe(selected(on)?.flight.id);
    expect(selected(turned(down, 64))?.flight.id).toBe(selected(on)?.flight.id);
  });

  it('moves through a menu', () => {
    expect(turned(typed(on, 'a'), 65).dialog).toMatchObject({ kind: 'host', line: 1 });
  });
});

it('is no key where the input is text', () => {
  expect(mouseMeaning(on, 'x', { columns: 80, rows: 24 })).toBeNull();
});
