// A course of events as a ladder diagram: what each end did and when, and the segments between the two. The plain
// ladder, the SVG and the Mermaid diagram are drawn from it.

import { isAccident } from '../host/call.ts';
import { openingTime } from '../session/session.ts';
import { shownStates } from '../session/shown.ts';
import { seconds } from '../session/time.ts';
import { ACK, has, UDP } from '../tcp/segment.ts';
import type { State } from '../tcp/tcb.ts';
import { actionText } from '../view/action.ts';
import { callText } from '../view/call.ts';
import type { Look } from '../view/look.ts';
import { idOf, kind } from '../view/segment-label.ts';
import type { Step } from '../world/outcome.ts';
import { courseOf, type Exhibit, type Extent, eventsOf, titleOf } from './exhibit.ts';
import { type Passage, passagesOf } from './passages.ts';

/** What happened at one end, or between them, by itself. */
export interface Remark {
  /** The end it happened at; null: on the wire. */
  readonly host: 0 | 1 | null;
  readonly text: string;
}

/** One event: everything that stands at the same height of the diagram. */
export interface Moment {
  readonly index: number;
  /** Virtual time in microseconds. */
  readonly at: number;
  readonly remark: Remark | null;
  /** The states of client and server after it, and which of them it changed. */
  readonly states: readonly [State, State];
  readonly changed: readonly [boolean, boolean];
  /** The segments that left in it, in order. */
  readonly sent: readonly Rung[];
}

/** One segment between the posts. */
export interface Rung {
  readonly passage: Passage;
  /** From the post at the left to that at the right. */
  readonly rightward: boolean;
  /** Texts for it, the longest first: `#1 SYN seq=100`. */
  readonly labels: readonly string[];
  /** What is worth saying beside it: a retransmission, a copy; '' for nothing. */
  readonly remark: string;
}

/** The whole diagram. */
export interface Figure {
  readonly title: string;
  readonly about: string;
  readonly names: readonly [string, string];
  readonly opening: { readonly at: number; readonly states: readonly [State, State] };
  readonly moments: readonly Moment[];
  /** How it ends, in words. */
  readonly ending: string;
  readonly extent: Extent;
}

/** The diagram of an exhibit, from the opening on, in the language of its look. */
export function figureOf(exhibit: Exhibit): Figure {
  const { session, look, last, extent } = exhibit;
  const { subject } = session;
  const course = courseOf(exhibit);
  const passages = passagesOf(course, course.openingIndex + 1, last);
  const name = (id: number): string => {
    const found = passages.get(id)?.flight;
    return found === undefined ? `#${id}` : `${idOf(found)} ${kind(found.segment, look)}`;
  };
  const opening = course.worldAt(course.openingIndex);
  const moments: Moment[] = [];
  for (const { index, step } of eventsOf(exhibit)) {
    const [before, after] = [shownStates(step.before), shownStates(step.world)];
    moments.push({
      index,
      at: step.world.now,
      remark: remarkOf(step, look, name),
      states: after,
      changed: [before[0] !== after[0], before[1] !== after[1]],
      sent: step.sent.flatMap((flight) => {
        const passage = passages.get(flight.id);
        return passage === undefined ? [] : [rung(passage, look)];
      }),
    });
  }
  const language = look.words.language;
  return {
    title: titleOf(session, look),
    about: subject.about[language],
    names: [0, 1].map((index) => {
      const host = opening.hosts[index === 0 ? 0 : 1];
      return `${look.words.party[index === 0 ? 'client' : 'server']} ${host.address}`;
    }) as [string, string],
    opening: { at: openingTime(course), states: shownStates(opening) },
    moments,
    ending: endings[extent][language],
    extent,
  };
}

const endings: Readonly<Record<Extent, Readonly<Record<'en' | 'zh', string>>>> = {
  quiet: { en: 'The network is quiet.', zh: '网络已安静。' },
  until: { en: 'It goes on.', zh: '后面还有。' },
  limit: { en: 'It goes on: only the first events are shown.', zh: '后面还有：这里只画出最前面的事件。' },
};

function rung(passage: Passage, look: Look): Rung {
  const { flight } = passage;
  const { segment } = flight;
  const name = `${idOf(flight)} ${kind(segment, look)}`;
  const rightward = flight.to.host === 1 || (flight.to.host === -1 && flight.from.host === 0);
  const remark = originOf(passage, look);
  // A datagram has no numbers.
  if (has(segment, UDP)) return { passage, rightward, labels: [name], remark };
  const ack = has(segment, ACK) ? ` ack=${segment.ack}` : '';
  // Of a segment without data the acknowledgment tells more.
  const shorter = ack === '' || segment.data.length > 0 ? ` seq=${segment.seq}` : ack;
  return {
    passage,
    rightward,
    labels: [`${name} seq=${segment.seq}${ack}`, `${name}${shorter}`, name],
    remark,
  };
}

function originOf({ flight, repeats }: Passage, { words }: Look): string {
  if (flight.forged) return words.forged;
  if (flight.copyOf > 0) return words.copyOf(`#${flight.copyOf}`);
  return repeats > 0 ? words.repeats(`#${repeats}`) : '';
}

/** How a segment ended, in words: `dropped by you at 0.025s`; '' where it arrived. */
export function lossOf({ end, flight }: Passage, { words }: Look): string {
  if (end === null) return Number.isFinite(flight.due) ? '' : words.untilReleased;
  return end.reason === 'delivered' ? '' : words.fate(end.reason, seconds(end.at), end.byPerson);
}

// Timers and calls are said at the end they happen at. What is done to one segment can be seen at that segment.
function remarkOf({ event, refused }: Step, look: Look, name: (flight: number) => string): Remark | null {
  const { words } = look;
  switch (event.kind) {
    case 'arrival':
      return null;
    case 'expiry':
      return { host: event.host, text: words.timerName[event.timer] };
    case 'decision': {
      const { action } = event;
      const why = refused === null ? '' : `: ${words.refusal[refused]}`;
      if (action.kind === 'call') {
        const text = isAccident(action.call) ? actionText(action, look, name) : callText(action.call);
        return { host: action.host, text: `${text}${why}` };
      }
      const visible = action.tamper.do === 'drop' && refused === null;
      return visible ? null : { host: null, text: `${actionText(action, look, name)}${why}` };
    }
  }
}

/** Whether a flight reached the other post. */
export function landed({ end }: Passage): boolean {
  return end?.reason === 'delivered';
}
