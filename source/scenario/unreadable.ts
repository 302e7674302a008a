// A file that cannot be read: where, and what was expected instead.

import { shown } from '../session/words.ts';

/** Says file, line and what was expected, on one line without control characters. */
export class Unreadable extends Error {
  readonly file: string;
  /** From 1; null where no line is to blame. */
  readonly line: number | null;

  constructor(file: string, line: number | null, what: string) {
    super(`${shown(file).slice(1, -1)}${line === null ? '' : `:${line}`}: ${what}`);
    this.name = 'Unreadable';
    this.file = file;
    this.line = line;
  }
}
