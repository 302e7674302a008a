// What the wire remembers of a direction between two sockets, for rules that count from its SYN.

import { end, has, length, RST, type Segment, SYN } from '../tcp/segment.ts';
import { before, distance, type Seq } from '../tcp/seq.ts';
import type { Course, End, Flight, Match, Rule } from './wire.ts';

/** Whether some rule asks for more than one segment can tell by itself. */
export function needsCourses(rules: readonly Rule[]): boolean {
  return rules.some(({ match }) => counts(match));
}

function counts(match: Match): boolean {
  return match.seq !== undefined || match.ack !== undefined || match.again !== undefined;
}

/** The courses after one more segment has been sent. */
export function watch(courses: readonly Course[], flight: Flight): readonly Course[] {
  const known = courseOf(courses, flight.from, flight.to);
  const course = known ?? { from: flight.from, to: flight.to, iss: [], nxt: null };
  const next = followed(course, flight.segment);
  return known === undefined ? [...courses, next] : courses.map((one) => (one === known ? next : one));
}

function followed(course: Course, segment: Segment): Course {
  let { iss, nxt } = course;
  if (has(segment, SYN) && !iss.includes(segment.seq)) {
    iss = [...iss, segment.seq];
    nxt = segment.seq;
  }
  if (!has(segment, RST) && (nxt === null || !before(end(segment), nxt))) nxt = end(segment);
  return { ...course, iss, nxt };
}

/** What is known of the direction from one end to another. */
export function courseOf(courses: readonly Course[], from: End, to: End): Course | undefined {
  return courses.find((course) => sameEnd(course.from, from) && sameEnd(course.to, to));
}

function sameEnd(a: End, b: End): boolean {
  return a.address === b.address && a.port === b.port;
}

/** Whether a segment repeats sequence numbers that this direction has used before. */
export function repeats(course: Course | undefined, segment: Segment): boolean {
  if (course?.nxt == null || length(segment) === 0) return false;
  const known = !has(segment, SYN) || course.iss.includes(segment.seq);
  return known && before(segment.seq, course.nxt);
}

const near = 1 << 24;

/** A sequence number counted from the latest SYN that it can follow; null where there was none. */
export function relative(course: Course | undefined, number: Seq): number | null {
  let found: number | null = null;
  for (const iss of [...(course?.iss ?? [])].reverse()) {
    const offset = distance(number, iss);
    if (offset >= 0 && offset < near) return offset;
    if (found === null || Math.abs(offset) < Math.abs(found)) found = offset;
  }
  return found;
}
