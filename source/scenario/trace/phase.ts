// Where the recording machine's count of ticks stood. A trace does not say it, but shows it: whatever a kernel sends by a
// timer leaves at a tick, after a longer wait at every eighth tick only, after a very long one at every
// sixty-fourth (Linux kernel/time/timer.c). Like an initial sequence number it is chance, and no rule depends on it.

/** What a timer brought about, and how long its connection had been idle on that side before. Microseconds. */
export interface Fire {
  readonly t: number;
  readonly idle: number;
  /** It may have happened so much earlier than it was seen. */
  readonly unseen: number;
}

/** A timer that runs for at least so many ticks fires at every eighth (64th, ...) tick only. */
const longest = 63;
const coarser = 8;
const levels = 5;

/** A segment is on the wire so long after the tick that sent it. */
const handling = 100;

/**
 * How long before time 0 of the trace the count of ticks was a multiple of the coarsest unit that the trace shows;
 * 0 where no timer shows anything.
 */
export function clockOffset(fires: readonly Fire[], tick: number): number {
  let known = { unit: tick, edge: firstEdge(fires, tick) };
  let unit = tick;
  for (let level = 1; level < levels; level++) {
    const waits = longest * unit;
    unit *= coarser;
    const long = fires.filter(({ idle }) => idle >= waits + tick);
    if (long.length > 0) known = { unit, edge: coarseEdge(long, unit, known) };
  }
  return (known.unit - (known.edge % known.unit)) % known.unit;
}

// Ticks: what is seen at once follows them closest.
function firstEdge(fires: readonly Fire[], tick: number): number {
  const exact = fires.filter(({ unseen }) => unseen === 0);
  const edges = exact.map(({ t }) => Math.max(0, t - handling) % tick);
  return closest(exact, tick, edges);
}

// An edge of the coarser unit is also one of the finer unit, which is known already.
function coarseEdge(fires: readonly Fire[], unit: number, finer: { unit: number; edge: number }): number {
  const edges = Array.from({ length: unit / finer.unit }, (_, count) => finer.edge + count * finer.unit);
  return closest(fires, unit, edges);
}

function closest(fires: readonly Fire[], unit: number, edges: readonly number[]): number {
  let best = edges[0] ?? 0;
  let least = Number.POSITIVE_INFINITY;
  for (const edge of edges) {
    let lateness = 0;
    for (const { t, unseen } of fires) lateness += Math.max(0, ((((t - edge) % unit) + unit) % unit) - unseen);
    if (lateness < least) {
      least = lateness;
      best = edge;
    }
  }
  return best;
}
