// A world while a step works on it.

import { Finding } from '../tcp/finding.ts';
import type { RuleId } from '../tcp/rules.ts';
import type { Refusal } from './outcome.ts';
import { type Fate, type FateReason, type Flight, Wire } from './wire.ts';
import { World } from './world.ts';

/** The working copy of a world during one step. */
export class Draft {
  readonly world: World;
  /** Decisions in order; null while nobody will ask. */
  readonly findings: Finding[] | null;
  readonly sent: Flight[] = [];
  readonly fates: Fate[] = [];
  refused: Refusal | null = null;

  constructor(from: Readonly<World>, at: number, explain: boolean) {
    this.findings = explain ? [] : null;
    this.world = new World(from);
    this.world.now = at;
    this.world.events += 1;
    this.world.wire = new Wire(from.wire);
  }

  /** Records what happened on the wire, outside both hosts. */
  find(rule: RuleId, ...saw: readonly (string | number)[]): void {
    if (this.findings !== null) this.findings.push(new Finding({ host: -1, socket: 0 }, rule, saw));
  }

  /** A flight is over. */
  end(flight: Flight, reason: FateReason): void {
    this.world.wire.flights = this.world.wire.flights.without(flight.id);
    this.fates.push({ flight, reason });
  }
}
