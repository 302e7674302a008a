// One course of events: a beginning and a list of decisions, and everything that follows from the two.
// Steps are computed when they are first asked for and forgotten again; every 256th world is kept, and
// any moment is found by replay from there. Nothing seen from outside ever changes.

import type { Event } from '../world/event.ts';
import type { Step } from '../world/outcome.ts';
import { next, step } from '../world/step.ts';
import type { Fate, Flight } from '../world/wire.ts';
import { World } from '../world/world.ts';
import type { Decision } from './decision.ts';
import { type Packed, Packer } from './pack.ts';

/** Where the debugger opens: before decision number `position` of the list, at this time (microseconds). */
export interface Opening {
  readonly position: number;
  readonly at: number;
}

/** A step with the decision it came from: its number in the list, or null for what happened by itself. */
export interface Entry {
  readonly index: number;
  readonly step: Step;
  readonly position: number | null;
}

/** Why there is nothing further: nothing will happen by itself any more, or there were too many steps. */
export type End = 'quiet' | 'limit';

/** Steps between two kept worlds. */
const stride = 256;
/** Stretches of that many steps that are kept around the places last looked at. */
const kept = 4;
/** With more sockets than this a kept world shares most of them with its neighbours and is not worth packing. */
const crowd = 24;
/** The most steps that one course of events may have. */
export const stepLimit = 1_000_000;

/** Everything that the next step depends on. */
interface Moment {
  readonly world: World;
  /**
   * The number of the decision after the last that made a step. What is switched off behind that is passed too
   * (`skipOff`), but not counted here: it may be on in a list that shares this moment.
   */
  readonly position: number;
  /** Arrivals and expiries at exactly `world.now`. */
  readonly count: number;
}

/** A moment as it is kept for good: what is searched for as numbers, the rest packed. */
interface Keyframe {
  readonly now: number;
  readonly nextFlight: number;
  readonly position: number;
  readonly count: number;
  /** Packed, or as it is where many sockets are shared with the keyframe before. */
  readonly world: Packed | World;
}

/** A course of events. Index 0 is the beginning, index n the moment after n steps. */
export class Timeline {
  readonly decisions: readonly Decision[];
  readonly opening: Opening;
  private readonly beginning: World;
  // The moment at every 256th index, and the one unpacked last.
  private readonly keyframes: Keyframe[];
  private readonly packer: Packer;
  private unpacked: { readonly block: number; readonly moment: Moment } | null = null;
  private frontier: Moment;
  private frontierIndex: number;
  private ending: End | null = null;
  private openingAt: number | null;
  // Stretch number -> its steps from the first on, as far as they have been asked for; the one last used stands
  // last. Their findings are made when somebody asks for a step, not for those that are only passed.
  private readonly stretches = new Map<number, Made[]>();
  private lastBlock = -1;
  // One bit per step: whether some connection's state changed.
  private changes: Uint8Array;
  // Decision number -> the segment that it duplicates, where that had left the wire. Found once, because a
  // search in the middle of a replay would meet the stretch that is being replayed.
  private readonly ghosts = new Map<number, Flight | null>();

  /** The course of events from `beginning` on, to be shown from `opening` on (default: the beginning). */
  constructor(
    beginning: World,
    decisions: readonly Decision[],
    opening: Opening = { position: 0, at: 0 },
    packer: Packer = new Packer(),
  ) {
    this.beginning = beginning;
    this.packer = packer;
    this.decisions = decisions;
    this.opening = opening;
    this.frontier = { world: beginning, position: 0, count: 0 };
    this.frontierIndex = 0;
    this.keyframes = [this.keyframeOf(this.frontier)];
    this.openingAt = null;
    this.changes = new Uint8Array(stride / 8);
  }

  /**
   * The same course up to `index`, with other decisions from there on. The caller vouches that the two lists
   * agree in everything that was passed by then.
   */
  fork(decisions: readonly Decision[], index: number): Timeline {
    const reached = this.reach(index);
    const fresh = new Timeline(this.beginning, decisions, this.opening, this.packer);
    if (fresh.frontierIndex >= reached) return fresh;
    const block = Math.floor(reached / stride);
    fresh.keyframes.length = 0;
    fresh.keyframes.push(...this.keyframes.slice(0, block + 1));
    fresh.stretches.clear();
    for (const [number, steps] of this.stretches) {
      if (number < block) fresh.stretches.set(number, steps.slice());
    }
    if (reached % stride > 0) fresh.stretches.set(block, this.stretch(block, reached).slice(0, reached % stride));
    fresh.frontier = this.moment(reached);
    fresh.unpacked = null;
    fresh.frontierIndex = reached;
    fresh.ending = null;
    fresh.openingAt = this.openingAt;
    for (const [number, flight] of this.ghosts) {
      if (number < fresh.frontier.position) fresh.ghosts.set(number, flight);
    }
    fresh.changes = this.changes.slice();
    for (let at = reached; at < fresh.changes.length * 8; at++) mark(fresh.changes, at, false);
    return fresh;
  }

  /**
   * The same course with a list that differs from number `position` on, at the last moment before that could matter:
   * also one that is switched off is passed at some moment.
   */
  rewritten(decisions: readonly Decision[], position: number): { readonly timeline: Timeline; readonly from: number } {
    const passed = (moment: Pick<Moment, 'position'>): boolean => skipOff(this.decisions, moment.position) > position;
    const from = passed(this.frontier) ? this.firstIndex(passed) - 1 : this.frontierIndex;
    if (from >= 0) return { timeline: this.fork(decisions, from), from };
    return { timeline: new Timeline(this.beginning, decisions, this.opening, this.packer), from: 0 };
  }

  /** The index at which the debugger opens. */
  get openingIndex(): number {
    this.seekOpening();
    while (this.openingAt === null && this.ending === null) this.advance();
    return this.openingAt ?? this.frontierIndex;
  }

  /** How many steps have been computed so far. */
  get reached(): number {
    return this.frontierIndex;
  }

  /** Why there is no step after the last computed one; null while that is not known. */
  get end(): End | null {
    return this.ending;
  }

  /** Computes as far as `index` if the course goes that far, and says how far that is (at most `index`). */
  reach(index: number): number {
    // On a long way only the last stretch is worth keeping step by step.
    while (this.frontierIndex < index && this.ending === null) this.advance(this.frontierIndex + stride >= index);
    return Math.max(0, Math.min(index, this.frontierIndex));
  }

  /** Step number `index` (from 1) with the decision it came from; null where the course has ended before. */
  entryAt(index: number): Entry | null {
    if (index < 1 || this.reach(index) < index) return null;
    const block = Math.floor((index - 1) / stride);
    if (this.leaps(block)) return this.glimpse(block, index);
    const steps = this.stretch(block, index);
    const made = steps[(index - 1) % stride];
    if (made === undefined) return null;
    if (made.explained) return made.entry;
    const { step: silent, position } = made.entry;
    const entry = { index, step: step(silent.before, silent.event), position };
    steps[(index - 1) % stride] = { entry, after: made.after, explained: true };
    return entry;
  }

  /** Step number `index` (from 1); null where the course has ended before. */
  stepAt(index: number): Step | null {
    return this.entryAt(index)?.step ?? null;
  }

  /** Steps `from` to `to`, both included, as far as they exist. */
  *steps(from: number, to: number): Generator<Entry> {
    for (let index = Math.max(1, from); index <= to; index++) {
      const entry = this.entryAt(index);
      if (entry === null) return;
      yield entry;
    }
  }

  /** The world after `index` steps, or after the last step where there are fewer. */
  worldAt(index: number): World {
    const at = this.reach(index);
    return this.moment(at).world;
  }

  /** How many decisions have been passed after `index` steps, those switched off included. */
  positionAt(index: number): number {
    return skipOff(this.decisions, this.moment(this.reach(index)).position);
  }

  /** How many arrivals and expiries at exactly the time of `worldAt(index)` there have been by then. */
  countAt(index: number): number {
    return this.moment(this.reach(index)).count;
  }

  /** The index of the step that decision number `position` makes; null where it is switched off or never reached. */
  indexOf(position: number): number | null {
    if (this.decisions[position] === undefined || this.decisions[position].off) return null;
    while (this.frontier.position <= position && this.ending === null) this.advance();
    if (this.frontier.position <= position) return null;
    return this.firstIndex((moment) => moment.position > position);
  }

  /** The last index at which it is not later than `time`, or that is reached after computing `most` steps more. */
  indexAt(time: number, most: number = stepLimit): number {
    const last = this.frontierIndex + most;
    while (this.frontier.world.now <= time && this.frontierIndex < last && this.ending === null) this.advance();
    if (this.frontier.world.now <= time) return this.frontierIndex;
    return this.firstIndex((moment) => moment.now > time) - 1;
  }

  /** Whether step `index` changed the state of a connection at either end. */
  changedState(index: number): boolean {
    return index >= 1 && this.reach(index) === index && marked(this.changes, index - 1);
  }

  /**
   * The first index after `index` at which `found` holds for the step made; null where the course ends
   * first, or after `most` steps.
   */
  search(index: number, most: number, found: (entry: Entry) => boolean): number | null {
    for (const entry of this.steps(index + 1, index + most)) {
      if (found(entry)) return entry.index;
    }
    return null;
  }

  /** The last index before `index` and after the opening whose step changed a state; null where there is none. */
  previousChange(index: number): number | null {
    for (let at = Math.min(index, this.frontierIndex + 1) - 1; at > this.openingIndex; at--) {
      if (marked(this.changes, at - 1)) return at;
    }
    return null;
  }

  /** The index of the step that put a segment on the wire, if that was at or before `index`; null otherwise. */
  sentAt(flight: number, index: number): number | null {
    if (flight < 1 || this.worldAt(index).nextFlight <= flight) return null;
    return this.firstIndex((moment) => moment.nextFlight > flight);
  }

  /** What became of a segment by `index`: its last shape, when it was sent, and its end; null where it does not exist by then. */
  lifeOf(flight: number, index: number): Life | null {
    const sent = this.sentAt(flight, index);
    if (sent === null) return null;
    const flying = this.worldAt(index).wire.flights.at(flight);
    if (flying !== undefined) return { flight: flying, sent, ended: null };
    for (const { index: at, step } of this.steps(sent, index)) {
      const fate = step.fates.find((one) => one.flight.id === flight);
      if (fate !== undefined) return { flight: fate.flight, sent, ended: { at, fate } };
    }
    return null;
  }

  // The first index at which something holds that stays true from then on. It must hold at the frontier.
  private firstIndex(holds: (moment: Pick<Keyframe, 'now' | 'nextFlight' | 'position'>) => boolean): number {
    let low = 0;
    let high = this.keyframes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const keyframe = this.keyframes[middle];
      if (keyframe !== undefined && holds(keyframe)) high = middle;
      else low = middle + 1;
    }
    if (low === 0) return 0;
    let from = (low - 1) * stride;
    let to = Math.min(low * stride, this.frontierIndex);
    while (from + 1 < to) {
      const middle = (from + to) >> 1;
      const { world, position } = this.moment(middle);
      if (holds({ now: world.now, nextFlight: world.nextFlight, position })) to = middle;
      else from = middle;
    }
    return to;
  }

  private moment(index: number): Moment {
    if (index === this.frontierIndex) return this.frontier;
    const keyframe = this.keyframeAt(index / stride);
    if (keyframe !== undefined) return keyframe;
    const block = Math.floor((index - 1) / stride);
    const made = this.stretch(block, index)[index - 1 - block * stride];
    if (made === undefined) throw new RangeError(`no moment ${index}`);
    return made.after;
  }

  private keyframeOf({ world, position, count }: Moment): Keyframe {
    const [client, server] = world.hosts;
    const kept = client.sockets.size + server.sockets.size > crowd ? world : this.packer.pack(world);
    return { now: world.now, nextFlight: world.nextFlight, position, count, world: kept };
  }

  private keyframeAt(block: number): Moment | undefined {
    if (this.unpacked?.block === block) return this.unpacked.moment;
    const keyframe = this.keyframes[block];
    if (keyframe === undefined) return undefined;
    const kept = keyframe.world;
    const world = block === 0 ? this.beginning : kept instanceof World ? kept : this.packer.unpack(kept);
    const moment: Moment = { world, position: keyframe.position, count: keyframe.count };
    this.unpacked = { block, moment };
    return moment;
  }

  // The first look at a stretch keeps nothing of it: a person who jumps about seldom comes back to where they
  // were, and steps that die young cost next to nothing.
  private leaps(block: number): boolean {
    const first = this.lastBlock !== block && !this.stretches.has(block);
    this.lastBlock = block;
    return first;
  }

  private glimpse(block: number, index: number): Entry | null {
    let moment = this.keyframeAt(block);
    for (let at = block * stride + 1; at < index && moment !== undefined; at++) moment = this.make(moment, at)?.after;
    const made = moment === undefined ? null : this.make(moment, index);
    if (made === null) return null;
    const { step: silent, position } = made.entry;
    return { index, step: step(silent.before, silent.event), position };
  }

  // The steps of one stretch from its first at least to number `index`, computed again if they have been forgotten.
  private stretch(block: number, index: number): Made[] {
    let steps = this.stretches.get(block);
    if (steps === undefined) steps = [];
    else this.stretches.delete(block);
    let moment = steps[steps.length - 1]?.after ?? this.keyframeAt(block);
    const last = Math.min(index, this.frontierIndex);
    for (let at = block * stride + steps.length + 1; at <= last && moment !== undefined; at++) {
      const made: Made | null = this.make(moment, at);
      if (made === null) break;
      steps.push(made);
      moment = made.after;
    }
    this.stretches.set(block, steps);
    const oldest = this.stretches.keys().next();
    if (this.stretches.size > kept && oldest.done === false) this.stretches.delete(oldest.value);
    return steps;
  }

  // Makes the next step at the frontier.
  private advance(keep = true): void {
    this.seekOpening();
    if (this.frontierIndex >= stepLimit) {
      this.ending = 'limit';
      return;
    }
    const index = this.frontierIndex + 1;
    const block = Math.floor((index - 1) / stride);
    const steps = keep ? this.stretch(block, index - 1) : null;
    const made = this.make(this.frontier, index);
    if (made === null) {
      this.ending = 'quiet';
      return;
    }
    if (steps === null) this.stretches.delete(block);
    else steps.push(made);
    if (this.changes.length * 8 < index) {
      const larger = new Uint8Array(this.changes.length * 2);
      larger.set(this.changes);
      this.changes = larger;
    }
    mark(this.changes, index - 1, made.entry.step.transitions.length > 0);
    this.frontier = made.after;
    this.frontierIndex = index;
    if (index % stride === 0) this.keyframes.push(this.keyframeOf(made.after));
    this.seekOpening();
  }

  // The opening is where a decision at its time and place would be due.
  private seekOpening(): void {
    if (this.openingAt !== null) return;
    const { world, position } = this.frontier;
    if (skipOff(this.decisions, position) < this.opening.position) return;
    const event = next(world);
    const waits =
      event !== null && (event.at < this.opening.at || (event.at === this.opening.at && event.kind === 'arrival'));
    if (!waits) this.openingAt = this.frontierIndex;
  }

  // The step after a moment; null where nothing will happen.
  private make(moment: Moment, index: number): Made | null {
    const { world, count } = moment;
    const position = skipOff(this.decisions, moment.position);
    const decision = this.decisions[position];
    const event = next(world);
    if (decision !== undefined && due(decision, event, moment)) {
      const at = Math.max(decision.at, world.now);
      const ghost = this.ghost(decision, position, world, index);
      const made = step(world, { kind: 'decision', at, action: decision.action, ghost }, false);
      return {
        entry: { index, step: made, position },
        after: {
          world: made.world,
          position: position + 1,
          count: counted(world.now, made.world.now, count, false),
        },
        explained: false,
      };
    }
    if (event === null) return null;
    const made = step(world, event, false);
    return {
      entry: { index, step: made, position: null },
      after: { world: made.world, position: moment.position, count: counted(world.now, made.world.now, count, true) },
      explained: false,
    };
  }

  // A segment that is to be duplicated but has left the wire: the world has forgotten it, its history has not.
  private ghost(decision: Decision, position: number, world: World, index: number): Flight | null {
    const { action } = decision;
    if (action.kind !== 'tamper' || action.tamper.do !== 'duplicate') return null;
    const wanted = action.tamper.flight;
    if (world.wire.flights.at(wanted) !== undefined || wanted < 1 || world.nextFlight <= wanted) return null;
    let ghost = this.ghosts.get(position);
    if (ghost === undefined) {
      ghost = this.lifeOf(wanted, index - 1)?.flight ?? null;
      this.ghosts.set(position, ghost);
    }
    return ghost;
  }
}

/** A segment's life up to some moment. */
export interface Life {
  /** In its last shape: edits and delays included. */
  readonly flight: Flight;
  /** Index of the step that sent it. */
  readonly sent: number;
  /** The step that took it off the wire, and why; null while it is on its way. */
  readonly ended: { readonly at: number; readonly fate: Fate } | null;
}

interface Made {
  readonly entry: Entry;
  readonly after: Moment;
  /** Whether the step carries its findings. */
  readonly explained: boolean;
}

/** Whether a decision comes before the next event. */
function due(decision: Decision, event: Event | null, moment: Moment): boolean {
  if (event === null || decision.at < event.at) return true;
  if (decision.at > event.at) return false;
  if (decision.after === null) return event.kind === 'expiry';
  const passed = moment.world.now === decision.at ? moment.count : 0;
  return passed >= decision.after;
}

/** Arrivals and expiries at the time after a step. */
function counted(before: number, after: number, count: number, byItself: boolean): number {
  return (after === before ? count : 0) + (byItself ? 1 : 0);
}

function skipOff(decisions: readonly Decision[], position: number): number {
  let at = position;
  while (decisions[at]?.off === true) at += 1;
  return at;
}

function marked(bits: Uint8Array, index: number): boolean {
  return (((bits[index >> 3] ?? 0) >> (index & 7)) & 1) === 1;
}

function mark(bits: Uint8Array, index: number, on: boolean): void {
  const bit = 1 << (index & 7);
  const old = bits[index >> 3] ?? 0;
  bits[index >> 3] = on ? old | bit : old & ~bit;
}
