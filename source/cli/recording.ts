// Recordings and captures as input: both carry the session they were made of.

import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { isCast, readCast } from '../export/cast.ts';
import { isPcapng, readPcapng } from '../export/pcapng.ts';
import { readSaved, type Saved } from '../scenario/save.ts';
import { Unreadable } from '../scenario/unreadable.ts';

/** A place in a recording: the session as it was, and the number of the event. */
export interface Mark {
  readonly label: string;
  readonly saved: Saved;
  readonly event: number;
}

/** What such a file holds. */
export interface Recording {
  readonly saved: Saved;
  /** The markers of a recording; a capture has none. */
  readonly marks: readonly Mark[];
  /** Where the file is damaged; null: it is whole. */
  readonly damage: string | null;
}

/** Longest recording or capture that is read, in octets. */
const limit = 256_000_000;

/** The session in a recording or a capture; null for a file that is neither. Throws Unreadable for one without. */
export function recordingIn(file: string): Recording | null {
  const beginning = peek(file);
  if (beginning === null) return null;
  if (isPcapng(beginning)) {
    const found = readPcapng(whole(file));
    if ('wrong' in found) throw new Unreadable(file, null, found.wrong);
    return { saved: carried(found.session, file), marks: [], damage: found.damage };
  }
  // A character may be cut through at the end of what was read: here only ASCII matters.
  if (!isCast(new TextDecoder().decode(beginning))) return null;
  const found = readCast(new TextDecoder().decode(whole(file)));
  if ('wrong' in found) throw new Unreadable(file, found.line, found.wrong);
  const known = new Map<string, Saved>();
  const savedOf = (text: string): Saved => {
    const saved = known.get(text) ?? carried(text, file);
    known.set(text, saved);
    return saved;
  };
  const marks = found.marks.map(({ label, session }) => {
    const saved = savedOf(session);
    // A label begins with the number of its event.
    return { label, saved, event: Number(/^\D{0,16}(\d{1,9})/.exec(label)?.[1] ?? saved.event) };
  });
  return { saved: savedOf(found.session), marks, damage: found.damage };
}

// Its lines are not those of the file.
function carried(session: string, file: string): Saved {
  return readSaved(session, `${file} (its session)`);
}

/** The first octets of a file; null where they cannot be read (whoever reads it as text says why). */
function peek(file: string): Uint8Array | null {
  try {
    if (!statSync(file).isFile()) return null;
    const octets = new Uint8Array(64);
    const fd = openSync(file, 'r');
    try {
      return octets.subarray(0, readSync(fd, octets));
    } finally {
      closeSync(fd);
    }
  } catch {
    return null;
  }
}

function whole(file: string): Uint8Array {
  if (statSync(file).size > limit) throw new Unreadable(file, null, `expected at most ${limit} octets`);
  return readFileSync(file);
}
