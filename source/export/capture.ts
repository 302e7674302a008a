// What a capture at each end of the wire would have seen: packets in order, with why they are there.

import { seconds } from '../session/time.ts';
import type { Entry, Timeline } from '../session/timeline.ts';
import { rules } from '../tcp/rules.ts';
import { notation } from '../tcp/segment.ts';
import { seenIn } from '../view/wireshark.ts';
import type { Step } from '../world/outcome.ts';
import type { Flight } from '../world/wire.ts';
import type { World } from '../world/world.ts';
import { type Codepoint, noticeOf, packetOf } from './packet.ts';
import { type Passage, passagesOf } from './passages.ts';
import { consequences, fateWords, headline, nameOf } from './words.ts';

/** One packet at one end. */
export interface Captured {
  /** Virtual time in microseconds. */
  readonly at: number;
  /** The end at which it was seen. */
  readonly host: 0 | 1;
  readonly direction: 'in' | 'out';
  /** Index of the event. */
  readonly index: number;
  /** Id of its segment: the same at both ends. */
  readonly flight: number;
  readonly octets: Uint8Array;
  readonly comment: string;
}

/** Every packet that the two hosts sent or received up to the event `last`, in order. */
export function* captured(course: Timeline, last: number): Generator<Captured> {
  const passages = passagesOf(course, 1, last);
  for (const entry of course.steps(1, last)) {
    yield* notices(entry, passages);
    yield* packets(course, entry, passages);
  }
}

type Passages = ReadonlyMap<number, Passage>;

function* packets(course: Timeline, entry: Entry, passages: Passages): Generator<Captured> {
  const { step, index } = entry;
  const at = step.world.now;
  for (const { host, direction, flight } of seenIn(step)) {
    const passage = passages.get(flight.id);
    const octets = packetOf(flight, identification(flight), codepointOf(flight, passage, step.world));
    const comment =
      direction === 'in' ? arrivalComment(course, entry, flight) : departureComment(course, entry, flight, passage);
    yield { at, host, direction, index, flight: flight.id, octets, comment };
  }
}

function* notices({ step, index }: Entry, passages: Passages): Generator<Captured> {
  for (const { flight, reason } of step.fates) {
    const { host } = flight.from;
    const what = refusal(step, flight);
    if (reason !== 'refused' || host === -1 || what === null) continue;
    const packet = packetOf(passages.get(flight.id)?.flight ?? flight, identification(flight), 'not-ect');
    const octets = noticeOf(packet, flight.from.address, what);
    const comment = `A router refused #${flight.id} and tells its sender.\n${ruleLine(step, host)}`;
    yield { at: step.world.now, host, direction: 'in', index, flight: flight.id, octets, comment };
  }
}

function refusal(step: Step, flight: Flight): Flight['refusal'] {
  const { event } = step;
  const decided = event.kind === 'decision' && event.action.kind === 'tamper' ? event.action.tamper : null;
  return decided?.do === 'refuse' ? decided.what : flight.refusal;
}

// Copies that the network makes are the same packet.
function identification(flight: Flight): number {
  return flight.copyOf === 0 ? flight.id : flight.copyOf;
}

// RFC 3168 sections 6.1.4 and 6.1.5: data of a connection that has agreed on it is capable, repetitions are not. What a
// router marks on its way must have been capable when it left.
function codepointOf(flight: Flight, passage: Passage | undefined, world: World): Codepoint {
  if (flight.marked) return 'ce';
  if (passage?.end?.flight.marked === true) return 'ect';
  const repeats = passage?.repeats ?? 0;
  if (flight.from.host === -1 || flight.segment.data.length === 0 || repeats > 0) return 'not-ect';
  for (const { tcb, localPort, remotePort } of world.hosts[flight.from.host].sockets.values()) {
    if (localPort === flight.from.port && remotePort === flight.to.port && 'ecnOk' in tcb) {
      return tcb.ecnOk ? 'ect' : 'not-ect';
    }
  }
  return 'not-ect';
}

function departureComment(course: Timeline, entry: Entry, flight: Flight, passage: Passage | undefined): string {
  const { step } = entry;
  const again = passage === undefined || passage.repeats === 0 ? '' : `, a retransmission of #${passage.repeats}`;
  return [
    `#${flight.id} sent by ${nameOf(flight.from.host)}${again}`,
    `cause: ${headline(step, whoOf(course, entry))}`,
    ruleLine(step, flight.from.host),
    `fate: ${fateOf(passage)}`,
  ].join('\n');
}

function fateOf(passage: Passage | undefined): string {
  const { end } = passage ?? { end: null };
  if (passage === undefined || end === null) return 'still on its way at the end of the capture';
  const { to } = passage.flight;
  if (end.reason === 'delivered') return `arrives at ${nameOf(to.host)}, t ${seconds(end.at)}`;
  const by = end.byPerson ? ' by a person' : '';
  return `${fateWords[end.reason]}${by}, t ${seconds(end.at)}: not seen at ${nameOf(to.host)}`;
}

function arrivalComment(course: Timeline, entry: Entry, flight: Flight): string {
  const { step } = entry;
  const origin = flight.forged
    ? ', made by hand'
    : flight.copyOf === 0
      ? ''
      : `, a copy of #${flight.copyOf} made by the network`;
  const head = `#${flight.id} ${notation(flight.segment)} arrives at ${nameOf(flight.to.host)}${origin}`;
  if (flight.corrupt) return `${head}\n${fateWords.corrupt}`;
  const happened = headline(step, whoOf(course, entry));
  const cause = step.event.kind === 'arrival' ? [] : [`cause: ${happened}`];
  return [head, ...cause, ...consequences(step), ruleLine(step, flight.to.host)].join('\n');
}

function whoOf(course: Timeline, { position }: Entry): 'scenario' | 'person' | null {
  return position === null ? null : (course.decisions[position]?.by ?? null);
}

// The rules that this host followed in this event, with where they stand.
function ruleLine(step: Step, host: number): string {
  const own = step.findings.filter(({ place, rule }) => place.host === host && !rule.startsWith('check.'));
  const cited = [...new Set(own.map(({ rule }) => rule))].map((rule) => `${rule} (${rules[rule].cite})`);
  return `rules: ${cited.length === 0 ? 'none' : cited.join('; ')}`;
}
