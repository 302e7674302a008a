// The one reducer: a session and an intent make the next session. Nothing here is remembered between two calls.

import type { Tamper } from '../world/event.ts';
import { closed, goTo, search, submit, typed, withBreak } from './answer.ts';
import { type Anchor, indexOfAnchor } from './caption.ts';
import { adopt, decide, redo, rename, switchTo, toggle, undo } from './decide.ts';
import { type Dialog, noDialog } from './dialog.ts';
import type { Intent } from './intent.ts';
import { microBack, microForward } from './micro.ts';
import {
  atSpeed,
  back,
  forward,
  nextChange,
  noticed,
  onward,
  pass,
  paused,
  previousChange,
  toIndex,
  toOpening,
  toTime,
} from './move.ts';
import { nearest } from './nearest.ts';
import type { Notice } from './notice.ts';
import { jump, leaving, mark } from './place.ts';
import { marked } from './score.ts';
import { onToBreak, toMatch, toStop } from './seek.ts';
import {
  begin,
  decisionsOf,
  entryOf,
  firstDialog,
  livesOf,
  panes,
  type Session,
  type Shelf,
  type Start,
  selected,
  timelineOf,
  type WireView,
  wireViews,
  worldOf,
} from './session.ts';
import { chosenSocket } from './shown.ts';

/** Carries out an intent. Never throws; what cannot be done is said in the notice. */
export function perform(session: Session, intent: Intent): Session {
  const quiet: Session =
    session.notice === null && !session.seeking && session.errand === null
      ? session
      : { ...session, notice: null, seeking: false, errand: null };
  switch (intent.do) {
    case 'forward':
      return forward(paused(quiet));
    case 'back':
      return back(paused(quiet));
    case 'next-change':
      return nextChange(paused(quiet));
    case 'previous-change':
      return previousChange(paused(quiet));
    case 'start':
      return leaving(quiet, toOpening(paused(quiet)));
    case 'end':
      return leaving(quiet, onward(paused(quiet)));
    case 'continue':
      return onToBreak(paused(quiet));
    case 'micro-forward':
      return microForward(paused(quiet));
    case 'micro-back':
      return microBack(paused(quiet));
    case 'next-stop':
      return toStop(paused(quiet), 1) ?? pastStops(paused(quiet), session.notice);
    case 'previous-stop':
      return toStop(paused(quiet), -1) ?? previousChange(paused(quiet));
    case 'go':
      return goTo(paused(quiet), intent.text);
    case 'mark':
      return mark(closed(quiet), intent.name);
    case 'jump':
      return jump(paused(closed(quiet)), intent.name);
    case 'search':
      return search(paused(quiet), intent.text);
    case 'next-match':
      return toMatch(paused(quiet), 1);
    case 'previous-match':
      return toMatch(paused(quiet), -1);
    case 'break':
      return withBreak(quiet, intent.when);
    case 'switch-break':
      return {
        ...quiet,
        breaks: quiet.breaks.map((one, place) => (place === intent.place ? { ...one, off: !one.off } : one)),
      };
    case 'goal':
      return noticed({ ...quiet, goal: intent.when }, { kind: 'goal-set', when: intent.when });
    case 'go-to-event':
      return toIndex(paused(quiet), timelineOf(quiet).openingIndex + Math.max(0, Math.trunc(intent.event)));
    case 'go-to-time':
      return toTime(paused(quiet), intent.time);
    case 'play':
      return { ...quiet, playing: !quiet.playing };
    case 'faster':
      return atSpeed(quiet, 1);
    case 'slower':
      return atSpeed(quiet, -1);
    case 'pass':
      // The notice stays: time that goes by is nobody's wish.
      if (session.seeking) return onToBreak(quiet);
      return session.playing ? pass(session, intent.elapsed) : session;
    case 'select':
      return { ...quiet, selection: intent.flight };
    case 'select-next':
      return selectBy(quiet, 1);
    case 'select-previous':
      return selectBy(quiet, -1);
    case 'show-socket':
      return {
        ...quiet,
        shown: intent.host === 0 ? [intent.socket, quiet.shown[1]] : [quiet.shown[0], intent.socket],
      };
    case 'drop':
    case 'duplicate':
    case 'release':
    case 'swap':
    case 'corrupt':
    case 'delay':
      return tamperSelected(quiet, intent);
    case 'decide':
      return decide(quiet, intent.action);
    case 'undo':
      return undo(quiet);
    case 'redo':
      return redo(quiet);
    case 'switch':
      return switchTo(quiet, intent.branch);
    case 'rename':
      return rename(quiet, intent.branch ?? quiet.current, intent.name);
    case 'toggle':
      return toggle(paused(quiet), intent.position);
    case 'profile':
      return adopt(paused(quiet), intent.profile);
    case 'difference':
      return difference(paused(quiet), intent.names.trim());
    case 'focus':
      return { ...quiet, focus: intent.pane };
    case 'focus-next':
      return { ...quiet, focus: neighbour(panes, quiet.focus, 1) };
    case 'focus-previous':
      return { ...quiet, focus: neighbour(panes, quiet.focus, -1) };
    case 'zoom':
      return { ...quiet, zoomed: !quiet.zoomed };
    case 'wire-view':
      return viewing(quiet, intent.view);
    case 'next-wire-view':
      return viewing(quiet, neighbour(wireViews, quiet.wireView, 1));
    case 'fold-why':
      return { ...quiet, whyFolded: !quiet.whyFolded };
    case 'open-dialog':
      return {
        ...quiet,
        dialog: resumed(quiet, intent.dialog),
        playing: false,
        shared: quiet.shared || intent.dialog.kind === 'share',
        drill: intent.dialog.kind === 'drill' && intent.dialog.place >= 0 ? intent.dialog.place : quiet.drill,
      };
    case 'close-dialog':
      return closed(quiet);
    case 'type':
      return { ...quiet, dialog: typed(quiet.dialog, intent.text) };
    case 'highlight':
      return 'line' in quiet.dialog ? { ...quiet, dialog: { ...quiet.dialog, line: intent.line } } : quiet;
    case 'typing':
      return 'typing' in quiet.dialog ? { ...quiet, dialog: { ...quiet.dialog, typing: intent.typing } } : quiet;
    case 'submit':
      return submit(quiet);
    case 'language':
      return { ...quiet, language: intent.language };
    case 'glyphs':
      return { ...quiet, glyphs: intent.glyphs };
    case 'record':
      return { ...quiet, recording: !quiet.recording };
    case 'recorded': {
      // The title says that it records; what could not be read of a file is said nowhere else.
      const complaint = intent.recording && session.notice?.kind === 'complaint' ? session.notice : null;
      return { ...quiet, recording: intent.recording, notice: complaint ?? intent.notice };
    }
    case 'open':
      return opened(quiet, intent.start);
    case 'open-spot':
      return { ...toSpot(quiet, intent.scenario, intent.anchor), pointed: intent.claim ?? null };
    case 'challenge':
      return { ...perform(quiet, { do: 'choose-scenario', id: intent.scenario }), challenge: intent.id };
    case 'score':
      return { ...quiet, scores: marked(quiet.scores, intent.of, intent.right) };
    case 'end-tour':
      return session.tour ? { ...session, tour: false } : session;
    case 'resume': {
      const { last } = quiet;
      return last === null ? closed(quiet) : { ...last.session, ...keptOf(quiet), dialog: noDialog };
    }
    case 'choose-scenario': {
      const shelf = shelfOf(quiet, intent.id);
      return shelf === undefined ? closed(quiet) : opened(quiet, shelf.start);
    }
    case 'mouse':
      return noticed({ ...quiet, mouse: !quiet.mouse }, { kind: 'mouse', on: !quiet.mouse });
    case 'errand': {
      const asked: Session = { ...quiet, errand: intent.errand };
      return intent.errand.kind === 'copy' ? noticed(asked, { kind: 'copied', text: intent.errand.text }) : asked;
    }
    case 'told':
      return noticed(session, intent.notice);
    case 'quit':
      return { ...quiet, over: true };
  }
}

// Behind the last step of a lesson: on from change to change, and where nothing changes any more to the next lesson, when
// asked twice.
function pastStops(session: Session, last: Notice | null): Session {
  if (last?.kind === 'lesson-over') return perform(session, { do: 'choose-scenario', id: last.next });
  const there = nextChange(session);
  if (there.notice?.kind !== 'no-change') return there;
  const ids = [...session.shelves].map(({ subject }) => subject.id);
  const next = ids[ids.indexOf(session.subject.id) + 1];
  return next === undefined || !ids.includes(session.subject.id)
    ? there
    : noticed(there, { kind: 'lesson-over', next });
}

// The drill goes on where it was left.
function resumed({ drill }: Session, dialog: Dialog): Dialog {
  return dialog.kind === 'drill' && dialog.place < 0 ? { ...dialog, place: drill } : dialog;
}

// The first profile of the scenario, in its order, under which there is such a step.
function toSpot(session: Session, scenario: string, anchor: Anchor | null): Session {
  const shelf = shelfOf(session, scenario);
  if (shelf === undefined) return closed(session);
  if (anchor === null) return opened(session, shelf.start);
  for (const profile of [shelf.start.profile, ...shelf.profiles.filter((one) => one !== shelf.start.profile)]) {
    const there = opened(session, { ...shelf.start, profile });
    const index = indexOfAnchor(timelineOf(there), anchor);
    if (index !== null) return toIndex({ ...there, dialog: noDialog }, index);
  }
  return opened(session, shelf.start);
}

function shelfOf({ shelves }: Session, scenario: string): Shelf | undefined {
  return [...shelves].find(({ subject }) => subject.id === scenario);
}

// Two branches side by side, if there are such.
function difference(session: Session, text: string): Session {
  const names = session.branches.map((branch) => branch.name);
  const [left, right] = twoNames(session.current, names, text);
  const missing = [left, right].find((name) => !names.includes(name));
  if (missing !== undefined) {
    return noticed(session, { kind: 'no-branch', name: missing, nearest: nearest(missing, names) });
  }
  const { profile } = session;
  return {
    ...session,
    dialog: { kind: 'difference', left: { branch: left, profile }, right: { branch: right, profile }, line: -1 },
  };
}

// Names may hold blanks (most are phrases such as `drop #1`): what is known decides where the second one begins.
function twoNames(current: string, names: readonly string[], text: string): readonly [string, string] {
  if (names.includes(text)) return [current, text];
  for (const left of names) {
    const rest = text.startsWith(`${left} `) ? text.slice(left.length).trim() : null;
    if (rest !== null) return [left, rest];
  }
  return [current, text];
}

// What the person has chosen for the screen stays.
function opened(session: Session, start: Start): Session {
  const { scores, drill } = session;
  return { ...begin(start, { ...keptOf(session), dialog: firstDialog(start) }), scores, drill };
}

// What does not belong to one scenario.
function keptOf({ language, glyphs, shelves, handbook, telling, keys, recording, mouse, last }: Session) {
  return { language, glyphs, shelves, handbook, telling, keys, recording, mouse, last };
}

// Selecting

function selectBy(session: Session, by: 1 | -1): Session {
  switch (session.focus) {
    case 'why': {
      const lines = entryOf(session)?.step.findings.length ?? 0;
      return { ...session, whyLine: around(session.whyLine + by, lines) };
    }
    case 'decisions':
      return { ...session, decisionLine: around(session.decisionLine + by, decisionsOf(session).length) };
    case 'client':
    case 'server': {
      const host = session.focus === 'client' ? 0 : 1;
      const machine = worldOf(session).hosts[host];
      // With one socket there is nothing to choose: then the arrows choose a segment, as elsewhere.
      if (machine.sockets.size < 2) return selectSegment(session, by);
      const ids = [...machine.sockets.values()].map((socket) => socket.id);
      const at = ids.indexOf(chosenSocket(machine, session.shown)?.id ?? -1);
      return perform(session, { do: 'show-socket', host, socket: ids[around(at + by, ids.length)] ?? null });
    }
    case 'wire':
    case 'time':
    case 'segment':
      return selectSegment(session, by);
  }
}

function selectSegment(session: Session, by: 1 | -1): Session {
  const lives = livesOf(session);
  if (lives.length === 0) return noticed(session, { kind: 'nothing-selected' });
  const chosen = selected(session)?.flight.id;
  const at = lives.findIndex((life) => life.flight.id === chosen);
  const to = at < 0 ? (by === 1 ? 0 : lives.length - 1) : around(at + by, lives.length);
  return { ...session, selection: lives[to]?.flight.id ?? null };
}

function around(line: number, lines: number): number {
  return lines === 0 ? 0 : (line + lines) % lines;
}

// A narrow pane shows two of the views alike: it is said which it is.
function viewing(session: Session, view: WireView): Session {
  return noticed({ ...session, wireView: view }, { kind: 'wire-view', view });
}

function neighbour<T>(list: readonly T[], item: T, by: 1 | -1): T {
  return list[around(list.indexOf(item) + by, list.length)] ?? item;
}

function tamperSelected(
  session: Session,
  wish: Extract<Intent, { do: 'drop' | 'duplicate' | 'release' | 'swap' | 'corrupt' | 'delay' }>,
): Session {
  const life = selected(session);
  if (life === null) return noticed(session, { kind: 'nothing-selected' });
  const { flight, ended } = life;
  if (ended !== null && wish.do !== 'duplicate') {
    const at = timelineOf(session).worldAt(ended.at).now;
    return noticed(session, { kind: 'ended', flight: flight.id, reason: ended.fate.reason, at });
  }
  return decide(session, { kind: 'tamper', tamper: tamperOf(wish, flight.id) });
}

function tamperOf(
  wish: Extract<Intent, { do: 'drop' | 'duplicate' | 'release' | 'swap' | 'corrupt' | 'delay' }>,
  flight: number,
): Tamper {
  switch (wish.do) {
    case 'delay':
      return { do: 'delay', flight, until: wish.until };
    case 'duplicate':
      return { do: 'duplicate', flight, at: null };
    case 'drop':
    case 'release':
    case 'swap':
    case 'corrupt':
      return { do: wish.do, flight };
  }
}
