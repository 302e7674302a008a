// Standing orders to the network (`drop nth 2 from server`), read from words.

import type { Tamper } from '../world/event.ts';
import type { Bound, Match, Nth, RuleDeed } from '../world/wire.ts';
import { boundNames } from './print.ts';
import { notices, readFlags, readNotice, readParty, readValue, valueIn } from './read-value.ts';
import { flag, port, time, whole, word32 } from './value.ts';
import { Misread, type Words } from './words.ts';

const ruleWords: readonly string[] = [
  ...['all', 'where', 'nth', 'seed', 'flags=', 'without=', 'exactly=', 'len='],
  ...boundNames.map((name) => `${name}=`),
  ...['again=', 'port=', 'toport=', 'from', 'by', 'after', 'for', 'then'],
];

type Order = Extract<Tamper, { do: 'rule' }>['rule'];

/** Takes the rest of a standing order. Throws Misread. */
export function readRule(words: Words, deed: RuleDeed): Tamper {
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
    else if (word === 'seed') seed = readValue(words, word32);
    else if (word.startsWith('flags=')) match = { ...match, flags: readFlags(word.slice(6)) };
    else if (word.startsWith('without=')) match = { ...match, without: readFlags(word.slice(8)) };
    else if (length !== null) match = { ...match, len: { is: relation(length[1] ?? ''), octets: Number(length[2]) } };
    else if (word === 'from') match = { ...match, from: readParty(words) };
    else if (word === 'by') by = readValue(words, time);
    else if (word === 'for') duration = readValue(words, time);
    else if (word === 'after') more = { ...more, after: readValue(words, time) };
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

function relation(sign: string): '=' | '>' | '<' {
  return sign === '>' || sign === '<' ? sign : '=';
}
