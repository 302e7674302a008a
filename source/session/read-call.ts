// Calls of applications and accidents of hosts, read from words.

import type { Call, Payload } from '../host/call.ts';
import type { Profile } from '../tcp/profile.ts';
import type { SocketOptions } from '../tcp/socket.ts';
import { usual } from './print.ts';
import { unquote } from './quote.ts';
import { readClauses, readValue } from './read-value.ts';
import {
  address,
  type Notation,
  octets,
  optionNotation,
  port,
  profileNotation,
  socketName,
  whole,
  word32,
} from './value.ts';
import { Misread, type Words } from './words.ts';

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

/** Takes a call of an application, or an accident of a host. Throws Misread. */
export function readCall(words: Words): Call {
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
      const amount = readValue(words, octets);
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
      return { do: 'bind', port: readValue(words, port) };
    case 'sendto': {
      const payload = readPayload(words);
      if (!words.skip('port')) throw new Misread(words.peek(), 'port', ['port']);
      return { do: 'sendto', payload, port: readValue(words, port) };
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
  const number = /^\d/.test(words.peek()) ? readValue(words, port) : usual.port;
  let backlog: number = usual.backlog;
  if (words.skip('backlog')) backlog = readValue(words, whole(0, 65_535));
  const as = words.skip('as') ? readValue(words, socketName) : null;
  return { do: 'listen', port: number, backlog, as, options: readSettings(words, ['backlog', 'as']) };
}

function readConnect(words: Words): Call {
  const to = /^\d/.test(words.peek()) ? readValue(words, port) : null;
  const clauses = readClauses(words, { from: port, to: address, iss: word32 });
  const payload = words.skip('with') ? readPayload(words) : null;
  const as = words.skip('as') ? readValue(words, socketName) : null;
  const options = readSettings(words, ['from', 'to', 'iss', 'with', 'as']);
  return { do: 'connect', port: to, from: clauses.from, to: clauses.to, iss: clauses.iss, payload, as, options };
}

function readOn(words: Words): string | null {
  return words.skip('on') ? readValue(words, socketName) : null;
}

function readPayload(words: Words): Payload {
  const word = words.take();
  const text = word.startsWith('"') ? unquote(word) : undefined;
  if (text !== undefined) return { text };
  const count = octets.read(word);
  if (count === undefined) throw new Misread(word, 'a number of octets or a "text"');
  return { octets: count };
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
