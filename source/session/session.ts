// A session: everything that a person sees or has chosen, as one value. Nothing that a screen shows is kept elsewhere.

import type { World } from '../world/world.ts';
import type { Bilingual, Language } from './bilingual.ts';
import type { Branch } from './branch.ts';
import type { Caption } from './caption.ts';
import type { Condition } from './condition.ts';
import type { Decision } from './decision.ts';
import { type Dialog, noDialog } from './dialog.ts';
import { emptyHandbook, type Handbook } from './handbook.ts';
import type { Notice } from './notice.ts';
import { noScores, type Scores } from './score.ts';
import { type Setting, worldBefore } from './setting.ts';
import { type Chosen, unchosen } from './shown.ts';
import { type Telling, untold } from './telling.ts';
import { type Entry, type Life, type Opening, Timeline } from './timeline.ts';

export type { Bilingual, Language } from './bilingual.ts';

/** What a session is about: the head of a scenario. */
export interface Subject {
  /** File name without folder and ending, for example `hs-basic`. */
  readonly id: string;
  readonly title: Bilingual;
  /** A sentence or two on what is to be seen; '' where the file says nothing. */
  readonly about: Bilingual;
  readonly group: string;
  /** Its place in the order of learning; a fraction for what varies another. null: none. */
  readonly lesson: number | null;
  /** RFC sections and figures it stands on. */
  readonly cites: readonly string[];
  /** How long it takes to step through it with thought, in minutes. */
  readonly minutes: number;
  /** Scenarios to look at beside this one, the counterpart under real rules first. */
  readonly beside: readonly string[];
}

/** One of the ways a lesson can take: what is decided beside its script, on a branch of its own. */
export interface Way {
  /** The name of its branch; `main` is the script alone. */
  readonly name: string;
  readonly title: Bilingual;
  /** In order of time, none before the opening. */
  readonly decisions: readonly Decision[];
}

/** A scenario under one profile, ready to be run: all that a session needs to begin. */
export interface Start {
  readonly subject: Subject;
  /** Name of a profile (`profiles` in setting.ts). */
  readonly profile: string;
  readonly setting: Setting;
  readonly decisions: readonly Decision[];
  readonly opening: Opening;
  readonly captions: readonly Caption[];
  readonly ways: readonly Way[];
}

/** A scenario that can be opened, as the list shows it. */
export interface Shelf {
  readonly subject: Subject;
  readonly profiles: readonly string[];
  /** How it begins when it is chosen. */
  readonly start: Start;
  /** Whether somebody has gone through it here. */
  readonly done?: boolean;
}

/** A session that was left and can be gone on with. */
export interface Last {
  /** The id of its scenario. */
  readonly id: string;
  readonly session: Session;
}

/** Keys that mean something else than usual: the id of an action, and the names of its keys. */
export type Keymap = Readonly<Record<string, readonly string[]>>;

/** A moment between two events: after `index` steps, at a time not before the last and before the next of them. */
export interface Cursor {
  readonly index: number;
  /** Virtual time in microseconds. */
  readonly at: number;
}

/** The panes that can be focused, in the order of Tab; the last two only where there is room for them. */
export const panes = ['client', 'wire', 'server', 'why', 'time', 'segment', 'decisions'] as const;
export type Pane = (typeof panes)[number];

/** Views of the wire, in the order of `v`. */
export const wireViews = ['ladder', 'list', 'events', 'plot', 'states'] as const;
export type WireView = (typeof wireViews)[number];

/** Virtual seconds per second while playing. */
export const speeds: readonly number[] = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/** Something undone, and how to do it again. */
export type Undone =
  /** The branch lost its last decision; as it was before. */
  | { readonly kind: 'taken-back'; readonly branch: Branch; readonly position: number }
  /** The branch consisted of that decision and was left for its parent. */
  | { readonly kind: 'left'; readonly branch: string; readonly position: number };

/** A moment of a branch. */
export interface Place extends Cursor {
  readonly branch: string;
}

/** Something that only the terminal or the disk can do: whoever holds them follows the session, and does it once. */
export type Errand =
  /** Puts a text where the person's system keeps what is copied. */
  | { readonly kind: 'copy'; readonly text: string }
  /** Draws every cell again. */
  | { readonly kind: 'redraw' }
  /** Writes the branch on the screen into a file, in a format by its name; null: a name that is free. */
  | { readonly kind: 'export'; readonly format: string; readonly file: string | null }
  /** Gives the terminal back until the shell says `fg`. */
  | { readonly kind: 'suspend' };

/** A condition at which `continue` stops, unless it is switched off. */
export interface Breakpoint {
  readonly when: Condition;
  readonly off: boolean;
}

/** The whole state of the debugger. A value: `perform` makes the next one. */
export interface Session {
  readonly subject: Subject;
  readonly profile: string;
  readonly setting: Setting;
  readonly captions: readonly Caption[];
  /** The ways of the lesson, each a branch; empty where it has only one. */
  readonly ways: readonly Way[];
  readonly branches: readonly Branch[];
  /** Name of the branch on the screen. */
  readonly current: string;
  readonly cursor: Cursor;
  /** The finding of the event at the cursor that is looked at, those before it done: its number; null: all are done. */
  readonly micro: number | null;
  readonly breaks: readonly Breakpoint[];
  /** What is to be reached; null: nothing in particular. */
  readonly goal: Condition | null;
  /** Whether `continue` has not come to its end yet. */
  readonly seeking: boolean;
  /** Moments by the letter that marks them. */
  readonly marks: Readonly<Record<string, Place>>;
  /** Where the last jump began; null: there was none. */
  readonly jumped: Place | null;
  /** What events are searched for; null: nothing. */
  readonly search: string | null;
  /** The sockets chosen to be seen at both ends. */
  readonly shown: Chosen;
  /** The segment chosen by hand; null: the next to land is selected. See `selected`. */
  readonly selection: number | null;
  readonly focus: Pane;
  readonly zoomed: boolean;
  readonly wireView: WireView;
  readonly whyFolded: boolean;
  /** Line of the WHY pane and of the list of decisions that is selected, from 0. */
  readonly whyLine: number;
  readonly decisionLine: number;
  readonly dialog: Dialog;
  /** What the last intent brought about, where that needs to be said. */
  readonly notice: Notice | null;
  readonly language: Language;
  readonly glyphs: 'unicode' | 'ascii';
  readonly playing: boolean;
  /** Virtual seconds per second, one of `speeds`. */
  readonly speed: number;
  readonly undone: readonly Undone[];
  /** Walked through only where the list is shown, or one of them chosen: until then nothing is read. */
  readonly shelves: Iterable<Shelf>;
  /** Claims, questions, words: read from their files when they are first looked at. */
  readonly handbook: Handbook;
  /** What is shown of an event, besides what the session can say of it. */
  readonly telling: Telling;
  readonly keys: Keymap;
  /** The session that was left last; null: there is none. */
  readonly last: Last | null;
  /** The row of the claim that was asked for: where others bite too, it comes first; null: none was. */
  readonly pointed: number | null;
  /** The place of the interview question that was looked at last, from 0. */
  readonly drill: number;
  /** Whether the first run's prompts are shown. */
  readonly tour: boolean;
  /** What is to be brought about, by the id of the challenge; null: nothing. */
  readonly challenge: string | null;
  /** Questions about the next step and of the drill, asked and answered rightly. */
  readonly scores: Scores;
  /** Whether the line that shares the session has been asked for. */
  readonly shared: boolean;
  /** The person wants to leave. */
  readonly over: boolean;
  /** The screen is to be recorded. Whoever can write files follows the session and does it. */
  readonly recording: boolean;
  /** Whether clicks and the wheel are ours; otherwise the terminal selects text with them. */
  readonly mouse: boolean;
  /** What the last intent wants of the terminal or the disk; null: nothing. */
  readonly errand: Errand | null;
}

/** The decisions of a lesson that goes one of its ways: those of the script, and its own behind them at the same time. */
export function decisionsAlong(start: Pick<Start, 'decisions' | 'opening'>, way: Way): readonly Decision[] {
  const { position } = start.opening;
  const rest = [...start.decisions.slice(position), ...way.decisions];
  return [...start.decisions.slice(0, position), ...rest.toSorted((a, b) => a.at - b.at)];
}

/** What lies over the screen when a person opens a lesson: of a tour, what comes of each of its ways. */
export function firstDialog({ ways }: Pick<Start, 'ways'>): Dialog {
  return ways.length > 0 ? { kind: 'ways', line: 0 } : noDialog;
}

/** How a session begins: at the opening of its scenario, paused; each of its ways is a branch. */
export function begin(
  start: Start,
  wishes: {
    readonly language?: Language;
    readonly glyphs?: 'unicode' | 'ascii';
    readonly shelves?: Iterable<Shelf>;
    readonly handbook?: Handbook;
    readonly telling?: Telling;
    readonly dialog?: Dialog;
    readonly recording?: boolean;
    readonly mouse?: boolean;
    readonly keys?: Keymap;
    readonly last?: Last | null;
    readonly tour?: boolean;
    readonly notice?: Notice | null;
  } = {},
): Session {
  const timeline = new Timeline(worldBefore(start.setting, start.profile), start.decisions, start.opening);
  const index = timeline.openingIndex;
  const main: Branch = { name: 'main', parent: null, timeline, explored: index };
  const others = start.ways.filter((way) => way.name !== main.name);
  const ways = others.map((way): Branch => {
    const parent = { name: main.name, index, position: start.opening.position };
    return { name: way.name, parent, timeline: timeline.fork(decisionsAlong(start, way), index), explored: index };
  });
  return {
    subject: start.subject,
    profile: start.profile,
    setting: start.setting,
    captions: start.captions,
    ways: start.ways,
    branches: [main, ...ways],
    current: main.name,
    cursor: { index, at: openingTime(timeline) },
    micro: null,
    breaks: [],
    goal: null,
    seeking: false,
    marks: {},
    jumped: null,
    search: null,
    shown: unchosen,
    selection: null,
    focus: 'wire',
    zoomed: false,
    wireView: 'ladder',
    whyFolded: false,
    whyLine: 0,
    decisionLine: 0,
    dialog: wishes.dialog ?? noDialog,
    notice: wishes.notice ?? null,
    language: wishes.language ?? 'en',
    glyphs: wishes.glyphs ?? 'ascii',
    playing: false,
    speed: 1,
    undone: [],
    shelves: wishes.shelves ?? [],
    handbook: wishes.handbook ?? emptyHandbook,
    telling: wishes.telling ?? untold,
    keys: wishes.keys ?? {},
    last: wishes.last ?? null,
    pointed: null,
    drill: 0,
    tour: wishes.tour ?? false,
    challenge: null,
    scores: noScores,
    shared: false,
    over: false,
    recording: wishes.recording ?? false,
    mouse: wishes.mouse ?? false,
    errand: null,
  };
}

/** The time at which the debugger opens: that of the scenario's `begin`, or of the last step before it. */
export function openingTime(timeline: Timeline): number {
  return Math.max(timeline.worldAt(timeline.openingIndex).now, timeline.opening.at);
}

/** The branch on the screen. */
export function branchOf(session: Pick<Session, 'branches' | 'current'>): Branch {
  const branch = session.branches.find((one) => one.name === session.current) ?? session.branches[0];
  if (branch === undefined) throw new Error('a session has at least one branch');
  return branch;
}

/** The course of events on the screen. */
export function timelineOf(session: Session): Timeline {
  return branchOf(session).timeline;
}

/** The world at the cursor. Its `now` is the time of the last event; the cursor's time may be later. */
export function worldOf(session: Session): World {
  return timelineOf(session).worldAt(session.cursor.index);
}

/** The event that the cursor stands just after; null at the opening. */
export function entryOf(session: Session): Entry | null {
  const timeline = timelineOf(session);
  return session.cursor.index > timeline.openingIndex ? timeline.entryAt(session.cursor.index) : null;
}

/** The number of the event at the cursor, and of those looked at so far, counted from the opening. */
export function eventNumbers(session: Session): { readonly at: number; readonly explored: number } {
  const branch = branchOf(session);
  const { openingIndex } = branch.timeline;
  return { at: session.cursor.index - openingIndex, explored: branch.explored - openingIndex };
}

/**
 * The segments that can be selected at the cursor, oldest first: those on their way and the latest that have landed
 * or were lost (their ends included), from the opening on: the latest `most`, and at most as many older ones that
 * are still on their way.
 */
export function livesOf(session: Session, most = 32): readonly Life[] {
  const timeline = timelineOf(session);
  const { index } = session.cursor;
  const world = timeline.worldAt(index);
  const first = timeline.worldAt(timeline.openingIndex).nextFlight;
  const lives: Life[] = [];
  for (let flight = world.nextFlight - 1; flight >= first && lives.length < most; flight--) {
    const life = timeline.lifeOf(flight, index);
    if (life !== null) lives.push(life);
  }
  const oldest = lives[lives.length - 1]?.flight.id ?? world.nextFlight;
  for (const flying of world.wire.flights.values()) {
    if (flying.id >= oldest || lives.length >= 2 * most) break;
    const life = timeline.lifeOf(flying.id, index);
    if (life !== null) lives.push(life);
  }
  return lives.sort((a, b) => a.flight.id - b.flight.id);
}

/** The selected segment: the chosen one while it is there, otherwise the next to land; null where nothing is on the wire. */
export function selected(session: Session): Life | null {
  const timeline = timelineOf(session);
  const { index } = session.cursor;
  if (session.selection !== null) {
    const chosen = timeline.lifeOf(session.selection, index);
    if (chosen !== null) return chosen;
  }
  const { flights } = timeline.worldAt(index).wire;
  const nearest = flights.next()?.id ?? flights.entries().next().value?.[0];
  return nearest === undefined ? null : timeline.lifeOf(nearest, index);
}

/** A decision of the current branch as its list shows it. */
export interface Listed {
  readonly decision: Decision;
  /** Its number in `timeline.decisions`. */
  readonly position: number;
  /** Whether the cursor is past it. */
  readonly passed: boolean;
  /** Why it changes nothing; null where it applies, or has not been reached. */
  readonly refused: Entry['step']['refused'];
}

/** The decisions from the opening on, in order. What has not been looked at yet is not computed for this. */
export function decisionsOf(session: Session): readonly Listed[] {
  const { timeline, explored } = branchOf(session);
  const passed = timeline.positionAt(session.cursor.index);
  const known = timeline.positionAt(explored);
  return timeline.decisions.slice(timeline.opening.position).map((decision, offset) => {
    const position = timeline.opening.position + offset;
    const index = position < known ? timeline.indexOf(position) : null;
    const refused = index === null ? null : (timeline.stepAt(index)?.refused ?? null);
    return { decision, position, passed: position < passed, refused };
  });
}
