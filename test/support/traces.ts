// Recorded kernel traces: those of the project, and those of a larger collection where it lies beside the project.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { readTrace } from '../../source/scenario/trace/read.ts';
import type { Trace } from '../../source/scenario/trace/trace.ts';

const root = resolve(import.meta.dirname, '../..');
const own = join(root, 'fixtures/kernel');
const collection = resolve(root, '../shared/kernel-truth/traces');

const tracesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => join(folder, name))
    : [];

/** The files of the project's own recordings. */
export const ownTraces: readonly string[] = tracesIn(own);

/** The files of the larger collection; empty where it is not there. */
export const collectedTraces: readonly string[] = tracesIn(collection);

/** The text of one of the project's own recordings. */
export const traceText = (id: string): string => readFileSync(join(own, `${id}.json`), 'utf8');

/** A recording as a value. */
export const traceOf = (file: string): Trace => readTrace(readFileSync(file, 'utf8'), basename(file));
