// Saved sessions: the head of the scenario and the decisions of every branch. No state is ever stored.
//
//     session: 1                                  version of this format
//     scenario: hs-basic
//     profile: rfc9293
//     branch: main                                the branch on the screen
//     event: 3                                    where the cursor is, counted from the opening
//     at: 1.05s                                   ... and its time
//     title: ...                                  then the head of the scenario
//
//     0 server listen                             the decisions of main
//     begin
//     0 you drop #1
//     ==== "drop #3" from "main" at 5             another branch, where it left (events since the opening), its decisions

import type { Branch } from '../session/branch.ts';
import { quote, unquote } from '../session/quote.ts';
import { Misread, Words } from '../session/read.ts';
import { begin, branchOf, openingTime, type Session, type Start } from '../session/session.ts';
import { profiles } from '../session/setting.ts';
import { shortSeconds } from '../session/time.ts';
import { Timeline } from '../session/timeline.ts';
import { time, whole } from '../session/value.ts';
import { headLines, scriptLines } from './print.ts';
import { describe, type Head, headKeys, linesOf, type Numbered, readHead, readScript } from './read.ts';
import { Unreadable } from './unreadable.ts';

const sessionKeys = ['session', 'scenario', 'profile', 'branch', 'event', 'at', ...headKeys] as const;

const version = '1';

/** The first line of a branch. */
const divider = '==== ';

/** A session as it is read back: the scenario to begin with, and what has been decided and looked at. */
export interface Saved {
  readonly start: Start;
  readonly branches: readonly SavedBranch[];
  readonly current: string;
  /** Events since the opening, and the time (microseconds), at which the cursor stands. */
  readonly event: number;
  readonly at: number;
}

/** A branch beside `main`. */
interface SavedBranch {
  readonly name: string;
  readonly parent: string;
  /** Events since the opening at which it left its parent. */
  readonly event: number;
  readonly decisions: Start['decisions'];
}

/** Whether a text is a saved session (and not a scenario). */
export function isSaved(text: string): boolean {
  return /^\ufeff?session:/.test(text);
}

/** The session as text, for `readSaved`. */
export function printSession(session: Session): string {
  const [main, ...others] = session.branches;
  if (main === undefined) throw new Error('a session has at least one branch');
  const { opening, openingIndex } = main.timeline;
  const lines = [
    `session: ${version}`,
    `scenario: ${session.subject.id}`,
    `profile: ${session.profile}`,
    `branch: ${quote(branchOf(session).name)}`,
    `event: ${session.cursor.index - openingIndex}`,
    `at: ${shortSeconds(session.cursor.at)}s`,
    ...headLines({ subject: session.subject, profiles: [session.profile], setting: session.setting }),
    '',
    ...scriptLines({ decisions: main.timeline.decisions, opening, captions: session.captions, until: null }),
  ];
  for (const { name, parent, timeline } of others) {
    const left = (parent?.index ?? openingIndex) - openingIndex;
    lines.push('', `${divider}${quote(name)} from ${quote(parent?.name ?? main.name)} at ${left}`);
    lines.push(...scriptLines({ decisions: timeline.decisions, opening, captions: [], until: null }));
  }
  return `${lines.join('\n')}\n`;
}

/** Reads a saved session. Throws Unreadable with the first line that is not understood. */
export function readSaved(text: string, file: string): Saved {
  const { head, rest } = readHead(linesOf(text, file), file, sessionKeys);
  const value = (key: (typeof sessionKeys)[number]): string => head.get(key)?.text ?? '';
  refuse(file, head.get('session'), value('session') !== version, `session: ${version} (this program's format)`);
  refuse(file, head.get('profile'), !profiles.has(value('profile')), `a profile (${[...profiles.keys()].join(', ')})`);
  const id = value('scenario') === '' ? 'session' : value('scenario');

  const cuts = rest.flatMap((line, index) => (line.text.startsWith(divider) ? [index] : []));
  const parts = [0, ...cuts].map((from, index) => rest.slice(from, cuts[index]));
  const [first = [], ...others] = parts;
  const main = readScript(first, file);
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
  const branches = others.map((lines) => readBranch(lines, file));
  const names = ['main', ...branches.map((branch) => branch.name)];
  for (const [index, branch] of branches.entries()) {
    const line = others[index]?.[0];
    refuse(file, line, names.indexOf(branch.name) !== index + 1, 'a name that no other branch has');
    refuse(file, line, !names.slice(0, index + 1).includes(branch.parent), 'a branch that stands above');
  }
  const current = unquote(value('branch')) ?? 'main';
  refuse(file, head.get('branch'), !names.includes(current), 'the name of a branch of this file');
  return {
    start,
    branches,
    current,
    event: numberIn(head.get('event'), file),
    at: timeIn(head.get('at'), file),
  };
}

/** The session that was saved, at the moment at which it was saved. */
export function restore(saved: Saved, wishes: Parameters<typeof begin>[1] = {}): Session {
  const fresh = begin(saved.start, wishes);
  const main = branchOf(fresh);
  const { opening, openingIndex } = main.timeline;
  const branches: Branch[] = [main];
  for (const { name, parent, event, decisions } of saved.branches) {
    const timeline = new Timeline(main.timeline.worldAt(0), decisions, opening);
    const index = timeline.reach(openingIndex + event);
    branches.push({
      name,
      // Where it left, even if the parent has changed since: then undo does not lead back there.
      parent: { name: parent, index, position: timeline.positionAt(index) },
      timeline,
      explored: index,
    });
  }
  const explored = branches.map((branch) => ({ ...branch, explored: branch.timeline.reach(lastDecided(branch)) }));
  const current = explored.find((branch) => branch.name === saved.current) ?? explored[0] ?? main;
  const index = Math.max(openingIndex, current.timeline.reach(openingIndex + saved.event));
  const now = Math.max(current.timeline.worldAt(index).now, index === openingIndex ? openingTime(current.timeline) : 0);
  const next = current.timeline.stepAt(index + 1)?.world.now ?? Number.POSITIVE_INFINITY;
  return {
    ...fresh,
    branches: explored.map((branch) =>
      branch.name === current.name ? { ...branch, explored: Math.max(branch.explored, index) } : branch,
    ),
    current: current.name,
    cursor: { index, at: Math.max(now, Math.min(saved.at, next)) },
  };
}

// As far as a person has decided, a branch has been looked at.
function lastDecided({ timeline, explored }: Branch): number {
  const position = timeline.decisions.findLastIndex((decision) => decision.by === 'person');
  return Math.max(explored, position < 0 ? 0 : (timeline.indexOf(position) ?? 0));
}

function readBranch(lines: readonly Numbered[], file: string): SavedBranch {
  const [line, ...script] = lines;
  if (line === undefined) throw new Unreadable(file, null, 'expected a branch');
  const words = new Words(line.text.slice(divider.length));
  const name = unquote(words.take());
  const from = words.skip('from') ? unquote(words.take()) : undefined;
  const event = words.skip('at') ? whole(0, 1_000_000).read(words.take()) : undefined;
  if (name === undefined || from === undefined || event === undefined || words.peek() !== '') {
    throw new Unreadable(file, line.number, `expected ${divider}"name" from "parent" at N`);
  }
  return { name, parent: from, event, decisions: readScript(script, file).decisions };
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
