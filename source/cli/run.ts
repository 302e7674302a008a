// `tcpstep run`: scenarios without a screen, compared with what their files expect.

import { jsonLines } from '../export/json.ts';
import { tour } from '../export/tour.ts';
import { endless, transcript } from '../export/transcript.ts';
import { timeline } from '../scenario/run.ts';
import { start } from '../scenario/scenario.ts';
import { withDecisions } from '../scenario/share.ts';
import type { Decision } from '../session/decision.ts';
import type { Start } from '../session/session.ts';
import type { Named } from './library.ts';

/** What a run is to print, and how it differs from what the file expects. */
export interface Report {
  /** What was run, for a heading. */
  readonly title: string;
  readonly lines: readonly string[];
  /** The first difference, in one line; null where there is none or the file expects nothing. */
  readonly difference: string | null;
}

/** Runs a scenario, or the branch of a saved session that was on the screen, under a profile; null: under its own. */
export function run(
  given: Named,
  profile: string | null,
  format: 'text' | 'json',
  more: readonly Decision[] = [],
): Report {
  const from = withDecisions(startOf(given, profile), more);
  const course = timeline(from);
  const until = given.kind === 'scenario' ? given.scenario.until : null;
  const found = from.ways.length > 0 ? [...tour(from, until)] : [...transcript(course, until, from.captions)];
  const lines = format === 'text' ? found : [...jsonLines(course, until)];
  // With more decisions it is not the run that the file expects.
  const usual = given.kind === 'scenario' && more.length === 0;
  const expected = usual ? given.scenario.expected.get(from.profile) : undefined;
  const difference =
    expected !== undefined
      ? firstDifference(expected, found)
      : found.at(-1) === endless
        ? 'an end, but it goes on'
        : null;
  return {
    title: `${from.subject.id}: ${from.subject.title.en}`,
    lines,
    difference:
      difference === null
        ? null
        : `${from.subject.id} (${from.profile}) differs from what its file expects: ${difference}`,
  };
}

function startOf(given: Named, profile: string | null): Start {
  switch (given.kind) {
    case 'scenario':
      return start(given.scenario, profile);
    case 'session': {
      const { start: from, branches, current } = given.saved;
      const decisions = branches.find((branch) => branch.name === current)?.decisions ?? from.decisions;
      return { ...from, decisions, profile: profile ?? from.profile };
    }
  }
}

function firstDifference(expected: readonly string[], found: readonly string[]): string | null {
  const at = expected.findIndex((line, index) => line !== found[index]);
  const line = at < 0 && found.length > expected.length ? expected.length : at;
  if (line < 0) return null;
  const [wanted, got] = [expected[line], found[line]].map((text) =>
    text === undefined ? 'the end' : `"${text.trim()}"`,
  );
  return `line ${line + 1} of the transcript: expected ${wanted}, found ${got}`;
}
