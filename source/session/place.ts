// A place that can be found again: marks, and where one came from.

import { moved, noticed } from './move.ts';
import { type Cursor, type Place, type Session, timelineOf } from './session.ts';

/** Where the cursor is. */
export function hereOf(session: Session): Place {
  return { branch: session.current, ...session.cursor };
}

/** The same session, remembering where the cursor was before a jump. */
export function leaving(before: Session, after: Session): Session {
  const same = before.current === after.current && before.cursor.index === after.cursor.index;
  return same ? after : { ...after, jumped: hereOf(before) };
}

/** Sets a mark here. */
export function mark(session: Session, name: string): Session {
  const marks = { ...session.marks, [name]: hereOf(session) };
  return noticed({ ...session, marks }, { kind: 'marked', name });
}

/** To a mark, or (with `'`) to where the last jump began. */
export function jump(session: Session, name: string): Session {
  const place = name === "'" ? session.jumped : (session.marks[name] ?? null);
  if (place === null) return noticed(session, { kind: 'no-mark', name });
  return leaving(session, toPlace(session, place));
}

// As near to it as there is a branch and an event.
function toPlace(session: Session, place: Place): Session {
  const current = session.branches.some((branch) => branch.name === place.branch) ? place.branch : session.current;
  const there = { ...session, current };
  const timeline = timelineOf(there);
  const index = Math.max(timeline.openingIndex, timeline.reach(place.index));
  const now = timeline.worldAt(index).now;
  const following = timeline.stepAt(index + 1)?.world.now ?? Number.POSITIVE_INFINITY;
  const cursor: Cursor = { index, at: Math.max(now, Math.min(place.at, following)) };
  return moved(there, cursor);
}
