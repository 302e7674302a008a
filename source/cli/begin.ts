// The session with which the debugger opens: what was named, the one that was left last, or the list of scenarios.

import { firstLesson } from '../scenario/first-run.ts';
import { isSaved, readSaved, restore } from '../scenario/save.ts';
import { start } from '../scenario/scenario.ts';
import { withDecisions } from '../scenario/share.ts';
import { Unreadable } from '../scenario/unreadable.ts';
import type { Decision } from '../session/decision.ts';
import { scenarioList } from '../session/dialog.ts';
import type { Notice } from '../session/notice.ts';
import { begin, type Language, type Last, type Session } from '../session/session.ts';
import { telling } from '../ui/telling.ts';
import type { Config } from './config.ts';
import { handbook } from './handbook.ts';
import { savedSessions } from './journal.ts';
import { damageOf, named, scenarioNamed, shelves, textOf } from './library.ts';
import { open, type Place } from './open.ts';
import { UsageError } from './usage.ts';

/** What is asked for besides a name. */
export interface Wanted {
  readonly profile: string | null;
  readonly more: readonly Decision[];
  readonly resume: boolean;
  readonly place: Place | null;
  readonly language: Language;
  readonly config: Config;
  /** Whether somebody who is here for the first time may be shown around. */
  readonly tour: boolean;
}

/** A session, and the file that it is gone on with in; null: it gets one of its own. Throws UsageError or Unreadable. */
export function sessionFor(
  name: string | undefined,
  { profile, more, resume, place, language, config, tour }: Wanted,
): { readonly session: Session; readonly file: string | null } {
  const usual = { language, handbook: handbook(), telling, shelves: shelves(profile), keys: config.keys };
  const opening = (notice: Notice | null): Session =>
    begin(start(scenarioNamed('hs-basic'), profile), { ...usual, last: lastOf(usual), dialog: scenarioList, notice });
  if (name !== undefined) {
    const complaints = [...config.complaints];
    const given = named(name, (trouble) => complaints.unshift(trouble));
    const wishes = { ...usual, last: lastOf(usual), notice: complaining(complaints) };
    if (more.length === 0) return { session: open(given, profile, wishes, place), file: null };
    if (given.kind !== 'scenario') throw new UsageError('--do needs a scenario, not a saved session');
    return { session: begin(withDecisions(start(given.scenario, profile), more), wishes), file: null };
  }
  const [file] = savedSessions();
  if (!resume) {
    const first = tour && config.tour && !config.found && file === undefined;
    const session = first
      ? begin(start(scenarioNamed(firstLesson), profile), { ...usual, tour: true })
      : opening(complaining(config.complaints));
    return { session, file: null };
  }
  if (file === undefined) throw new UsageError('there is no session to go on with');
  const found = restored(file, usual);
  // One that cannot be read is told, and the debugger opens all the same. Nothing is appended behind half a line.
  const notice = complaining([...(found.complaint === null ? [] : [found.complaint]), ...config.complaints]);
  const whole = found.session !== null && found.complaint === null;
  return {
    session: found.session === null ? opening(notice) : { ...found.session, notice },
    file: whole ? file : null,
  };
}

/** A session as far as it could be read back (null: not at all), and what is wrong with its file (null: nothing). */
interface Restored {
  readonly session: Session | null;
  readonly complaint: string | null;
}

function restored(file: string, wishes: Parameters<typeof restore>[1]): Restored {
  try {
    const text = textOf(file);
    if (!isSaved(text)) throw new Unreadable(file, 1, 'expected a saved session');
    const saved = readSaved(text, file);
    return { session: restore(saved, wishes), complaint: saved.damage === null ? null : damageOf(file, saved.damage) };
  } catch (error) {
    if (error instanceof Unreadable) return { session: null, complaint: error.message };
    throw error;
  }
}

// The session that was left last, read only when somebody asks for it.
function lastOf(wishes: Parameters<typeof restore>[1]): Last | null {
  const [file] = savedSessions();
  if (file === undefined) return null;
  const id = /^[-\d]+-(.+)\.txt$/.exec(file.slice(file.lastIndexOf('/') + 1))?.[1] ?? '';
  let read: Session | null = null;
  return {
    id,
    get session() {
      if (read === null) {
        const { session, complaint } = restored(file, wishes);
        const notice = complaining(complaint === null ? [] : [complaint]);
        read =
          session === null
            ? begin(start(scenarioNamed('hs-basic'), null), { ...wishes, notice })
            : { ...session, notice: notice ?? session.notice };
      }
      return read;
    },
  };
}

function complaining([first, ...others]: readonly string[]): Notice | null {
  return first === undefined ? null : { kind: 'complaint', first, more: others.length };
}
