// The answer to a question: what has been typed into a prompt is meant.

import type { Action } from '../world/event.ts';
import { type Condition, conditionWords, readCondition } from './condition.ts';
import { decide, rename } from './decide.ts';
import { type Dialog, noDialog, type Question } from './dialog.ts';
import { noticed, toIndex, toTime } from './move.ts';
import { leaving } from './place.ts';
import { readPhrase } from './read.ts';
import { toMatch, toNext } from './seek.ts';
import { branchOf, type Session, timelineOf } from './session.ts';
import { readTime } from './time.ts';
import { Misread } from './words.ts';

/** Nothing lies over the screen any more. */
export function closed(session: Session): Session {
  return session.dialog.kind === 'none' ? session : { ...session, dialog: noDialog };
}

/** The dialog with another text. */
export function typed(dialog: Dialog, text: string | null): Dialog {
  switch (dialog.kind) {
    case 'ask':
      return { ...dialog, text };
    case 'palette':
    case 'handbook':
    case 'scenarios':
      return { ...dialog, text: text ?? '', line: 0 };
    case 'none':
    case 'help':
    case 'segment':
    case 'edit':
    case 'inject':
    case 'host':
    case 'options':
    case 'breaks':
    case 'mark':
    case 'jump':
    case 'branches':
    case 'notes':
    case 'quiz':
    case 'drill':
    case 'ways':
    case 'tool':
    case 'challenges':
    case 'share':
    case 'sockets':
    case 'profiles':
    case 'difference':
      return dialog;
  }
}

/** What has been typed into the dialog is meant. What is not understood leaves a prompt open. */
export function submit(session: Session): Session {
  const { dialog } = session;
  switch (dialog.kind) {
    case 'ask':
      return answer(session, dialog.question, (dialog.text ?? '').trim());
    case 'palette':
      return decideWords(session, dialog.text.trim());
    case 'none':
    case 'help':
    case 'segment':
    case 'edit':
    case 'inject':
    case 'host':
    case 'options':
    case 'breaks':
    case 'mark':
    case 'jump':
    case 'branches':
    case 'notes':
    case 'quiz':
    case 'drill':
    case 'ways':
    case 'tool':
    case 'challenges':
    case 'share':
    case 'sockets':
    case 'profiles':
    case 'difference':
    case 'handbook':
    case 'scenarios':
      return closed(session);
  }
}

function answer(session: Session, question: Question, text: string): Session {
  switch (question.of) {
    case 'go-to':
      return goTo(closed(session), text);
    case 'search':
      return search(closed(session), text);
    case 'rename':
      return rename(closed(session), question.branch, text);
    case 'break':
      return understood(session, () => withBreak(closed(session), readCondition(text)));
    case 'delay':
      return delayTo(closed(session), question.flight, text);
    case 'decision':
      return decideWords(session, `${question.lead}${text}${question.tail}`.trim());
  }
}

/** Decides what a phrase of the language of scenarios says. */
function decideWords(session: Session, text: string): Session {
  return understood(session, () => decide(closed(session), readPhrase(text)));
}

// What is not understood is said, and changes nothing else.
function understood(session: Session, read: () => Session): Session {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Misread)) throw error;
    const { found, expected, nearest } = error;
    return noticed(session, { kind: 'misread', found, expected, nearest });
  }
}

/** Searches the events from here on. */
export function search(session: Session, text: string): Session {
  if (text === '') return { ...session, search: null };
  return toMatch({ ...session, search: text }, 1);
}

/** A breakpoint where there is none, none where there is one. */
export function withBreak(session: Session, when: Condition): Session {
  const words = conditionWords(when);
  const rest = session.breaks.filter((one) => conditionWords(one.when) !== words);
  if (rest.length < session.breaks.length) return noticed({ ...session, breaks: rest }, { kind: 'break-gone', when });
  return noticed({ ...session, breaks: [...rest, { when, off: false }] }, { kind: 'break-set', when });
}

/** To a place in words. */
export function goTo(session: Session, text: string): Session {
  const condition = /^next\s+(.+)$/.exec(text)?.[1];
  if (condition !== undefined) return understood(session, () => toNext(session, readCondition(condition)));
  return leaving(session, toMoment(session, text));
}

function toMoment(session: Session, text: string): Session {
  const timeline = timelineOf(session);
  const event = /^(?:ev|e)\s*(\d{1,9})$/.exec(text)?.[1];
  if (event !== undefined) return toIndex(session, timeline.openingIndex + Number(event));
  const flight = /^#(\d{1,9})$/.exec(text)?.[1];
  if (flight !== undefined) {
    const sent = timeline.search(0, branchOf(session).explored, (entry) =>
      entry.step.sent.some((one) => one.id === Number(flight)),
    );
    return sent === null ? noticed(session, { kind: 'not-understood', text }) : toIndex(session, sent);
  }
  const later = text.startsWith('+');
  const time = readTime(later ? text.slice(1) : text);
  if (time === null) return noticed(session, { kind: 'not-understood', text });
  return toTime(session, later ? session.cursor.at + time : time);
}

function delayTo(session: Session, flight: number, text: string): Session {
  const action = (until: number | null): Action => ({ kind: 'tamper', tamper: { do: 'delay', flight, until } });
  if (text === 'hold') return decide(session, action(null));
  const later = text.startsWith('+');
  const time = readTime(later ? text.slice(1) : text);
  if (time === null) return noticed(session, { kind: 'not-understood', text });
  if (!later) return decide(session, action(time));
  const due = timelineOf(session).worldAt(session.cursor.index).wire.flights.at(flight)?.due ?? session.cursor.at;
  return decide(session, action((Number.isFinite(due) ? due : session.cursor.at) + time));
}
