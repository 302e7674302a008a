// Two courses of events side by side, and where they begin to differ.

import { notation } from '../tcp/segment.ts';
import { phrase } from './print.ts';
import { branchOf, type Session } from './session.ts';
import { worldBefore } from './setting.ts';
import { shownStates } from './shown.ts';
import { type Entry, Timeline } from './timeline.ts';

/** One of the two: a branch under a profile. */
export interface Side {
  readonly branch: string;
  readonly profile: string;
}

/** What happens at one moment on both sides; null where nothing answers it there. */
export interface Pair {
  readonly left: Entry | null;
  readonly right: Entry | null;
  /** Whether it is the same thing at the same time with the same consequences. */
  readonly same: boolean;
}

/** Pairs that are looked at. */
const most = 2_000;

/** The events of two courses after their openings, in order of time, equal ones paired. */
export function compare(a: Timeline, b: Timeline): readonly Pair[] {
  const left = [...a.steps(a.openingIndex + 1, a.openingIndex + most)];
  const right = [...b.steps(b.openingIndex + 1, b.openingIndex + most)];
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  while (pairs.length < most && (i < left.length || j < right.length)) {
    const [one, other] = [left[i] ?? null, right[j] ?? null];
    if (one !== null && other !== null && one.step.world.now === other.step.world.now) {
      pairs.push({ left: one, right: other, same: happened(one) === happened(other) });
      i += 1;
      j += 1;
    } else if (other === null || (one !== null && one.step.world.now < other.step.world.now)) {
      pairs.push({ left: one, right: null, same: false });
      i += 1;
    } else {
      pairs.push({ left: null, right: other, same: false });
      j += 1;
    }
  }
  return pairs;
}

// What an event was and brought about; without the numbers of segments, which count on after any difference.
function happened({ step }: Entry): string {
  const { event } = step;
  const cause =
    event.kind === 'arrival'
      ? `arrival ${event.flight.to.host} ${notation(event.flight.segment)}`
      : event.kind === 'expiry'
        ? `expiry ${event.host} ${event.timer}`
        : `decision ${phrase(event.action).replace(/#\d+/g, '#')}`;
  return [
    cause,
    ...step.sent.map(({ from, segment }) => `sent ${from.host} ${notation(segment)} ${segment.wnd}`),
    ...step.fates.map(({ reason }) => reason),
    ...shownStates(step.world),
    step.refused ?? '',
  ].join('\n');
}

// Only a memory: under one profile a list of decisions always has the same course.
const under = new WeakMap<Timeline, Map<string, Timeline>>();

/** The course of a branch of the session under a profile; under the session's own it is the branch's. */
export function courseOf(session: Session, { branch, profile }: Side): Timeline {
  const { timeline } = session.branches.find((one) => one.name === branch) ?? branchOf(session);
  if (profile === session.profile) return timeline;
  const courses = under.get(timeline) ?? new Map<string, Timeline>();
  under.set(timeline, courses);
  const found = courses.get(profile);
  if (found !== undefined) return found;
  const course = new Timeline(worldBefore(session.setting, profile), timeline.decisions, timeline.opening);
  courses.set(profile, course);
  return course;
}

/** The first pair that differs, by its number; null where there is none among those looked at. */
export function firstDifference(pairs: readonly Pair[]): number | null {
  const found = pairs.findIndex((pair) => !pair.same);
  return found < 0 ? null : found;
}
