// What can be done with one segment.

import { refusalOf } from '../../session/decide.ts';
import { asking } from '../../session/dialog.ts';
import type { Intent } from '../../session/intent.ts';
import { phrase } from '../../session/print.ts';
import type { Look } from '../../view/look.ts';
import type { Scene } from '../../view/scene.ts';
import { segment as header } from '../../view/segment.ts';
import { copyable, named } from '../../view/segment-label.ts';
import type { Action, Tamper } from '../../world/event.ts';
import { type KeyName, keyOf } from '../keys.ts';
import { type Item, type Menu, menu } from './menu.ts';

/** Everything that can be done with a segment; null where there is none with this id any more. */
export function segmentMenu(scene: Scene, look: Look, flight: number, line: number): Menu | null {
  const passage = scene.passages.find((one) => one.flight.id === flight);
  if (passage === undefined) return null;
  const { words } = look;
  const { menu: texts } = words;
  const key = (id: string): KeyName | null => keyOf(scene.session, id);
  const deed = (label: string, tamper: Tamper, pressed: KeyName | null): Item =>
    decision(scene, look, label, { kind: 'tamper', tamper }, pressed);
  const open = (
    label: string,
    dialog: Extract<Intent, { do: 'open-dialog' }>['dialog'],
    pressed: KeyName | null,
  ): Item => ({
    label,
    note: pressed ?? '',
    intents: [{ do: 'open-dialog', dialog }],
  });
  const items =
    passage.fate === null
      ? [
          deed(texts.drop, { do: 'drop', flight }, key('drop')),
          open(texts.delay, asking({ of: 'delay', flight }), key('delay')),
          deed(texts.duplicate, { do: 'duplicate', flight, at: null }, key('duplicate')),
          deed(texts.release, { do: 'release', flight }, key('release')),
          deed(texts.swap, { do: 'swap', flight }, key('swap')),
          open(texts.edit, { kind: 'edit', flight, line: 0 }, key('edit')),
          deed(texts.corrupt, { do: 'corrupt', flight }, null),
          deed(texts.mark, { do: 'mark', flight }, null),
        ]
      : [deed(texts.duplicate, { do: 'duplicate', flight, at: null }, key('duplicate'))];
  return menu({
    title: named(passage.flight, look),
    items,
    line,
    keys: copying(scene, copyable(passage.flight)),
    hint: words.menuHint,
    width: 36,
    beside: { cells: 38, lines: (height) => header({ ...scene, selected: passage }, look, 38, height) },
  });
}

/** The key that copies a text, in a menu that is about it. */
export function copying(scene: Scene, text: string): ReadonlyMap<KeyName, readonly Intent[]> {
  const key = keyOf(scene.session, 'copy');
  return new Map(key === null ? [] : [[key, [{ do: 'errand', errand: { kind: 'copy', text } }]]]);
}

/** A decision as an item: with its key, or the line of a scenario that it makes, or why it changes nothing. */
export function decision(scene: Scene, look: Look, label: string, action: Action, key: KeyName | null = null): Item {
  const refused = refusalOf(scene.session, action);
  if (refused !== null) return { label, note: look.words.offBecause(look.words.refusal[refused]), intents: null };
  return {
    label,
    note: key === null ? phrase(action) : key,
    intents: [{ do: 'close-dialog' }, { do: 'decide', action }],
  };
}
