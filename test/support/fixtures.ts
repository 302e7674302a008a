// The scenario files of the project, as the tests read them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { divider, readScenario } from '../../source/scenario/read.ts';
import { timeline } from '../../source/scenario/run.ts';
import { type Scenario, start } from '../../source/scenario/scenario.ts';
import type { Timeline } from '../../source/session/timeline.ts';

const folder = resolve(import.meta.dirname, '../../fixtures/scenario');

/** The id of every scenario file. */
export const scenarioIds: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => name.slice(0, -'.txt'.length))
  .sort();

/** The text of a scenario file. */
export const textOf = (id: string): string => readFileSync(join(folder, `${id}.txt`), 'utf8');

/** A scenario of the project. */
export const scenarioOf = (id: string): Scenario => readScenario(textOf(id), `${id}.txt`, id);

/** The course of events of a scenario of the project. */
export const courseOf = (id: string, profile: string | null = null): Timeline =>
  timeline(start(scenarioOf(id), profile));

/** Puts transcripts into a scenario file in place of those it expects. */
export const rewrite = (id: string, transcripts: ReadonlyMap<string, readonly string[]>): void => {
  const text = textOf(id);
  const end = text.startsWith(divider) ? 0 : text.indexOf(`\n${divider}`);
  const script = (end < 0 ? text : text.slice(0, end)).trimEnd();
  const sections = [...transcripts].map(([profile, lines]) => `\n${divider}${profile}\n${lines.join('\n')}\n`);
  writeFileSync(join(folder, `${id}.txt`), `${script}\n${sections.join('')}`);
};
