// The session in one line of a shell.

import { shareLine } from '../../scenario/share.ts';
import { branchOf, type Session, type Start } from '../../session/session.ts';
import { line as row, wrap } from '../../view/line.ts';
import type { Look } from '../../view/look.ts';
import type { Scene } from '../../view/scene.ts';
import { type Menu, menu } from './menu.ts';
import { copying } from './segment.ts';

/** The line, and whether it tells everything. */
export function shareMenu(scene: Scene, look: Look): Menu {
  const { words } = look;
  const { line, exact } = shared(scene.session);
  return menu({
    title: words.share,
    above: [
      ...wrap(exact ? words.shareExact : words.shareNot, width - 2, look.ruler).map((text) => row(` ${text}`, 'dim')),
      row(''),
      ...wrap(line, width - 2, look.ruler).map((text) => row(` ${text}`)),
    ],
    items: [],
    keys: copying(scene, line),
    hint: words.shareHint,
    width,
  });
}

const width = 70;

/** The line that shares a session. */
export function shared(session: Session): ReturnType<typeof shareLine> {
  const shelf = [...session.shelves].find(({ subject }) => subject.id === session.subject.id);
  if (shelf !== undefined) return shareLine(session, shelf.start);
  return { ...shareLine(session, startOf(session)), exact: false };
}

// What is known of a scenario that does not come with the program: what its branches have in common.
function startOf(session: Session): Start {
  const { subject, profile, setting, captions } = session;
  const { decisions, opening } = branchOf(session).timeline;
  const own = decisions.filter((one) => one.by === 'scenario').map((one) => ({ ...one, off: false }));
  return { subject, profile, setting, captions, decisions: own, opening, ways: [] };
}
