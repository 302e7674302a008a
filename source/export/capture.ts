// What a capture at each end of the wire would have seen: packets in order, with why they are there.

import { seconds } from '../session/time.ts';
import type { Entry, Timeline } from '../session/timeline.ts';
import { rules } from '../tcp/rules.ts';
import { notation } from '../tcp/segment.ts';
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
    yield* arrivals(course, entry, passages);
    yield* departures(course, entry, passages);
  }
}

type Passages = ReadonlyMap<number, Passage>;

function* arrivals(course: Timeline, entry: Entry, passages: Passages): Generator<Captured> {
  const { step, index } = entry;
  const at = step.world.now;
  for (const { flight, reason } of step.fates) {
    const common = { at, index, flight: flight.id, direction: 'in' as const };
    const sentAs = passages.get(flight.id)?.flight ?? flight;
    if ((reason === 'delivered' || reason === 'corrupt') && flight.to.host !== -1) {
      const octets = packetOf(flight, identification(flight), flight.marked ? 'ce' : codepointOf(sentAs, step.world));
      yield { ...common, host: flight.to.host, octets, comment: arrivalComment(course, entry, flight) };
    }
    if (reason === 'refused' && flight.from.host !== -1) {
      const packet = packetOf(sentAs, identification(flight), 'not-ect');
      const what = refusal(entry, flight);
      if (what !== null) {
        const octets = noticeOf(packet, flight.from.address, what);
        const comment = `A router refused #${flight.id} and tells its sender.\n${ruleLine(entry, flight.from.host)}`;
        yield { ...common, host: flight.from.host, octets, comment };
      }
    }
  }
}

function refusal({ step }: Entry, flight: Flight): Flight['refusal'] {
  const { event } = step;
  const decided = event.kind === 'decision' && event.action.kind === 'tamper' ? event.action.tamper : null;
  return decided?.do === 'refuse' ? decided.what : flight.refusal;
}

function* departures(course: Timeline, entry: Entry, passages: Passages): Generator<Captured> {
  const { step, index } = entry;
  for (const flight of step.sent) {
    // Copies and forgeries are made on the way: no host sent them.
    if (flight.from.host === -1 || flight.forged || flight.copyOf !== 0) continue;
    const passage = passages.get(flight.id);
    yield {
      at: step.world.now,
      host: flight.from.host,
      direction: 'out',
      index,
      flight: flight.id,
      // Rules of the network may have changed it since; this is how it left.
      octets: packetOf(flight, identification(flight), codepointOf(passage?.end?.flight ?? flight, step.world)),
      comment: departureComment(course, entry, flight, passage),
    };
  }
}

// Copies that the network makes are the same packet.
function identification(flight: Flight): number {
  return flight.copyOf === 0 ? flight.id : flight.copyOf;
}

// RFC 3168 section 6.1.4 and 6.1.5: data of a connection that has agreed on it, but no repetition. A packet that a
// router marked must have been capable.
function codepointOf(flight: Flight, world: World): Codepoint {
  if (flight.marked) return 'ect';
  if (flight.from.host === -1 || flight.segment.data.length === 0) return 'not-ect';
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
    ruleLine(entry, flight.from.host),
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
  return [head, ...cause, ...consequences(step), ruleLine(entry, flight.to.host)].join('\n');
}

function whoOf(course: Timeline, { position }: Entry): 'scenario' | 'person' | null {
  return position === null ? null : (course.decisions[position]?.by ?? null);
}

// The rules that this host followed in this event, with where they stand.
function ruleLine({ step }: Entry, host: number): string {
  const own = step.findings.filter(({ place, rule }) => place.host === host && !rule.startsWith('check.'));
  const cited = [...new Set(own.map(({ rule }) => rule))].map((rule) => `${rule} (${rules[rule].cite})`);
  return `rules: ${cited.length === 0 ? 'none' : cited.join('; ')}`;
}
