// The transcript: what happened, event by event, in plain lines. It is what `run` prints and what scenario files
// expect: the same on every machine, in English like the language of scenarios.

import { longestRun, run } from '../scenario/run.ts';
import { Anchors, type Caption } from '../session/caption.ts';
import { type Broken, invariants, Watch } from '../session/invariant.ts';
import { openingTime } from '../session/session.ts';
import { shownStates } from '../session/shown.ts';
import { seconds } from '../session/time.ts';
import type { Entry, Timeline } from '../session/timeline.ts';
import { rules } from '../tcp/rules.ts';
import { consequences, headline, rulesOf } from './words.ts';

/**
 * The lines of a course of events from its opening to `until` (microseconds; null: to the end), and how it ended. What
 * the lesson says at an event stands below it.
 */
export function* transcript(
  course: Timeline,
  until: number | null,
  captions: readonly Caption[] = [],
): Generator<string> {
  const [client, server] = shownStates(course.worldAt(course.openingIndex));
  yield `${seconds(openingTime(course))} client ${client}, server ${server}`;
  const watch = new Watch();
  for (const { step } of course.steps(1, course.openingIndex)) watch.next(step);
  const anchors = new Anchors();
  const events = run(course, until);
  for (;;) {
    const { done, value } = events.next();
    if (done === true) {
      if (value === 'quiet') yield 'The network is quiet.';
      else if (value === 'limit') yield endless;
      return;
    }
    yield* eventLines(course, value);
    for (const broken of watch.next(value.step)) yield `  ${brokenLine(broken)}`;
    const stands = anchors.next(value);
    for (const { anchor, text } of captions) if (stands(anchor)) yield `  "${text.en}"`;
  }
}

/** The last line of a transcript that was broken off. */
export const endless = `Broken off after ${longestRun} events: this goes on and on.`;

/** The lines of one event: what it is, behind its time; indented, what it brought about and by which rules. */
export function* eventLines(course: Timeline, { step, position }: Entry): Generator<string> {
  const who = position === null ? null : (course.decisions[position]?.by ?? null);
  yield `${seconds(step.world.now)} ${headline(step, who)}`;
  for (const consequence of consequences(step)) yield `  ${consequence}`;
  for (const rule of rulesOf(step)) yield `  by ${rule} (${rules[rule].cite})`;
}

/** An invariant that has turned red: `broken at server: stream-equal (...)`. */
function brokenLine({ invariant, host }: Broken): string {
  return `broken at ${host === 0 ? 'client' : 'server'}: ${invariant} (${invariants[invariant].en})`;
}
