// The tree of branches: what each is called, where it left, and how it ends.

import { type Branch, touched } from '../../session/branch.ts';
import { asking } from '../../session/dialog.ts';
import { woundsUpTo } from '../../session/health.ts';
import type { Intent } from '../../session/intent.ts';
import { outcomeOf } from '../../session/outcome.ts';
import { seconds } from '../../session/time.ts';
import type { Look } from '../../view/look.ts';
import { outcomeText } from '../../view/outcome.ts';
import type { Scene } from '../../view/scene.ts';
import type { KeyName } from '../keys.ts';
import { type Item, type Menu, menu } from './menu.ts';

/** The branches as a tree, each under the one it left. */
export function branchesMenu(scene: Scene, look: Look, line: number): Menu {
  const { words } = look;
  const { session } = scene;
  const rows = tree(session.branches);
  const items = rows.map(({ branch, depth }): Item => {
    const { name, parent, timeline } = branch;
    const here = name === session.current ? look.glyphs.becomes : ' ';
    const left = parent === null ? '' : `  ${words.leaves(`${seconds(timeline.worldAt(parent.index).now)}s`)}`;
    const outcome = outcomeOf(timeline);
    const hurt = (woundsUpTo(timeline, Math.min(timeline.reached, watched)) ?? []).length > 0;
    return {
      label: `${here} ${'  '.repeat(depth)}${name}${touched(branch) ? '*' : ''}${left}`,
      note: `${hurt ? `${words.brokenMark} ` : ''}${outcomeText(outcome, look)}`,
      intents: [{ do: 'close-dialog' }, { do: 'switch', branch: name }],
    };
  });
  const chosen = rows[Math.max(0, Math.min(line, rows.length - 1))]?.branch.name;
  const keys = new Map<KeyName, readonly Intent[]>();
  if (chosen !== undefined) {
    keys.set('r', [{ do: 'open-dialog', dialog: asking({ of: 'rename', branch: chosen }) }]);
    if (chosen !== session.current) {
      keys.set('d', [{ do: 'close-dialog' }, { do: 'difference', names: chosen }]);
    }
  }
  return menu({ title: words.branches, items, line, keys, hint: words.branchesHint, width: 76 });
}

/** Events that are watched for broken invariants here. */
const watched = 4_000;

function tree(branches: readonly Branch[]): readonly { readonly branch: Branch; readonly depth: number }[] {
  const names = new Set(branches.map(({ name }) => name));
  const below = (parent: string | null, depth: number): readonly { branch: Branch; depth: number }[] =>
    branches
      // A branch whose parent is gone stands at the root.
      .filter((one) => (one.parent !== null && names.has(one.parent.name) ? one.parent.name : null) === parent)
      .flatMap((branch) => [{ branch, depth }, ...below(branch.name, depth + 1)]);
  return below(null, 0);
}
