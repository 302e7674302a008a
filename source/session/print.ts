// Decisions in words: the language of scenario files, saved sessions and the palette. `read.ts` reads it.

import type { Call, Payload } from '../host/call.ts';
import type { NetworkNotice } from '../tcp/notice.ts';
import type { Profile } from '../tcp/profile.ts';
import type { SocketOptions } from '../tcp/socket.ts';
import type { Action, SegmentFields, Tamper } from '../world/event.ts';
import type { Match, Nth } from '../world/wire.ts';
import type { Decision } from './decision.ts';
import { quote } from './quote.ts';
import { shortSeconds } from './time.ts';
import { flag, type Notation, optionNotation, profileNotation, time } from './value.ts';

/** What is meant where a listen names no port or backlog, and a connect no port. */
export const usual = { port: 80, backlog: 4 } as const;

/** One line of a script: time, place among what happens at that time, who, and what: `0.1/1 you drop #2`. */
export function line(decision: Decision): string {
  const place = decision.after === null ? '' : `/${decision.after}`;
  const off = decision.off ? 'off ' : '';
  const who = decision.by === 'person' ? 'you ' : '';
  return `${shortSeconds(decision.at)}${place} ${off}${who}${phrase(decision.action)}`;
}

/** What is decided, without time and person: `client send 5`, `drop #1`. */
export function phrase(action: Action): string {
  switch (action.kind) {
    case 'call':
      return `${action.host === 0 ? 'client' : 'server'} ${callWords(action.call)}`;
    case 'tamper':
      return tamperWords(action.tamper);
  }
}

/** Names and values, in the order given: `nodelay linger=0`. */
export function settings(values: Partial<SocketOptions>): string {
  return pairs(values, optionNotation);
}

/** Values of a profile: `timeWait=60s sack=off`. */
export function tuning(values: Partial<Profile>): string {
  return pairs(values, profileNotation);
}

function pairs<Table extends object>(
  values: Partial<Table>,
  notation: { readonly [Field in keyof Table]: Notation<Table[Field]> },
): string {
  const words: string[] = [];
  for (const field in notation) {
    const value = values[field];
    if (!Object.hasOwn(values, field) || value === undefined) continue;
    words.push(value === true ? field : `${field}=${notation[field].print(value)}`);
  }
  return words.join(' ');
}

function callWords(call: Call): string {
  switch (call.do) {
    case 'listen':
      return sentence(
        'listen',
        call.port === usual.port ? '' : String(call.port),
        call.backlog === usual.backlog ? '' : `backlog ${call.backlog}`,
        named('as', call.as),
        settings(call.options),
      );
    case 'accept':
      return sentence('accept', named('on', call.on), named('as', call.as));
    case 'connect':
      return sentence(
        'connect',
        named('', call.port),
        named('from', call.from),
        named('to', call.to),
        named('iss', call.iss),
        call.payload === null ? '' : `with ${payload(call.payload)}`,
        named('as', call.as),
        settings(call.options),
      );
    case 'send':
      return sentence(
        'send',
        payload(call.payload),
        call.urgent ? 'urgent' : '',
        call.push ? '' : 'more',
        named('on', call.on),
      );
    case 'receive':
      return sentence('recv', String(call.octets), call.urgent ? 'urgent' : '', named('on', call.on));
    case 'shutdown':
      return sentence('shutdown', call.how === 'WR' ? '' : call.how, named('on', call.on));
    case 'set':
      return sentence('set', settings(call.options), named('on', call.on));
    case 'tune':
      return sentence('tune', tuning(call.values));
    case 'bind':
      return `bind ${call.port}`;
    case 'sendto':
      return `sendto ${payload(call.payload)} port ${call.port}`;
    case 'read':
    case 'close':
    case 'abort':
    case 'status':
      return sentence(call.do, named('on', call.on));
    case 'kill':
    case 'crash':
    case 'boot':
      return call.do;
  }
}

function tamperWords(tamper: Tamper): string {
  switch (tamper.do) {
    case 'drop':
    case 'release':
    case 'swap':
    case 'corrupt':
    case 'mark':
      return `${tamper.do} #${tamper.flight}`;
    case 'refuse':
      return `refuse #${tamper.flight} ${notice(tamper.what)}`;
    case 'delay':
      return tamper.until === null
        ? `hold #${tamper.flight}`
        : `delay #${tamper.flight} until ${time.print(tamper.until)}`;
    case 'duplicate':
      return sentence(`duplicate #${tamper.flight}`, tamper.at === null ? '' : `at ${time.print(tamper.at)}`);
    case 'edit':
      return sentence(`edit #${tamper.flight}`, fieldWords(tamper.fields));
    case 'forge':
      return sentence(
        `forge from ${tamper.from}`,
        tamper.to === usualTarget(tamper.from) ? '' : `to ${tamper.to}`,
        fieldWords(tamper.fields),
        named('address', tamper.address),
        named('port', tamper.port),
        named('toport', tamper.toPort),
        tamper.at === null ? '' : `at ${time.print(tamper.at)}`,
      );
    case 'rule': {
      const { rule } = tamper;
      const which = sentence(
        rule.nth === null ? '' : `nth ${nth(rule.nth)}`,
        rule.percent === null ? '' : `${rule.percent.of}% seed ${rule.percent.seed}`,
        matchWords(rule.match),
      );
      return sentence(
        rule.do,
        which === '' ? 'all' : which,
        rule.by === 0 ? '' : `by ${time.print(rule.by)}`,
        rule.what === undefined ? '' : notice(rule.what),
        rule.after === undefined ? '' : `after ${time.print(rule.after)}`,
        rule.duration === null ? '' : `for ${time.print(rule.duration)}`,
        rule.goesOn === undefined ? '' : 'then',
      );
    }
    case 'cut':
    case 'mend':
      return tamper.do;
    case 'pace':
      return `pace ${time.print(tamper.by)}`;
    case 'third':
      return `third ${tamper.answers}`;
  }
}

/** Whom a forged segment is meant for where nobody is named: the other end, and the server for third parties. */
export function usualTarget(from: 'client' | 'server' | 'third'): 'client' | 'server' {
  return from === 'server' ? 'client' : 'server';
}

/** Fields of a segment, the flags first: `SYN,ACK seq=90`. */
function fieldWords(fields: SegmentFields): string {
  const words: string[] = [];
  if (fields.ctl !== undefined) words.push(flags(fields.ctl));
  for (const name of ['seq', 'ack', 'wnd', 'up', 'len', 'mss', 'wscale', 'tsVal', 'tsEcr'] as const) {
    const value = fields[name];
    if (value !== undefined) words.push(`${name}=${value === null ? 'none' : value}`);
  }
  if (fields.sackPermitted !== undefined) words.push(`sackPermitted=${flag.print(fields.sackPermitted)}`);
  if (fields.text !== undefined) words.push(`text=${quote(fields.text)}`);
  return words.join(' ');
}

function matchWords(match: Match): string {
  return sentence(
    match.flags === null ? '' : `flags=${flags(match.flags)}`,
    match.without === null ? '' : `without=${flags(match.without)}`,
    match.exactly === undefined ? '' : `exactly=${match.exactly.map(flags).join('|')}`,
    match.len === null ? '' : `len${match.len.is}${match.len.octets}`,
    ...boundNames.map((name) => {
      const bound = match[name];
      return bound === undefined ? '' : `${name}${bound.is}${bound.limit}`;
    }),
    match.again === undefined ? '' : `again=${flag.print(match.again)}`,
    match.port === undefined ? '' : `port=${match.port}`,
    match.toPort === undefined ? '' : `toport=${match.toPort}`,
    named('from', match.from),
  );
}

/** The numbers of a segment that a rule can compare, besides its length. */
export const boundNames = ['seq', 'ack', 'wnd', 'size'] as const;

function nth(which: Nth): string {
  if (typeof which === 'number') return String(which);
  return 'from' in which ? `${which.from}-` : which.join(',');
}

function notice(what: NetworkNotice): string {
  return typeof what === 'string' ? what : `mtu ${what.mtu}`;
}

function flags(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(',');
}

function payload(of: Payload): string {
  return 'text' in of ? quote(of.text) : String(of.octets);
}

function named(word: string, value: string | number | null): string {
  if (value === null) return '';
  return word === '' ? String(value) : `${word} ${value}`;
}

function sentence(...words: readonly string[]): string {
  return words.filter((word) => word !== '').join(' ');
}
