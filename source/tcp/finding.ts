// A finding: one decision of the engine, as the rule it followed and the numbers it compared.

import type { RuleId } from './rules.ts';

/** Whose decision it was: a host by index and one of its sockets by id; -1 where there is none. */
export interface Place {
  readonly host: number;
  readonly socket: number;
}

/** One decision. `saw` alternates names and values: ['SEG.SEQ', 100, 'RCV.NXT', 101]. */
export class Finding {
  readonly place: Place;
  readonly rule: RuleId;
  readonly saw: readonly (string | number)[];

  constructor(place: Place, rule: RuleId, saw: readonly (string | number)[]) {
    this.place = place;
    this.rule = rule;
    this.saw = saw;
  }
}
