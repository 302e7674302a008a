// What a lesson says at some of its steps, in both languages.

import type { RuleId } from '../tcp/rules.ts';
import type { Bilingual } from './bilingual.ts';
import type { Decision } from './decision.ts';
import type { Entry, Timeline } from './timeline.ts';

/** The event that something is said about. */
export type Anchor =
  /** The `place`-th event (from 1) at exactly this time in microseconds, counted from the opening. */
  | { readonly kind: 'time'; readonly at: number; readonly place: number }
  /** The `nth` event (from 1) since the opening that cites this rule: the same step under every profile that has it. */
  | { readonly kind: 'rule'; readonly rule: RuleId; readonly nth: number };

/** One sentence or two of a lesson, and the event that they belong to. */
export interface Caption {
  readonly anchor: Anchor;
  readonly text: Bilingual;
}

/** Events after the opening that are looked through for an anchor: lessons are short. */
const reach = 2_000;

/**
 * Follows events in order and says which anchors stand at each. Every event from the opening on has to be shown to it.
 */
export class Anchors {
  private now = -1;
  private place = 0;
  private readonly cited = new Map<RuleId, number>();

  /** Takes the next event; returns whether an anchor stands at it. */
  next({ step }: Entry): (anchor: Anchor) => boolean {
    this.place = step.world.now === this.now ? this.place + 1 : 1;
    this.now = step.world.now;
    const here = new Set(step.findings.map((finding) => finding.rule));
    for (const rule of here) this.cited.set(rule, (this.cited.get(rule) ?? 0) + 1);
    const { now, place } = this;
    const counts = new Map([...here].map((rule) => [rule, this.cited.get(rule) ?? 0]));
    return (anchor) => {
      switch (anchor.kind) {
        case 'time':
          return anchor.at === now && anchor.place === place;
        case 'rule':
          return counts.get(anchor.rule) === anchor.nth;
      }
    };
  }
}

/** The index of the event that an anchor names; null where there is none among the first events of the lesson. */
export function indexOfAnchor(course: Timeline, anchor: Anchor): number | null {
  const anchors = new Anchors();
  return course.search(course.openingIndex, reach, (entry) => anchors.next(entry)(anchor));
}

/**
 * Whether an anchor stands at the event with this index; null where the lesson has nothing to say: at the opening, further
 * on than lessons go, and once a person has taken it elsewhere. From there on "the first segment that is lost" is another.
 */
export function standing(course: Timeline, index: number): ((anchor: Anchor) => boolean) | null {
  const first = course.openingIndex + 1;
  if (index < first || index > course.openingIndex + reach) return null;
  if (astray(course.decisions.slice(0, course.positionAt(index)))) return null;
  const anchors = new Anchors();
  let stands: ((anchor: Anchor) => boolean) | null = null;
  for (const entry of course.steps(first, index)) stands = anchors.next(entry);
  return stands;
}

/** What the lesson says at the event with this index, in the order of the file. */
export function captionsAt(course: Timeline, captions: readonly Caption[], index: number): readonly Caption[] {
  if (captions.length === 0) return [];
  const stands = standing(course, index);
  return stands === null ? [] : captions.filter((caption) => stands(caption.anchor));
}

function astray(decisions: readonly Decision[]): boolean {
  return decisions.some(({ by, off }) => by === 'person' && !off);
}
