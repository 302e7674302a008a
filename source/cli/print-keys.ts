// `tcpstep --print-keys`: every action with its keys, as they are with the config file applied.

import stringWidth from 'string-width';
import type { Keymap, Language } from '../session/session.ts';
import { rowsOf } from '../ui/keys.ts';

/** Tells what in a file cannot be used; the rest is. */
export function complain(complaints: readonly string[]): void {
  for (const complaint of complaints) process.stderr.write(`tcpstep: ${complaint}\n`);
}

/** One line per action: its name in the config file, its keys by the names they have there, and what it does. */
export function keyLines(keys: Keymap, language: Language): readonly string[] {
  const rows = rowsOf({ keys }).map((row) => [row.id, row.keys.join(' '), row.label[language]] as const);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => stringWidth(row[column] ?? ''))));
  const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - stringWidth(text)));
  return rows.map(([id, names, label]) => `${padded(id, widths[0] ?? 0)}  ${padded(names, widths[1] ?? 0)}  ${label}`);
}
