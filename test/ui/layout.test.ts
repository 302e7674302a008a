// Which panes a terminal has room for.
import { describe, expect, it } from 'vitest';
import { panes } from '../../source/session/session.ts';
import { layoutOf } from '../../source/ui/layout.ts';

const usual = { focus: 'wire', zoomed: false, whyFolded: false, wireView: 'ladder' } as const;

describe('a terminal', () => {
  it('below 40x10 has room for nothing', () => {
    expect(layoutOf(39, 24, usual)).toEqual({ kind: 'none' });
    expect(layoutOf(80, 9, usual)).toEqual({ kind: 'none' });
  });

  it('below 60x20 has room for the focused pane alone', () => {
    for (const focus of panes) {
      expect(layoutOf(59, 24, { ...usual, focus })).toEqual({ kind: 'zoomed', columns: 59, pane: focus, rows: 19 });
      expect(layoutOf(80, 19, { ...usual, focus })).toMatchObject({ kind: 'zoomed', pane: focus });
      expect(layoutOf(40, 10, { ...usual, focus })).toMatchObject({ kind: 'zoomed', pane: focus, rows: 5 });
    }
  });

  it('of 60x20 has both ends in two lines each', () => {
    expect(layoutOf(60, 20, usual).kind).toBe('compact');
    expect(layoutOf(79, 60, usual).kind).toBe('compact');
    expect(layoutOf(200, 22, usual).kind).toBe('compact');
  });

  it('of 80x24 has three panes of 26, 24 and 26 cells', () => {
    expect(layoutOf(80, 24, usual)).toMatchObject({ kind: 'framed', end: 26, wire: 24, decisions: 0, segment: 0 });
  });

  it('of 80x24 has the same with the status line of tmux in its last row', () => {
    const whole = layoutOf(80, 24, usual);
    const within = layoutOf(80, 23, usual);
    if (whole.kind !== 'framed' || within.kind !== 'framed') throw new Error('no room for frames');
    expect(within).toEqual({ ...whole, why: whole.why - 1 });
  });

  it('of 120x40 has the decisions too, and the segment where it is asked for', () => {
    expect(layoutOf(120, 40, usual)).toMatchObject({ kind: 'framed', decisions: 3, segment: 0 });
    expect(layoutOf(120, 40, { ...usual, focus: 'segment' })).toMatchObject({ kind: 'framed', segment: 38 });
  });

  it('of 200x50 has the segment always', () => {
    expect(layoutOf(200, 50, usual)).toMatchObject({ kind: 'framed', segment: 38 });
  });

  it('is used to its last row but one at every size', () => {
    for (let columns = 80; columns <= 260; columns += 9) {
      for (let rows = 23; rows <= 100; rows += 1) {
        for (const whyFolded of [false, true]) {
          const layout = layoutOf(columns, rows, { ...usual, whyFolded });
          if (layout.kind !== 'framed') throw new Error(`${columns}x${rows} is ${layout.kind}`);
          const { top, why, time, decisions, end, wire, health } = layout;
          const edges = decisions > 0 ? 5 : 4;
          expect(2 + health + edges + top + why + time + decisions, `${columns}x${rows}`).toBe(rows - 1);
          expect(2 * end + wire + 4).toBe(columns);
          expect(Math.min(top, why, time)).toBeGreaterThanOrEqual(1);
        }
      }
    }
  });

  it('shows a focused pane it has no room for over the whole screen', () => {
    for (const focus of panes) {
      const layout = layoutOf(80, 24, { ...usual, focus });
      expect(layout.kind).toBe(focus === 'segment' || focus === 'decisions' ? 'zoomed' : 'framed');
    }
  });
});
