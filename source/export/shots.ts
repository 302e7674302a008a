// A session played for a reader: which key is pressed when, and how long what it brings about stays on the screen.

import { captionsAt } from '../session/caption.ts';
import { perform } from '../session/perform.ts';
import { eventNumbers, type Session } from '../session/session.ts';
import { shownStates } from '../session/shown.ts';
import type { Entry } from '../session/timeline.ts';
import { textOf } from '../view/line.ts';
import type { Look } from '../view/look.ts';
import { sceneOf } from '../view/scene.ts';
import { why } from '../view/why.ts';
import { courseOf, type Exhibit } from './exhibit.ts';

/** The keys that such a recording shows. */
export type ShownKey = 'right' | 'x' | 'd' | 'y' | 'r' | 'o';

/** One screen of a recording. */
export interface Shot {
  /** Milliseconds after the start. */
  readonly at: number;
  readonly session: Session;
  /** The key that is being pressed, or was pressed to come here; null at the opening. */
  readonly key: ShownKey | null;
  readonly pressed: boolean;
  /** What the chapter that begins here is called; null where none does. */
  readonly marker: string | null;
}

/** Screens in order, and when the last of them has been read (milliseconds). */
export interface Reel {
  readonly shots: readonly Shot[];
  readonly duration: number;
}

/** How long a pressed key is shown before it does something. */
const keyTime = 500;
/** How long any screen stands, at least and at most. */
const [shortest, longest] = [1_200, 7_000];
/** Milliseconds for a character: 350 words of English, 600 of Chinese a minute. Much of it has been seen before. */
const [narrow, wide] = [28, 100];

/** The whole exhibit from its opening to its last event. */
export function reelOf(exhibit: Exhibit): Reel {
  const course = courseOf(exhibit);
  const { look, last, pace } = exhibit;
  let session = perform({ ...exhibit.session, dialog: { kind: 'none' } }, { do: 'start' });
  session = { ...session, notice: null };
  let at = 0;
  const { subject, language } = session;
  const shots: Shot[] = [
    { at, session, key: null, pressed: false, marker: label(session, subject.title[language], look) },
  ];
  at += hold(`${subject.title[language]} ${subject.about[language]}`, look, pace);
  while (session.cursor.index < last) {
    const entry = course.entryAt(session.cursor.index + 1);
    if (entry === null) break;
    const key = keyOf(entry, exhibit);
    shots.push({ at, session, key, pressed: true, marker: null });
    at += Math.round(keyTime / pace);
    session = perform(session, { do: 'forward' });
    const said = captionsAt(course, session.captions, entry.index).map(({ text }) => text[language]);
    shots.push({ at, session, key, pressed: false, marker: markerOf(session, entry, said, look) });
    at += hold(`${wordsOf(session, look)} ${said.join(' ')}`, look, pace);
  }
  return { shots, duration: at };
}

// What a person did is shown by the key they pressed for it, everything else by the step.
function keyOf({ step, position }: Entry, exhibit: Exhibit): ShownKey {
  const decision = position === null ? undefined : courseOf(exhibit).decisions[position];
  if (decision?.by !== 'person' || step.event.kind !== 'decision' || decision.action.kind !== 'tamper') return 'right';
  switch (decision.action.tamper.do) {
    case 'drop':
      return 'x';
    case 'delay':
      return 'd';
    case 'duplicate':
      return 'y';
    case 'release':
      return 'r';
    case 'swap':
      return 'o';
    case 'edit':
    case 'mark':
    case 'refuse':
    case 'corrupt':
    case 'forge':
    case 'rule':
    case 'cut':
    case 'mend':
    case 'pace':
    case 'third':
      return 'right';
  }
}

/** What a chapter is called: the new states, or what the lesson says; null where neither is there. */
export function markerOf(session: Session, { step }: Entry, said: readonly string[], look: Look): string | null {
  const [before, after] = [shownStates(step.before), shownStates(step.world)];
  const changes = ([0, 1] as const).flatMap((host) =>
    before[host] === after[host]
      ? []
      : [`${look.words.party[host === 0 ? 'client' : 'server']} ${before[host]} ${look.glyphs.becomes} ${after[host]}`],
  );
  const parts = [...changes, ...said];
  return parts.length === 0 ? null : label(session, parts.join(`${look.words.comma}`), look);
}

/** Longest label of a marker, in characters. */
const labelLimit = 120;

/** `ev 3: ...`: the number is that of the event, by which the recording can be opened. */
export function label(session: Session, text: string, look: Look): string {
  const { at } = eventNumbers(session);
  const whole = `${look.words.event} ${at}${look.words.colon}${text}`;
  const characters = [...whole];
  return characters.length <= labelLimit
    ? whole
    : `${characters
        .slice(0, labelLimit - 1)
        .join('')
        .trimEnd()}${look.glyphs.ellipsis}`;
}

// What is new to read after a step is what WHY says on an ordinary screen.
function wordsOf(session: Session, look: Look): string {
  return why(sceneOf(session), look, 78, 5, 'fitting')
    .map((line) => textOf(line).trim())
    .join(' ');
}

/** How long it takes to read a text, in milliseconds. */
export function readingTime(text: string, look: Look): number {
  let time = 0;
  for (const character of text) time += look.ruler(character) === 2 ? wide : narrow;
  return time;
}

function hold(text: string, look: Look, pace: number): number {
  const time = Math.min(longest, Math.max(shortest, readingTime(text.replaceAll(/\s+/g, ' '), look)));
  return Math.round(time / pace);
}
