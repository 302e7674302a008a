// What came of each branch, side by side: a tour's ways, or whatever a person has tried.

import { endOf, type Outcome } from '../../scenario/tour.ts';
import type { Intent } from '../../session/intent.ts';
import { seconds } from '../../session/time.ts';
import type { Look } from '../../view/look.ts';
import type { Scene } from '../../view/scene.ts';
import type { KeyName } from '../keys.ts';
import { type Menu, menu, type Paragraph, plain, strong } from './menu.ts';

/** One line for each branch: what was sent again, and since when both ends are where they are. */
export function waysMenu(scene: Scene, look: Look, wanted: number): Menu {
  const { words } = look;
  const { session } = scene;
  const { language } = words;
  const rows = session.branches.map((branch) => {
    const way = session.ways.find(({ name }) => name === branch.name);
    return { name: branch.name, title: way?.title[language] ?? branch.name, outcome: endOf(branch.timeline) };
  });
  const line = Math.max(0, Math.min(wanted, rows.length - 1));
  const chosen = rows[line];
  const keys = new Map<KeyName, readonly Intent[]>();
  if (chosen !== undefined && chosen.name !== session.current) {
    keys.set('d', [{ do: 'close-dialog' }, { do: 'difference', names: chosen.name }]);
  }
  return menu({
    title: words.ways,
    lead: session.ways.length > 0 ? [plain(session.subject.about[language])] : [],
    heads: words.waysColumns,
    items: rows.map(({ name, title, outcome }) => {
      const cells = [title, ...shortly(outcome)];
      return {
        label: cells.join('  '),
        note: '',
        cells,
        intents: [
          { do: 'close-dialog' },
          ...(name === session.current ? [] : [{ do: 'switch', branch: name } as const]),
        ],
      };
    }),
    line,
    told: chosen === undefined ? [] : told(chosen.title, chosen.outcome, look),
    keys,
    hint: words.waysHint,
    whole: true,
  });
}

function shortly({ repetitions: [first, ...more], ends }: Outcome): readonly string[] {
  const again =
    first === undefined ? '-' : `${first.host === 0 ? 'C' : 'S'} ${first.ctl.join(',')} ${seconds(first.at)}`;
  const since = ends.map(({ state, at }) => `${state} ${seconds(at)}`);
  return [more.length === 0 ? again : `${again} +${more.length}`, ...since];
}

// The chosen one in full.
function told(title: string, outcome: Outcome, look: Look): readonly Paragraph[] {
  const { words } = look;
  const { segments, repetitions, errors, broken, ends } = outcome;
  const name = (host: number): string => words.party[host === 0 ? 'client' : 'server'];
  const again = repetitions.map(({ host, ctl, at }) => `${name(host)} ${ctl.join(',')} ${seconds(at)}s`);
  const wrong = [
    ...errors.map(({ host, error }) => `${name(host)} ${error}`),
    ...broken.map(({ host, invariant }) => `${name(host)}${words.colon}${invariant} ${words.brokenMark}`),
  ];
  const shown = again.slice(0, 6);
  return [
    strong(title),
    plain(words.waySent(segments, [...shown, ...(again.length > shown.length ? ['...'] : [])].join(words.comma))),
    plain(ends.map(({ state, at }, host) => `${name(host)} ${state} ${seconds(at)}s`).join(words.comma)),
    ...(wrong.length === 0 ? [] : [{ text: words.wayWrong(wrong.join(words.comma)), tone: 'lost' } as const]),
  ];
}
