// Standing orders of a trace's wire as standing orders of ours.

import { type Control, controls } from '../../tcp/segment.ts';
import type { Tamper } from '../../world/event.ts';
import type { Bound, Match, Nth } from '../../world/wire.ts';
import { NotUnderstood, type TraceRule } from './trace.ts';

type Order = Extract<Tamper, { do: 'rule' }>['rule'];

const millisecond = 1_000;

/** The order that a rule of the trace gives. Throws NotUnderstood. */
export function orderOf(rule: TraceRule): Order {
  const known = ['dir', 'match', 'nth', 'from', 'until', 'do', 'ms', 'name', 'mtu', 'stop'];
  for (const name of Object.keys(rule)) if (!known.includes(name)) throw new NotUnderstood(`a rule with ${name}`);
  const from = time(rule['from']);
  const until = time(rule['until']);
  return {
    ...deed(rule),
    match: { ...conditions(rule['match']), from: direction(rule['dir']) },
    nth: nth(rule['nth']),
    percent: null,
    duration: until === null ? null : until - (from ?? 0),
    ...(from === null ? {} : { after: from }),
    ...(rule['stop'] === 0 ? { goesOn: true as const } : {}),
  };
}

function deed(rule: TraceRule): Pick<Order, 'do' | 'by' | 'what'> {
  const by = time(rule['ms']) ?? 0;
  switch (rule['do']) {
    case 'drop':
      return { do: 'drop', by: 0 };
    case 'delay':
      return { do: 'delay', by };
    case 'dup':
      return { do: 'duplicate', by };
    case 'hold':
      return { do: 'hold', by: 0 };
    case 'ce':
      return { do: 'mark', by: 0 };
    case 'ptb':
      return { do: 'refuse', by: 0, what: { mtu: count(rule['mtu']) } };
  }
  throw new NotUnderstood(`a rule that says ${String(rule['do'])}`);
}

function direction(dir: unknown): Match['from'] {
  if (dir === undefined || dir === null) return null;
  if (dir === 'c>s') return 'client';
  if (dir === 's>c') return 'server';
  throw new NotUnderstood(`a rule for the direction ${String(dir)}`);
}

function nth(value: unknown): Nth | null {
  if (value === undefined || value === 'all') return null;
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) {
    const these = value.map(count);
    const [first] = these;
    return these.length === 1 && first !== undefined ? first : these;
  }
  const from = /^(\d+)-$/.exec(String(value))?.[1];
  if (from !== undefined) return { from: Number(from) };
  throw new NotUnderstood(`a rule for nth ${String(value)}`);
}

const looksAt = ['flags', 'has', 'hasnt', 'len', 'seq', 'ack', 'win', 'iplen', 'retx', 'sport', 'dport'];

function conditions(match: unknown): Match {
  const all: { -readonly [Field in keyof Match]: Match[Field] } = { from: null, flags: null, without: null, len: null };
  if (match === undefined || match === null) return all;
  if (typeof match !== 'object') throw new NotUnderstood('a rule whose match is no object');
  for (const [name, value] of Object.entries(match)) {
    if (!looksAt.includes(name)) throw new NotUnderstood(`a rule that looks at ${name}`);
    switch (name) {
      case 'flags':
        all.exactly = (Array.isArray(value) ? value : [value]).map((letters) => flagNames(String(letters)));
        break;
      case 'has':
        all.flags = flagNames(String(value));
        break;
      case 'hasnt':
        all.without = flagNames(String(value));
        break;
      case 'len': {
        const { is, limit } = bound(value);
        all.len = { is, octets: limit };
        break;
      }
      case 'seq':
        all.seq = bound(value);
        break;
      case 'ack':
        all.ack = bound(value);
        break;
      case 'win':
        all.wnd = bound(value);
        break;
      case 'iplen':
        all.size = bound(value);
        break;
      case 'retx':
        all.again = Boolean(value);
        break;
      case 'sport':
        all.port = count(value);
        break;
      case 'dport':
        all.toPort = count(value);
        break;
    }
  }
  return all;
}

/** Letters in the harness's order by control bit. */
export const letters: readonly (readonly [string, Control])[] = [
  ['S', 'SYN'],
  ['F', 'FIN'],
  ['R', 'RST'],
  ['P', 'PSH'],
  ['A', 'ACK'],
  ['U', 'URG'],
  ['E', 'ECE'],
  ['C', 'CWR'],
];

/** The letters of a segment's control bits, `-` for none. */
export function flagLetters(ctl: number): string {
  const found = letters.filter(([, name]) => (ctl & controls[name]) !== 0).map(([letter]) => letter);
  return found.length === 0 ? '-' : found.join('');
}

/** The control bits that letters stand for. Throws NotUnderstood. */
export function flagNames(text: string): readonly Control[] {
  return [...text.replace('-', '')].map((letter) => {
    const name = letters.find(([known]) => known === letter)?.[1];
    if (name === undefined) throw new NotUnderstood(`the flag ${letter}`);
    return name;
  });
}

// `5`, `>0`, `<=9`: whole numbers, so that "at least" is "more than one less".
function bound(value: unknown): Bound {
  if (typeof value === 'number') return { is: '=', limit: value };
  const parts = /^(>=|<=|>|<)(-?\d+)$/.exec(String(value));
  if (parts === null) throw new NotUnderstood(`a rule that compares with ${String(value)}`);
  const limit = Number(parts[2]);
  switch (parts[1]) {
    case '>':
      return { is: '>', limit };
    case '<':
      return { is: '<', limit };
    case '>=':
      return { is: '>', limit: limit - 1 };
  }
  return { is: '<', limit: limit + 1 };
}

function time(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'number') throw new NotUnderstood(`a rule with the time ${String(value)}`);
  return Math.round(value * millisecond);
}

function count(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new NotUnderstood(`a rule with ${String(value)}`);
  return value;
}
