// A run as JSON, one object per line and event: a stable format for other programs.

import { run } from '../scenario/run.ts';
import { shownStates } from '../session/shown.ts';
import type { Entry, Timeline } from '../session/timeline.ts';
import { ACK, ctlNames, has } from '../tcp/segment.ts';
import type { Action } from '../world/event.ts';
import type { Step } from '../world/outcome.ts';
import type { FateReason, Flight } from '../world/wire.ts';
import { headline, nameOf, rulesOf } from './words.ts';

/** One segment in JSON. */
interface SegmentRecord {
  readonly id: number;
  readonly from: 'client' | 'server' | 'third';
  readonly seq: number;
  /** null where the ACK bit is off. */
  readonly ack: number | null;
  readonly ctl: readonly string[];
  readonly len: number;
  /** What this event did to it. */
  readonly fate: 'sent' | 'held' | 'delayed' | 'changed' | FateReason;
}

/** One JSON object per event from the opening to `until`, in one line each. */
export function* jsonLines(course: Timeline, until: number | null): Generator<string> {
  for (const entry of run(course, until)) yield JSON.stringify(eventRecord(course, entry));
}

function eventRecord(course: Timeline, { index, step, position }: Entry): object {
  const who = position === null ? null : (course.decisions[position]?.by ?? null);
  const [client, server] = shownStates(step.world);
  return {
    event: index - course.openingIndex,
    // Dividing once rounds to the nearest number, whose shortest decimal form is the exact time.
    time: step.world.now / 1_000_000,
    kind: kindOf(step),
    what: headline(step, who),
    segment: subjectOf(step),
    sent: step.sent.map((flight) => record(flight, endOf(step, flight.id) ?? 'sent')),
    state: { client, server },
    rules: rulesOf(step),
  };
}

function kindOf({ event }: Step): 'arrival' | 'expiry' | 'call' | 'decision' {
  if (event.kind !== 'decision') return event.kind;
  return event.action.kind === 'call' ? 'call' : 'decision';
}

// The segment that the event is about: the one that arrives, or that a decision names.
function subjectOf(step: Step): SegmentRecord | null {
  const { event } = step;
  switch (event.kind) {
    case 'arrival':
      return record(event.flight, endOf(step, event.flight.id) ?? 'delivered');
    case 'expiry':
      return null;
    case 'decision': {
      const named = flightOf(event.action);
      if (named === null) return null;
      const ended = step.fates.find((fate) => fate.flight.id === named);
      if (ended !== undefined) return record(ended.flight, ended.reason);
      const flight = step.world.wire.flights.at(named) ?? event.ghost;
      return flight === null || step.refused !== null ? null : record(flight, changeOf(event.action));
    }
  }
}

function flightOf(action: Action): number | null {
  return action.kind === 'tamper' && 'flight' in action.tamper ? action.tamper.flight : null;
}

function changeOf(action: Action): SegmentRecord['fate'] {
  if (action.kind === 'call') return 'sent';
  switch (action.tamper.do) {
    case 'delay':
      return action.tamper.until === null ? 'held' : 'delayed';
    case 'swap':
      return 'delayed';
    case 'edit':
    case 'corrupt':
    case 'mark':
      return 'changed';
    case 'drop':
      return 'dropped';
    case 'refuse':
      return 'refused';
    case 'release':
      return 'delivered';
    case 'duplicate':
    case 'forge':
    case 'rule':
    case 'cut':
    case 'mend':
    case 'pace':
    case 'third':
      return 'sent';
  }
}

function endOf(step: Step, flight: number): FateReason | undefined {
  return step.fates.find((fate) => fate.flight.id === flight)?.reason;
}

function record({ id, from, segment }: Flight, fate: SegmentRecord['fate']): SegmentRecord {
  return {
    id,
    from: nameOf(from.host),
    seq: segment.seq,
    ack: has(segment, ACK) ? segment.ack : null,
    ctl: ctlNames(segment.ctl),
    len: segment.data.length,
    fate,
  };
}
