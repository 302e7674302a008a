// The one state of the program: what it is told, in which order, and who hears of it.
import { describe, expect, it } from 'vitest';
import { eventNumbers, type Session } from '../../source/session/session.ts';
import { Live } from '../../source/ui/live.ts';
import { opened } from '../support/sessions.ts';

const size = { columns: 80, rows: 24 };

/** Number of the event at the cursor. */
const at = (session: Session): number => eventNumbers(session).at;

describe('keys that come at once', () => {
  it('are each meant for the session as it then is', () => {
    const live = new Live(opened('hs-basic'));
    live.press('right', '', size);
    // The menu of the SYN opens; the key after it is one for that menu.
    live.press('enter', '', size);
    const { dialog } = live.session;
    expect(dialog.kind).not.toBe('none');
    live.press('esc', '', size);
    expect(live.session.dialog.kind).toBe('none');
    live.press('right', '', size);
    expect(at(live.session)).toBe(2);
  });

  it('mean nothing any more when the session is over', () => {
    const live = new Live(opened('hs-basic'));
    for (const name of ['right', 'q', 'right', 'right']) live.press(name, name, size);
    expect(live.session.over).toBe(true);
    expect(at(live.session)).toBe(1);
  });

  it('go back to the session before what was taken for Escape and was none', () => {
    const live = new Live(opened('hs-basic'));
    live.press('?', '?', size);
    const before = live.session;
    live.press('esc', '', size);
    expect(live.session.dialog.kind).toBe('none');
    live.press('not-escape', '', size);
    expect(live.session).toBe(before);
  });
});

describe('who follows a session', () => {
  it('is told of each there is, in order, the first included', () => {
    const told: number[] = [];
    const live = new Live(opened('hs-basic'), (session) => told.push(at(session)));
    for (const name of ['right', 'right', 'left']) live.press(name, '', size);
    expect(told).toEqual([0, 1, 2, 1]);
  });

  it('may tell it something, which comes when that one has been followed', () => {
    const told: number[] = [];
    const live = new Live(opened('hs-basic'), (session, tell) => {
      told.push(at(session));
      if (at(session) === 1) {
        tell({ do: 'forward' });
        tell({ do: 'forward' });
        expect(at(live.session)).toBe(1);
      }
    });
    live.press('right', '', size);
    expect(told).toEqual([0, 1, 2, 3]);
    expect(at(live.session)).toBe(3);
  });

  it('is told nothing where a key changes nothing', () => {
    let told = 0;
    const live = new Live(opened('hs-basic'), () => {
      told += 1;
    });
    live.press('alt-x', 'x', size);
    expect(told).toBe(1);
  });
});
