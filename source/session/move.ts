// Moving the cursor: from event to event, to a time, by playing. Nothing is decided here.

import type { Branch } from './branch.ts';
import type { Notice } from './notice.ts';
import { branchOf, type Cursor, openingTime, type Session, speeds, timelineOf } from './session.ts';
import type { Timeline } from './timeline.ts';

/** The most steps that one intent goes through; what is busier goes on when asked again. */
export const patience = 20_000;

/** One event on, or why there is none. */
export function forward(session: Session): Session {
  const timeline = timelineOf(session);
  const index = session.cursor.index + 1;
  if (timeline.reach(index) < index) return noticed(session, ended(timeline));
  return toIndex(session, index);
}

/** One event back; between two events first to the earlier of them. */
export function back(session: Session): Session {
  const timeline = timelineOf(session);
  const { index, at } = session.cursor;
  const last = momentOf(timeline, index);
  if (at > last.at) return moved(session, last);
  if (index <= timeline.openingIndex) return noticed(session, { kind: 'start' });
  return moved(session, momentOf(timeline, index - 1));
}

/** To the next moment at which either end changed the state it shows. */
export function nextChange(session: Session): Session {
  const timeline = timelineOf(session);
  const { index } = session.cursor;
  const found = timeline.search(index, patience, (entry) => timeline.changedState(entry.index));
  if (found !== null) return toIndex(session, found);
  if (timeline.end === null || timeline.reached > index + patience) {
    return noticed(toIndex(session, index + patience), { kind: 'busy', steps: patience });
  }
  return noticed(session, { kind: 'no-change', where: 'after' });
}

/** To the last moment at which either end changed the state it shows, or to the opening. */
export function previousChange(session: Session): Session {
  const timeline = timelineOf(session);
  const { index } = session.cursor;
  const found = timeline.previousChange(index);
  if (found !== null) return moved(session, momentOf(timeline, found));
  if (index > timeline.openingIndex) return toOpening(session);
  return noticed(session, { kind: 'no-change', where: 'before' });
}

/** To the opening of the branch. */
export function toOpening(session: Session): Session {
  const timeline = timelineOf(session);
  return moved(session, momentOf(timeline, timeline.openingIndex));
}

/** On until the network is quiet, or as far as patience goes. */
export function onward(session: Session): Session {
  const timeline = timelineOf(session);
  const { index } = session.cursor;
  const reached = timeline.reach(index + patience);
  const there = toIndex(session, reached);
  if (reached === index + patience && timeline.end === null) {
    return noticed(there, { kind: 'busy', steps: patience });
  }
  return noticed(there, reached === index + patience ? null : ended(timeline));
}

/** To the moment after so many steps, or after the last there is. */
export function toIndex(session: Session, index: number): Session {
  const timeline = timelineOf(session);
  const reached = timeline.reach(Math.min(index, timeline.reached + patience));
  const there = moved(session, momentOf(timeline, Math.max(reached, timeline.openingIndex)));
  return reached < index ? noticed(there, ended(timeline)) : there;
}

/** To a virtual time in microseconds. */
export function toTime(session: Session, time: number): Session {
  const timeline = timelineOf(session);
  if (time <= openingTime(timeline)) return toOpening(session);
  const index = Math.max(timeline.indexAt(time, patience), timeline.openingIndex);
  const there = momentOf(timeline, index);
  const following = timeline.stepAt(index + 1);
  if (following !== null && following.world.now <= time) {
    return noticed(moved(session, there), { kind: 'busy', steps: patience });
  }
  return moved(session, { index, at: Math.max(time, there.at) });
}

/** So many real microseconds of playing go by. */
export function pass(session: Session, elapsed: number): Session {
  const timeline = timelineOf(session);
  const at = session.cursor.at + Math.round(Math.max(0, elapsed) * session.speed);
  let { index } = session.cursor;
  for (let left = patience; left > 0; left--) {
    const entry = timeline.entryAt(index + 1);
    if (entry === null) {
      const there = index === session.cursor.index ? session : moved(session, momentOf(timeline, index));
      return { ...there, playing: false, notice: ended(timeline) };
    }
    if (entry.step.world.now > at) return moved(session, { index, at });
    index += 1;
  }
  return moved(session, momentOf(timeline, index));
}

/**
 * Milliseconds from now until play comes to the next event, at the session's speed; `shortest` where that is sooner, or
 * where there is none.
 */
export function playsFor(session: Session, shortest: number): number {
  const entry = timelineOf(session).entryAt(session.cursor.index + 1);
  if (entry === null) return shortest;
  const away = (entry.step.world.now - session.cursor.at) / session.speed / 1_000;
  return Math.min(longestWait, Math.max(shortest, Math.ceil(away)));
}

/** The most that a clock of the platform can wait for, in milliseconds. */
const longestWait = 2 ** 31 - 1;

/** The moment just after a step. */
export function momentOf(timeline: Timeline, index: number): Cursor {
  const at = index <= timeline.openingIndex ? openingTime(timeline) : timeline.worldAt(index).now;
  return { index, at: Math.max(at, timeline.worldAt(index).now) };
}

function ended(timeline: Timeline): Notice | null {
  switch (timeline.end) {
    case 'quiet':
      return { kind: 'quiet' };
    case 'limit':
      return { kind: 'limit' };
    case null:
      return { kind: 'busy', steps: patience };
  }
}

/** The cursor stands there; the selection stays as long as it makes sense. */
export function moved(session: Session, cursor: Cursor): Session {
  const branch = branchOf(session);
  const branches =
    cursor.index > branch.explored
      ? withBranch(session.branches, { ...branch, explored: cursor.index })
      : session.branches;
  const fresh = {
    ...session,
    branches,
    cursor,
    micro: null,
    whyLine: cursor.index === session.cursor.index ? session.whyLine : 0,
  };
  return { ...fresh, selection: stillSelected(session, fresh) };
}

// A choice lasts while its segment is on the way; one of a segment that has ended lasts until time moves.
function stillSelected(before: Session, after: Session): number | null {
  const { selection } = before;
  if (selection === null || before.cursor.index === after.cursor.index) return selection;
  return timelineOf(after).worldAt(after.cursor.index).wire.flights.at(selection) === undefined ? null : selection;
}

/** The same, not playing. */
export function paused(session: Session): Session {
  return session.playing ? { ...session, playing: false } : session;
}

/** The same, with something to say. */
export function noticed(session: Session, notice: Notice | null): Session {
  return { ...session, notice };
}

/** One step up or down the ladder of speeds. */
export function atSpeed(session: Session, by: 1 | -1): Session {
  const index = speeds.indexOf(session.speed) + by;
  const speed = speeds[Math.max(0, Math.min(index, speeds.length - 1))] ?? session.speed;
  return noticed({ ...session, speed }, { kind: 'speed', speed });
}

/** The branches with one of them, by its name, in another shape. */
export function withBranch(branches: readonly Branch[], branch: Branch): readonly Branch[] {
  return branches.map((one) => (one.name === branch.name ? branch : one));
}
