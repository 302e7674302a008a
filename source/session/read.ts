// Decisions read from words: what `print.ts` writes, and what people write by hand.

import type { Action, SegmentFields, Tamper } from '../world/event.ts';
import { usualTarget } from './print.ts';
import { unquote } from './quote.ts';
import { readCall } from './read-call.ts';
import { readRule } from './read-rule.ts';
import { readClauses, readFlags, readNotice, readParty, readValue } from './read-value.ts';
import { address, flag, type Notation, orNone, port, time, whole, word32 } from './value.ts';
import { Misread, Words } from './words.ts';

/** The hosts by name. */
export const hostNames: readonly string[] = ['client', 'server'];

const tamperNames: readonly string[] = [
  'drop',
  'delay',
  'hold',
  'release',
  'duplicate',
  'swap',
  'edit',
  'corrupt',
  'mark',
  'refuse',
  'forge',
  'cut',
  'mend',
  'pace',
  'third',
];

/** Every word that a decision can begin with. */
export const verbs: readonly string[] = [...hostNames, ...tamperNames];

/** Reads a whole decision such as `client send 5` or `drop #1`. Throws Misread. */
export function readPhrase(text: string): Action {
  const words = new Words(text);
  const action = readAction(words);
  words.end();
  return action;
}

/** Takes one decision from the words. Throws Misread. */
export function readAction(words: Words): Action {
  const first = words.peek();
  const host = hostNames.indexOf(first);
  if (host >= 0) {
    words.take();
    return { kind: 'call', host: host === 0 ? 0 : 1, call: readCall(words) };
  }
  return { kind: 'tamper', tamper: readTamper(words) };
}

function readTamper(words: Words): Tamper {
  const name = words.take();
  switch (name) {
    case 'drop':
      return isRule(words) ? readRule(words, name) : { do: 'drop', flight: readFlight(words) };
    case 'release':
    case 'swap':
    case 'corrupt':
      return { do: name, flight: readFlight(words) };
    case 'mark':
      return isRule(words) ? readRule(words, name) : { do: name, flight: readFlight(words) };
    case 'refuse': {
      if (isRule(words)) return readRule(words, name);
      const flight = readFlight(words);
      return { do: 'refuse', flight, what: readNotice(words, words.take()) };
    }
    case 'hold':
      return isRule(words) ? readRule(words, name) : { do: 'delay', flight: readFlight(words), until: null };
    case 'delay': {
      if (isRule(words)) return readRule(words, name);
      const flight = readFlight(words);
      if (!words.skip('until')) throw new Misread(words.peek(), 'until', ['until']);
      return { do: 'delay', flight, until: readValue(words, time) };
    }
    case 'duplicate': {
      if (isRule(words)) return readRule(words, name);
      const flight = readFlight(words);
      return { do: 'duplicate', flight, at: words.skip('at') ? readValue(words, time) : null };
    }
    case 'edit': {
      const flight = readFlight(words);
      const fields = readFields(words, []);
      if (Object.keys(fields).length === 0)
        throw new Misread(words.peek(), `a field (${fieldNames.join(', ')})`, fieldNames);
      return { do: 'edit', flight, fields };
    }
    case 'forge':
      return readForge(words);
    case 'cut':
    case 'mend':
      return { do: name };
    case 'pace':
      return { do: 'pace', by: readValue(words, time) };
    case 'third': {
      const answers = words.take();
      if (answers !== 'silent' && answers !== 'reset')
        throw new Misread(answers, 'silent or reset', ['silent', 'reset']);
      return { do: 'third', answers };
    }
  }
  throw new Misread(name, `client, server, or one of ${tamperNames.join(', ')}`, verbs);
}

/** Takes `#12`. Throws Misread. */
export function readFlight(words: Words): number {
  const word = words.take();
  const number = /^#(\d{1,9})$/.exec(word)?.[1];
  if (number === undefined) throw new Misread(word, 'a segment such as #1');
  return Number(number);
}

// What is done to one segment names it; anything else is a standing order.
function isRule(words: Words): boolean {
  return !words.peek().startsWith('#');
}

function readForge(words: Words): Tamper {
  if (!words.skip('from')) throw new Misread(words.peek(), 'from', ['from']);
  const from = readParty(words);
  let to = usualTarget(from);
  if (words.skip('to')) {
    const word = words.take();
    if (word !== 'client' && word !== 'server') throw new Misread(word, 'client or server', hostNames);
    to = word;
  }
  const fields = readFields(words, ['address', 'port', 'toport', 'at']);
  const clauses = readClauses(words, { address, port, toport: port, at: time });
  return {
    do: 'forge',
    from,
    to,
    address: clauses.address,
    port: clauses.port,
    toPort: clauses.toport,
    fields,
    at: clauses.at,
  };
}

const fieldNotation = {
  seq: word32,
  ack: word32,
  wnd: whole(0, 65_535),
  up: whole(0, 65_535),
  len: whole(0, 65_535),
  mss: orNone(whole(0, 65_535)),
  wscale: orNone(whole(0, 255)),
  sackPermitted: flag,
  tsVal: orNone(word32),
  tsEcr: word32,
} as const;

const fieldNames: readonly string[] = [...Object.keys(fieldNotation), 'text'];

function readFields(words: Words, stops: readonly string[]): SegmentFields {
  let fields: SegmentFields = {};
  for (let word = words.peek(); word !== '' && !stops.includes(word); word = words.peek()) {
    words.take();
    if (word === 'none' || /^[A-Z]{3}(?:,[A-Z]{3})*$/.test(word)) {
      fields = { ...fields, ctl: readFlags(word) };
      continue;
    }
    const [name = '', ...rest] = word.split('=');
    const value = rest.join('=');
    if (name === 'text') {
      const text = unquote(value);
      if (text === undefined) throw new Misread(value, 'a "text"');
      fields = { ...fields, text };
      continue;
    }
    if (!Object.hasOwn(fieldNotation, name)) {
      throw new Misread(name, `flags such as SYN,ACK or a field (${fieldNames.join(', ')})`, [...fieldNames, ...stops]);
    }
    const kind: Notation<never> = fieldNotation[name as keyof typeof fieldNotation] as Notation<never>;
    const read: number | boolean | null | undefined = kind.read(value);
    if (read === undefined) throw new Misread(value, `${kind.expected} for ${name}`, kind.words);
    fields = { ...fields, [name]: read };
  }
  return fields;
}
