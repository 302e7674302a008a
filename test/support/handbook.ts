// The handbook of the project, as the tests read it.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readClaims, readPorts, readQuestions, readTerms } from '../../source/scenario/handbook.ts';
import type { Handbook } from '../../source/session/handbook.ts';

const folder = resolve(import.meta.dirname, '../../fixtures');
const table = <T>(name: string, read: (text: string, file: string) => T): T =>
  read(readFileSync(join(folder, name), 'utf8'), name);

export const handbook: Handbook = {
  claims: table('claims.txt', readClaims),
  questions: table('questions.txt', readQuestions),
  terms: table('glossary.txt', readTerms),
  ports: table('ports.txt', readPorts),
};
