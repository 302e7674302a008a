// The kernel's trace and the engine's, compared in five respects. What cannot be compared is a difference.

import { segmentText } from './lines.ts';
import { replay } from './replay.ts';
import { NotUnderstood, type Side, type Trace, type TraceEvent, type TraceReturn } from './trace.ts';

/** In what a trace can differ. */
export const aspects = ['segments', 'states', 'results', 'fields', 'times'] as const;
export type Aspect = (typeof aspects)[number];

/** The first difference: where, and what stood there. */
export interface Difference {
  readonly aspect: Aspect | 'not-understood';
  /** What was compared: a side, a socket, or a call. */
  readonly of: string;
  /** Number of the line in the two lists, from 1. */
  readonly line: number;
  readonly kernel: string;
  readonly engine: string;
}

/** Two lists that should have been the same, for showing them side by side. */
export interface Lists {
  readonly kernel: readonly string[];
  readonly engine: readonly string[];
}

/** How a trace compares. */
export interface Comparison {
  readonly trace: string;
  readonly equal: Readonly<Record<Aspect, boolean>>;
  readonly first: Difference | null;
  /** The lists in which the first difference stands. */
  readonly lists: Lists | null;
  /** What the engine did; empty where the trace was not understood. */
  readonly engine: readonly TraceEvent[];
}

/** Whether there is no difference at all. */
export function same(comparison: Comparison): boolean {
  return aspects.every((aspect) => comparison.equal[aspect]);
}

/** Replays a trace and compares. */
export function check(trace: Trace): Comparison {
  try {
    return compare(trace, replay(trace).events);
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    const nothing = { segments: false, states: false, results: false, fields: false, times: false };
    const first = { aspect: 'not-understood', of: 'trace', line: 0, kernel: error.message, engine: '' } as const;
    return { trace: trace.name, equal: nothing, first, lists: null, engine: [] };
  }
}

/** Compares a trace with what the engine did. */
export function compare(trace: Trace, engine: readonly TraceEvent[]): Comparison {
  const found: (Difference & { readonly lists: Lists })[] = [];
  const kernel = trace.events;
  const equal = (aspect: Aspect, of: string, lists: Lists): boolean => {
    const difference = firstDifference(aspect, of, lists);
    if (difference !== null) found.push({ ...difference, lists });
    return difference === null;
  };
  const both = <T>(read: (events: readonly TraceEvent[]) => T): readonly [T, T] => [read(kernel), read(engine)];

  const segments = sides.map((side) => {
    const [a, b] = both((events) => segmentsOf(events, side).map(identity));
    return equal('segments', side, { kernel: a, engine: b });
  });
  const states = keysOf(kernel, engine, stateKey).map((key) => {
    const [a, b] = both((events) => statesOf(events, key));
    return equal('states', key, { kernel: a, engine: b });
  });
  const results = keysOf(kernel, engine, resultKey).map((key) => {
    const [a, b] = both((events) => resultsOf(events, key));
    return equal('results', key, { kernel: a, engine: b });
  });
  const fields = sides.map((side) => {
    const [a, b] = both((events) => segmentsOf(events, side).map(segmentText));
    return equal('fields', side, { kernel: a, engine: b });
  });
  const times = sides.map((side) => {
    const [a, b] = both((events) => segmentsOf(events, side));
    const lists = gapLists(a, b);
    return equal('times', side, lists);
  });
  const all = (list: readonly boolean[]): boolean => list.every((one) => one);
  const [first] = found;
  return {
    trace: trace.name,
    equal: {
      segments: all(segments),
      states: all(states),
      results: all(results),
      fields: all(fields),
      times: all(times),
    },
    first:
      first === undefined
        ? null
        : { aspect: first.aspect, of: first.of, line: first.line, kernel: first.kernel, engine: first.engine },
    lists: first === undefined ? null : first.lists,
    engine,
  };
}

const sides: readonly Side[] = ['c', 's'];

function firstDifference(aspect: Aspect, of: string, { kernel, engine }: Lists): Difference | null {
  const length = Math.max(kernel.length, engine.length);
  for (let index = 0; index < length; index++) {
    const [a, b] = [kernel[index], engine[index]];
    if (a !== b) return { aspect, of, line: index + 1, kernel: a ?? nothing, engine: b ?? nothing };
  }
  return null;
}

/** What stands where a list has ended. */
export const nothing = '(nothing)';

type Sent = Extract<TraceEvent, { k: 'tx' }>;

function segmentsOf(events: readonly TraceEvent[], side: Side): readonly Sent[] {
  return events.flatMap((event) => (event.k === 'tx' && event.side === side ? [event] : []));
}

// What makes it this segment and no other.
function identity(sent: Sent): string {
  const number = (value: number | null, of: string | null, absolute: number | null): string =>
    value === null ? (absolute === null ? '' : `#${absolute}`) : `${value}${of === null ? '' : `:${of}`}`;
  const seq = number(sent.seq, sent.seqOf, sent.seqAbs);
  const ack = number(sent.ack, sent.ackOf, sent.ackAbs);
  const flow = sent.flow === null ? '' : `${sent.flow} `;
  return `${flow}${sent.fl} ${seq}${ack === '' ? '' : `/${ack}`} len ${sent.len}`;
}

function stateKey(event: TraceEvent): string | null {
  return event.k === 'st' ? `${event.side} ${socketKey(event.sk)}` : null;
}

// The recorder tells sockets of one name apart by their inodes.
function socketKey(sk: string): string {
  return sk.replace(/#\d+$/, '');
}

function statesOf(events: readonly TraceEvent[], key: string): readonly string[] {
  return events.flatMap((event) => (event.k === 'st' && stateKey(event) === key ? [event.to] : []));
}

function resultKey(event: TraceEvent): string | null {
  if (event.k === 'ret') return `${event.side} ${event.do}#${event.a}`;
  return event.k === 'poll' ? `${event.side} poll ${event.proc === null ? '' : `${event.proc}:`}${event.s}` : null;
}

function resultsOf(events: readonly TraceEvent[], key: string): readonly string[] {
  return events.flatMap((event) => {
    if (resultKey(event) !== key) return [];
    if (event.k === 'poll') return [event.poll.join('+')];
    return event.k === 'ret' ? [resultText(event.result)] : [];
  });
}

/** `100`, `EOF`, `ECONNRESET`, `ok`. */
export function resultText(result: TraceReturn): string {
  if (result.err !== undefined) return `${result.err}${result.sent === undefined ? '' : ` after ${result.sent}`}`;
  if (result.would_block === true) return `would block after ${result.queued ?? 0}`;
  if (result.eof === true) return 'EOF';
  if (result.n !== undefined) return String(result.n);
  if (result.v !== undefined) return String(result.v);
  if (result.new !== undefined)
    return `${result.new}${result.peer === undefined ? '' : ` from ${portless(result.peer)}`}`;
  return 'ok';
}

// Ports of our choice go by the kernel's names in flows already; an accepted peer is compared by its address.
function portless(peer: string): string {
  return peer.replace(/:\d+$/, '');
}

function keysOf(
  kernel: readonly TraceEvent[],
  engine: readonly TraceEvent[],
  key: (event: TraceEvent) => string | null,
): readonly string[] {
  return [...new Set([...kernel, ...engine].flatMap((event) => key(event) ?? []))];
}

// Timers are late and never early: a gap of the kernel lies between the engine's less 5 ms and the engine's plus
// 10 ms or 13 %, whichever is more. Where it does, both lists say the same.
function gapLists(kernel: readonly Sent[], engine: readonly Sent[]): Lists {
  const lists: { kernel: string[]; engine: string[] } = { kernel: [], engine: [] };
  const length = Math.max(kernel.length, engine.length);
  for (let index = 0; index < length; index++) {
    const [a, b] = [gap(kernel, index), gap(engine, index)];
    const fits = a !== null && b !== null && a >= b - 5_000 && a <= b + Math.max(10_000, b * 0.13);
    const what = kernel[index] ?? engine[index];
    const text = what === undefined ? '' : identity(what);
    if (fits) {
      lists.kernel.push(`${milliseconds(a)} ${text}`);
      lists.engine.push(`${milliseconds(a)} ${text}`);
    } else {
      if (a !== null) lists.kernel.push(`+${milliseconds(a)} ms ${text}`);
      if (b !== null) lists.engine.push(`+${milliseconds(b)} ms ${text}`);
    }
  }
  return lists;
}

function gap(sent: readonly Sent[], index: number): number | null {
  const [before, at] = [sent[index - 1], sent[index]];
  if (at === undefined) return null;
  return before === undefined ? 0 : at.t - before.t;
}

function milliseconds(time: number): string {
  return (time / 1_000).toFixed(1);
}
