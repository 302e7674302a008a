// How a branch ends, looked at once and remembered: for the tree of branches and for comparisons.

import type { SocketError } from '../tcp/socket.ts';
import type { State } from '../tcp/tcb.ts';
import { shownStates } from './shown.ts';
import type { Timeline } from './timeline.ts';

/** The end of a course of events, as far as it has been followed. */
export interface Outcome {
  readonly states: readonly [State, State];
  /** Virtual time of the last event, in microseconds. */
  readonly at: number;
  /** Errors that applications were told, the first of each kind at each end. */
  readonly errors: readonly { readonly host: 0 | 1; readonly error: SocketError; readonly at: number }[];
  /** Whether nothing happens any more; otherwise there was too much to follow. */
  readonly quiet: boolean;
}

/** Events that are followed. */
const most = 4_000;

// Only a memory of what follows from the course itself.
const known = new WeakMap<Timeline, Outcome>();

/** How a course of events ends. */
export function outcomeOf(course: Timeline): Outcome {
  const found = known.get(course);
  if (found !== undefined) return found;
  const first = course.openingIndex;
  const errors = new Map<string, Outcome['errors'][number]>();
  let last = first;
  for (const { index, step } of course.steps(first + 1, first + most)) {
    last = index;
    for (const { host, result } of step.returns) {
      const key = result.kind === 'error' ? `${host} ${result.error}` : '';
      if (result.kind !== 'error' || errors.has(key)) continue;
      errors.set(key, { host: host === 0 ? 0 : 1, error: result.error, at: step.world.now });
    }
  }
  const world = course.worldAt(last);
  const outcome: Outcome = {
    states: shownStates(world),
    at: world.now,
    errors: [...errors.values()],
    quiet: course.end === 'quiet' && last === course.reached,
  };
  known.set(course, outcome);
  return outcome;
}
