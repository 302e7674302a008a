// Timers of a machine with a coarse clock (Linux kernel/time/timer.c): they fire at ticks, and the longer they run
// the coarser, never early and always a little late.

import type { Turn } from './outcome.ts';
import type { Profile } from './profile.ts';

/** Deadlines per level of the wheel, and how much coarser each level is than the one before. */
const buckets = 64;
const coarser = 8;
const levels = 9;

/** The machine's count of ticks at a moment. */
export function ticksAt(profile: Profile, time: number): number {
  return Math.floor((time + (profile.clockOffset ?? 0)) / profile.tick);
}

/** When a timer fires that is set now to run for so long. Where timers are punctual: exactly then. */
export function due(turn: Turn, wait: number): number {
  const { tick, clockOffset } = turn.profile;
  if (clockOffset === null) return turn.now + wait;
  const count = Math.ceil(wait / tick);
  const expires = ticksAt(turn.profile, turn.now) + count;
  let unit = 1;
  for (let level = 1; level < levels && count >= (buckets - 1) * unit; level++) unit *= coarser;
  return (Math.floor(expires / unit) + 1) * unit * tick - clockOffset;
}

/** A timeout as the machine's clock counts it: in whole ticks, where it counts them. */
export function wholeTicks(profile: Profile, wait: number): number {
  if (profile.clockOffset === null) return wait;
  return Math.ceil(wait / profile.tick) * profile.tick;
}
