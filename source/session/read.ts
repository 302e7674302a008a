// Decisions read from words: what `print.ts` writes, and what people write by hand.

import type { Call, Payload } from '../host/call.ts';
import type { NetworkNotice } from '../tcp/notice.ts';
import type { Profile } from '../tcp/profile.ts';
import { type Control, controls, isControl } from '../tcp/segment.ts';
import type { SocketOptions } from '../tcp/socket.ts';
import type { Action, SegmentFields, Tamper } from '../world/event.ts';
import type { Bound, Match, Nth, RuleDeed } from '../world/wire.ts';
import { nearest } from './nearest.ts';
import { boundNames, usual, usualTarget } from './print.ts';
import { unquote } from './quote.ts';
import {
  address,
  flag,
  type Notation,
  octets,
  optionNotation,
  orNone,
  port,
  profileNotation,
  socketName,
  time,
  whole,
  word32,
} from './value.ts';

/** Words that are not a decision: what stands there, what was expected, and the nearest word that would do. */
export class Misread extends Error {
  /** The word found; '' at the end of the line. */
  readonly found: string;
  readonly expected: string;
  readonly nearest: string | null;

  constructor(found: string, expected: string, known: Iterable<string> = []) {
    const near = found === '' ? null : nearest(found, known);
    const instead = near === null ? '' : `; did you mean ${near}?`;
    super(`expected ${expected}, found ${found === '' ? 'the end of the line' : shown(found)}${instead}`);
    this.name = 'Misread';
    this.found = found;
    this.expected = expected;
    this.nearest = near;
  }
}

/** A word as an error message may show it: no control characters, not too long. */
export function shown(word: string): string {
  const clean = word.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '?');
  // By characters, not by code units: a pair that is cut in two is no text.
  const letters = [...clean];
  return `"${letters.length <= 40 ? clean : `${letters.slice(0, 37).join('')}...`}"`;
}

/** Words of one line, taken one after another. Quoted texts are part of a word. */
export class Words {
  private readonly words: readonly string[];
  private at = 0;

  constructor(text: string) {
    this.words = text.match(/(?:[^\s"]|"(?:[^"\\]|\\.)*"|")+/gu) ?? [];
  }

  /** The next word, '' at the end; it stays. */
  peek(): string {
    return this.words[this.at] ?? '';
  }

  /** The next word, '' at the end. */
  take(): string {
    const word = this.peek();
    this.at += 1;
    return word;
  }

  /** Takes the next word if it is this one. */
  skip(word: string): boolean {
    if (this.peek() !== word || word === '') return false;
    this.at += 1;
    return true;
  }

  /** Throws unless everything has been taken. */
  end(): void {
    if (this.peek() !== '') throw new Misread(this.peek(), 'the end of the line');
  }
}

/** The hosts by name. */
export const hostNames: readonly string[] = ['client', 'server'];

const callNames: readonly string[] = [
  'listen',
  'accept',
  'connect',
  'send',
  'recv',
  'read',
  'shutdown',
  'close',
  'abort',
  'set',
  'status',
  'kill',
  'crash',
  'boot',
  'tune',
  'bind',
  'sendto',
];

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

function readCall(words: Words): Call {
  const name = words.take();
  switch (name) {
    case 'listen':
      return readListen(words);
    case 'accept': {
      const { on, as } = readClauses(words, { on: socketName, as: socketName });
      return { do: 'accept', on, as };
    }
    case 'connect':
      return readConnect(words);
    case 'send': {
      const payload = readPayload(words);
      const urgent = words.skip('urgent');
      const push = !words.skip('more');
      return { do: 'send', payload, urgent, push, on: readOn(words) };
    }
    case 'recv':
    case 'receive': {
      const amount = read(words, octets);
      const urgent = words.skip('urgent');
      return { do: 'receive', octets: amount, urgent, on: readOn(words) };
    }
    case 'shutdown': {
      const how = words.peek();
      const known = how === 'RD' || how === 'WR' || how === 'RDWR';
      if (known) words.take();
      else if (how !== '' && how !== 'on') throw new Misread(how, 'RD, WR, RDWR or on', ['RD', 'WR', 'RDWR', 'on']);
      return { do: 'shutdown', how: known ? how : 'WR', on: readOn(words) };
    }
    case 'set': {
      const options = readSettings(words);
      if (Object.keys(options).length === 0) throw unknownSetting(words.peek(), 'an option', optionNotation);
      return { do: 'set', options, on: readOn(words) };
    }
    case 'tune': {
      const values = readTuning(words);
      if (Object.keys(values).length === 0)
        throw unknownSetting(words.peek(), 'a value of the profile', profileNotation);
      return { do: 'tune', values };
    }
    case 'bind':
      return { do: 'bind', port: read(words, port) };
    case 'sendto': {
      const payload = readPayload(words);
      if (!words.skip('port')) throw new Misread(words.peek(), 'port', ['port']);
      return { do: 'sendto', payload, port: read(words, port) };
    }
    case 'read':
    case 'close':
    case 'abort':
    case 'status':
      return { do: name, on: readOn(words) };
    case 'kill':
    case 'crash':
    case 'boot':
      return { do: name };
  }
  throw new Misread(name, `a call (${callNames.join(', ')})`, callNames);
}

function readListen(words: Words): Call {
  const number = /^\d/.test(words.peek()) ? read(words, port) : usual.port;
  let backlog: number = usual.backlog;
  if (words.skip('backlog')) backlog = read(words, whole(0, 65_535));
  const as = words.skip('as') ? read(words, socketName) : null;
  return { do: 'listen', port: number, backlog, as, options: readSettings(words, ['backlog', 'as']) };
}

function readConnect(words: Words): Call {
  const to = /^\d/.test(words.peek()) ? read(words, port) : null;
  const clauses = readClauses(words, { from: port, to: address, iss: word32 });
  const payload = words.skip('with') ? readPayload(words) : null;
  const as = words.skip('as') ? read(words, socketName) : null;
  const options = readSettings(words, ['from', 'to', 'iss', 'with', 'as']);
  return { do: 'connect', port: to, from: clauses.from, to: clauses.to, iss: clauses.iss, payload, as, options };
}

function readOn(words: Words): string | null {
  return words.skip('on') ? read(words, socketName) : null;
}

function readPayload(words: Words): Payload {
  const word = words.take();
  const text = word.startsWith('"') ? unquote(word) : undefined;
  if (text !== undefined) return { text };
  const count = octets.read(word);
  if (count === undefined) throw new Misread(word, 'a number of octets or a "text"');
  return { octets: count };
}

/** Takes `word value` pairs, each at most once and in any order; null for those that are not there. */
function readClauses<Table extends object>(
  words: Words,
  kinds: { readonly [Name in keyof Table]: Notation<Table[Name]> },
): { [Name in keyof Table]: Table[Name] | null } {
  const found = new Map<string, unknown>();
  for (;;) {
    const word = words.peek();
    const name = word as keyof Table & string;
    if (!Object.hasOwn(kinds, word) || found.has(word)) break;
    words.take();
    found.set(word, read(words, kinds[name]));
  }
  return Object.fromEntries(Object.keys(kinds).map((name) => [name, found.get(name) ?? null])) as {
    [Name in keyof Table]: Table[Name] | null;
  };
}

function readSettings(words: Words, also: readonly string[] = []): Partial<SocketOptions> {
  return readPairs(words, optionNotation, 'an option', ['on', ...also]);
}

/** Takes `name=value` words for values of a profile. Throws Misread. */
export function readTuning(words: Words): Partial<Profile> {
  return readPairs(words, profileNotation, 'a value of the profile', []);
}

/** Takes names with values up to the end or to one of `stops`. A name alone means `=on`. */
function readPairs<Table extends object>(
  words: Words,
  notation: { readonly [Field in keyof Table]: Notation<Table[Field]> },
  what: string,
  stops: readonly string[],
): Partial<Table> {
  const values: Partial<Table> = {};
  for (let word = words.peek(); word !== '' && !stops.includes(word); word = words.peek()) {
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    if (!Object.hasOwn(notation, name)) throw unknownSetting(name, what, notation);
    const field = name as keyof Table & string;
    const kind = notation[field];
    const text = equals < 0 ? 'on' : word.slice(equals + 1);
    const value = kind.read(text);
    if (value === undefined) throw new Misread(equals < 0 ? word : text, `${kind.expected} for ${name}`, kind.words);
    values[field] = value;
    words.take();
  }
  return values;
}

function unknownSetting(found: string, what: string, notation: object): Misread {
  return new Misread(found, what, Object.keys(notation));
}

function read<T>(words: Words, kind: Notation<T>): T {
  return valueIn(words.take(), kind);
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
      return { do: 'delay', flight, until: read(words, time) };
    }
    case 'duplicate': {
      if (isRule(words)) return readRule(words, name);
      const flight = readFlight(words);
      return { do: 'duplicate', flight, at: words.skip('at') ? read(words, time) : null };
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
      return { do: 'pace', by: read(words, time) };
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

const notices: readonly string[] = ['soft', 'hard', 'mtu'];

function readNotice(words: Words, what: string): NetworkNotice {
  if (what === 'mtu') return { mtu: read(words, whole(68, 65_535)) };
  if (what !== 'soft' && what !== 'hard') throw new Misread(what, 'soft, hard or mtu', notices);
  return what;
}

const parties = ['client', 'server', 'third'] as const;

function readParty(words: Words): (typeof parties)[number] {
  const word = words.take();
  const party = parties.find((name) => name === word);
  if (party === undefined) throw new Misread(word, 'client, server or third', parties);
  return party;
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

function readFlags(word: string): readonly Control[] {
  if (word === 'none') return [];
  return word.split(',').map((name) => {
    if (isControl(name)) return name;
    throw new Misread(name, `a flag (${Object.keys(controls).join(', ')})`, Object.keys(controls));
  });
}

const ruleWords: readonly string[] = [
  ...['all', 'where', 'nth', 'seed', 'flags=', 'without=', 'exactly=', 'len='],
  ...boundNames.map((name) => `${name}=`),
  ...['again=', 'port=', 'toport=', 'from', 'by', 'after', 'for', 'then'],
];

type Order = Extract<Tamper, { do: 'rule' }>['rule'];

function readRule(words: Words, deed: RuleDeed): Tamper {
  let nth: Nth | null = null;
  let share: number | null = null;
  let seed: number | null = null;
  let match: Match = { from: null, flags: null, without: null, len: null };
  let by = 0;
  let duration: number | null = null;
  let more: Pick<Order, 'after' | 'what' | 'goesOn'> = {};
  if (words.peek() === '') throw new Misread('', `a segment such as #1, or a rule (${ruleWords.join(', ')})`);
  for (let word = words.take(); word !== ''; word = words.take()) {
    const percentage = /^(\d{1,3})%$/.exec(word)?.[1];
    const length = /^len([=<>])(\d{1,9})$/.exec(word);
    const also = readMatch(word);
    if (word === 'all' || word === 'where') continue;
    if (word === 'nth') nth = readNth(words.take());
    else if (percentage !== undefined && Number(percentage) <= 100) share = Number(percentage);
    else if (word === 'seed') seed = read(words, word32);
    else if (word.startsWith('flags=')) match = { ...match, flags: readFlags(word.slice(6)) };
    else if (word.startsWith('without=')) match = { ...match, without: readFlags(word.slice(8)) };
    else if (length !== null) match = { ...match, len: { is: relation(length[1] ?? ''), octets: Number(length[2]) } };
    else if (word === 'from') match = { ...match, from: readParty(words) };
    else if (word === 'by') by = read(words, time);
    else if (word === 'for') duration = read(words, time);
    else if (word === 'after') more = { ...more, after: read(words, time) };
    else if (deed === 'refuse' && notices.includes(word)) more = { ...more, what: readNotice(words, word) };
    else if (word === 'then') more = { ...more, goesOn: true };
    else if (also !== null) match = { ...match, ...also };
    else throw new Misread(word, `a segment such as #1, or a rule (${ruleWords.join(', ')})`, ruleWords);
  }
  if (share === null && seed !== null) throw new Misread('', 'a percentage such as 50% for this seed');
  const percent = share === null ? null : { of: share, seed: seed ?? 0 };
  return { do: 'rule', rule: { do: deed, match, nth, percent, duration, by, ...more } };
}

// `1`, `1,3` or `2-`.
function readNth(word: string): Nth {
  const nth = whole(1, 1_000_000);
  const from = word.endsWith('-') ? nth.read(word.slice(0, -1)) : undefined;
  if (from !== undefined) return { from };
  const these = word.split(',').map((one) => nth.read(one));
  const known = these.flatMap((one) => one ?? []);
  const [first] = known;
  if (first === undefined || known.length < these.length) throw new Misread(word, 'a number such as 1, 1,3 or 2-');
  return known.length === 1 ? first : known;
}

// The conditions that one word states: `seq>100`, `exactly=SYN|SYN,ACK`, `again=on`; null where it states none.
function readMatch(word: string): Partial<Match> | null {
  const bound = /^([a-z]+)([=<>])(-?\d{1,10})$/.exec(word);
  const name = boundNames.find((one) => one === bound?.[1]);
  if (bound !== null && name !== undefined) {
    const limit: Bound = { is: relation(bound[2] ?? ''), limit: Number(bound[3]) };
    return { [name]: limit };
  }
  const [key, value = ''] = word.split('=', 2);
  switch (key) {
    case 'exactly':
      return { exactly: value.split('|').map(readFlags) };
    case 'again':
      return { again: valueIn(value, flag) };
    case 'port':
      return { port: valueIn(value, port) };
    case 'toport':
      return { toPort: valueIn(value, port) };
  }
  return null;
}

function valueIn<T>(word: string, kind: Notation<T>): T {
  const value = kind.read(word);
  if (value === undefined) throw new Misread(word, kind.expected, kind.words);
  return value;
}

function relation(sign: string): '=' | '>' | '<' {
  return sign === '>' || sign === '<' ? sign : '=';
}
