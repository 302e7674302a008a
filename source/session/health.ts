// Which invariants have been broken in a course of events, looked at once and remembered.

import { type Broken, Watch } from './invariant.ts';
import type { Timeline } from './timeline.ts';

/** An invariant that turned red, and the event at which it did. */
export interface Wound extends Broken {
  readonly index: number;
}

/** Events from the beginning that are looked at: a longer history is not watched to its end. */
export const watched = 20_000;

interface Record {
  readonly watch: Watch;
  readonly wounds: Wound[];
  reached: number;
}

// Only a memory of what follows from the course itself: the same question always has the same answer.
const records = new WeakMap<Timeline, Record>();

/** What has turned red up to the event with this index, in order; null where that is too far to look. */
export function woundsUpTo(course: Timeline, index: number): readonly Wound[] | null {
  if (index > watched) return null;
  const record = records.get(course) ?? { watch: new Watch(), wounds: [], reached: 0 };
  records.set(course, record);
  for (const entry of course.steps(record.reached + 1, index)) {
    for (const broken of record.watch.next(entry.step)) record.wounds.push({ ...broken, index: entry.index });
    record.reached = entry.index;
  }
  return record.wounds.filter((wound) => wound.index <= index);
}
