// What a capture at each end of the wire would have seen: packets in order, with why they are there.

import type { Entry, Timeline } from '../session/timeline.ts';
import { seenIn } from '../view/wireshark.ts';
import type { Step } from '../world/outcome.ts';
import type { Flight } from '../world/wire.ts';
import type { World } from '../world/world.ts';
import { type Commentary, inEnglish } from './commentary.ts';
import { type Codepoint, noticeOf, packetOf } from './packet.ts';
import { type Passage, passagesOf } from './passages.ts';

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

/** Every packet that the two hosts sent or received up to the event `last`, in order, with comments by `say`. */
export function* captured(course: Timeline, last: number, say: Commentary = inEnglish): Generator<Captured> {
  const passages = passagesOf(course, 1, last);
  for (const entry of course.steps(1, last)) {
    yield* notices(entry, passages, say);
    yield* packets(course, entry, passages, say);
  }
}

type Passages = ReadonlyMap<number, Passage>;

function* packets(course: Timeline, entry: Entry, passages: Passages, say: Commentary): Generator<Captured> {
  const { step, index, position } = entry;
  const who = position === null ? null : (course.decisions[position]?.by ?? null);
  const at = step.world.now;
  for (const { host, direction, flight } of seenIn(step)) {
    const passage = passages.get(flight.id);
    const octets = packetOf(flight, identification(flight), codepointOf(flight, passage, step.world));
    const comment =
      direction === 'in' ? say.arrival(step, who, flight, passages) : say.departure(step, who, flight, passages);
    yield { at, host, direction, index, flight: flight.id, octets, comment };
  }
}

function* notices({ step, index }: Entry, passages: Passages, say: Commentary): Generator<Captured> {
  for (const { flight, reason } of step.fates) {
    const { host } = flight.from;
    const what = refusal(step, flight);
    if (reason !== 'refused' || host === -1 || what === null) continue;
    const packet = packetOf(passages.get(flight.id)?.flight ?? flight, identification(flight), 'not-ect');
    const octets = noticeOf(packet, flight.from.address, what);
    const comment = say.notice(step, flight, host);
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
