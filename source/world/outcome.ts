// What one step brought about.

import type { Return } from '../host/call.ts';
import type { Delivery, Transition } from '../host/work.ts';
import type { Finding } from '../tcp/finding.ts';
import type { Event } from './event.ts';
import type { Fate, Flight } from './wire.ts';
import type { World } from './world.ts';

/** Why a decision does not apply here: the thing it names is not there. */
export type Refusal =
  | 'no-such-segment'
  | 'segment-not-in-flight'
  | 'no-such-socket'
  | 'host-down'
  | 'host-up'
  | 'wrong-state'
  | 'no-next-segment'
  | 'nothing-to-cut'
  | 'bad-segment';

/** One step: the event, the world it led to, and why. */
export interface Step {
  readonly event: Event;
  readonly before: World;
  readonly world: World;
  /** Every decision of the engine in order. */
  readonly findings: readonly Finding[];
  /** Segments that entered the wire in this step, in order. */
  readonly sent: readonly Flight[];
  /** Flights that ended in this step. */
  readonly fates: readonly Fate[];
  /** Application calls that returned in this step. */
  readonly returns: readonly Return[];
  /** Connections that changed their state, in order. */
  readonly transitions: readonly Transition[];
  /** Octets handed to applications in this step, in order. */
  readonly deliveries: readonly Delivery[];
  /** Why a decision changed nothing; null where it applied. */
  readonly refused: Refusal | null;
}
