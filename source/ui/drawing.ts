// A session as drawn on a terminal of a size: the lines of its screen, and what lies over them. No component decides
// anything about it, so that it can be drawn before there are components.

import type { Session } from '../session/session.ts';
import { exactly, type Line, line } from '../view/line.ts';
import type { Look } from '../view/look.ts';
import { sceneOf } from '../view/scene.ts';
import { help } from './dialog/help.ts';
import { menuOver } from './dialog/menu.ts';
import { linesOf, type Over } from './dialog/over.ts';
import { layoutOf, noRoomText } from './layout.ts';
import { lookOf } from './look.ts';
import { menuOf } from './menu/index.ts';
import { foot, screen } from './screen.ts';
import { styled } from './theme.ts';

/** What is drawn. The last row of the terminal is left alone. */
export interface Drawn {
  readonly look: Look;
  /** Under the dialog; none where that covers everything. */
  readonly lines: readonly Line[];
  readonly over: Over | null;
}

/** A session as drawn on so many columns and rows. */
export function drawn(session: Session, columns: number, rows: number): Drawn {
  const look = lookOf(session);
  const layout = layoutOf(columns, rows, session);
  if (layout.kind === 'none') {
    const text = exactly(line(noRoomText(columns, rows, look)), columns, look.ruler, look.glyphs.ellipsis);
    return { look, lines: [text], over: null };
  }
  const scene = sceneOf(session);
  const { dialog } = session;
  const whole = dialog.kind === 'scenarios' || dialog.kind === 'ways' || dialog.kind === 'help';
  const lines = whole ? [] : screen(scene, look, layout);
  const size = { columns, rows: rows - 1 };
  if (dialog.kind === 'help') return { look, lines, over: help(scene, look, size, dialog) };
  const menu = menuOf(scene, look);
  if (menu === null) return { look, lines, over: null };
  // What a menu over everything does not say itself stands on its edge.
  const said = dialog.kind === 'scenarios' && session.notice?.kind === 'complaint';
  const lowest = whole && !said ? foot(scene, look, columns, [0, columns - 1]) : null;
  return { look, lines, over: menuOver(menu, look, size.columns, size.rows, lowest) };
}

/** The frame as text, a line for each row; null where a dialog lies over a part of the screen. */
export function frame({ look, lines, over }: Drawn): string | null {
  if (over !== null && lines.length > 0) return null;
  return (over === null ? lines : linesOf(over, look)).map(styled).join('\n');
}
