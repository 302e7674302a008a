// Terminal recordings: asciicast (docs.asciinema.org/manual/asciicast/v2 and /v3: a header in the first line, then an
// event a line; players pass over kinds of events that they do not know). A recording carries its session, so that it
// can be opened and gone on with at any of its markers.

import { isSaved } from '../scenario/save.ts';

/** Versions that can be written. Players of 2020 know the first; the second counts times from event to event. */
export const castVersions = [2, 3] as const;
export type CastVersion = (typeof castVersions)[number];

/** What the first line says. */
export interface CastHead {
  readonly columns: number;
  readonly rows: number;
  readonly title: string;
  /** The saved session (see scenario/save.ts) that the recording begins with. */
  readonly session: string;
}

/**
 * One event, `at` milliseconds after the start: `output` what the terminal is sent, `input` what was typed, `resize`
 * its new size (`80x24`), `marker` a chapter, `session` the session as it has become, or what is appended to it
 * (see scenario/save.ts; players pass over it).
 */
export interface CastEvent {
  readonly at: number;
  readonly kind: 'output' | 'input' | 'resize' | 'marker' | 'session';
  readonly text: string;
}

/** A whole recording. Its events are in order of time. */
export interface Cast {
  readonly head: CastHead;
  readonly events: readonly CastEvent[];
}

const codes: Readonly<Record<CastEvent['kind'], string>> = {
  output: 'o',
  input: 'i',
  resize: 'r',
  marker: 'm',
  session: 's',
};

const terminalType = 'xterm-256color';

/** The first line, with its line end. */
export function headLine({ columns, rows, title, session }: CastHead, version: CastVersion): string {
  const own = { title, tcpstep: { session } };
  const head =
    version === 2
      ? { version, width: columns, height: rows, env: { TERM: terminalType }, ...own }
      : { version, term: { cols: columns, rows, type: terminalType }, ...own };
  return `${json(head)}\n`;
}

/** The line of an event, with its line end. `before`: when the event before it was, in milliseconds. */
export function eventLine({ at, kind, text }: CastEvent, version: CastVersion, before: number): string {
  const time = version === 2 ? at : at - before;
  return `${json([Math.round(time) / 1_000, codes[kind], text])}\n`;
}

/** The recording as a file. */
export function printCast({ head, events }: Cast, version: CastVersion): string {
  const lines = [headLine(head, version)];
  let before = 0;
  for (const event of events) {
    lines.push(eventLine(event, version, before));
    before = event.at;
  }
  return lines.join('');
}

// C1 control characters are legal in JSON, and orders to a terminal on which somebody looks at the file.
function json(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

// ---- reading

/** A marker of a recording with the session as it was then. */
export interface Mark {
  readonly label: string;
  readonly session: string;
}

/** What a recording holds of its session. */
export interface Recorded {
  /** The session as it was at the end. */
  readonly session: string;
  readonly marks: readonly Mark[];
  /** Where the file is damaged, in words; null: it is whole. What stands before the damage has been read. */
  readonly damage: string | null;
}

/** Whether a text begins as a recording does. */
export function isCast(text: string): boolean {
  return /^\ufeff?\s*\{\s*"version"\s*:/.test(text);
}

/** The session that a recording carries; a text on what is wrong, with its line, where there is none. */
export function readCast(text: string): Recorded | { readonly wrong: string; readonly line: number } {
  const lines = text.replace(/^\ufeff/, '').split('\n');
  const head = parsed(lines[0] ?? '');
  const version = field(head, 'version');
  if (head === undefined) return { wrong: 'this recording is cut off or damaged in its first line', line: 1 };
  if (!castVersions.some((known) => known === version)) {
    return { wrong: `expected an asciicast of version ${castVersions.join(' or ')}`, line: 1 };
  }
  const carried = field(field(head, 'tcpstep'), 'session');
  if (typeof carried !== 'string') {
    return { wrong: 'this recording carries no session: only those that tcpstep made can be opened', line: 1 };
  }
  let session: string = carried;
  const marks: Mark[] = [];
  for (const [index, line] of lines.entries()) {
    // Version 3 has comments.
    if (index === 0 || line === '' || line.startsWith('#')) continue;
    const event = parsed(line);
    if (!isEvent(event)) {
      return { session, marks, damage: `it is cut off or damaged in line ${index + 1}, after ${marks.length} markers` };
    }
    const [, code, data] = event;
    if (code === codes.session) session = isSaved(data) ? data : session + data;
    if (code === codes.marker) marks.push({ label: data, session });
  }
  return { session, marks, damage: null };
}

function isEvent(value: unknown): value is readonly [number, string, string] {
  if (!Array.isArray(value)) return false;
  const [time, code, data] = value;
  return typeof time === 'number' && typeof code === 'string' && typeof data === 'string';
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
