// Whether everything that must hold still holds, and how far the goal is: one line for screens with room for it.

import { conditionWords } from '../session/condition.ts';
import { invariants } from '../session/invariant.ts';
import { exactly, type Line, span } from './line.ts';
import type { Look } from './look.ts';
import type { Scene } from './scene.ts';

/** `invariants: all 6 hold   goal: both ESTABLISHED, reached at ev 6   breakpoints: 2` */
export function health(scene: Scene, look: Look, width: number): Line {
  const { words } = look;
  const { session, wounds } = scene;
  const on = session.breaks.filter((one) => !one.off).length;
  const [first, ...others] = wounds ?? [];
  const state: Line =
    wounds === null
      ? [span(words.notWatched, 'dim')]
      : first === undefined
        ? [span(words.allHold(Object.keys(invariants).length), 'dim')]
        : [
            span(
              words.brokenAt(
                invariants[first.invariant][words.language],
                words.party[first.host === 0 ? 'client' : 'server'],
                first.event,
              ) + (others.length > 0 ? ` (+${others.length})` : ''),
              'lost',
            ),
          ];
  const goal = session.goal === null ? words.noGoalSet : words.goalState(conditionWords(session.goal), scene.goalAt);
  return exactly(
    [
      span(` ${words.invariants} `, 'dim'),
      ...state,
      span(`   ${words.goal} `, 'dim'),
      span(goal, session.goal === null ? 'dim' : 'plain'),
      ...(on === 0 ? [] : [span(`   ${words.breaksOn(on)}`, 'dim')]),
    ],
    width,
    look.ruler,
    look.glyphs.ellipsis,
  );
}
