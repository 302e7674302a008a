// Breakpoints: those that stand, and conditions for new ones by what has the focus.

import { type Condition, conditionWords } from '../../session/condition.ts';
import { asking } from '../../session/dialog.ts';
import { entryOf } from '../../session/session.ts';
import { ctlNames } from '../../tcp/segment.ts';
import { type TimerName, timerNames } from '../../tcp/timers.ts';
import type { Look } from '../../view/look.ts';
import type { Scene } from '../../view/scene.ts';
import { type Item, type Menu, menu } from './menu.ts';

/** The breakpoints and what could become one. */
export function breaksMenu(scene: Scene, look: Look, line: number): Menu {
  const { words } = look;
  const { breaks } = scene.session;
  const standing = new Set(breaks.map(({ when }) => conditionWords(when)));
  const set: readonly Item[] = breaks.map(({ when, off }, place) => ({
    label: `[${off ? ' ' : '*'}] ${conditionWords(when)}`,
    note: off ? words.off : words.on,
    intents: [{ do: 'switch-break', place }],
  }));
  const fresh: readonly Item[] = suggestions(scene)
    .filter((when) => !standing.has(conditionWords(when)))
    .map((when) => ({
      label: `    ${conditionWords(when)}`,
      note: words.newBreak,
      intents: [{ do: 'close-dialog' }, { do: 'break', when }],
    }));
  const other: Item = {
    label: `    ${words.otherBreak}`,
    note: ':break ...',
    intents: [{ do: 'open-dialog', dialog: asking({ of: 'break' }) }],
  };
  const chosen = breaks[line]?.when;
  return menu({
    title: words.breaks,
    items: [...set, ...fresh, other],
    line,
    keys: new Map(chosen === undefined ? [] : [['x', [{ do: 'break', when: chosen }]]]),
    hint: words.breaksHint,
    width: 62,
  });
}

/** Conditions about the thing that has the focus, the likeliest first. */
function suggestions(scene: Scene): readonly Condition[] {
  const { focus, whyLine } = scene.session;
  const usual: readonly Condition[] = [
    { on: 'loss' },
    { on: 'rtx' },
    { on: 'change', host: null },
    { on: 'error' },
    { on: 'broken', invariant: null },
  ];
  switch (focus) {
    case 'client':
    case 'server':
      return [...aboutEnd(scene, focus === 'client' ? 0 : 1), ...usual];
    case 'wire':
    case 'segment': {
      const flags = scene.selected === null ? [] : ctlNames(scene.selected.flight.segment.ctl);
      const same: readonly Condition[] = flags.length === 0 ? [] : [{ on: 'flags', flags }];
      return [...same, { on: 'flags', flags: ['RST'] }, { on: 'flags', flags: ['FIN'] }, ...usual];
    }
    case 'why': {
      const findings = entryOf(scene.session)?.step.findings ?? [];
      const rules = [...new Set([...findings.slice(whyLine), ...findings].map(({ rule }) => rule))];
      return [...rules.slice(0, 6).map((rule) => ({ on: 'rule', rule }) as const), ...usual];
    }
    case 'time':
    case 'decisions':
      return [...usual, { on: 'timer', host: null, timer: null }];
  }
}

function aboutEnd(scene: Scene, host: 0 | 1): readonly Condition[] {
  const tcb = scene.sockets[host]?.tcb;
  const running: readonly TimerName[] =
    tcb !== undefined && 'timers' in tcb ? timerNames.filter((name) => Number.isFinite(tcb.timers[name])) : [];
  return [
    { on: 'change', host },
    ...running.map((timer) => ({ on: 'timer', host, timer }) as const),
    { on: 'state', host, state: 'ESTABLISHED' },
    { on: 'state', host, state: 'TIME-WAIT' },
    { on: 'state', host, state: 'CLOSED' },
    ...['snd.una', 'rcv.nxt', 'snd.wnd', 'rto', 'cwnd'].map((field) => ({ on: 'field', host, field }) as const),
  ];
}
