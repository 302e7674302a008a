// A session in one line of a shell: its scenario, its profile, and what a person has decided on the branch on the screen.
//
//     tcpstep run hs-basic --do '0 drop #1; 1.05 client send 5'

import type { Decision } from '../session/decision.ts';
import { sameDecision } from '../session/decision.ts';
import { line } from '../session/print.ts';
import { branchOf, type Session, type Start } from '../session/session.ts';
import type { Numbered } from './read.ts';
import { readScript } from './read.ts';

/** A line to be shared, and whether it reproduces the branch to the last decision. */
export interface Shared {
  readonly line: string;
  /** False where the branch cannot be told as the scenario and more decisions: then only a saved session keeps it. */
  readonly exact: boolean;
}

/**
 * The command that runs what is on the screen; `start` is the scenario as it begins, under the profile that it has without
 * being asked.
 */
export function shareLine(session: Session, start: Start): Shared {
  const own = decisionsToTell(session, start);
  const told = own.map((decision) => line({ ...decision, by: 'scenario' })).join('; ');
  const profile = session.profile === start.profile ? '' : ` --profile ${session.profile}`;
  const more = told === '' ? '' : ` --do ${inQuotes(told)}`;
  const { decisions } = branchOf(session).timeline;
  const again = withDecisions(start, own).decisions;
  return {
    line: `tcpstep run ${session.subject.id}${profile}${more}`,
    exact: again.length === decisions.length && again.every((one, place) => same(one, decisions[place])),
  };
}

// What a person decided, and what they have switched off of the scenario's own.
function decisionsToTell(session: Session, start: Start): readonly Decision[] {
  const usual = start.decisions;
  return branchOf(session).timeline.decisions.filter(
    (one) => one.by === 'person' || (one.off && usual.some((other) => same({ ...one, off: false }, other))),
  );
}

function same(one: Decision, other: Decision | undefined): boolean {
  return other !== undefined && one.by === other.by && sameDecision(one, other);
}

// As a POSIX shell takes it literally.
function inQuotes(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The decisions in a `--do` text: lines of a script with `;` between them, by a person. Throws Unreadable. */
export function readDo(text: string): readonly Decision[] {
  const parts = text.match(/(?:[^;"]|"(?:[^"\\]|\\.)*"|")+/g) ?? [];
  const lines = parts.map((part, index): Numbered => ({ number: index + 1, text: part.trim() }));
  return readScript(lines, '--do').decisions.map((decision) => ({ ...decision, by: 'person' }));
}

/** A scenario with more decisions, each behind those of the same time; one that is off switches its like off. */
export function withDecisions(start: Start, more: readonly Decision[]): Start {
  const decisions = [...start.decisions];
  for (const one of more) {
    const like = decisions.findIndex((other) => one.off && sameDecision({ ...one, off: false }, other));
    const known = decisions[like];
    if (known !== undefined) {
      decisions[like] = { ...known, off: true };
      continue;
    }
    const { position } = start.opening;
    const after = decisions.findLastIndex((other, place) => place < position || other.at <= one.at);
    decisions.splice(after + 1, 0, { ...one, by: 'person' });
  }
  return { ...start, decisions };
}
