// A decision: anything that the scenario or a person does, and where in time it belongs.

import type { Action } from '../world/event.ts';

/** One entry of the list that a session is made of. States are never stored: they follow from the list. */
export interface Decision {
  /** Virtual time in microseconds. */
  readonly at: number;
  /**
   * How many arrivals and expiries at exactly that time come first. null: the usual place, after what
   * arrives at that time and before the timers that expire then.
   */
  readonly after: number | null;
  readonly action: Action;
  readonly by: 'scenario' | 'person';
  /** Switched off: kept in the list and passed over. */
  readonly off: boolean;
}

/** Whether two decisions are the same act at the same place, whoever made them. */
export function sameDecision(a: Decision, b: Decision): boolean {
  return a.at === b.at && a.after === b.after && a.off === b.off && sameValue(a.action, b.action);
}

/** Whether two plain values (records, lists, numbers, texts, null) are equal in depth. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  const right = new Map(Object.entries(b));
  return left.length === right.size && left.every(([key, value]) => right.has(key) && sameValue(value, right.get(key)));
}
