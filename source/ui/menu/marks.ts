// Marks: a letter for this moment, or back to one.

import { eventNumbers, timelineOf } from '../../session/session.ts';
import { seconds } from '../../session/time.ts';
import type { Look } from '../../view/look.ts';
import type { Scene } from '../../view/scene.ts';
import { type Item, type Menu, menu } from './menu.ts';

/** Asks for a letter, with the marks that stand. */
export function marksMenu(scene: Scene, look: Look, kind: 'mark' | 'jump', line: number): Menu {
  const { words } = look;
  const { session } = scene;
  const { openingIndex } = timelineOf(session);
  const names = Object.keys(session.marks).sort();
  const items: Item[] = names.flatMap((name) => {
    const place = session.marks[name];
    if (place === undefined) return [];
    const where = `${words.event} ${place.index - openingIndex}   t ${seconds(place.at)}s   ${place.branch}`;
    return [{ label: `${name}   ${where}`, note: '', intents: [{ do: kind, name }] }];
  });
  if (kind === 'jump' && session.jumped !== null) {
    items.push({ label: `'   ${words.jumpBack}`, note: '', intents: [{ do: 'jump', name: "'" }] });
  }
  const here = `${words.event} ${eventNumbers(session).at}   t ${seconds(session.cursor.at)}s`;
  return menu({
    title: kind === 'mark' ? words.markTitle(here) : words.jumpTitle,
    items,
    line,
    letters: true,
    begin: (letter) =>
      /^[A-Za-z]$/.test(letter) || (kind === 'jump' && letter === "'") ? [{ do: kind, name: letter }] : [],
    hint: kind === 'mark' ? words.markHint : words.jumpHint,
    width: 50,
  });
}
