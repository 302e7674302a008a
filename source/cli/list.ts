// `tcpstep list`: every scenario with its title, group and profiles.

import stringWidth from 'string-width';
import type { Scenario } from '../scenario/scenario.ts';
import type { Language } from '../session/session.ts';

/** The list for people: one line per scenario under the name of its group, in columns. */
export function* listLines(scenarios: readonly Scenario[], language: Language): Generator<string> {
  const rows = scenarios.map(
    ({ subject, profiles }) => [subject.id, subject.title[language], profiles.join(' ')] as const,
  );
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => stringWidth(row[column] ?? ''))));
  for (const [index, [id, title, profiles]] of rows.entries()) {
    const group = scenarios[index]?.subject.group ?? '';
    if (group !== scenarios[index - 1]?.subject.group) yield `${index === 0 ? '' : '\n'}${group}`;
    yield `  ${padded(id, widths[0] ?? 0)}  ${padded(title, widths[1] ?? 0)}  ${profiles}`;
  }
}

/** The list for programs: a JSON array, one object per line, in both languages. */
export function listJson(scenarios: readonly Scenario[]): string {
  const items = scenarios.map(({ subject, profiles, ways }) => {
    const { id, title, about, group, lesson, minutes, cites, beside } = subject;
    return JSON.stringify({ id, title, about, group, lesson, profiles, minutes, tour: ways.length > 0, cites, beside });
  });
  return `[\n${items.join(',\n')}\n]`;
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}
