// The branches of a session: one list of decisions each, and where it left the list it came from.

import type { Decision } from './decision.ts';
import { sameDecision } from './decision.ts';
import type { Timeline } from './timeline.ts';

/** One future. The first is called `main`; the others are named by the decision that made them. */
export interface Branch {
  readonly name: string;
  /** Where it left another branch: after so many steps, before decision number `position`. null for `main`. */
  readonly parent: { readonly name: string; readonly index: number; readonly position: number } | null;
  /** Its decisions (`timeline.decisions`) and all that follows from them. */
  readonly timeline: Timeline;
  /** The furthest index that has been looked at. */
  readonly explored: number;
}

/** Whether a person has decided anything on this branch: the `*` behind its name. */
export function touched(branch: Branch): boolean {
  return branch.timeline.decisions.some((decision) => decision.by === 'person');
}

/** Whether two lists agree in their first `count` decisions. */
export function sameBeginning(a: readonly Decision[], b: readonly Decision[], count: number): boolean {
  if (a.length < count || b.length < count) return false;
  for (let position = 0; position < count; position++) {
    const [one, other] = [a[position], b[position]];
    if (one === undefined || other === undefined) return false;
    if (one !== other && !sameDecision(one, other)) return false;
  }
  return true;
}

/** A name that no branch bears yet: the wished one, or with ` (2)`, ` (3)` ... behind it. */
export function freeName(branches: readonly Branch[], wish: string): string {
  const names = new Set(branches.map((branch) => branch.name));
  if (!names.has(wish)) return wish;
  let number = 2;
  while (names.has(`${wish} (${number})`)) number += 1;
  return `${wish} (${number})`;
}
