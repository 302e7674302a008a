// Readable tables: records of `key: value` lines, with an empty line between two of them. `//` begins a remark.

import { Misread } from '../session/words.ts';
import { linesOf, type Numbered } from './read.ts';
import { Unreadable } from './unreadable.ts';

/** One record: its values by key, each with its line, in the order of the file. */
export interface Entry<Key extends string> {
  /** The line on which it begins. */
  readonly line: Numbered;
  /** Every value of a key; empty where the key is absent. */
  all(key: Key): readonly Numbered[];
  /** The one value of a key. Throws Unreadable where it is absent. */
  one(key: Key): string;
}

/** Reads a table. A key may come more than once in a record only if it is one of `many`. Throws Unreadable. */
export function readRecords<Key extends string>(
  text: string,
  file: string,
  keys: readonly Key[],
  many: readonly Key[] = [],
): readonly Entry<Key>[] {
  const records: Entry<Key>[] = [];
  let values = new Map<Key, Numbered[]>();
  let first: Numbered | null = null;
  const close = (): void => {
    if (first !== null) records.push(record(first, values, file));
    first = null;
    values = new Map();
  };
  for (const line of linesOf(text, file)) {
    if (line.text.startsWith('//')) continue;
    if (line.text.trim() === '') {
      close();
      continue;
    }
    const [, name = '', value = ''] = /^([a-z0-9.]+):(.*)$/.exec(line.text) ?? [];
    const key = keys.find((one) => one === name);
    if (key === undefined) {
      const found = name === '' ? line.text : name;
      throw new Unreadable(file, line.number, new Misread(found, `one of ${keys.join(', ')}`, keys).message);
    }
    const earlier = values.get(key) ?? [];
    if (earlier.length > 0 && !many.includes(key)) throw new Unreadable(file, line.number, `${key} is given twice`);
    values.set(key, [...earlier, { number: line.number, text: value.trim() }]);
    first ??= line;
  }
  close();
  return records;
}

function record<Key extends string>(line: Numbered, values: ReadonlyMap<Key, Numbered[]>, file: string): Entry<Key> {
  return {
    line,
    all: (key) => values.get(key) ?? [],
    one: (key) => {
      const value = values.get(key)?.[0]?.text ?? '';
      if (value === '') throw new Unreadable(file, line.number, `expected a line ${key}: in this record`);
      return value;
    },
  };
}
