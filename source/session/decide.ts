// Deciding: the list of decisions of a branch grows, a new branch is made, a decision is taken back.

import type { Action } from '../world/event.ts';
import type { Refusal } from '../world/outcome.ts';
import { step } from '../world/step.ts';
import { type Branch, freeName, sameBeginning } from './branch.ts';
import { type Decision, sameDecision } from './decision.ts';
import { momentOf, moved, noticed, patience, withBranch } from './move.ts';
import type { Notice } from './notice.ts';
import { phrase } from './print.ts';
import { branchOf, type Cursor, type Session, timelineOf, type Undone } from './session.ts';
import { profiles, worldBefore } from './setting.ts';
import { Timeline } from './timeline.ts';

/** Decides something at the cursor: at the end of the branch, or on a branch of its own if there was a future. */
export function decide(session: Session, action: Action): Session {
  const branch = branchOf(session);
  const { timeline } = branch;
  const { index } = session.cursor;
  const decision: Decision = { ...placeOf(timeline, session.cursor), action, by: 'person', off: false };
  const position = timeline.positionAt(index);

  const again = reuse(session, decision, position);
  if (again !== null) return again;

  const later = timeline.decisions.slice(position);
  const decisions = [
    ...timeline.decisions.slice(0, position),
    decision,
    ...later.filter((one) => one.by === 'scenario'),
  ];
  const future = timeline.fork(decisions, index);
  const refused = future.stepAt(index + 1)?.refused ?? null;
  if (refused !== null) return noticed(session, { kind: 'refused', action, reason: refused });

  const safe = saveUndone(session);
  const inThePast = index < branch.explored || later.some((one) => one.by === 'person');
  const cursor = momentOf(future, index + 1);
  if (!inThePast) {
    const branches = withBranch(safe.branches, { ...branch, timeline: future, explored: index + 1 });
    return noticed(moved({ ...safe, branches, undone: [] }, cursor), { kind: 'decided', action });
  }
  const name = freeName(safe.branches, nameOf(action));
  const fresh: Branch = { name, parent: { name: branch.name, index, position }, timeline: future, explored: index + 1 };
  return noticed(moved({ ...safe, branches: [...safe.branches, fresh], current: name, undone: [] }, cursor), {
    kind: 'branched',
    action,
    name,
    keeps: branch.name,
  });
}

// Where a decision made at the cursor belongs: the usual place where that means the same, else counted.
function placeOf(timeline: Timeline, cursor: Cursor): Pick<Decision, 'at' | 'after'> {
  const { index, at } = cursor;
  const counted = at > timeline.worldAt(index).now ? 0 : timeline.countAt(index);
  const last = timeline.entryAt(index)?.step.event;
  const expired = last !== undefined && last.at === at && timerFiredAt(timeline, index, at);
  const following = timeline.search(index, patience, (entry) => entry.position === null);
  const event = following === null ? undefined : timeline.stepAt(following)?.event;
  const arrivalFollows = event !== undefined && event.kind === 'arrival' && event.at === at;
  return { at, after: expired || arrivalFollows ? counted : null };
}

function timerFiredAt(timeline: Timeline, index: number, at: number): boolean {
  for (let one = index; one > 0; one--) {
    const event = timeline.stepAt(one)?.event;
    if (event === undefined || event.at < at) return false;
    if (event.kind === 'expiry') return true;
  }
  return false;
}

// The branch (or the undone decision) that says the same at the same place already.
function reuse(session: Session, decision: Decision, position: number): Session | null {
  const { index } = session.cursor;
  const top = session.undone[session.undone.length - 1];
  if (
    top !== undefined &&
    top.position === position &&
    sameDecision(undoneDecision(session, top) ?? decision, decision)
  ) {
    const done = redo(session);
    if (done.notice?.kind === 'redone') return done;
  }
  const mine = timelineOf(session).decisions;
  const candidates = [branchOf(session), ...session.branches.filter((branch) => branch.name !== session.current)];
  for (const branch of candidates) {
    const { decisions } = branch.timeline;
    const same = decisions[position];
    if (same === undefined || !sameDecision(same, decision) || !sameBeginning(decisions, mine, position)) continue;
    const found = branch.timeline.indexOf(position);
    if (found !== index + 1) continue;
    const there = moved({ ...session, current: branch.name }, momentOf(branch.timeline, found));
    return noticed(there, { kind: 'again', action: decision.action, name: branch.name });
  }
  return null;
}

/** Takes back the last decision of a person, and goes to where it was made. */
export function undo(session: Session): Session {
  const branch = branchOf(session);
  const { timeline } = branch;
  const position = timeline.decisions.findLastIndex((decision) => decision.by === 'person' && !decision.off);
  const decision = timeline.decisions[position];
  if (decision === undefined) return noticed(session, { kind: 'nothing-to-undo' });
  const notice: Notice = { kind: 'undone', action: decision.action };
  const made = timeline.indexOf(position);
  const index = Math.max(timeline.openingIndex, (made ?? branch.explored + 1) - 1);
  const at = Math.max(timeline.worldAt(index).now, Math.min(decision.at, timeline.worldAt(index + 1).now));

  const parent = session.branches.find((one) => one.name === branch.parent?.name);
  if (
    parent !== undefined &&
    branch.parent?.position === position &&
    sameBeginning(parent.timeline.decisions, timeline.decisions, position) &&
    parent.timeline.positionAt(index) === position
  ) {
    const undone: Undone = { kind: 'left', branch: branch.name, position };
    const there = moved({ ...session, current: parent.name }, { index, at });
    return noticed({ ...there, undone: [...session.undone, undone] }, notice);
  }
  const decisions = timeline.decisions.filter((_, number) => number !== position);
  const shorter: Branch = { ...branch, timeline: timeline.fork(decisions, index), explored: index };
  const undone: Undone = { kind: 'taken-back', branch, position };
  const there = moved({ ...session, branches: withBranch(session.branches, shorter) }, { index, at });
  return noticed({ ...there, undone: [...session.undone, undone] }, notice);
}

/** Makes the decision again that was taken back last. */
export function redo(session: Session): Session {
  const last = session.undone[session.undone.length - 1];
  const decision = last === undefined ? undefined : undoneDecision(session, last);
  if (last === undefined || decision === undefined) return noticed(session, { kind: 'nothing-to-redo' });
  const undone = session.undone.slice(0, -1);
  const notice: Notice = { kind: 'redone', action: decision.action };
  const restored =
    last.kind === 'left'
      ? { ...session, current: last.branch, undone }
      : { ...session, branches: withBranch(session.branches, last.branch), current: last.branch.name, undone };
  const { timeline } = branchOf(restored);
  const index = timeline.indexOf(last.position);
  if (index === null) return noticed(session, { kind: 'nothing-to-redo' });
  return noticed(moved(restored, momentOf(timeline, index)), notice);
}

function undoneDecision(session: Session, undone: Undone): Decision | undefined {
  const branch =
    undone.kind === 'taken-back' ? undone.branch : session.branches.find((one) => one.name === undone.branch);
  return branch?.timeline.decisions[undone.position];
}

// What was taken back stays as a branch once something else is decided: the longest future of each branch.
function saveUndone(session: Session): Session {
  let { branches } = session;
  const saved = new Set<string>();
  for (const undone of session.undone) {
    if (undone.kind !== 'taken-back' || saved.has(undone.branch.name)) continue;
    saved.add(undone.branch.name);
    const { timeline } = undone.branch;
    // The first decision that was taken back is the one that the branch now lacks: it gives the name.
    const now = branches.find((one) => one.name === undone.branch.name)?.timeline.decisions ?? [];
    const position = timeline.decisions.findIndex((decision, number) => {
      const other = now[number];
      return other === undefined || !sameDecision(other, decision);
    });
    const decision = timeline.decisions[position];
    if (decision === undefined) continue;
    const index = Math.max(timeline.openingIndex, (timeline.indexOf(position) ?? 1) - 1);
    branches = [
      ...branches,
      {
        ...undone.branch,
        name: freeName(branches, nameOf(decision.action)),
        parent: { name: undone.branch.name, index, position },
      },
    ];
  }
  return { ...session, branches, undone: [] };
}

/** Shows another branch at the same moment, or where the two part. */
export function switchTo(session: Session, name: string): Session {
  const branch = session.branches.find((one) => one.name === name);
  if (branch === undefined || name === session.current) return session;
  const { timeline } = branch;
  const mine = timelineOf(session);
  // The same moment, as far as the two branches have it in common; otherwise the one where they part.
  const position = mine.positionAt(session.cursor.index);
  const shared = sameBeginning(mine.decisions, timeline.decisions, position);
  const there = saveUndone(session);
  const common = shared
    ? session.cursor.index
    : Math.min(session.cursor.index, branch.parent?.index ?? timeline.openingIndex);
  const index = Math.max(timeline.openingIndex, Math.min(common, branch.explored));
  return noticed(moved({ ...there, current: name }, momentOf(timeline, index)), { kind: 'switched', name });
}

/** A branch is named by the decision that made it; long ones are cut. */
function nameOf(action: Action): string {
  const words = phrase(action);
  return words.length <= 24 ? words : `${words.slice(0, 21).trimEnd()}...`;
}

/**
 * Switches a decision of the branch off, or on again: what follows is computed anew. The cursor stays where it was if
 * that comes before the decision, and at its time otherwise.
 */
export function toggle(session: Session, position: number): Session {
  const branch = branchOf(session);
  const old = branch.timeline;
  const decision = old.decisions[position];
  if (decision === undefined || position < old.opening.position) return noticed(session, { kind: 'nothing-to-undo' });
  const decisions = old.decisions.map((one, number) => (number === position ? { ...one, off: !one.off } : one));
  const { timeline, from } = old.rewritten(decisions, position);
  const { cursor } = session;
  const at = (time: number): number => Math.max(timeline.openingIndex, timeline.indexAt(time, patience));
  const index = cursor.index <= from ? cursor.index : at(cursor.at);
  // As far as anything was looked at or is decided, so that what no longer applies is known.
  const last = timeline.decisions.findLastIndex((one) => !one.off);
  const explored = Math.max(index, at(old.worldAt(branch.explored).now), timeline.indexOf(last) ?? 0);
  const safe = saveUndone(session);
  const fresh: Branch = { ...branch, timeline, explored };
  const there = moved(
    { ...safe, branches: withBranch(safe.branches, fresh) },
    { index, at: Math.max(cursor.at, timeline.worldAt(index).now) },
  );
  return noticed(there, { kind: 'toggled', action: decision.action, off: !decision.off });
}

/** Gives a branch another name; a name that is taken gets a number behind it. */
export function rename(session: Session, branch: string, wish: string): Session {
  const old = session.branches.find((one) => one.name === branch);
  if (old === undefined || wish === '' || wish === branch) return session;
  const name = freeName(session.branches, wish.slice(0, longestName));
  const renamed = (one: string): string => (one === branch ? name : one);
  return noticed(
    {
      ...session,
      branches: session.branches.map((one) => ({
        ...one,
        name: renamed(one.name),
        parent: one.parent === null ? null : { ...one.parent, name: renamed(one.parent.name) },
      })),
      current: renamed(session.current),
      undone: session.undone.map((one) =>
        one.kind === 'left'
          ? { ...one, branch: renamed(one.branch) }
          : { ...one, branch: { ...one.branch, name: renamed(one.branch.name) } },
      ),
      marks: Object.fromEntries(
        Object.entries(session.marks).map(([letter, place]) => [letter, { ...place, branch: renamed(place.branch) }]),
      ),
    },
    { kind: 'renamed', name },
  );
}

/** Characters of a name that a person gives. */
const longestName = 24;

/** The same decisions under another profile, at the same time. */
export function adopt(session: Session, profile: string): Session {
  if (profile === session.profile || !profiles.has(profile)) return session;
  const world = worldBefore(session.setting, profile);
  const branches = session.branches.map((branch): Branch => {
    const old = branch.timeline;
    const timeline = new Timeline(world, old.decisions, old.opening);
    const at = (index: number): number =>
      Math.max(timeline.openingIndex, timeline.indexAt(old.worldAt(index).now, patience));
    const left = branch.parent === null ? 0 : at(branch.parent.index);
    return {
      ...branch,
      timeline,
      parent: branch.parent === null ? null : { ...branch.parent, index: left, position: timeline.positionAt(left) },
      explored: at(branch.explored),
    };
  });
  const fresh: Session = { ...session, profile, branches, undone: [], marks: {}, jumped: null, selection: null };
  const timeline = timelineOf(fresh);
  const index = Math.max(timeline.openingIndex, timeline.indexAt(session.cursor.at, patience));
  const now = Math.max(session.cursor.at, timeline.worldAt(index).now);
  return noticed(moved(fresh, { index, at: now }), { kind: 'profile', name: profile });
}

/** Why an action would change nothing at the cursor; null where it would. */
export function refusalOf(session: Session, action: Action): Refusal | null {
  const timeline = timelineOf(session);
  const { index, at } = session.cursor;
  const ghost =
    action.kind === 'tamper' && action.tamper.do === 'duplicate'
      ? (timeline.lifeOf(action.tamper.flight, index)?.flight ?? null)
      : null;
  return step(timeline.worldAt(index), { kind: 'decision', at, action, ghost }, false).refused;
}
