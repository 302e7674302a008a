// Recordings and captures as input: both carry the session they were made of.

import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { isCast, readCast } from '../export/cast.ts';
import { isPcapng, readPcapng } from '../export/pcapng.ts';
import { readSaved, type Saved } from '../scenario/save.ts';
import { Unreadable } from '../scenario/unreadable.ts';

/** A marker of a recording. */
export interface Mark {
  /** The number of its event; null where its label does not begin with one. */
  readonly event: number | null;
  /** The session as it was then. Throws Unreadable. */
  readonly open: () => Saved;
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
    const saved = carried(found.session, file);
    return { saved, marks: [], damage: found.damage ?? saved.damage };
  }
  // A character may be cut through at the end of what was read: here only ASCII matters.
  if (!isCast(new TextDecoder().decode(beginning))) return null;
  const found = readCast(new TextDecoder().decode(whole(file)));
  if ('wrong' in found) throw new Unreadable(file, found.line, found.wrong);
  const marks = found.marks.map(({ label, session }): Mark => {
    const number = /^\D{0,16}(\d{1,9})/.exec(label)?.[1];
    return { event: number === undefined ? null : Number(number), open: () => carried(session, file) };
  });
  const saved = carried(found.session, file);
  return { saved, marks, damage: found.damage ?? saved.damage };
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
