// Segments that nobody sent, from templates that fit the connection they are to meet. Each is a line of the language of
// scenarios and can be changed before it is sent.

import type { Intent } from '../../session/intent.ts';
import { phrase } from '../../session/print.ts';
import { forged, templates } from '../../session/template.ts';
import type { Look } from '../../view/look.ts';
import type { Scene } from '../../view/scene.ts';
import type { KeyName } from '../keys.ts';
import { type Menu, menu } from './menu.ts';
import { decision } from './segment.ts';

/** The templates for one end. */
export function injectMenu(scene: Scene, look: Look, to: 0 | 1, line: number): Menu {
  const { words } = look;
  const actions = templates.map((template) => ({
    template,
    action: { kind: 'tamper', tamper: forged(template, to, scene.sockets[to]?.tcb ?? null) } as const,
  }));
  const chosen = actions[Math.min(line, actions.length - 1)]?.action;
  const text = chosen === undefined ? '' : phrase(chosen);
  const other = [{ do: 'open-dialog', dialog: { kind: 'inject', to: to === 0 ? 1 : 0, line } }] as const;
  return menu({
    title: words.injectTitle(words.party[to === 0 ? 'client' : 'server']),
    items: actions.map(({ template, action }) => decision(scene, look, words.templates[template], action)),
    line,
    keys: new Map<KeyName, readonly Intent[]>([
      ['tab', other],
      ['left', other],
      ['right', other],
      ['e', [{ do: 'open-dialog', dialog: { kind: 'palette', text, line: 0 } }]],
    ]),
    hint: words.injectHint,
    width: 74,
  });
}
