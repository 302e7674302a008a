// What a screen shows, as plain data: the one shape between a session and every panel. A panel asks nothing else.

import type { Socket } from '../host/host.ts';
import { touched } from '../session/branch.ts';
import { type Condition, holds, loses, repeats } from '../session/condition.ts';
import { type Changes, differences } from '../session/difference.ts';
import { woundsUpTo } from '../session/health.ts';
import type { Broken } from '../session/invariant.ts';
import {
  branchOf,
  decisionsOf,
  entryOf,
  eventNumbers,
  type Listed,
  livesOf,
  type Session,
  selected,
  worldOf,
} from '../session/session.ts';
import { type Chosen, chosenSocket, chosenStates } from '../session/shown.ts';
import type { Entry, Life, Timeline } from '../session/timeline.ts';
import { ACK, FIN, length, RST, SYN } from '../tcp/segment.ts';
import type { State } from '../tcp/tcb.ts';
import type { Step } from '../world/outcome.ts';
import type { FateReason, Flight } from '../world/wire.ts';
import type { World } from '../world/world.ts';

/** A segment's whole life as known at the cursor. */
export interface Passage {
  /** In its last shape. */
  readonly flight: Flight;
  /** How it ended, when (microseconds), and who decided it; null while it is on the wire. */
  readonly fate: { readonly reason: FateReason; readonly at: number; readonly byPerson: boolean } | null;
  /** Id of the earliest flight that carried the same sequence numbers; 0 where this is no retransmission. */
  readonly repeats: number;
}

/**
 * What an event is to the eye, the strongest first: a segment lost, a retransmission, a change of state,
 * a segment sent, anything else.
 */
export type Mark = 'lost' | 'retransmission' | 'change' | 'sent' | 'other';

/** One event of the branch, past or future. */
export interface Tick {
  /** Its number, counted from the opening. */
  readonly event: number;
  /** Virtual time in microseconds. */
  readonly at: number;
  readonly mark: Mark;
  readonly step: Step;
  /** Whether it lies ahead of the cursor. */
  readonly ahead: boolean;
}

/** Another future, or this one. */
export interface Fork {
  readonly name: string;
  readonly current: boolean;
  /** When it left the branch it came from (microseconds); null for the first. */
  readonly from: number | null;
}

/** Everything on the screen but the state of the screen itself. */
export interface Scene {
  readonly session: Session;
  readonly world: World;
  /** Virtual time at the cursor, in microseconds. */
  readonly now: number;
  /** The step that the cursor stands just after; null at the opening. */
  readonly step: Step | null;
  /** The socket that each end shows; null where it has none. */
  readonly sockets: readonly [Socket | null, Socket | null];
  /** How many of that step's findings are done, where they are gone through one by one. */
  readonly checks: { readonly at: number; readonly of: number } | null;
  /** What that step changed at each end. */
  readonly changes: readonly [Changes, Changes];
  /** The states of client and server before the present ones; null where they never had another. */
  readonly was: readonly [State | null, State | null];
  /** Events behind the cursor, and known events of the branch. */
  readonly event: number;
  readonly events: number;
  readonly branch: string;
  /** Whether a person has decided anything on this branch. */
  readonly touched: boolean;
  readonly passages: readonly Passage[];
  /** Segments that had left the wire before the first of `passages`. */
  readonly forgotten: number;
  /** The segment under the cursor. */
  readonly selected: Passage | null;
  /** The events around the cursor; the first of them has number `ticks[0].event`. */
  readonly ticks: readonly Tick[];
  /** Invariants that have been broken by now, and at which event; null where the history is too long to be watched. */
  readonly wounds: readonly (Broken & { readonly event: number })[] | null;
  /** The event at which the goal was reached; null: not yet, or there is no goal. */
  readonly goalAt: number | null;
  readonly listed: readonly Listed[];
  readonly forks: readonly Fork[];
}

const nothing: Changes = { state: null, fields: new Set<string>() };

/** Events on either side of the cursor that the time line may need. */
const around = 64;
/** Segments that are remembered for the wire. */
const remembered = 40;
/** Changes of state that are looked through for the state before the present one. */
const patience = 24;

/** What a session looks like at its cursor. */
export function sceneOf(session: Session): Scene {
  const branch = branchOf(session);
  const { timeline } = branch;
  const entry = entryOf(session);
  const count = entry?.step.findings.length ?? 0;
  // While the checks of an event are gone through, the ends are as they were before it.
  const midst = entry !== null && session.micro !== null && session.micro + 1 < count;
  const world = midst ? entry.step.before : worldOf(session);
  const numbers = eventNumbers(session);
  const lives = livesOf(session, remembered);
  const passages = lives.map((life) => passage(life, lives, timeline));
  const chosen = selected(session);
  const shown = chosen === null ? null : passages.find((one) => one.flight.id === chosen.flight.id);
  const listed = decisionsOf(session);
  const first = timeline.worldAt(timeline.openingIndex).nextFlight;
  return {
    session,
    world,
    now: session.cursor.at,
    step: entry?.step ?? null,
    sockets: [chosenSocket(world.hosts[0], session.shown), chosenSocket(world.hosts[1], session.shown)],
    checks: session.micro === null || entry === null ? null : { at: session.micro + 1, of: count },
    changes:
      entry === null || midst ? [nothing, nothing] : differences(entry.step.before, entry.step.world, session.shown),
    was: formerStates(timeline, session.cursor.index, world, session.shown),
    event: numbers.at,
    events: numbers.explored,
    branch: branch.name,
    touched: touched(branch),
    passages,
    forgotten: Math.max(0, world.nextFlight - first - passages.length),
    selected: chosen === null ? null : (shown ?? passage(chosen, lives, timeline)),
    ticks: ticksOf(timeline, session.cursor.index, branch.explored),
    wounds: woundsOf(timeline, session.cursor.index),
    goalAt: goalOf(session.goal, timeline, session.cursor.index),
    listed,
    forks: session.branches.map((one) => ({
      name: one.name,
      current: one.name === branch.name,
      from: one.parent === null ? null : one.timeline.worldAt(one.parent.index).now,
    })),
  };
}

function woundsOf(timeline: Timeline, index: number): Scene['wounds'] {
  const wounds = woundsUpTo(timeline, index);
  return wounds?.map((wound) => ({ ...wound, event: wound.index - timeline.openingIndex })) ?? null;
}

// Looked for from the opening on, in as much of the past as a lesson has.
function goalOf(goal: Condition | null, timeline: Timeline, index: number): number | null {
  if (goal === null) return null;
  const most = Math.min(index - timeline.openingIndex, lesson);
  const found = timeline.search(timeline.openingIndex, most, (entry) => holds(goal, entry, timeline));
  return found === null ? null : found - timeline.openingIndex;
}

/** Events of a lesson. */
const lesson = 1_000;

function passage(life: Life, lives: readonly Life[], timeline: Timeline): Passage {
  const { flight, ended } = life;
  if (ended === null) return { flight, fate: null, repeats: repeated(flight, lives) };
  const entry = timeline.entryAt(ended.at);
  const decision = entry === null || entry.position === null ? undefined : timeline.decisions[entry.position];
  const at = entry?.step.event.at ?? 0;
  return {
    flight,
    // What a call sends may be lost at once: by a rule, not by whoever called.
    fate: { reason: ended.fate.reason, at, byPerson: decision?.by === 'person' && decision.action.kind !== 'call' },
    repeats: repeated(flight, lives),
  };
}

// A SYN,ACK that answers a SYN is another segment than the SYN before it; elsewhere ACK and PSH come as it happens.
function sameKind(a: number, b: number): boolean {
  const telling = (a & SYN) === 0 ? SYN | FIN | RST : SYN | FIN | RST | ACK;
  return ((a ^ b) & telling) === 0;
}

// A pure ACK takes no sequence number, so it is never a repetition. Copies that the network made are not either.
function repeated(flight: Flight, lives: readonly Life[]): number {
  if (flight.copyOf !== 0 || flight.forged || length(flight.segment) === 0) return 0;
  for (const { flight: other } of lives) {
    if (other.id >= flight.id) return 0;
    if (
      other.copyOf === 0 &&
      !other.forged &&
      length(other.segment) > 0 &&
      other.from.host === flight.from.host &&
      other.from.port === flight.from.port &&
      other.to.port === flight.to.port &&
      other.segment.seq === flight.segment.seq &&
      sameKind(other.segment.ctl, flight.segment.ctl)
    ) {
      return other.id;
    }
  }
  return 0;
}

function formerStates(
  timeline: Timeline,
  index: number,
  world: World,
  chosen: Chosen,
): readonly [State | null, State | null] {
  const now = chosenStates(world, chosen);
  const shown = world.hosts.map((host) => chosenSocket(host, chosen));
  // A connection has a past of its own, or comes from a listener or from nothing; that of a listener is told by the
  // connections that were shown in its place.
  const stateAt = (before: World, host: 0 | 1): State => {
    const socket = shown[host] ?? null;
    const other = chosenStates(before, chosen)[host];
    if (socket === null || socket.tcb.state === 'LISTEN') return other;
    const own = before.hosts[host].sockets.at(socket.id);
    return own?.tcb.state ?? (other === 'LISTEN' ? other : 'CLOSED');
  };
  const was: [State | null, State | null] = [null, null];
  let at = index + 1;
  for (let tries = 0; tries < patience; tries++) {
    const change = timeline.previousChange(at);
    if (change === null) break;
    const before = timeline.worldAt(change - 1);
    const [client, server] = [stateAt(before, 0), stateAt(before, 1)];
    if (was[0] === null && client !== now[0]) was[0] = client;
    if (was[1] === null && server !== now[1]) was[1] = server;
    if (was[0] !== null && was[1] !== null) break;
    at = change;
  }
  return was;
}

function ticksOf(timeline: Timeline, index: number, explored: number): readonly Tick[] {
  const from = Math.max(timeline.openingIndex + 1, index - around);
  const to = Math.min(explored, index + around);
  const ticks: Tick[] = [];
  for (const entry of timeline.steps(from, to)) {
    ticks.push({
      event: entry.index - timeline.openingIndex,
      at: entry.step.event.at,
      mark: markOf(entry, timeline),
      step: entry.step,
      ahead: entry.index > index,
    });
  }
  return ticks;
}

function markOf(entry: Entry, timeline: Timeline): Mark {
  const { step, index } = entry;
  if (loses(step)) return 'lost';
  if (repeats(step)) return 'retransmission';
  if (timeline.changedState(index)) return 'change';
  return step.sent.length > 0 ? 'sent' : 'other';
}
