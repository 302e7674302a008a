// The handbook's files, read when somebody asks for what stands in them: the debugger opens without waiting for them.

import { dirname, join } from 'node:path';
import { readClaims, readPorts, readQuestions, readTerms } from '../scenario/handbook.ts';
import type { Handbook } from '../session/handbook.ts';
import { folder, textOf } from './library.ts';

/** The handbook that comes with the program; each table is read once, when it is first asked for. Throws Unreadable then. */
export function handbook(): Handbook {
  const read: Partial<Record<keyof Handbook, unknown>> = {};
  const table = <T>(key: keyof Handbook, name: string, reader: (text: string, file: string) => T): T => {
    const file = join(dirname(folder()), name);
    read[key] ??= reader(textOf(file), file);
    return read[key] as T;
  };
  return {
    get claims() {
      return table('claims', 'claims.txt', readClaims);
    },
    get questions() {
      return table('questions', 'questions.txt', readQuestions);
    },
    get terms() {
      return table('terms', 'glossary.txt', readTerms);
    },
    get ports() {
      return table('ports', 'ports.txt', readPorts);
    },
  };
}
