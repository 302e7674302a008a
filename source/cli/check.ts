// `tcpstep check`: recorded kernel traces replayed by the engine, and how the two differ.

import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { aspects, type Comparison, check, nothing, same } from '../scenario/trace/compare.ts';
import { emit } from '../scenario/trace/emit.ts';
import { readTrace } from '../scenario/trace/read.ts';
import { Unreadable } from '../scenario/unreadable.ts';
import { textOf } from './library.ts';

/**
 * Checks every trace file; with a folder, writes the engine's own traces there under the names of the files.
 * `status` is 1 where any differs. Throws Unreadable before anything is checked.
 */
export function checkAll(
  files: readonly string[],
  format: 'text' | 'json',
  folder: string | null,
): { readonly lines: readonly string[]; readonly status: 0 | 1 } {
  const traces = files.map((file) => readTrace(textOf(file), file));
  const comparisons = traces.map(check);
  if (folder !== null) {
    for (const [index, trace] of traces.entries()) {
      write(join(folder, basename(files[index] ?? '')), emit(trace, comparisons[index]?.engine ?? []));
    }
  }
  const lines = format === 'json' ? jsonReport(comparisons) : textReport(comparisons);
  return { lines: [...lines], status: comparisons.every(same) ? 0 : 1 };
}

function write(file: string, text: string): void {
  try {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new Unreadable(
      file,
      null,
      `it cannot be written (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}

/** One JSON object per trace, then the summary. */
function* jsonReport(comparisons: readonly Comparison[]): Generator<string> {
  for (const { trace, equal, first } of comparisons) yield JSON.stringify({ trace, ...equal, first });
  yield JSON.stringify(summary(comparisons));
}

/** How many traces agree, by aspect and in everything. */
function summary(comparisons: readonly Comparison[]): Readonly<Record<string, number>> {
  const counts = aspects.map((aspect) => [aspect, comparisons.filter(({ equal }) => equal[aspect]).length] as const);
  return { traces: comparisons.length, ...Object.fromEntries(counts), all: comparisons.filter(same).length };
}

/** A line per trace; kernel and engine side by side where they part; then the summary. */
function* textReport(comparisons: readonly Comparison[]): Generator<string> {
  for (const comparison of comparisons) yield* traceLines(comparison);
  const counts = summary(comparisons);
  const parts = aspects.map((aspect) => `${aspect} ${counts[aspect] ?? 0}`);
  yield `${counts['traces'] ?? 0} traces: ${parts.join(', ')}, all ${counts['all'] ?? 0}`;
}

const linesBefore = 2;
const linesShown = 12;

function* traceLines({ trace, equal, first, lists }: Comparison): Generator<string> {
  if (first === null) {
    yield `${trace}: equal`;
    return;
  }
  if (first.aspect === 'not-understood') {
    yield `${trace}: not understood: ${first.kernel}`;
    return;
  }
  const different = aspects.filter((aspect) => !equal[aspect]);
  yield `${trace}: ${different.join(', ')} differ`;
  if (lists === null) return;
  const from = Math.max(0, first.line - 1 - linesBefore);
  const to = Math.min(Math.max(lists.kernel.length, lists.engine.length), from + linesShown);
  const rows = Array.from({ length: to - from }, (_, offset) => from + offset);
  const left = rows.map((row) => lists.kernel[row] ?? nothing);
  const width = Math.max('kernel'.length, ...left.map((text) => text.length));
  yield `  ${first.aspect} of ${first.of}`;
  yield `      ${'kernel'.padEnd(width)}  engine`;
  for (const [index, row] of rows.entries()) {
    const [a, b] = [left[index] ?? nothing, lists.engine[row] ?? nothing];
    yield `  ${String(row + 1).padStart(3)} ${a.padEnd(width)} ${a === b ? ' ' : '|'} ${b}`;
  }
  const more = Math.max(lists.kernel.length, lists.engine.length) - to;
  if (more > 0) yield `      ... ${more} more`;
}
