// The handbook's tables read from their files: fixtures/claims.txt, questions.txt, glossary.txt, ports.txt.

import type { Bilingual } from '../session/bilingual.ts';
import type { Anchor } from '../session/caption.ts';
import type { Claim, Port, Question, Spot, Term, Verdict } from '../session/handbook.ts';
import { port, whole } from '../session/value.ts';
import { Misread } from '../session/words.ts';
import { anchorOf, type Numbered } from './read.ts';
import { type Entry, readRecords } from './records.ts';
import { Unreadable } from './unreadable.ts';

const verdicts: readonly string[] = ['T', 'S', 'D', 'W', 'A'] satisfies readonly Verdict[];

/** Reads the claims. Throws Unreadable. */
export function readClaims(text: string, file: string): readonly Claim[] {
  const keys = [
    'row',
    'in',
    'verdict',
    'claim',
    'claim.zh',
    'brief',
    'brief.zh',
    'rfc9293',
    'rfc9293.zh',
    'linux',
    'linux.zh',
    'at',
  ] as const;
  return readRecords(text, file, keys).map((entry) => ({
    row: numberIn(entry, 'row', file),
    sources: words(entry.one('in')),
    verdicts: readVerdicts(entry, file),
    says: both(entry, 'claim', 'claim.zh'),
    rfc9293: both(entry, 'rfc9293', 'rfc9293.zh'),
    linux: both(entry, 'linux', 'linux.zh'),
    brief: { en: briefly(entry, 'brief', file), zh: briefly(entry, 'brief.zh', file) },
    at: spots(entry, file).map(({ scenario, anchor }) => {
      if (anchor.kind === 'rule') return { scenario, anchor };
      throw new Unreadable(file, entry.line.number, 'expected the id of a rule behind each scenario of at:');
    }),
  }));
}

// `10 probes | left open | 9 probes`; two parts where Linux does what the RFC says.
function briefly<Key extends string>(entry: Entry<Key>, key: Key, file: string): readonly string[] {
  const [line] = entry.all(key);
  const parts = entry.one(key).split(' | ');
  if (parts.length === 2 || parts.length === 3) return parts;
  const at = line?.number ?? entry.line.number;
  throw new Unreadable(file, at, `expected two or three short texts with | between them behind ${key}:`);
}

function readVerdicts(entry: Entry<'verdict'>, file: string): readonly Verdict[] {
  const given = words(entry.one('verdict'));
  if (given.length === 1 && given[0] === '-') return [];
  return given.map((letter) => {
    if (!verdicts.includes(letter)) {
      throw new Unreadable(file, entry.line.number, new Misread(letter, `- or some of ${verdicts.join(' ')}`).message);
    }
    return letter as Verdict;
  });
}

/** Reads the questions. Throws Unreadable. */
export function readQuestions(text: string, file: string): readonly Question[] {
  const keys = ['id', 'ask', 'ask.zh', 'answer', 'answer.zh', 'at', 'drill'] as const;
  return readRecords(text, file, keys, ['ask', 'ask.zh']).map((entry) => {
    for (const key of ['ask', 'ask.zh'] as const) entry.one(key);
    return {
      id: entry.one('id'),
      asked: { en: entry.all('ask').map(textOf), zh: entry.all('ask.zh').map(textOf) },
      answer: both(entry, 'answer', 'answer.zh'),
      at: spots(entry, file),
      drill: entry.all('drill').length === 0 ? null : numberIn(entry, 'drill', file),
    };
  });
}

/** Reads the glossary. Throws Unreadable. */
export function readTerms(text: string, file: string): readonly Term[] {
  const keys = ['term', 'term.zh', 'also', 'means', 'means.zh'] as const;
  return readRecords(text, file, keys).map((entry) => ({
    name: both(entry, 'term', 'term.zh'),
    also: entry.all('also').flatMap(({ text: names }) => names.split(',').map((name) => name.trim())),
    meaning: both(entry, 'means', 'means.zh'),
  }));
}

/** Reads the ports. Throws Unreadable. */
export function readPorts(text: string, file: string): readonly Port[] {
  const keys = ['port', 'service', 'over', 'note', 'note.zh'] as const;
  return readRecords(text, file, keys).map((entry) => {
    const number = port.read(entry.one('port'));
    if (number === undefined) {
      throw new Unreadable(file, entry.line.number, new Misread(entry.one('port'), port.expected).message);
    }
    return {
      number,
      service: entry.one('service'),
      transport: entry.one('over'),
      note: both(entry, 'note', 'note.zh'),
    };
  });
}

function both<Key extends string>(entry: Entry<Key>, english: Key, chinese: Key): Bilingual {
  return { en: entry.one(english), zh: entry.one(chinese) };
}

// `hs-basic open.active, isn-clock isn.select 3, old-dup-syn 0.05`: scenario, then a rule and which of its events, or a time.
function spots(entry: Entry<'at'>, file: string): readonly Spot[] {
  const line: Numbered = entry.all('at')[0] ?? { number: entry.line.number, text: entry.one('at') };
  return line.text.split(',').map((text) => {
    const [scenario = '', place = '', nth, ...rest] = words(text);
    if (rest.length > 0) throw new Unreadable(file, line.number, new Misread(rest[0] ?? '', 'a comma').message);
    return { scenario, anchor: spotAnchor(place, nth, line, file) };
  });
}

function spotAnchor(place: string, nth: string | undefined, line: Numbered, file: string): Anchor {
  try {
    return anchorOf(place, nth);
  } catch (error) {
    if (error instanceof Misread) throw new Unreadable(file, line.number, error.message);
    throw error;
  }
}

function numberIn<Key extends string>(entry: Entry<Key>, key: Key, file: string): number {
  const kind = whole(1, 10_000);
  const value = kind.read(entry.one(key));
  if (value === undefined) {
    throw new Unreadable(file, entry.line.number, new Misread(entry.one(key), kind.expected).message);
  }
  return value;
}

function textOf({ text }: Numbered): string {
  return text;
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
