// One event in one sentence: what happened, and what left in consequence.

import { phrase } from '../session/print.ts';
import { receivingState } from '../session/shown.ts';
import type { Step } from '../world/outcome.ts';
import { actionText } from './action.ts';
import { atOnce, callText, resultText } from './call.ts';
import type { Look } from './look.ts';
import type { Passage } from './scene.ts';
import { named } from './segment-label.ts';

/** A segment's name by its id: from the lives on the screen, or bare where it is older than those. */
export function namer(passages: readonly Passage[], look: Look): (flight: number) => string {
  return (id) => {
    const found = passages.find((passage) => passage.flight.id === id);
    return found === undefined ? `#${id}` : named(found.flight, look);
  };
}

/** `SERVER received #1 SYN in LISTEN`, `CLIENT retransmission timer fired, #2 SYN sent` */
export function eventText(step: Step, look: Look, name: (flight: number) => string): string {
  const { words } = look;
  // What answers a segment is on the wire, under the cursor.
  if (step.event.kind === 'arrival') return cause(step, look, name);
  const sent = step.sent.filter((flight) => !flight.forged && flight.copyOf === 0).map((flight) => named(flight, look));
  const consequence = sent.length === 0 ? '' : `${words.comma}${words.sent(sent)}`;
  return `${cause(step, look, name)}${consequence}`;
}

/**
 * The event without what left in consequence and the state that a segment was taken in, but with what a call returned:
 * `SERVER received #1 SYN`, `CLIENT app: send(5) = 5`.
 */
export function eventBrief(step: Step, look: Look, name: (flight: number) => string): string {
  const { words } = look;
  const { event } = step;
  if (event.kind === 'arrival' && event.flight.to.host !== -1 && !lost(step, event.flight.id)) {
    return words.receivedNowhere(
      words.party[event.flight.to.host === 0 ? 'client' : 'server'],
      named(event.flight, look),
    );
  }
  const result = atOnce(step)?.result;
  if (result === undefined || event.kind !== 'decision' || event.action.kind !== 'call') return cause(step, look, name);
  const who = words.party[event.action.host === 0 ? 'client' : 'server'];
  return words.calledBrief(who, `${callText(event.action.call)}${resultText(result)}`);
}

function lost(step: Step, flight: number): boolean {
  return step.fates.some((fate) => fate.flight.id === flight && fate.reason !== 'delivered');
}

function cause(step: Step, look: Look, name: (flight: number) => string): string {
  const { words } = look;
  const { event } = step;
  switch (event.kind) {
    case 'arrival': {
      const { flight } = event;
      const what = named(flight, look);
      const to = flight.to.host;
      if (to === -1) return words.receivedNowhere(words.party.third, what);
      if (lost(step, flight.id)) return words.wasLost(what);
      return words.received(
        words.party[to === 0 ? 'client' : 'server'],
        what,
        receivingState(step.before.hosts[to], flight),
      );
    }
    case 'decision':
      // What did not happen is not told in the past tense.
      if (step.refused !== null) return words.notApplied(phrase(event.action));
      return actionText(event.action, look, name);
    case 'expiry':
      return words.fired(words.party[event.host === 0 ? 'client' : 'server'], words.timerName[event.timer]);
  }
}
