// The outcomes of a tour side by side, as a table in plain lines. In English like all transcripts.

import { type Outcome, outcomes, type Since, type WayOutcome } from '../scenario/tour.ts';
import type { Start } from '../session/session.ts';
import { seconds } from '../session/time.ts';

const heading = ['way', 'segments', 'sent again', 'client', 'server', 'errors, and what broke'] as const;

/** One line per way below a heading, in columns; the first is the script alone. */
export function* tour(start: Start, until: number | null): Generator<string> {
  const rows = [heading, ...outcomes(start, until).map(row)];
  const widths = heading.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  for (const cells of rows) {
    yield cells
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  }
}

function row({ way, ends, segments, repetitions, errors, broken, stop }: WayOutcome): readonly string[] {
  const again = repeated(repetitions);
  const wrong = [
    ...errors.map(({ host, error }) => `${nameOf(host)} ${error}`),
    ...broken.map(({ host, invariant }) => `${nameOf(host)}: ${invariant} broken`),
    ...(stop === 'quiet' ? [] : ['(goes on)']),
  ];
  return [
    way.title.en,
    String(segments),
    again.length === 0 ? '-' : again.join(', '),
    since(ends[0]),
    since(ends[1]),
    wrong.length === 0 ? '-' : wrong.join(', '),
  ];
}

// Each kind of segment once: when, or how often and since when.
function repeated(repetitions: Outcome['repetitions']): readonly string[] {
  const kinds = Map.groupBy(repetitions, ({ host, ctl }) => `${nameOf(host)} ${ctl.join(',')}`);
  return [...kinds].map(([kind, [first, ...more]]) => {
    const from = seconds(first?.at ?? 0);
    return more.length === 0 ? `${kind} at ${from}` : `${kind} ${more.length + 1} times from ${from}`;
  });
}

function nameOf(host: 0 | 1): string {
  return host === 0 ? 'client' : 'server';
}

function since({ state, at }: Since): string {
  return `${state} at ${seconds(at)}`;
}
