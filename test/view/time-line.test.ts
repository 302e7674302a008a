// The time line: one cell for each event, the cursor among them.
import { describe, expect, it } from 'vitest';
import type { Session } from '../../source/session/session.ts';
import { lookOf } from '../../source/ui/look.ts';
import { textOf } from '../../source/view/line.ts';
import { sceneOf } from '../../source/view/scene.ts';
import { timeLine } from '../../source/view/time-line.ts';
import { opened, press } from '../support/sessions.ts';

const look = lookOf({ language: 'en', glyphs: 'ascii' });
const lines = (session: Session, width = 78, height = 2): string[] =>
  timeLine(sceneOf(session), look, width, height).map((line) => textOf(line).trimEnd());
const cells = (session: Session): string | undefined => lines(session)[0]?.split('   ')[0]?.trim();

describe('what was decided, below the marks', () => {
  it('name what was done, not what the lesson could not do any more', () => {
    const before = press(opened('ack-lost'), 'forward', 'forward', 'forward', 'drop', 'forward');
    expect(lines(before)[1]).toMatch(/^ decisions: 0\.100 drop #3 +u undo$/);
  });

  it('put one of the person in brackets that does not apply any more', () => {
    const dropped = press(opened('hs-basic'), 'forward', 'drop', 'end');
    const off = press(dropped, { do: 'toggle', position: 2 });
    expect(lines(off)[1]).toMatch(/^ decisions: \(0\.000 drop #1\) +u undo$/);
  });
});

describe('the marks', () => {
  it('begin with the opening', () => {
    expect(cells(opened('hs-basic'))).toBe('[|]');
  });

  it('tell a change of state, a loss and a retransmission', () => {
    expect(cells(press(opened('hs-basic'), 'forward', 'drop', 'forward'))).toBe('| o x[R]');
  });

  it('keep the future when one goes back', () => {
    expect(cells(press(opened('hs-basic'), 'forward', 'drop', 'forward', 'back', 'back'))).toBe('|[o]x R');
  });

  it('turn a page only every two thirds of a page', () => {
    let session = opened('half-close');
    let former = '';
    let turns = 0;
    for (let step = 0; step < 14; step += 1) {
      session = press(session, 'forward');
      const row = textOf(timeLine(sceneOf(session), look, 20, 1)[0] ?? []).replaceAll(/[[\]]/g, ' ');
      if (!row.startsWith(former.trimEnd().slice(0, 6))) turns += 1;
      former = row;
    }
    expect(turns).toBeLessThanOrEqual(3);
  });

  it('are explained where there is room', () => {
    expect(lines(opened('hs-basic'))[0]).toMatch(/\[ \] here {2}o change {2}S sent {2}x lost {2}R rtx$/);
  });
});

describe('the decisions', () => {
  it('stand below, with the key that takes the last one back', () => {
    expect(lines(opened('hs-basic'))[1]).toBe(' decisions: (none yet)');
    expect(lines(press(opened('hs-basic'), 'forward', 'drop'))[1]).toMatch(/^ decisions: 0\.000 drop #1 +u undo$/);
  });
});

describe('lanes', () => {
  it('show what each event did at client and server, where there are rows for them', () => {
    const session = press(opened('hs-basic'), 'forward', 'forward', 'forward');
    expect(lines(session, 100, 4).slice(0, 3)).toEqual([' t           0.100', ' C  |  o    [o]', ' S  |     o']);
  });
});
