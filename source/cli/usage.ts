// Wrong usage of the command line, and names checked against those that exist.

import { nearest } from '../session/nearest.ts';
import { shown } from '../session/words.ts';

/** Wrong usage: the message is one line, the exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** A name given by a person, such as that of a file, without anything that a terminal would obey. */
export function plain(name: string): string {
  return shown(name).slice(1, -1);
}

/** The known name that was given. Throws UsageError with the nearest one. */
export function known<Name extends string>(what: string, given: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === given);
  if (found !== undefined) return found;
  throw new UsageError(`unknown ${what} ${shown(given)}: expected one of ${names.join(', ')}${hint(given, names)}`);
}

/** What the command line is used for. `debugger`: no command, on a screen. `no screen`: the same where there is none. */
export type Command =
  | 'debugger'
  | 'no screen'
  | 'print-keys'
  | 'list'
  | 'explain'
  | 'run'
  | 'check'
  | 'render'
  | 'export'
  | 'completion'
  | 'doctor';

/** Throws UsageError for the first of these flags that means nothing to a command; `about` says what each is for. */
export function applicable(
  command: Command,
  flags: readonly string[],
  about: ReadonlyMap<string, readonly Command[]>,
): void {
  const wanted: readonly Command[] = command === 'no screen' ? ['debugger', 'run', 'list'] : [command];
  for (const flag of flags) {
    const uses = about.get(flag) ?? [];
    if (uses.some((use) => wanted.includes(use))) continue;
    const others = uses.map((use) => spoken(use)).join(', ');
    const format = flag === '--json' && about.get('--format')?.includes(command) === true;
    const instead = format ? '; did you mean --format json?' : '';
    throw new UsageError(`${flag} does not apply to ${spoken(command)}, but to ${others}${instead}`);
  }
}

function spoken(command: Command): string {
  if (command === 'print-keys') return '--print-keys';
  return command === 'debugger' || command === 'no screen' ? 'the debugger' : command;
}

/** `; did you mean syn-lost?`, or nothing. */
export function hint(given: string, names: Iterable<string>): string {
  const near = nearest(given, names);
  return near === null ? '' : `; did you mean ${near}?`;
}
