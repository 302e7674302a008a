// Which panes a terminal has room for, and where they stand. The last row is never used: drawing into it scrolls.

import type { Pane, WireView } from '../session/session.ts';
import type { Look } from '../view/look.ts';
import { diagram } from '../view/state-diagram.ts';

/** The smallest terminal there is a screen for. */
export const smallest = { columns: 40, rows: 10 } as const;

/** The smallest on which more than one pane is shown. */
const smallestWhole = { columns: 60, rows: 20 } as const;

/** A terminal below `smallest`: one line says so. */
export interface NoRoom {
  readonly kind: 'none';
}

/** 60x20 and a little more: no frames, both ends in two lines each. */
export interface Compact {
  readonly kind: 'compact';
  readonly columns: number;
  /** Rows of the wire and of WHY. */
  readonly wire: number;
  readonly why: number;
}

/** From 80x23 on (80x24 with the status line of tmux): three panes side by side, WHY and TIME below them. */
export interface Framed {
  readonly kind: 'framed';
  readonly columns: number;
  /** Cells inside the frames: the two ends, the wire between them. */
  readonly end: number;
  readonly wire: number;
  /** Rows inside the frames. */
  readonly top: number;
  readonly why: number;
  readonly time: number;
  /** Rows below the frames for invariants and the goal: 1 or 0. */
  readonly health: number;
  /** Rows of the list of decisions; 0: no such pane. */
  readonly decisions: number;
  /** Cells of the segment's header beside WHY, with the focus or on a wide screen; 0: no such pane. */
  readonly segment: number;
}

/** One pane over everything between title and footer: the focused one where there is room for no more. */
export interface Zoomed {
  readonly kind: 'zoomed';
  readonly columns: number;
  readonly pane: Pane;
  readonly rows: number;
}

export type Layout = NoRoom | Compact | Framed | Zoomed;

/** The layout of a terminal of this size. A pane in focus that it has no room for is shown zoomed. */
export function layoutOf(
  columns: number,
  rows: number,
  state: {
    readonly focus: Pane;
    readonly zoomed: boolean;
    readonly whyFolded: boolean;
    readonly wireView: WireView;
  },
): Layout {
  if (columns < smallest.columns || rows < smallest.rows) return { kind: 'none' };
  const alone = columns < smallestWhole.columns || rows < smallestWhole.rows;
  const whole =
    columns < 80 || rows < 23
      ? compact(columns, rows)
      : framed(columns, rows, state.whyFolded, columns >= 150 || state.focus === 'segment');
  if (alone || state.zoomed || !has(whole, state.focus) || (state.focus === 'wire' && !shows(whole, state.wireView))) {
    // Title, two edges and the footer.
    return { kind: 'zoomed', columns, pane: state.focus, rows: rows - 1 - 4 };
  }
  return whole;
}

/** Whether a view of the wire has room in so many cells and rows. */
export function hasRoom(view: WireView, width: number, height: number): boolean {
  switch (view) {
    case 'ladder':
    case 'list':
      return true;
    case 'events':
      return width >= 40;
    case 'plot':
      return width >= 50 && height >= 10;
    case 'states':
      return width >= diagram.columns && height >= diagram.rows;
  }
}

// Whether the wire's pane is large enough for what it is to show. (Without frames it is always the list.)
function shows(layout: Compact | Framed, view: WireView): boolean {
  switch (layout.kind) {
    case 'compact':
      return view === 'ladder' || view === 'list';
    case 'framed':
      return hasRoom(view, layout.wire, layout.top);
  }
}

function has(layout: Compact | Framed, pane: Pane): boolean {
  switch (pane) {
    case 'client':
    case 'wire':
    case 'server':
    case 'why':
    case 'time':
      return true;
    case 'segment':
      return layout.kind === 'framed' && layout.segment > 0;
    case 'decisions':
      return layout.kind === 'framed' && layout.decisions > 0;
  }
}

// Title, two lines for the ends, a rule, the rule of WHY, the count, TIME, the rule with the notice, footer.
function compact(columns: number, rows: number): Compact {
  const free = rows - 1 - 9;
  const why = Math.max(3, Math.floor(free * 0.45));
  return { kind: 'compact', columns, wire: free - why, why };
}

// The header beside WHY changes in every field with every segment: where it would crowd the others, it comes on request.
function framed(columns: number, rows: number, whyFolded: boolean, header: boolean): Framed {
  // Ends of 26 cells at 80 columns, of 37 at 120, of 44 from 150 on; the wire has the rest.
  const end = Math.min(44, 26 + Math.max(0, Math.floor((columns - 80) * 0.275)));
  const wire = columns - 4 - 2 * end;
  const tall = rows >= 34;
  const decisionsPane = tall;
  // Title, footer, the line of invariants, and an edge above each row of panes and below the last.
  const health = tall ? 1 : 0;
  const free = rows - 1 - 2 - health - (decisionsPane ? 5 : 4);
  const time = tall && columns >= 80 ? 4 : 2;
  let top = 10;
  let why = rows < 24 ? 4 : 5;
  let decisions = decisionsPane ? 3 : 0;
  let spare = free - top - why - time - decisions;
  const give = (most: number): number => {
    const given = Math.max(0, Math.min(spare, most));
    spare -= given;
    return given;
  };
  // In the order in which more room buys more: variables, reasons, the wire, decisions.
  top += give(tall ? 3 : 1);
  const segment = header && tall && columns >= 110 && !whyFolded ? 38 : 0;
  why += give(segment > 0 ? 7 : 3);
  top += give(5);
  decisions += decisionsPane ? give(3) : 0;
  why += give(6);
  top += give(6);
  why += Math.floor(spare / 3);
  decisions += decisionsPane ? Math.floor(spare / 6) : 0;
  top += spare - Math.floor(spare / 3) - (decisionsPane ? Math.floor(spare / 6) : 0);
  if (whyFolded) {
    top += why - 1;
    why = 1;
  }
  return { kind: 'framed', columns, end, wire, top, why, time, health, decisions, segment };
}

/** What is said below the smallest size. */
export function noRoomText(columns: number, rows: number, look: Look): string {
  return look.words.tooSmall(`${columns}x${rows}`, `${smallest.columns}x${smallest.rows}`);
}

/** The pane in a cell of the screen, both counted from 0; null where there is none. The edge above a pane is its own. */
export function paneAt(layout: Layout, column: number, row: number): Pane | null {
  switch (layout.kind) {
    case 'none':
      return null;
    case 'zoomed':
      return row > 0 && row < layout.rows + 2 ? layout.pane : null;
    case 'compact': {
      const half = Math.floor((layout.columns - 1) / 2);
      // Title, both ends, a rule, the wire, the rule of WHY, the count, TIME.
      const why = 4 + layout.wire;
      if (row < 1) return null;
      if (row < 3) return column <= half ? 'client' : 'server';
      if (row < why) return 'wire';
      if (row <= why + layout.why) return 'why';
      return row <= why + layout.why + 2 ? 'time' : null;
    }
    case 'framed': {
      const why = 2 + layout.top;
      const time = why + 1 + layout.why;
      const decisions = time + 1 + layout.time;
      if (row < 1) return null;
      if (row < why)
        return column <= layout.end ? 'client' : column <= layout.end + 1 + layout.wire ? 'wire' : 'server';
      if (row < time) return layout.segment > 0 && column >= layout.columns - 2 - layout.segment ? 'segment' : 'why';
      if (row < decisions) return 'time';
      return layout.decisions > 0 && row <= decisions + layout.decisions ? 'decisions' : null;
    }
  }
}
