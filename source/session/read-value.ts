// Values, names and clauses taken from the words of a line.

import type { NetworkNotice } from '../tcp/notice.ts';
import { type Control, controls, isControl } from '../tcp/segment.ts';
import { type Notation, whole } from './value.ts';
import { Misread, type Words } from './words.ts';

/** Takes the next word as a value. Throws Misread. */
export function readValue<T>(words: Words, kind: Notation<T>): T {
  return valueIn(words.take(), kind);
}

/** The value that a word stands for. Throws Misread. */
export function valueIn<T>(word: string, kind: Notation<T>): T {
  const value = kind.read(word);
  if (value === undefined) throw new Misread(word, kind.expected, kind.words);
  return value;
}

/** Takes `word value` pairs, each at most once and in any order; null for those that are not there. */
export function readClauses<Table extends object>(
  words: Words,
  kinds: { readonly [Name in keyof Table]: Notation<Table[Name]> },
): { [Name in keyof Table]: Table[Name] | null } {
  const found = new Map<string, unknown>();
  for (;;) {
    const word = words.peek();
    const name = word as keyof Table & string;
    if (!Object.hasOwn(kinds, word) || found.has(word)) break;
    words.take();
    found.set(word, readValue(words, kinds[name]));
  }
  return Object.fromEntries(Object.keys(kinds).map((name) => [name, found.get(name) ?? null])) as {
    [Name in keyof Table]: Table[Name] | null;
  };
}

/** What a router can say of a segment that it does not pass on. */
export const notices: readonly string[] = ['soft', 'hard', 'mtu'];

/** A notice of the network, whose first word has been taken. Throws Misread. */
export function readNotice(words: Words, what: string): NetworkNotice {
  if (what === 'mtu') return { mtu: readValue(words, whole(68, 65_535)) };
  if (what !== 'soft' && what !== 'hard') throw new Misread(what, 'soft, hard or mtu', notices);
  return what;
}

const parties = ['client', 'server', 'third'] as const;

/** Takes the name of whoever sends. Throws Misread. */
export function readParty(words: Words): (typeof parties)[number] {
  const word = words.take();
  const party = parties.find((name) => name === word);
  if (party === undefined) throw new Misread(word, 'client, server or third', parties);
  return party;
}

/** Control bits with commas between them, or none. Throws Misread. */
export function readFlags(word: string): readonly Control[] {
  if (word === 'none') return [];
  return word.split(',').map((name) => {
    if (isControl(name)) return name;
    throw new Misread(name, `a flag (${Object.keys(controls).join(', ')})`, Object.keys(controls));
  });
}
