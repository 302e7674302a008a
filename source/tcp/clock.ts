// Timers of a machine with a coarse clock.

import type { Turn } from './outcome.ts';

/** When a timer fires that is to run for so long: whole ticks, one at least, where the clock has ticks. */
export function due(turn: Turn, wait: number): number {
  const { tick } = turn.profile;
  return turn.now + Math.max(Math.ceil(wait / tick), 1) * tick;
}
