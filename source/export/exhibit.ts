// What an export is made from: a session, how far its course of events is shown, and how things are said and drawn.

import { branchOf, type Session } from '../session/session.ts';
import type { Entry, Timeline } from '../session/timeline.ts';
import type { Look } from '../view/look.ts';
import type { Cast } from './cast.ts';
import type { Frame, Picture } from './picture.ts';
import type { Reel } from './shots.ts';

/** Why an export ends where it does: nothing more happens, it was told how far to go, or there were too many events. */
export type Extent = 'quiet' | 'until' | 'limit';

/** What only a program with a screen can give: the debugger's own screens, and the player for web pages. */
export interface Studio {
  /** The screen of a session. */
  screen(session: Session): Promise<Picture>;
  /** A reel of screens as a recording. */
  cast(reel: Reel, exhibit: Exhibit): Promise<Cast>;
  /** The same as pictures. */
  film(reel: Reel): Promise<readonly Frame[]>;
  /** The program and the style sheet that play a cast in a browser. */
  player(): Promise<{ readonly script: string; readonly style: string }>;
}

/** Everything that the formats are made from. */
export interface Exhibit {
  /** As the debugger opens it. */
  readonly session: Session;
  /** At the moment of which a picture is to be made. */
  readonly moment: Session;
  /** Index of the last event that is shown. */
  readonly last: number;
  readonly extent: Extent;
  readonly look: Look;
  /** The host that a capture is taken at, or that a script tests; null: both, or the one that opens the connection. */
  readonly side: 0 | 1 | null;
  /** How fast a recording goes: 2 is twice as fast as one reads. */
  readonly pace: number;
  /** How the session is opened in the debugger, for scripts that do so: `tcpstep syn-lost`. */
  readonly command: string;
  readonly studio: Studio;
}

/** The course of events on the screen. */
export function courseOf({ session }: Pick<Exhibit, 'session'>): Timeline {
  return branchOf(session).timeline;
}

/** What a document is called: `The SYN is lost (syn-lost, rfc9293)`. */
export function titleOf({ subject, profile }: Session, { words }: Look): string {
  return `${subject.title[words.language]} (${subject.id}, ${profile})`;
}

/**
 * The name of a file for something with this id. Ids come from files that anybody may have written: what would lead out
 * of the folder, or hide the file in it, is replaced.
 */
export function stemOf(id: string): string {
  const safe = id.replace(/[^\p{L}\p{N}._ -]/gu, '_').replace(/^[. -]+/, '_');
  return [...safe].slice(0, 80).join('') || '_';
}

/** The events from the opening to the last that is shown. */
export function eventsOf(exhibit: Exhibit): Generator<Entry> {
  const course = courseOf(exhibit);
  return course.steps(course.openingIndex + 1, exhibit.last);
}

/** Most events of an export: more than anybody reads, and little enough for any machine. */
export const mostEvents = 10_000;

/** The last event not later than `until` (microseconds; null: the last of all), among the first `most` since the opening. */
export function extentOf(
  course: Timeline,
  until: number | null,
  most: number = mostEvents,
): { readonly last: number; readonly extent: Extent } {
  const first = course.openingIndex;
  const reached = course.reach(first + most + 1);
  if (until !== null) {
    const at = course.indexAt(until, 0);
    if (at < reached)
      return { last: Math.max(first, Math.min(at, first + most)), extent: at > first + most ? 'limit' : 'until' };
  }
  return reached > first + most ? { last: first + most, extent: 'limit' } : { last: reached, extent: 'quiet' };
}
