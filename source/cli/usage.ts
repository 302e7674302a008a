// Wrong usage of the command line, and names checked against those that exist.

import { nearest } from '../session/nearest.ts';
import { shown } from '../session/read.ts';

/** Wrong usage: the message is one line, the exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** The known name that was given. Throws UsageError with the nearest one. */
export function known<Name extends string>(what: string, given: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === given);
  if (found !== undefined) return found;
  throw new UsageError(`unknown ${what} ${shown(given)}: expected one of ${names.join(', ')}${hint(given, names)}`);
}

/** `; did you mean syn-lost?`, or nothing. */
export function hint(given: string, names: Iterable<string>): string {
  const near = nearest(given, names);
  return near === null ? '' : `; did you mean ${near}?`;
}
