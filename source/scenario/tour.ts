// Tours: one lesson run along each of its ways, and what came of each, to be looked at side by side.

import { type Broken, Watch } from '../session/invariant.ts';
import { decisionsAlong, type Start, type Way } from '../session/session.ts';
import { worldBefore } from '../session/setting.ts';
import { shownStates } from '../session/shown.ts';
import { Timeline } from '../session/timeline.ts';
import { ctlNames, length } from '../tcp/segment.ts';
import type { SocketError } from '../tcp/socket.ts';
import type { State } from '../tcp/tcb.ts';
import type { Flight } from '../world/wire.ts';
import { run, type Stop } from './run.ts';

/** A state, and since when (microseconds) an end has been in it. */
export interface Since {
  readonly state: State;
  readonly at: number;
}

/** A segment that one end sent again. */
export interface Repetition {
  readonly at: number;
  readonly host: 0 | 1;
  /** Its control bits, for example ['SYN', 'ACK']. */
  readonly ctl: readonly string[];
}

/** What came of a course of events. */
export interface Outcome {
  readonly ends: readonly [Since, Since];
  /** Segments that the two ends sent. */
  readonly segments: number;
  readonly repetitions: readonly Repetition[];
  /** Errors that applications were told, in order. */
  readonly errors: readonly { readonly host: 0 | 1; readonly error: SocketError }[];
  /** What must hold and did not. */
  readonly broken: readonly Broken[];
  readonly stop: Stop;
}

/** What came of one way. */
export interface WayOutcome extends Outcome {
  readonly way: Way;
}

/** The course of events along a way. */
export function wayCourse(start: Start, way: Way): Timeline {
  return new Timeline(worldBefore(start.setting, start.profile), decisionsAlong(start, way), start.opening);
}

/** The outcome of the script alone and of each way, in the order of the file, each as far as `until` (null: to its end). */
export function outcomes(start: Start, until: number | null): readonly WayOutcome[] {
  const named = start.ways.find((way) => way.name === main.name) ?? main;
  const others = start.ways.filter((way) => way !== named);
  return [named, ...others].map((way) => ({ way, ...outcome(wayCourse(start, way), until) }));
}

const main: Way = { name: 'main', title: { en: 'the script alone', zh: '仅按脚本' }, decisions: [] };

// Only a memory of what follows from the course itself.
const known = new WeakMap<Timeline, Outcome>();

/** What comes of a course of events in the end; worked out once. */
export function endOf(course: Timeline): Outcome {
  const found = known.get(course) ?? outcome(course, null);
  known.set(course, found);
  return found;
}

function outcome(course: Timeline, until: number | null): Outcome {
  const opening = course.worldAt(course.openingIndex);
  const [client, server] = shownStates(opening);
  let ends: [Since, Since] = [
    { state: client, at: opening.now },
    { state: server, at: opening.now },
  ];
  const seen = new Set<string>();
  const repetitions: Repetition[] = [];
  const errors: { host: 0 | 1; error: SocketError }[] = [];
  const broken: Broken[] = [];
  const watch = new Watch();
  for (const { step } of course.steps(1, course.openingIndex)) watch.next(step);
  let segments = 0;
  const events = run(course, until);
  for (;;) {
    const { done, value } = events.next();
    if (done === true) return { ends, segments, repetitions, errors, broken, stop: value };
    const { step } = value;
    broken.push(...watch.next(step));
    const at = step.world.now;
    const now = shownStates(step.world);
    ends = [after(ends[0], now[0], at), after(ends[1], now[1], at)];
    for (const flight of step.sent) {
      const { host } = flight.from;
      if (host === -1 || flight.forged || flight.copyOf !== 0) continue;
      segments += 1;
      if (length(flight.segment) === 0) continue;
      const name = nameOf(flight);
      if (seen.has(name)) repetitions.push({ at, host, ctl: ctlNames(flight.segment.ctl) });
      seen.add(name);
    }
    for (const { host, result } of step.returns) {
      if (result.kind === 'error') errors.push({ host: host === 0 ? 0 : 1, error: result.error });
    }
  }
}

function after(since: Since, state: State, at: number): Since {
  return since.state === state ? since : { state, at };
}

function nameOf({ from, to, segment }: Flight): string {
  return `${from.host} ${from.port} ${to.port} ${segment.seq} ${length(segment)}`;
}
