// What the screen says of an event, for whoever searches: the session has no words of its own.

import type { Telling } from '../session/telling.ts';
import { returned } from '../view/call.ts';
import { eventBrief, eventText } from '../view/event.ts';
import { named } from '../view/segment-label.ts';
import { headline } from '../view/why.ts';
import { lookOf } from './look.ts';

/** The event as the list of events and WHY have it, what calls returned, and the gist of each finding. */
export const telling: Telling = (step, session) => {
  const look = lookOf(session);
  const name = (id: number): string => {
    const flight = step.before.wire.flights.at(id);
    return flight === undefined ? `#${id}` : named(flight, look);
  };
  return [
    eventText(step, look, name),
    eventBrief(step, look, name),
    ...step.returns.map(({ call, result }) => returned(call, result)),
    ...step.findings.map((finding) => headline(finding, look)),
  ];
};
