// The decisions of the branch one below the other, and the other branches.

import { phrase } from '../session/print.ts';
import { seconds } from '../session/time.ts';
import { blank, exactly, type Line, span, spread } from './line.ts';
import type { Look } from './look.ts';
import type { Scene } from './scene.ts';

/** The title of the pane: `DECISIONS  branch main* (1 of 2)`. */
export function decisionsTitle(scene: Scene, look: Look): string {
  const { words } = look;
  const name = `${scene.branch}${scene.touched ? '*' : ''}`;
  return `${words.decisions}  ${words.branch(name, scene.forks.length)}`;
}

/** The pane in exactly `height` lines of `width` cells. */
export function decisionList(scene: Scene, look: Look, width: number, height: number): readonly Line[] {
  const { words } = look;
  const focused = scene.session.focus === 'decisions';
  const rows: Line[] = scene.listed.map((one, place) => {
    const mine = one.decision.by === 'person';
    const chosen = focused && place === scene.session.decisionLine;
    const why = one.refused === null ? '' : `  ${words.refused(words.refusal[one.refused])}`;
    // What has been passed has its time in full: one mark, so that a step rewrites little.
    const tone = one.refused !== null || one.decision.off ? 'dim' : mine ? 'strong' : 'plain';
    return spread(
      [
        span(chosen ? look.glyphs.cursor : ' ', 'selected'),
        span(seconds(one.decision.at).padStart(8), one.passed ? 'plain' : 'dim'),
        span('  '),
        span(`${one.decision.off ? `(${words.off}) ` : ''}${phrase(one.decision.action)}`, tone),
        span(why, 'dim'),
      ],
      [span(mine ? words.byYou : '', 'dim'), span(' ')],
      width,
      look.ruler,
      look.glyphs.ellipsis,
    );
  });
  const others: Line[] = scene.forks
    .filter((fork) => !fork.current)
    .map((fork) => [
      span(`  ${words.forkLine(fork.name, fork.from === null ? null : `${seconds(fork.from)}s`)}`, 'dim'),
    ]);
  if (rows.length === 0) rows.push([span(` ${words.noDecisions}`, 'dim')]);
  // Other branches keep their lines as far as half of the room; of the decisions the page at the cursor is shown.
  const below = others.slice(0, Math.max(0, Math.min(others.length, Math.floor(height / 2))));
  const room = height - below.length;
  const passed = scene.listed.filter((one) => one.passed).length;
  const centre = focused ? scene.session.decisionLine : Math.max(0, passed - 1);
  // By whole pages, so that the list stands still while its decisions are passed.
  const first = Math.max(0, Math.min(Math.floor(centre / room) * room, rows.length - room));
  const shown = [...rows.slice(first, first + room), ...below];
  while (shown.length < height) shown.push(blank);
  return shown.map((row) => exactly(row, width, look.ruler, look.glyphs.ellipsis));
}
