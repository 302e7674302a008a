// `:export`: the branch on the screen of the debugger as a document, written while the debugger goes on.

import { existsSync } from 'node:fs';
import { courseOf, extentOf, mostEvents, stemOf } from '../export/exhibit.ts';
import { type Format, formats } from '../export/index.ts';
import { shareLine } from '../scenario/share.ts';
import { noDialog } from '../session/dialog.ts';
import { nearest } from '../session/nearest.ts';
import type { Notice } from '../session/notice.ts';
import type { Errand, Session } from '../session/session.ts';
import { lookOf } from '../ui/look.ts';
import { studio } from './export.ts';
import { plain, UsageError } from './usage.ts';
import { Unwritable, writeFile } from './write.ts';

/** Carries it out and says what has come of it. Nothing is overwritten. */
export async function exportLive(session: Session, wish: Extract<Errand, { kind: 'export' }>): Promise<Notice> {
  const format = formats.find(({ name }) => name === wish.format);
  if (format === undefined) {
    const names = formats.map(({ name }) => name);
    return { kind: 'misread', found: wish.format, expected: names.join(', '), nearest: nearest(wish.format, names) };
  }
  const file = wish.file ?? freeFile(session, format);
  try {
    const bare: Session = { ...session, dialog: noDialog, notice: null, errand: null };
    const { last, extent } = extentOf(courseOf({ session: bare }), null, mostEvents);
    const content = await format.render({
      session: bare,
      moment: bare,
      last,
      extent,
      look: lookOf(bare),
      side: null,
      pace: 1,
      command: commandOf(bare),
      studio: studio({ columns: 80, rows: 24 }),
    });
    writeFile(file, content, false);
    return { kind: 'exported', file: plain(file) };
  } catch (error) {
    if (error instanceof UsageError) return { kind: 'not-exported', file: plain(file), why: 'exists' };
    if (error instanceof Unwritable) return { kind: 'not-exported', file: plain(file), why: error.why };
    throw error;
  }
}

// A name that nobody has used, in the folder in which the debugger was started.
function freeFile({ subject }: Session, { extension }: Format): string {
  for (let number = 1; ; number++) {
    const file = `tcpstep-${stemOf(subject.id)}${number === 1 ? '' : `-${number}`}.${extension}`;
    if (!existsSync(file)) return file;
  }
}

// How the same is opened again.
function commandOf(session: Session): string {
  const shelf = [...session.shelves].find(({ subject }) => subject.id === session.subject.id);
  return shelf === undefined
    ? `tcpstep ${session.subject.id}`
    : shareLine(session, shelf.start).line.replace('tcpstep run ', 'tcpstep ');
}
