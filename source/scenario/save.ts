// Saved sessions: the head of the scenario and the decisions of every branch. No state is ever stored.
//
//     session: 1                                  version of this format
//     scenario: hs-basic
//     profile: rfc9293
//     branch: main                                the branch on the screen
//     event: 3                                    where the cursor is, counted from the opening
//     at: 1.05s                                   ... and its time
//     explored: 5                                 the last event that was looked at, where it is a later one
//     title: ...                                  then the head of the scenario
//
//     0 server listen                             the decisions of main
//     begin
//     0 you drop #1
//     ==== "drop #3" from "main" at 5             another branch, where it left (events since the opening), its decisions
//     ==== "drop #3" from "main" at 5 now 7 1.1s  appended while it runs: a branch that is new, or has become this, and
//                                                 where the cursor was by then. The last word counts.
//     ====                                        the last line: without it the file has been cut off

import type { Branch } from '../session/branch.ts';
import { type Condition, conditionWords, readCondition } from '../session/condition.ts';
import { quote, unquote } from '../session/quote.ts';
import {
  type Breakpoint,
  begin,
  branchOf,
  eventNumbers,
  openingTime,
  type Session,
  type Start,
} from '../session/session.ts';
import { profiles } from '../session/setting.ts';
import { shortSeconds } from '../session/time.ts';
import { Timeline } from '../session/timeline.ts';
import { time, whole } from '../session/value.ts';
import { Misread, Words } from '../session/words.ts';
import { headLines, scriptLines } from './print.ts';
import { describe, type Head, headKeys, linesOf, type Numbered, readHead, readScript } from './read.ts';
import { Unreadable } from './unreadable.ts';

const sessionKeys = [
  ...(['session', 'scenario', 'profile', 'main', 'branch', 'event', 'at', 'explored'] as const),
  ...(['breaks', 'goal'] as const),
  ...headKeys,
] as const;

const version = '1';

/** The first line of a branch. */
const divider = '==== ';

/** The last line of a file, and of what is appended to it. */
const ending = '====';

/** A session as it is read back: the scenario to begin with, and what has been decided and looked at. */
export interface Saved {
  readonly start: Start;
  /** The name of the first branch. */
  readonly main: string;
  readonly breaks: readonly Breakpoint[];
  readonly goal: Condition | null;
  readonly branches: readonly SavedBranch[];
  readonly current: string;
  /** Events since the opening, and the time (microseconds), at which the cursor stands. */
  readonly event: number;
  readonly at: number;
  /** Where the file is cut off, in words; null: it is whole. What stands before has been read. */
  readonly damage: string | null;
  /** The last event that was looked at on this branch, at least `event`. */
  readonly explored: number;
}

/** A branch beside `main`. */
interface SavedBranch {
  readonly name: string;
  /** null for the first. */
  readonly parent: string | null;
  /** Events since the opening at which it left its parent. */
  readonly event: number;
  readonly decisions: Start['decisions'];
  /** Events since the opening and the time at which the cursor stood when it was written; null: not told. */
  readonly now: { readonly event: number; readonly at: number } | null;
}

/** Whether a text is a saved session (and not a scenario). */
export function isSaved(text: string): boolean {
  return /^\ufeff?session:/.test(text);
}

/** The session as text, for `readSaved`. */
export function printSession(session: Session): string {
  const [main, ...others] = session.branches;
  if (main === undefined) throw new Error('a session has at least one branch');
  const { opening } = main.timeline;
  const seen = eventNumbers(session);
  const lines = [
    `session: ${version}`,
    `scenario: ${session.subject.id}`,
    `profile: ${session.profile}`,
    ...(main.name === usualMain ? [] : [`main: ${quote(main.name)}`]),
    `branch: ${quote(branchOf(session).name)}`,
    `event: ${seen.at}`,
    `at: ${shortSeconds(session.cursor.at)}s`,
    ...(seen.explored > seen.at ? [`explored: ${seen.explored}`] : []),
    ...(session.breaks.length === 0 ? [] : [`breaks: ${session.breaks.map(breakWords).join('; ')}`]),
    ...(session.goal === null ? [] : [`goal: ${conditionWords(session.goal)}`]),
    ...headLines({ subject: session.subject, profiles: [session.profile], setting: session.setting }),
    '',
    ...scriptLines({ decisions: main.timeline.decisions, opening, captions: session.captions, until: null }),
  ];
  for (const branch of others) lines.push('', ...branchLines(branch, main.name, ''));
  lines.push(ending);
  return `${lines.join('\n')}\n`;
}

function branchLines({ name, parent, timeline }: Branch, main: string, now: string): readonly string[] {
  const { opening, openingIndex } = timeline;
  const left = (parent?.index ?? openingIndex) - openingIndex;
  const from = name === main ? '' : ` from ${quote(parent?.name ?? main)} at ${left}`;
  return [
    `${divider}${quote(name)}${from}${now}`,
    ...scriptLines({ decisions: timeline.decisions, opening, captions: [], until: null }),
  ];
}

function breakWords({ when, off }: Breakpoint): string {
  return `${off ? 'off ' : ''}${conditionWords(when)}`;
}

/** What has to be written once a session has become another: lines to append, or the whole again; null: nothing. */
export function printChange(
  before: Session,
  after: Session,
): { readonly append: string } | { readonly whole: string } | null {
  const old = new Map(before.branches.map((branch) => [branch.name, branch.timeline.decisions]));
  const same = before.subject === after.subject && before.profile === after.profile;
  const lost = [...old.keys()].some((name) => !after.branches.some((branch) => branch.name === name));
  const watched = before.breaks !== after.breaks || before.goal !== after.goal;
  if (!same || lost || watched) return { whole: printSession(after) };
  const changed = after.branches.filter((branch) => old.get(branch.name) !== branch.timeline.decisions);
  if (changed.length === 0 && before.current === after.current) return null;
  // The branch on the screen comes last, and tells where the cursor is.
  const current = branchOf(after);
  const others = changed.filter((branch) => branch.name !== current.name);
  const main = after.branches[0]?.name ?? usualMain;
  const event = after.cursor.index - current.timeline.openingIndex;
  const now = ` now ${event} ${shortSeconds(after.cursor.at)}s`;
  const lines = [
    ...others.flatMap((branch) => ['', ...branchLines(branch, main, '')]),
    '',
    ...branchLines(current, main, now),
    ending,
  ];
  return { append: `${lines.join('\n')}\n` };
}

/** The name of the first branch while nobody has given it another. */
const usualMain = 'main';

/** Reads a saved session. Throws Unreadable with the first line that is not understood. */
export function readSaved(text: string, file: string): Saved {
  const { lines, damage } = wholeLines(linesOf(text, file));
  const { head, rest } = readHead(lines, file, sessionKeys);
  const value = (key: (typeof sessionKeys)[number]): string => head.get(key)?.text ?? '';
  refuse(file, head.get('session'), value('session') !== version, `session: ${version} (this program's format)`);
  refuse(file, head.get('profile'), !profiles.has(value('profile')), `a profile (${[...profiles.keys()].join(', ')})`);
  const id = value('scenario') === '' ? 'session' : value('scenario');

  const cuts = rest.flatMap((line, index) => (line.text.startsWith(divider) ? [index] : []));
  const parts = [0, ...cuts].map((from, index) => rest.slice(from, cuts[index]));
  const [script = [], ...others] = parts;
  const main = readScript(script, file);
  const { subject, setting } = describe(head as Head<(typeof headKeys)[number]>, file, id);
  const start: Start = {
    subject,
    profile: value('profile'),
    setting,
    decisions: main.decisions,
    opening: main.opening,
    captions: main.captions,
    // The ways of a tour are branches like any other by now.
    ways: [],
  };
  const first = unquote(value('main')) ?? usualMain;
  // In the order in which they came; one that comes again takes the place of what it was.
  const branches = new Map<string, SavedBranch>();
  let decisions = main.decisions;
  let last: SavedBranch | null = null;
  for (const lines of others) {
    const branch = readBranch(lines, first, file);
    const known = branch.parent === null || branch.parent === first || branches.has(branch.parent);
    refuse(file, lines[0], !known || branch.parent === branch.name, 'a branch that stands above');
    if (branch.parent === null) decisions = branch.decisions;
    else branches.set(branch.name, branch);
    if (branch.now !== null) last = branch;
  }
  const current = last?.name ?? unquote(value('branch')) ?? first;
  refuse(file, head.get('branch'), current !== first && !branches.has(current), 'the name of a branch of this file');
  const event = last?.now?.event ?? numberIn(head.get('event'), file);
  return {
    start: { ...start, decisions },
    main: first,
    breaks: breaksIn(head.get('breaks'), file),
    goal: conditionIn(head.get('goal'), file),
    branches: [...branches.values()],
    current,
    event,
    at: last?.now?.at ?? timeIn(head.get('at'), file),
    // What is appended tells only where the cursor is.
    explored: Math.max(event, last === null ? numberIn(head.get('explored'), file) : 0),
    damage,
  };
}

// Half a line, or half a branch, could say something else than the whole of it: what was complete before it counts.
function wholeLines(lines: readonly Numbered[]): {
  readonly lines: readonly Numbered[];
  readonly damage: string | null;
} {
  const kept = lines.findLastIndex(({ text }) => text === ending);
  const cut = lines.findLastIndex(({ text }) => text !== '') > kept;
  const whole = !cut ? lines : lines.slice(0, kept < 0 ? -1 : kept);
  return {
    lines: whole.filter(({ text }) => text !== ending),
    damage: cut ? `it is cut off after line ${lines.length - 1}` : null,
  };
}

function breaksIn(line: Numbered | undefined, file: string): readonly Breakpoint[] {
  if (line === undefined) return [];
  return line.text.split(';').flatMap((text) => {
    const words = text.trim();
    const off = words.startsWith('off ');
    const when = conditionIn({ ...line, text: off ? words.slice('off '.length) : words }, file);
    return when === null ? [] : [{ when, off }];
  });
}

function conditionIn(line: Numbered | undefined, file: string): Condition | null {
  if (line === undefined) return null;
  try {
    return readCondition(line.text);
  } catch (error) {
    if (error instanceof Misread) throw new Unreadable(file, line.number, error.message);
    throw error;
  }
}

/** The session that was saved, at the moment at which it was saved. */
export function restore(saved: Saved, wishes: Parameters<typeof begin>[1] = {}): Session {
  const fresh = begin(saved.start, wishes);
  const main: Branch = { ...branchOf(fresh), name: saved.main };
  const { opening, openingIndex } = main.timeline;
  const branches: Branch[] = [main];
  for (const { name, parent, event, decisions } of saved.branches) {
    const timeline = new Timeline(main.timeline.worldAt(0), decisions, opening);
    const index = timeline.reach(openingIndex + event);
    branches.push({
      name,
      // Where it left, even if the parent has changed since: then undo does not lead back there.
      parent: { name: parent ?? saved.main, index, position: timeline.positionAt(index) },
      timeline,
      explored: index,
    });
  }
  const explored = branches.map((branch) => ({ ...branch, explored: branch.timeline.reach(lastDecided(branch)) }));
  const current = explored.find((branch) => branch.name === saved.current) ?? explored[0] ?? main;
  const index = Math.max(openingIndex, current.timeline.reach(openingIndex + saved.event));
  const now = Math.max(current.timeline.worldAt(index).now, index === openingIndex ? openingTime(current.timeline) : 0);
  const seen = current.timeline.reach(openingIndex + saved.explored);
  const next = current.timeline.stepAt(index + 1)?.world.now ?? Number.POSITIVE_INFINITY;
  return {
    ...fresh,
    branches: explored.map((branch) =>
      branch.name === current.name ? { ...branch, explored: Math.max(branch.explored, index, seen) } : branch,
    ),
    current: current.name,
    breaks: saved.breaks,
    goal: saved.goal,
    cursor: { index, at: Math.max(now, Math.min(saved.at, next)) },
  };
}

// As far as a person has decided, a branch has been looked at.
function lastDecided({ timeline, explored }: Branch): number {
  const position = timeline.decisions.findLastIndex((decision) => decision.by === 'person');
  return Math.max(explored, position < 0 ? 0 : (timeline.indexOf(position) ?? 0));
}

function readBranch(lines: readonly Numbered[], main: string, file: string): SavedBranch {
  const [line, ...script] = lines;
  if (line === undefined) throw new Unreadable(file, null, 'expected a branch');
  const words = new Words(line.text.slice(divider.length));
  const name = unquote(words.take());
  const from = words.skip('from') ? unquote(words.take()) : undefined;
  const left = words.skip('at') ? whole(0, 1_000_000).read(words.take()) : undefined;
  const told = words.skip('now');
  const event = told ? whole(0, 1_000_000).read(words.take()) : undefined;
  const at = told ? time.read(words.take()) : undefined;
  refuse(file, line, name === main && from !== undefined, 'a name that no other branch has');
  // The first branch left nothing; it can only come again, with where the cursor was or without.
  const first = name === main && from === undefined && left === undefined;
  const other = name !== main && from !== undefined && left !== undefined;
  if (
    name === undefined ||
    !(first || other) ||
    (told && (event === undefined || at === undefined)) ||
    words.peek() !== ''
  ) {
    throw new Unreadable(file, line.number, `expected ${divider}"name" from "parent" at N`);
  }
  const now = event === undefined || at === undefined ? null : { event, at };
  return { name, parent: from ?? null, event: left ?? 0, decisions: readScript(script, file).decisions, now };
}

function refuse(file: string, line: Numbered | undefined, wrong: boolean, expected: string): void {
  if (wrong) throw new Unreadable(file, line?.number ?? null, new Misread(line?.text ?? '', expected).message);
}

function numberIn(line: Numbered | undefined, file: string): number {
  if (line === undefined) return 0;
  const number = whole(0, 1_000_000).read(line.text);
  refuse(file, line, number === undefined, 'a number of events');
  return number ?? 0;
}

function timeIn(line: Numbered | undefined, file: string): number {
  if (line === undefined) return 0;
  const at = time.read(line.text);
  refuse(file, line, at === undefined, 'a time such as 1.5s');
  return at ?? 0;
}
