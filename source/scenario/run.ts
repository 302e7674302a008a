// A scenario run as far as its file says, without a screen.

import type { Start } from '../session/session.ts';
import { worldBefore } from '../session/setting.ts';
import { type End, type Entry, Timeline } from '../session/timeline.ts';

/** How a run ended: nothing more will happen, the file's `run until` was reached, or there were too many steps. */
export type Stop = End | 'until';

/** The course of events of a scenario. */
export function timeline(start: Start): Timeline {
  return new Timeline(worldBefore(start.setting, start.profile), start.decisions, start.opening);
}

/**
 * The most events that a run prints: far more than anybody reads, and reached within seconds. A file may describe
 * something that never ends, or in which time stands still.
 */
export const longestRun = 20_000;

/** The events from the opening on, up to and at `until` (microseconds; null: to the end); returns how it ended. */
export function* run(course: Timeline, until: number | null): Generator<Entry, Stop> {
  const last = course.openingIndex + longestRun;
  for (let index = course.openingIndex + 1; index <= last; index++) {
    const entry = course.entryAt(index);
    if (entry === null) return course.end ?? 'quiet';
    if (until !== null && entry.step.world.now > until) return 'until';
    yield entry;
  }
  return 'limit';
}
