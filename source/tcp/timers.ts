// Timers as deadlines in a table: the next thing a connection does by itself is the earliest of them.

/** Every timer of one connection; the order breaks ties between equal deadlines. */
export const timerNames = [
  'retransmission',
  'tail-loss-probe',
  'reordering',
  'persist',
  'delayed-ack',
  'keepalive',
  'fin-wait-2',
  'time-wait',
  'user',
] as const;

export type TimerName = (typeof timerNames)[number];

/** Deadline of a timer that is not running. */
export const off = Number.POSITIVE_INFINITY;

/** Deadlines in microseconds of virtual time; `off` where a timer does not run. */
export class Timers {
  retransmission: number;
  'tail-loss-probe': number;
  reordering: number;
  persist: number;
  'delayed-ack': number;
  keepalive: number;
  'fin-wait-2': number;
  'time-wait': number;
  user: number;

  constructor(from?: Readonly<Timers>) {
    this.retransmission = from === undefined ? off : from.retransmission;
    this['tail-loss-probe'] = from === undefined ? off : from['tail-loss-probe'];
    this.reordering = from === undefined ? off : from.reordering;
    this.persist = from === undefined ? off : from.persist;
    this['delayed-ack'] = from === undefined ? off : from['delayed-ack'];
    this.keepalive = from === undefined ? off : from.keepalive;
    this['fin-wait-2'] = from === undefined ? off : from['fin-wait-2'];
    this['time-wait'] = from === undefined ? off : from['time-wait'];
    this.user = from === undefined ? off : from.user;
  }
}

/** The earliest deadline; `off` when nothing runs. */
export function earliest(timers: Readonly<Timers>): number {
  let at = timers.retransmission;
  if (timers['tail-loss-probe'] < at) at = timers['tail-loss-probe'];
  if (timers.reordering < at) at = timers.reordering;
  if (timers.persist < at) at = timers.persist;
  if (timers['delayed-ack'] < at) at = timers['delayed-ack'];
  if (timers.keepalive < at) at = timers.keepalive;
  if (timers['fin-wait-2'] < at) at = timers['fin-wait-2'];
  if (timers['time-wait'] < at) at = timers['time-wait'];
  if (timers.user < at) at = timers.user;
  return at;
}

/** The timer that fires first, by deadline and then by the order of `timerNames`; null when nothing runs. */
export function first(timers: Readonly<Timers>): TimerName | null {
  const at = earliest(timers);
  if (at === off) return null;
  return timerNames.find((name) => timers[name] === at) ?? null;
}

/** Stops every timer. */
export function stopAll(timers: Timers): void {
  for (const name of timerNames) timers[name] = off;
}
