// Two courses of events side by side. What differs is marked with `!`; n goes from difference to difference.

import { compare, courseOf, firstDifference, type Pair, type Side } from '../../session/compare.ts';
import type { Intent } from '../../session/intent.ts';
import { outcomeOf } from '../../session/outcome.ts';
import { timelineOf } from '../../session/session.ts';
import { shownSocket, shownStates } from '../../session/shown.ts';
import { seconds } from '../../session/time.ts';
import type { Entry } from '../../session/timeline.ts';
import { backedOff } from '../../tcp/rtt.ts';
import { notation } from '../../tcp/segment.ts';
import { eventText } from '../../view/event.ts';
import { type Line, line as row } from '../../view/line.ts';
import type { Look } from '../../view/look.ts';
import { outcomeText } from '../../view/outcome.ts';
import type { Scene } from '../../view/scene.ts';
import type { KeyName } from '../keys.ts';
import { type Item, type Menu, menu } from './menu.ts';

/** The comparison; null where one of its branches is gone. */
export function differenceMenu(scene: Scene, look: Look, left: Side, right: Side, wanted: number): Menu | null {
  const { words } = look;
  const { session } = scene;
  const names = session.branches.map((branch) => branch.name);
  if (!names.includes(left.branch) || !names.includes(right.branch)) return null;
  const [one, other] = [courseOf(session, left), courseOf(session, right)];
  const pairs = compare(one, other);
  const first = firstDifference(pairs);
  const line = wanted >= 0 ? wanted : (first ?? 0);
  const items = pairs.map((pair): Item => {
    const entry = pair.left ?? pair.right;
    const mark = pair.same ? ' ' : '!';
    return {
      label: `${mark} ${sideText(pair.left, look)}`,
      note: '',
      right: sideText(pair.right, look),
      intents: entry === null ? null : goTo(scene, left, right, pair),
    };
  });
  const differing = pairs.flatMap((pair, place) => (pair.same ? [] : [place]));
  const keys = new Map<KeyName, readonly Intent[]>();
  const next = differing.find((place) => place > line) ?? differing[0];
  const last = differing.findLast((place) => place < line) ?? differing[differing.length - 1];
  if (next !== undefined && last !== undefined) {
    keys.set('n', [{ do: 'highlight', line: next }]);
    keys.set('N', [{ do: 'highlight', line: last }]);
  }
  const name = ({ branch, profile }: Side): string =>
    left.profile === right.profile ? branch : left.branch === right.branch ? profile : `${branch} (${profile})`;
  const pair = pairs[Math.max(0, Math.min(line, pairs.length - 1))];
  const at = first === null ? null : (pairs[first]?.left ?? pairs[first]?.right)?.step.world.now;
  return menu({
    title: words.differenceTitle(name(left), name(right)),
    above: [
      row(` ${name(left)}: ${outcomeText(outcomeOf(one), look)}`),
      row(` ${name(right)}: ${outcomeText(outcomeOf(other), look)}`),
      row(` ${at === null || at === undefined ? words.sameCourse : words.firstDiffers(`${seconds(at)}s`)}`, 'notice'),
    ],
    items,
    below:
      pair === undefined ? [] : [row(''), ...told(name(left), pair.left, look), ...told(name(right), pair.right, look)],
    line,
    keys,
    hint: words.differenceHint,
    whole: true,
  });
}

function sideText(entry: Entry | null, look: Look): string {
  if (entry === null) return '';
  // Numbers of segments are those of each side.
  return `${seconds(entry.step.world.now)} ${eventText(entry.step, look, (flight) => `#${flight}`)}`;
}

// One side in full: what happened, what was sent with which window, and what both ends have come to.
function told(name: string, entry: Entry | null, look: Look): readonly Line[] {
  if (entry === null) return [row(` ${name}: -`), row('')];
  const { step } = entry;
  const sent = step.sent.map(({ segment }) => `${notation(segment)} WND ${segment.wnd}`).join('  ');
  const [client, server] = shownStates(step.world);
  const timeouts = ([0, 1] as const).map((host) => {
    const machine = step.world.hosts[host];
    const tcb = shownSocket(machine)?.tcb;
    return tcb !== undefined && 'rtt' in tcb ? ` RTO ${seconds(backedOff(tcb.rtt, machine.profile))}s` : '';
  });
  return [
    row(` ${name}: ${sideText(entry, look)}`),
    row(`   C ${client}${timeouts[0] ?? ''}  S ${server}${timeouts[1] ?? ''}  ${sent}`, 'dim'),
  ];
}

// To the event on the side that the screen can show: the left one first.
function goTo(scene: Scene, left: Side, right: Side, pair: Pair): readonly Intent[] | null {
  const { session } = scene;
  const shown = [
    { side: left, entry: pair.left },
    { side: right, entry: pair.right },
  ].find(({ side, entry }) => side.profile === session.profile && entry !== null);
  if (shown === undefined || shown.entry === null) return null;
  const event = shown.entry.index - timelineOf(session).openingIndex;
  const there: readonly Intent[] = [{ do: 'close-dialog' }, { do: 'go-to-event', event }];
  return shown.side.branch === session.current ? there : [{ do: 'switch', branch: shown.side.branch }, ...there];
}
