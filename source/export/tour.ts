// The outcomes of a tour side by side, as a table in plain lines. In English like all transcripts.

import { type Outcome, outcomes, type Since } from '../scenario/tour.ts';
import type { Start } from '../session/session.ts';
import { seconds } from '../session/time.ts';

const heading = ['way', 'segments', 'sent again', 'client', 'server', 'told to the application'] as const;

/** One line per way below a heading, in columns; the first is the lesson without any of its ways. */
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

function row({ way, ends, segments, repetitions, errors, stop }: Outcome): readonly string[] {
  const again = repetitions.map(({ at, host, ctl }) => `${nameOf(host)} ${ctl.join(',')} at ${seconds(at)}`);
  const told = errors.map(({ host, error }) => `${nameOf(host)} ${error}`);
  return [
    way === null ? 'nothing happens to it' : way.title.en,
    String(segments),
    again.length === 0 ? '-' : again.join(', '),
    since(ends[0]),
    since(ends[1]),
    [...told, ...(stop === 'quiet' ? [] : ['(goes on)'])].join(', ') || '-',
  ];
}

function nameOf(host: 0 | 1): string {
  return host === 0 ? 'client' : 'server';
}

function since({ state, at }: Since): string {
  return `${state} at ${seconds(at)}`;
}
