// The same decisions under the other profiles: where each begins to differ.

import { compare, courseOf, firstDifference } from '../../session/compare.ts';
import type { Intent } from '../../session/intent.ts';
import { outcomeOf } from '../../session/outcome.ts';
import { profiles } from '../../session/setting.ts';
import { seconds } from '../../session/time.ts';
import { line as row } from '../../view/line.ts';
import type { Look } from '../../view/look.ts';
import { outcomeText } from '../../view/outcome.ts';
import type { Scene } from '../../view/scene.ts';
import type { KeyName } from '../keys.ts';
import { type Item, type Menu, menu } from './menu.ts';

/** The other profiles. */
export function profilesMenu(scene: Scene, look: Look, line: number): Menu {
  const { words } = look;
  const { session } = scene;
  const { current: branch, profile } = session;
  const mine = courseOf(session, { branch, profile });
  const others = [...profiles.keys()].filter((name) => name !== profile);
  const items = others.map((name): Item => {
    const course = courseOf(session, { branch, profile: name });
    const pairs = compare(mine, course);
    const first = firstDifference(pairs);
    const pair = first === null ? undefined : pairs[first];
    const at = pair?.left?.step.world.now ?? pair?.right?.step.world.now;
    const differs = at === undefined ? words.sameCourse : words.differsAt(`${seconds(at)}s`);
    return {
      label: `${name}  ${differs}`,
      note: outcomeText(outcomeOf(course), look),
      intents: [
        {
          do: 'open-dialog',
          dialog: { kind: 'difference', left: { branch, profile }, right: { branch, profile: name }, line: -1 },
        },
      ],
    };
  });
  const chosen = others[Math.max(0, Math.min(line, others.length - 1))];
  const keys = new Map<KeyName, readonly Intent[]>();
  if (chosen !== undefined) keys.set('o', [{ do: 'close-dialog' }, { do: 'profile', profile: chosen }]);
  return menu({
    title: words.profilesTitle(profile),
    above: [row(` ${words.nowUnder(profile, outcomeText(outcomeOf(mine), look))}`, 'dim')],
    items,
    line,
    keys,
    hint: words.profilesHint,
    width: 76,
  });
}
