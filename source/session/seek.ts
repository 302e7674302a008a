// Going on until something holds: breakpoints, the goal, matches of a search, steps of a lesson.

import { rules } from '../tcp/rules.ts';
import { notation } from '../tcp/segment.ts';
import type { Step } from '../world/outcome.ts';
import { Anchors, captionsAt } from './caption.ts';
import { type Condition, conditionWords, holds, readCondition } from './condition.ts';
import { momentOf, moved, noticed, patience, toIndex } from './move.ts';
import { leaving } from './place.ts';
import { phrase } from './print.ts';
import { branchOf, type Session, timelineOf } from './session.ts';
import type { Entry, Timeline } from './timeline.ts';
import { Misread } from './words.ts';

/** Events that are looked at in one go where each has to be looked at: then the screen is drawn, and a key may end it. */
const stretch = 4_000;

/**
 * On to the first event at which a breakpoint or the goal holds, to a mark, or until all is quiet. What takes longer than
 * one go is left `seeking`.
 */
export function onToBreak(session: Session): Session {
  const timeline = timelineOf(session);
  const { index } = session.cursor;
  const fence = nextFence(session);
  const stops = stopsOf(session);
  const most = stops.length === 0 ? patience : stretch;
  const last = Math.min(index + most, fence?.index ?? Number.POSITIVE_INFINITY);
  let hit: Condition | null = null;
  const found =
    stops.length === 0
      ? null
      : timeline.search(index, last - index, (entry) => {
          hit = stops.find((condition) => holds(condition, entry, timeline)) ?? null;
          return hit !== null;
        });
  if (found !== null && hit !== null) {
    return noticed(toIndex(session, found), { kind: 'stopped', when: hit, goal: hit === session.goal });
  }
  const reached = timeline.reach(last);
  const there = reached === index ? session : moved(session, momentOf(timeline, reached));
  if (fence !== null && reached === fence.index) return noticed(there, { kind: 'at-mark', name: fence.name });
  if (timeline.end === 'quiet' && reached === timeline.reached) return noticed(there, { kind: 'quiet' });
  if (timeline.end === 'limit' && reached === timeline.reached) return noticed(there, { kind: 'limit' });
  return noticed({ ...there, seeking: true }, { kind: 'busy', steps: reached - index });
}

function stopsOf({ breaks, goal }: Session): readonly Condition[] {
  const on = breaks.filter((one) => !one.off).map(({ when }) => when);
  return goal === null ? on : [...on, goal];
}

// The first mark of this branch after the cursor.
function nextFence(session: Session): { readonly name: string; readonly index: number } | null {
  const ahead = Object.entries(session.marks)
    .filter(([, place]) => place.branch === session.current && place.index > session.cursor.index)
    .sort(([, a], [, b]) => a.index - b.index);
  const [first] = ahead;
  return first === undefined ? null : { name: first[0], index: first[1].index };
}

/** To the next event at which a condition holds. */
export function toNext(session: Session, condition: Condition): Session {
  return toFound(session, (entry, course) => holds(condition, entry, course), conditionWords(condition), 1);
}

/** To the next (1) or the last (-1) event that the search answers. */
export function toMatch(session: Session, by: 1 | -1): Session {
  if (session.search === null) return noticed(session, { kind: 'no-search' });
  return toFound(session, matcher(session.search, session), session.search, by);
}

function toFound(
  session: Session,
  found: (entry: Entry, course: Timeline) => boolean,
  text: string,
  by: 1 | -1,
): Session {
  const timeline = timelineOf(session);
  const { index } = session.cursor;
  const there =
    by === 1
      ? timeline.search(index, patience, (entry) => found(entry, timeline))
      : lastBefore(timeline, index, (entry) => found(entry, timeline));
  if (there === null) return noticed(session, { kind: 'no-match', text, where: by === 1 ? 'after' : 'before' });
  return noticed(leaving(session, toIndex(session, there)), { kind: 'match', text });
}

function lastBefore(timeline: Timeline, index: number, found: (entry: Entry) => boolean): number | null {
  for (let at = index - 1; at > timeline.openingIndex; at--) {
    const entry = timeline.entryAt(at);
    if (entry !== null && found(entry)) return at;
  }
  return null;
}

/** Whether an event answers a search: by a condition (`flags=RST`), or by what is shown or can be said of it. */
export function matcher(
  text: string,
  session: Pick<Session, 'telling' | 'language' | 'glyphs'>,
): (entry: Entry, course: Timeline) => boolean {
  const condition = conditionOf(text);
  if (condition !== null) return (entry, course) => holds(condition, entry, course);
  const wanted = text.trim().toLowerCase();
  const says = (words: string): boolean => words.toLowerCase().includes(wanted);
  return ({ step }) => session.telling(step, session).some(says) || [...wordsOf(step)].some(says);
}

function conditionOf(text: string): Condition | null {
  try {
    return readCondition(text);
  } catch (error) {
    if (error instanceof Misread) return null;
    throw error;
  }
}

// What can be said of an event in any language, in no particular order.
function* wordsOf(step: Step): Generator<string> {
  const { event } = step;
  switch (event.kind) {
    case 'arrival':
      yield `#${event.flight.id} ${notation(event.flight.segment)} arrives`;
      break;
    case 'decision':
      yield phrase(event.action);
      break;
    case 'expiry':
      yield `${event.host === 0 ? 'client' : 'server'} ${event.timer} timer`;
      break;
  }
  for (const flight of step.sent) yield `#${flight.id} ${notation(flight.segment)} sent`;
  for (const { flight, reason } of step.fates) yield `#${flight.id} ${reason}`;
  for (const { was, is } of step.transitions) yield `${was} -> ${is}`;
  for (const { call, result } of step.returns) yield `${call} ${result.kind === 'error' ? result.error : result.kind}`;
  for (const { rule } of step.findings) {
    yield rule;
    yield rules[rule].en;
    yield rules[rule].zh;
  }
}

/** Whether the cursor stands where the lesson has said its last, or where nothing happens any more. */
export function goneThrough({ captions, branches, current, cursor }: Session): boolean {
  const { timeline } = branchOf({ branches, current });
  if (cursor.index <= timeline.openingIndex) return false;
  if (timeline.end === 'quiet' && cursor.index === timeline.reached) return true;
  const last = captions.at(-1);
  return last !== undefined && captionsAt(timeline, [last], cursor.index).length > 0;
}

/** To the next (1) or the last (-1) step of the lesson or mark; null where there is none. */
export function toStop(session: Session, by: 1 | -1): Session | null {
  const timeline = timelineOf(session);
  const { index } = session.cursor;
  const marks = Object.values(session.marks)
    .filter((place) => place.branch === session.current)
    .map((place) => place.index);
  const stops = [...new Set([...lessonSteps(session), ...marks])].sort((a, b) => a - b);
  const there = by === 1 ? stops.find((stop) => stop > index) : stops.findLast((stop) => stop < index);
  if (there !== undefined) return moved(session, momentOf(timeline, timeline.reach(there)));
  return by === -1 && stops.length > 0 && index > timeline.openingIndex
    ? moved(session, momentOf(timeline, timeline.openingIndex))
    : null;
}

// The events at which the lesson says something.
function lessonSteps({ captions, current, branches }: Session): readonly number[] {
  const branch = branchOf({ branches, current });
  const { timeline } = branch;
  if (captions.length === 0) return [];
  const anchors = new Anchors();
  const steps: number[] = [];
  for (const entry of timeline.steps(timeline.openingIndex + 1, timeline.openingIndex + stretch)) {
    const stands = anchors.next(entry);
    if (captions.some(({ anchor }) => stands(anchor))) steps.push(entry.index);
  }
  return steps;
}
