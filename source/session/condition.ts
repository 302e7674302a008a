// What a breakpoint, a goal, a search or `next ...` waits for, in words and as a question about one event.
//
//     server enters TIME-WAIT      TIME-WAIT               any change       both ESTABLISHED
//     flags=RST                    loss                    rtx              error
//     client retransmission fires  client 2MSL fires       client snd.una changes
//     rule rst.exact               broken                  broken stream-equal

import { type RuleId, ruleIds } from '../tcp/rules.ts';
import { controls } from '../tcp/segment.ts';
import { type State, states } from '../tcp/tcb.ts';
import { type TimerName, timerNames } from '../tcp/timers.ts';
import type { Step } from '../world/outcome.ts';
import { differences, fieldNames } from './difference.ts';
import { woundsUpTo } from './health.ts';
import { type Invariant, invariants } from './invariant.ts';
import { shownStates } from './shown.ts';
import type { Entry, Timeline } from './timeline.ts';
import { timerLabels } from './timer-label.ts';
import { Misread, Words } from './words.ts';

/** One end, or either of them. */
export type Where = 0 | 1 | null;

/** Something that is or is not so at an event. */
export type Condition =
  /** Some connection there enters this state. */
  | { readonly on: 'state'; readonly host: Where; readonly state: State }
  /** Some connection there changes its state. */
  | { readonly on: 'change'; readonly host: Where }
  /** Both ends show this state. */
  | { readonly on: 'both'; readonly state: State }
  /** A segment with at least these control bits leaves. */
  | { readonly on: 'flags'; readonly flags: readonly string[] }
  /** A field of the connection shown there changes (`fieldNames` of difference.ts). */
  | { readonly on: 'field'; readonly host: Where; readonly field: string }
  /** A timer expires there: this one, or (null) any. */
  | { readonly on: 'timer'; readonly host: Where; readonly timer: TimerName | null }
  /** A segment is lost, for whatever reason. */
  | { readonly on: 'loss' }
  /** Something is sent once more. */
  | { readonly on: 'rtx' }
  /** A call returns an error. */
  | { readonly on: 'error' }
  /** The engine cites this rule. */
  | { readonly on: 'rule'; readonly rule: RuleId }
  /** An invariant turns red: this one, or (null) any. */
  | { readonly on: 'broken'; readonly invariant: Invariant | null };

/** Whether a condition is fulfilled by an event of a course of events. */
export function holds(condition: Condition, { step, index }: Entry, course: Timeline): boolean {
  switch (condition.on) {
    case 'state':
      return step.transitions.some(({ host, is }) => at(condition.host, host) && is === condition.state);
    case 'change':
      return step.transitions.some(({ host }) => at(condition.host, host));
    case 'both':
      return shownStates(step.world).every((state) => state === condition.state);
    case 'flags':
      return step.sent.some(({ segment }) => (segment.ctl & bits(condition.flags)) === bits(condition.flags));
    case 'field': {
      const changes = differences(step.before, step.world);
      return changes.some(({ fields }, host) => at(condition.host, host) && fields.has(condition.field));
    }
    case 'timer':
      return (
        step.event.kind === 'expiry' &&
        at(condition.host, step.event.host) &&
        (condition.timer === null || condition.timer === step.event.timer)
      );
    case 'loss':
      return loses(step);
    case 'rtx':
      return repeats(step);
    case 'error':
      return step.returns.some(({ result }) => result.kind === 'error');
    case 'rule':
      return step.findings.some(({ rule }) => rule === condition.rule);
    case 'broken': {
      const wounds = woundsUpTo(course, index) ?? [];
      return wounds.some(
        (wound) => wound.index === index && (condition.invariant === null || wound.invariant === condition.invariant),
      );
    }
  }
}

function at(wanted: Where, host: number): boolean {
  return wanted === null || wanted === host;
}

function bits(flags: readonly string[]): number {
  return Object.entries(controls).reduce((sum, [name, bit]) => (flags.includes(name) ? sum | bit : sum), 0);
}

/** Whether a segment is lost in a step. */
export function loses(step: Step): boolean {
  return step.fates.some((fate) => fate.reason !== 'delivered');
}

/** Whether something is sent once more in a step. */
export function repeats(step: Step): boolean {
  return step.findings.some(({ rule }) => repeating.has(rule));
}

// Rules by which something is sent a second time.
const repeating: ReadonlySet<RuleId> = new Set<RuleId>([
  'syn-sent.rtx',
  'syn-sent.again-soon',
  'syn-rcvd.rtx',
  'syn-rcvd.dup-syn-resend',
  'rto.fire',
  'fin.rtx',
  'cc.fast-retransmit',
  'cc.partial-ack',
  'cc.tahoe',
  'cc.sack-recovery',
  'tlp.probe',
]);

/** The condition in words, for `readCondition`. */
export function conditionWords(condition: Condition): string {
  switch (condition.on) {
    case 'state':
      return `${who(condition.host)}enters ${condition.state}`;
    case 'change':
      return `${condition.host === null ? 'any ' : who(condition.host)}change`;
    case 'both':
      return `both ${condition.state}`;
    case 'flags':
      return `flags=${condition.flags.join(',')}`;
    case 'field':
      return `${who(condition.host)}${condition.field} changes`;
    case 'timer':
      return `${who(condition.host)}${condition.timer ?? 'timer'} fires`;
    case 'loss':
    case 'rtx':
    case 'error':
      return condition.on;
    case 'rule':
      return `rule ${condition.rule}`;
    case 'broken':
      return condition.invariant === null ? 'broken' : `broken ${condition.invariant}`;
  }
}

function who(host: Where): string {
  if (host === null) return '';
  return host === 0 ? 'client ' : 'server ';
}

const plain: readonly string[] = ['loss', 'rtx', 'error', 'broken', 'rule', 'both', 'any', 'enters', 'change'];

/** Every word that a condition can begin with. */
export const conditionStarts: readonly string[] = [
  ...['client', 'server'],
  ...plain,
  ...['flags=', 'timer'],
  ...states,
  ...timerNames,
  ...fieldNames,
];

/** Reads a condition. Throws Misread. */
export function readCondition(text: string): Condition {
  const words = new Words(text);
  const host = readHost(words);
  const condition = readRest(words, host);
  words.end();
  return condition;
}

function readHost(words: Words): Where {
  if (words.skip('client') || words.skip('C')) return 0;
  if (words.skip('server') || words.skip('S')) return 1;
  words.skip('any');
  return null;
}

function readRest(words: Words, host: Where): Condition {
  const word = words.take();
  if (word === 'enters') return { on: 'state', host, state: readState(words.take()) };
  if (word === 'both' && host === null) return { on: 'both', state: readState(words.take()) };
  if (word === 'change' || word === 'changes') return { on: 'change', host };
  if (host === null && (word === 'loss' || word === 'rtx' || word === 'error')) return { on: word };
  if (host === null && word === 'broken') return { on: 'broken', invariant: readInvariant(words) };
  if (host === null && word === 'rule') {
    const id = words.take();
    const rule = ruleIds.find((one) => one === id);
    if (rule === undefined) throw new Misread(id, 'the id of a rule such as rst.exact', ruleIds);
    return { on: 'rule', rule };
  }
  const flags = /^(?:flags?=)?([A-Z]{3}(?:,[A-Z]{3})*)$/.exec(word)?.[1]?.split(',');
  if (host === null && flags?.every((name) => Object.hasOwn(controls, name)) === true) return { on: 'flags', flags };
  const state = states.find((one) => one === word.replace(/^state=/, ''));
  if (state !== undefined) return { on: 'state', host, state };
  const short = word.toUpperCase();
  const timer = word === 'timer' ? null : timerNames.find((name) => name === word || timerLabels[name] === short);
  if (timer !== undefined) {
    words.skip('fires');
    return { on: 'timer', host, timer };
  }
  const field = fieldNames.find((name) => name === word.toLowerCase());
  if (field !== undefined) {
    words.skip('changes');
    return { on: 'field', host, field };
  }
  throw new Misread(
    word,
    'enters STATE, flags=RST, FIELD changes, TIMER fires, loss, rtx, rule ID or broken',
    conditionStarts,
  );
}

function readState(word: string): State {
  const state = states.find((one) => one === word);
  if (state === undefined) throw new Misread(word, `a state (${states.join(', ')})`, states);
  return state;
}

function readInvariant(words: Words): Invariant | null {
  const word = words.peek();
  if (word === '') return null;
  words.take();
  const names = Object.keys(invariants) as Invariant[];
  const found = names.find((name) => name === word);
  if (found === undefined) throw new Misread(word, `an invariant (${names.join(', ')})`, names);
  return found;
}
