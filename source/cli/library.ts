// The scenario files that come with the program, and files of the user's own.

import { isUtf8 } from 'node:buffer';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { limits, readScenario, readSubject } from '../scenario/read.ts';
import { isSaved, readSaved } from '../scenario/save.ts';
import { type Scenario, start } from '../scenario/scenario.ts';
import { isTrace, readTrace } from '../scenario/trace/read.ts';
import { scenarioOf } from '../scenario/trace/replay.ts';
import { Unreadable } from '../scenario/unreadable.ts';
import type { Shelf } from '../session/session.ts';
import { shown } from '../session/words.ts';
import { progress } from './progress.ts';
import { type Recording, recordingIn } from './recording.ts';
import { hint, known, plain, UsageError } from './usage.ts';

const ending = '.txt';

/** Groups in the order in which they are learnt; others follow. */
const groups: readonly string[] = ['handshake', 'listener', 'data', 'close', 'crash', 'figures'];

/** The ids of the scenarios that come with the program. */
export function scenarioIds(): readonly string[] {
  return readdirSync(folder())
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .sort();
}

/** All scenarios that come with the program, in the order in which they are learnt. Throws Unreadable. */
export function scenarios(): readonly Scenario[] {
  return inOrder(scenarioIds().map((id) => readFile(join(folder(), id + ending), id)));
}

function inOrder<One extends Pick<Scenario, 'subject'>>(scenarios: readonly One[]): readonly One[] {
  const place = ({ subject }: One): number =>
    groups.includes(subject.group) ? groups.indexOf(subject.group) : groups.length;
  const lesson = ({ subject }: One): number => subject.lesson ?? Number.MAX_SAFE_INTEGER;
  return scenarios.toSorted((a, b) => place(a) - place(b) || lesson(a) - lesson(b));
}

/** The same for the list of the debugger, of which the heads are read when it is shown, and the rest of the one that is chosen. */
export function shelves(profile: string | null): Iterable<Shelf> {
  let read: readonly Shelf[] | null = null;
  return {
    [Symbol.iterator]: () => {
      read ??= inOrder(
        scenarioIds().map((id) => {
          const file = join(folder(), id + ending);
          return {
            ...readSubject(textOf(file), file, id),
            get start() {
              return start(scenarioNamed(id), profile);
            },
            get done() {
              return progress.has(id);
            },
          };
        }),
      );
      return read[Symbol.iterator]();
    },
  };
}

/** What a name on the command line stands for. */
export type Named =
  | { readonly kind: 'scenario'; readonly scenario: Scenario }
  | ({ readonly kind: 'session'; readonly file: string } & Recording);

/**
 * The scenario with this id, or the scenario, saved session, recording, capture or kernel trace in this file. A file
 * that is damaged is used as far as it goes, and `tell` is told. Throws UsageError or Unreadable.
 */
export function named(name: string, tell: (trouble: string) => void = complain): Named {
  if (isId(name)) return { kind: 'scenario', scenario: scenarioNamed(name) };
  if (!/[/\\]/.test(name) && !name.endsWith(ending) && !existsSync(name)) {
    const ids = scenarioIds();
    throw new UsageError(
      `no scenario ${shown(name)}: expected an id (tcpstep list shows them) or a file${hint(name, ids)}`,
    );
  }
  const recording = recordingIn(name);
  if (recording !== null) return sessionIn(name, recording, tell);
  const text = textOf(name);
  if (isSaved(text)) {
    const saved = readSaved(text, name);
    return sessionIn(name, { saved, marks: [], damage: saved.damage }, tell);
  }
  if (isTrace(text)) return { kind: 'scenario', scenario: scenarioOf(readTrace(text, name), name) };
  const id = plain(basename(name).replace(/\.[^.]*$/, ''));
  return { kind: 'scenario', scenario: readScenario(text, name, id) };
}

function sessionIn(file: string, recording: Recording, tell: (trouble: string) => void): Named {
  const { damage } = recording;
  if (damage !== null) tell(damageOf(file, damage));
  return { kind: 'session', file, ...recording };
}

/** What is said of a file that is damaged, where `damage` says where. */
export function damageOf(file: string, damage: string): string {
  return `${plain(file)}: ${damage}; what stands before is used`;
}

function complain(trouble: string): void {
  process.stderr.write(`tcpstep: ${trouble}\n`);
}

/** The scenario with this id. Throws UsageError or Unreadable. */
export function scenarioNamed(id: string): Scenario {
  return readFile(join(folder(), id + ending), isId(id) ? id : known('scenario', id, scenarioIds()));
}

// The folder is not read for it.
function isId(name: string): boolean {
  return /^[a-z\d-]+$/.test(name) && existsSync(join(folder(), name + ending));
}

function readFile(file: string, id: string): Scenario {
  return readScenario(textOf(file), file, id);
}

/** The text of a file. Throws Unreadable, also for what is not a file, is too large or is not UTF-8. */
export function textOf(file: string): string {
  try {
    const status = statSync(file);
    if (!status.isFile()) throw new Unreadable(file, null, 'expected a file');
    if (status.size > limits.file * 4) throw new Unreadable(file, null, `expected at most ${limits.file} characters`);
    const octets = readFileSync(file);
    if (!isUtf8(octets)) throw new Unreadable(file, null, 'expected text in UTF-8');
    // Some editors mark text as such.
    return octets.toString().replace(/^\uFEFF/, '');
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable(file, null, reason(error));
  }
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EACCES':
      return 'it may not be read';
  }
  return `it cannot be read (${typeof code === 'string' ? code : String(error)})`;
}

/** The folder of the scenarios. It lies in the project, above this file and above the bundle made of it. Throws UsageError. */
export function folder(): string {
  found ??= search();
  return found;
}

let found: string | null = null;

function search(): string {
  let above = import.meta.dirname;
  for (;;) {
    const candidate = join(above, 'fixtures', 'scenario');
    if (existsSync(candidate)) return candidate;
    if (dirname(above) === above)
      throw new UsageError('the folder fixtures/scenario is missing from this installation');
    above = dirname(above);
  }
}
