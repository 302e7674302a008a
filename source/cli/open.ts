// A session from what was named on the command line, at the moment that was asked for.

import { restore } from '../scenario/save.ts';
import { start } from '../scenario/scenario.ts';
import { withDecisions } from '../scenario/share.ts';
import type { Decision } from '../session/decision.ts';
import { perform } from '../session/perform.ts';
import { begin, branchOf, eventNumbers, firstDialog, type Session } from '../session/session.ts';
import { shown } from '../session/words.ts';
import type { Named } from './library.ts';
import type { Mark } from './recording.ts';
import { UsageError } from './usage.ts';

/** Where to open: an event by its number, or a marker of a recording, counted from 1. */
export type Place = { readonly event: number } | { readonly marker: number };

/** `12` or `m3`. Throws UsageError. */
export function readPlace(text: string): Place {
  const parts = /^(m?)(\d{1,9})$/.exec(text);
  if (parts === null) {
    throw new UsageError(`expected an event such as 12, or a marker such as m3, behind --at, found ${shown(text)}`);
  }
  const number = Number(parts[2]);
  return parts[1] === 'm' ? { marker: number } : { event: number };
}

/** The session with some decisions more, at its usual moment where no place is given. Throws UsageError for a place that is not there. */
export function open(
  given: Named,
  profile: string | null,
  wishes: Parameters<typeof begin>[1],
  place: Place | null,
  more: readonly Decision[] = [],
): Session {
  switch (given.kind) {
    case 'scenario': {
      const from = withDecisions(start(given.scenario, profile), more);
      return place === null
        ? begin(from, { dialog: firstDialog(from), ...wishes })
        : at(begin(from, wishes), eventOf(place, []));
    }
    case 'session': {
      if (more.length > 0) throw new UsageError('--do needs a scenario, not a saved session');
      const { saved, marks } = given;
      const mark = place !== null && 'marker' in place ? marks[place.marker - 1] : undefined;
      const from = mark?.open() ?? saved;
      const session = restore(profile === null ? from : { ...from, start: { ...from.start, profile } }, wishes);
      if (place === null || mark?.event === null) return session;
      return at(session, mark?.event ?? eventOf(place, marks));
    }
  }
}

function eventOf(place: Place, marks: readonly Mark[]): number {
  if ('event' in place) return place.event;
  const there = marks.length === 0 ? 'it has none' : `it has ${marks.length}`;
  throw new UsageError(`there is no marker ${place.marker}: ${there}`);
}

// Throws UsageError where there are fewer events.
function at(session: Session, event: number): Session {
  const moved = perform(session, { do: 'go-to-event', event });
  if (eventNumbers(moved).at !== event) {
    const sofar = branchOf(moved).timeline.end === null ? ' so far' : '';
    throw new UsageError(`there is no event ${event}: the last is ${eventNumbers(moved).at}${sofar}`);
  }
  return { ...moved, notice: session.notice };
}
