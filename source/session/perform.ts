// The one reducer: a session and an intent make the next session. Nothing here is remembered between two calls.

import type { Action, Tamper } from '../world/event.ts';
import { type Branch, freeName, sameBeginning } from './branch.ts';
import { type Decision, sameDecision } from './decision.ts';
import type { Intent } from './intent.ts';
import type { Notice } from './notice.ts';
import { phrase } from './print.ts';
import {
  begin,
  branchOf,
  type Cursor,
  decisionsOf,
  entryOf,
  livesOf,
  openingTime,
  panes,
  type Session,
  selected,
  speeds,
  timelineOf,
  type Undone,
  wireViews,
} from './session.ts';
import { readTime } from './time.ts';
import type { Timeline } from './timeline.ts';

/** The most steps that one intent goes through; what is busier goes on when asked again. */
const patience = 20_000;

/** Carries out an intent. Never throws; what cannot be done is said in the notice. */
export function perform(session: Session, intent: Intent): Session {
  const quiet: Session = session.notice === null ? session : { ...session, notice: null };
  switch (intent.do) {
    case 'forward':
      return forward(paused(quiet));
    case 'back':
      return back(paused(quiet));
    case 'next-change':
      return nextChange(paused(quiet));
    case 'previous-change':
      return previousChange(paused(quiet));
    case 'start':
      return toOpening(paused(quiet));
    case 'end':
    case 'continue':
      return onward(paused(quiet));
    case 'go-to-event':
      return toIndex(paused(quiet), timelineOf(quiet).openingIndex + Math.max(0, Math.trunc(intent.event)));
    case 'go-to-time':
      return toTime(paused(quiet), intent.time);
    case 'play':
      return { ...quiet, playing: !quiet.playing };
    case 'faster':
      return atSpeed(quiet, 1);
    case 'slower':
      return atSpeed(quiet, -1);
    case 'pass':
      // The notice stays: time that goes by is nobody's wish.
      return session.playing ? pass(session, intent.elapsed) : session;
    case 'select':
      return { ...quiet, selection: intent.flight };
    case 'select-next':
      return selectBy(quiet, 1);
    case 'select-previous':
      return selectBy(quiet, -1);
    case 'drop':
    case 'duplicate':
    case 'release':
    case 'swap':
    case 'corrupt':
    case 'delay':
      return tamperSelected(quiet, intent);
    case 'decide':
      return decide(quiet, intent.action);
    case 'undo':
      return undo(quiet);
    case 'redo':
      return redo(quiet);
    case 'switch':
      return switchTo(quiet, intent.branch);
    case 'focus':
      return { ...quiet, focus: intent.pane };
    case 'focus-next':
      return { ...quiet, focus: neighbour(panes, quiet.focus, 1) };
    case 'focus-previous':
      return { ...quiet, focus: neighbour(panes, quiet.focus, -1) };
    case 'zoom':
      return { ...quiet, zoomed: !quiet.zoomed };
    case 'wire-view':
      return { ...quiet, wireView: intent.view };
    case 'next-wire-view':
      return { ...quiet, wireView: neighbour(wireViews, quiet.wireView, 1) };
    case 'fold-why':
      return { ...quiet, whyFolded: !quiet.whyFolded };
    case 'open-dialog':
      return { ...quiet, dialog: intent.dialog, playing: false };
    case 'close-dialog':
      return closed(quiet);
    case 'type':
      return 'text' in quiet.dialog ? { ...quiet, dialog: { ...quiet.dialog, text: intent.text } } : quiet;
    case 'submit':
      return submit(quiet);
    case 'language':
      return { ...quiet, language: intent.language };
    case 'glyphs':
      return { ...quiet, glyphs: intent.glyphs };
    case 'open': {
      const { language, glyphs, shelves } = quiet;
      return begin(intent.start, { language, glyphs, shelves });
    }
    case 'quit':
      return { ...quiet, over: true };
  }
}

// Moving in time

function forward(session: Session): Session {
  const timeline = timelineOf(session);
  const index = session.cursor.index + 1;
  if (timeline.reach(index) < index) return noticed(session, ended(timeline));
  return toIndex(session, index);
}

function back(session: Session): Session {
  const timeline = timelineOf(session);
  const { index, at } = session.cursor;
  const last = momentOf(timeline, index);
  if (at > last.at) return moved(session, last);
  if (index <= timeline.openingIndex) return noticed(session, { kind: 'start' });
  return moved(session, momentOf(timeline, index - 1));
}

function nextChange(session: Session): Session {
  const timeline = timelineOf(session);
  const { index } = session.cursor;
  const found = timeline.search(index, patience, (entry) => timeline.changedState(entry.index));
  if (found !== null) return toIndex(session, found);
  if (timeline.end === null || timeline.reached > index + patience) {
    return noticed(toIndex(session, index + patience), { kind: 'busy', steps: patience });
  }
  return noticed(session, { kind: 'no-change', where: 'after' });
}

function previousChange(session: Session): Session {
  const timeline = timelineOf(session);
  const { index } = session.cursor;
  const found = timeline.previousChange(index);
  if (found !== null) return moved(session, momentOf(timeline, found));
  if (index > timeline.openingIndex) return toOpening(session);
  return noticed(session, { kind: 'no-change', where: 'before' });
}

function toOpening(session: Session): Session {
  const timeline = timelineOf(session);
  return moved(session, momentOf(timeline, timeline.openingIndex));
}

function onward(session: Session): Session {
  const timeline = timelineOf(session);
  const { index } = session.cursor;
  const reached = timeline.reach(index + patience);
  const there = toIndex(session, reached);
  if (reached === index + patience && timeline.end === null) {
    return noticed(there, { kind: 'busy', steps: patience });
  }
  return noticed(there, reached === index + patience ? null : ended(timeline));
}

function toIndex(session: Session, index: number): Session {
  const timeline = timelineOf(session);
  const reached = timeline.reach(Math.min(index, timeline.reached + patience));
  const there = moved(session, momentOf(timeline, Math.max(reached, timeline.openingIndex)));
  return reached < index ? noticed(there, ended(timeline)) : there;
}

function toTime(session: Session, time: number): Session {
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

function pass(session: Session, elapsed: number): Session {
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

/** The moment just after a step. */
function momentOf(timeline: Timeline, index: number): Cursor {
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

function moved(session: Session, cursor: Cursor): Session {
  const branch = branchOf(session);
  const branches =
    cursor.index > branch.explored
      ? withBranch(session.branches, { ...branch, explored: cursor.index })
      : session.branches;
  const fresh = { ...session, branches, cursor, whyLine: cursor.index === session.cursor.index ? session.whyLine : 0 };
  return { ...fresh, selection: stillSelected(session, fresh) };
}

// A choice lasts while its segment is on the way; one of a segment that has ended lasts until time moves.
function stillSelected(before: Session, after: Session): number | null {
  const { selection } = before;
  if (selection === null || before.cursor.index === after.cursor.index) return selection;
  return timelineOf(after).worldAt(after.cursor.index).wire.flights.at(selection) === undefined ? null : selection;
}

function paused(session: Session): Session {
  return session.playing ? { ...session, playing: false } : session;
}

function noticed(session: Session, notice: Notice | null): Session {
  return { ...session, notice };
}

function atSpeed(session: Session, by: 1 | -1): Session {
  const index = speeds.indexOf(session.speed) + by;
  const speed = speeds[Math.max(0, Math.min(index, speeds.length - 1))] ?? session.speed;
  return noticed({ ...session, speed }, { kind: 'speed', speed });
}

// Selecting

function selectBy(session: Session, by: 1 | -1): Session {
  switch (session.focus) {
    case 'why': {
      const lines = entryOf(session)?.step.findings.length ?? 0;
      return { ...session, whyLine: around(session.whyLine + by, lines) };
    }
    case 'decisions':
      return { ...session, decisionLine: around(session.decisionLine + by, decisionsOf(session).length) };
    case 'client':
    case 'wire':
    case 'server':
    case 'time':
    case 'segment': {
      const lives = livesOf(session);
      if (lives.length === 0) return noticed(session, { kind: 'nothing-selected' });
      const chosen = selected(session)?.flight.id;
      const at = lives.findIndex((life) => life.flight.id === chosen);
      const to = at < 0 ? (by === 1 ? 0 : lives.length - 1) : around(at + by, lives.length);
      return { ...session, selection: lives[to]?.flight.id ?? null };
    }
  }
}

function around(line: number, lines: number): number {
  return lines === 0 ? 0 : (line + lines) % lines;
}

function neighbour<T>(list: readonly T[], item: T, by: 1 | -1): T {
  return list[around(list.indexOf(item) + by, list.length)] ?? item;
}

function tamperSelected(
  session: Session,
  wish: Extract<Intent, { do: 'drop' | 'duplicate' | 'release' | 'swap' | 'corrupt' | 'delay' }>,
): Session {
  const life = selected(session);
  if (life === null) return noticed(session, { kind: 'nothing-selected' });
  return decide(session, { kind: 'tamper', tamper: tamperOf(wish, life.flight.id) });
}

function tamperOf(
  wish: Extract<Intent, { do: 'drop' | 'duplicate' | 'release' | 'swap' | 'corrupt' | 'delay' }>,
  flight: number,
): Tamper {
  switch (wish.do) {
    case 'delay':
      return { do: 'delay', flight, until: wish.until };
    case 'duplicate':
      return { do: 'duplicate', flight, at: null };
    case 'drop':
    case 'release':
    case 'swap':
    case 'corrupt':
      return { do: wish.do, flight };
  }
}

// Deciding

function decide(session: Session, action: Action): Session {
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

function undo(session: Session): Session {
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

function redo(session: Session): Session {
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

function switchTo(session: Session, name: string): Session {
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

function withBranch(branches: readonly Branch[], branch: Branch): readonly Branch[] {
  return branches.map((one) => (one.name === branch.name ? branch : one));
}

// Dialogs

function closed(session: Session): Session {
  return session.dialog.kind === 'none' ? session : { ...session, dialog: { kind: 'none' } };
}

function submit(session: Session): Session {
  const { dialog } = session;
  switch (dialog.kind) {
    case 'go-to':
      return goTo(closed(session), dialog.text.trim());
    case 'delay':
      return delayTo(closed(session), dialog.flight, dialog.text.trim());
    case 'none':
    case 'help':
    case 'segment':
    case 'host':
    case 'scenarios':
    case 'branches':
      return closed(session);
  }
}

function goTo(session: Session, text: string): Session {
  const timeline = timelineOf(session);
  const event = /^(?:ev|e)\s*(\d{1,9})$/.exec(text)?.[1];
  if (event !== undefined) return toIndex(session, timeline.openingIndex + Number(event));
  const flight = /^#(\d{1,9})$/.exec(text)?.[1];
  if (flight !== undefined) {
    const sent = timeline.search(0, branchOf(session).explored, (entry) =>
      entry.step.sent.some((one) => one.id === Number(flight)),
    );
    return sent === null ? noticed(session, { kind: 'not-understood', text }) : toIndex(session, sent);
  }
  const later = text.startsWith('+');
  const time = readTime(later ? text.slice(1) : text);
  if (time === null) return noticed(session, { kind: 'not-understood', text });
  return toTime(session, later ? session.cursor.at + time : time);
}

function delayTo(session: Session, flight: number, text: string): Session {
  const action = (until: number | null): Action => ({ kind: 'tamper', tamper: { do: 'delay', flight, until } });
  if (text === 'hold') return decide(session, action(null));
  const later = text.startsWith('+');
  const time = readTime(later ? text.slice(1) : text);
  if (time === null) return noticed(session, { kind: 'not-understood', text });
  if (!later) return decide(session, action(time));
  const due = timelineOf(session).worldAt(session.cursor.index).wire.flights.at(flight)?.due ?? session.cursor.at;
  return decide(session, action((Number.isFinite(due) ? due : session.cursor.at) + time));
}
