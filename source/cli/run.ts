// `tcpstep run`: scenarios without a screen, compared with what their files expect.

import { jsonLines } from '../export/json.ts';
import { transcript } from '../export/transcript.ts';
import { timeline } from '../scenario/run.ts';
import { type Scenario, start } from '../scenario/scenario.ts';

/** What a run is to print, and how it differs from what the file expects. */
export interface Report {
  readonly lines: readonly string[];
  /** The first difference, in one line; null where there is none or the file expects nothing. */
  readonly difference: string | null;
}

/** Runs a scenario under a profile; null: under its first. */
export function runScenario(scenario: Scenario, profile: string | null, format: 'text' | 'json'): Report {
  const given = start(scenario, profile);
  const course = timeline(given);
  const found = [...transcript(course, scenario.until)];
  const lines = format === 'text' ? found : [...jsonLines(course, scenario.until)];
  const expected = scenario.expected.get(given.profile);
  if (expected === undefined) return { lines, difference: null };
  const difference = firstDifference(expected, found);
  return {
    lines,
    difference:
      difference === null ? null : `${scenario.subject.id} (${given.profile}) differs from its file: ${difference}`,
  };
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
