// The debugger's screen recorded while it is used: what the terminal is sent, with a marker wherever a state changes.
// Every event is in the file when the call that brought it returns, so that the file plays whenever the program ends.

import { closeSync, existsSync, ftruncateSync } from 'node:fs';
import { type CastEvent, type CastVersion, eventLine, headLine } from '../export/cast.ts';
import { stemOf, titleOf } from '../export/exhibit.ts';
import { markerOf } from '../export/shots.ts';
import { printChange, printSession } from '../scenario/save.ts';
import { captionsAt } from '../session/caption.ts';
import type { Intent } from '../session/intent.ts';
import { entryOf, type Session, timelineOf } from '../session/session.ts';
import type { TapEvent } from '../terminal/output.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { lookOf } from '../ui/look.ts';
import { plain } from './usage.ts';
import { openGrowing, troubleOf, writeAll } from './write.ts';

/** What the command line says of recordings. */
export interface RecordingWish {
  /** Where to record from the beginning; null: only when the person wants it. */
  readonly file: string | null;
  readonly version: CastVersion;
  /** A file that exists may be overwritten. */
  readonly force: boolean;
}

/** Longer pauses are cut to this (milliseconds): nobody wants to watch somebody think. */
const longestPause = 3_000;

/** Characters of changes after which the session is told whole again: a reader takes in no more than 2,000,000. */
const mostChanges = 200_000;

/** What a recording needs of a terminal. */
export type Recorded = Pick<Terminal, 'size' | 'snapshot' | 'tap'>;

/** A file that is being written. */
interface Tape {
  readonly file: string;
  readonly fd: number;
  readonly stop: () => void;
  /** Octets of whole lines. */
  length: number;
  /** Time of the last event, in the recording and on the terminal's clock (null: there was none yet). */
  at: number;
  seen: number | null;
  /** The session that the header or the last session event told, and how many characters changes have taken since. */
  told: Session;
  changes: number;
  /** Markers for what is drawn next. */
  readonly pending: string[];
}

/** Follows a session and records its screen while the session wants it. */
export class Recorder {
  /** The file last written; null: there was none. */
  last: string | null = null;
  private readonly terminal: Recorded;
  private readonly wish: RecordingWish;
  private tape: Tape | null = null;
  private former: Session | null = null;
  private tell: (intent: Intent) => void = () => {};
  private wished = false;

  constructor(terminal: Recorded, wish: RecordingWish) {
    this.terminal = terminal;
    this.wish = wish;
  }

  /** The session has become this one. */
  follow(session: Session, tell: (intent: Intent) => void): void {
    this.tell = tell;
    if (session.recording && this.tape === null) this.begin(session);
    else if (!session.recording && this.tape !== null) this.finish();
    else if (this.tape !== null) this.note(session, this.tape);
    this.former = session;
  }

  /** The debugger is being left. */
  end(): void {
    if (this.tape !== null) this.close(this.tape);
  }

  private begin(session: Session): void {
    const { file, force } = this.nextFile(session);
    const name = plain(file);
    let fd: number;
    try {
      fd = openGrowing(file, force);
    } catch (error) {
      this.tell({
        do: 'recorded',
        recording: false,
        notice: { kind: 'not-recorded', file: name, why: troubleOf(error) },
      });
      return;
    }
    const tape: Tape = {
      file,
      fd,
      stop: this.terminal.tap((event) => this.take(event, tape)),
      length: 0,
      at: 0,
      seen: null,
      told: session,
      changes: 0,
      pending: [],
    };
    this.tape = tape;
    const head = headLine(
      { ...this.terminal.size(), title: titleOf(session, lookOf(session)), session: printSession(session) },
      this.wish.version,
    );
    if (!this.write(head, tape)) return;
    this.last = file;
    // What is on the screen already; nothing where the debugger has only begun.
    this.put({ at: 0, kind: 'output', text: `\x1b[?25l${this.terminal.snapshot()}` }, tape);
    if (this.tape === null) return;
    const look = lookOf(session);
    tape.pending.push(
      `${look.words.event} ${this.eventOf(session)}${look.words.colon}${session.subject.title[session.language]}`,
    );
    this.tell({ do: 'recorded', recording: true, notice: { kind: 'recording', file: name, what: 'started' } });
  }

  // The file of the command line first; then, and without one, names with numbers that nobody has used.
  private nextFile(session: Session): { readonly file: string; readonly force: boolean } {
    if (this.wish.file !== null && !this.wished) {
      this.wished = true;
      return { file: this.wish.file, force: this.wish.force };
    }
    const stem = this.wish.file?.replace(/\.cast$/, '') ?? `tcpstep-${stemOf(session.subject.id)}`;
    for (let number = this.wish.file === null ? 1 : 2; ; number++) {
      const file = `${stem}${number === 1 ? '' : `-${number}`}.cast`;
      if (!existsSync(file)) return { file, force: false };
    }
  }

  private eventOf(session: Session): number {
    return session.cursor.index - timelineOf(session).openingIndex;
  }

  // What the next drawing will show, where a player may want to go to it.
  private note(session: Session, tape: Tape): void {
    const change = printChange(tape.told, session);
    if (change !== null) {
      tape.told = session;
      const small = 'append' in change && tape.changes + change.append.length <= mostChanges;
      const text = small ? change.append : printSession(session);
      tape.changes = small ? tape.changes + text.length : 0;
      this.put({ at: tape.at, kind: 'session', text }, tape);
    }
    const entry = entryOf(session);
    const { former } = this;
    const moved = former === null || former.cursor.index !== session.cursor.index || former.current !== session.current;
    if (entry === null || !moved) return;
    const { language, captions } = session;
    const said = captionsAt(timelineOf(session), captions, entry.index).map(({ text }) => text[language]);
    const marker = markerOf(session, entry, said, lookOf(session));
    if (marker !== null) tape.pending.push(marker);
  }

  private take(event: TapEvent, tape: Tape): void {
    const pause = tape.seen === null ? 0 : event.time - tape.seen;
    tape.seen = event.time;
    const at = tape.at + Math.round(Math.min(Math.max(pause, 0), longestPause));
    switch (event.kind) {
      case 'output':
        this.put({ at, kind: 'output', text: event.text }, tape);
        for (const marker of tape.pending.splice(0)) this.put({ at, kind: 'marker', text: marker }, tape);
        return;
      case 'resize':
        this.put({ at, kind: 'resize', text: `${event.columns}x${event.rows}` }, tape);
    }
  }

  private put(event: CastEvent, tape: Tape): void {
    if (this.tape !== tape) return;
    if (this.write(eventLine(event, this.wish.version, tape.at), tape)) tape.at = event.at;
  }

  // Appends whole lines; where the disk takes only a part of them, that part is taken back.
  private write(lines: string, tape: Tape): boolean {
    const octets = Buffer.from(lines);
    try {
      writeAll(tape.fd, octets);
      tape.length += octets.length;
      return true;
    } catch (error) {
      try {
        ftruncateSync(tape.fd, tape.length);
      } catch {
        // A device has no length.
      }
      this.abandon(tape);
      const notice = { kind: 'not-recorded', file: plain(tape.file), why: troubleOf(error) } as const;
      this.tell({ do: 'recorded', recording: false, notice });
      return false;
    }
  }

  private finish(): void {
    const { tape } = this;
    if (tape === null) return;
    this.close(tape);
    this.tell({
      do: 'recorded',
      recording: false,
      notice: { kind: 'recording', file: plain(tape.file), what: 'stopped' },
    });
  }

  private close(tape: Tape): void {
    for (const marker of tape.pending.splice(0)) this.put({ at: tape.at, kind: 'marker', text: marker }, tape);
    this.put({ at: tape.at, kind: 'output', text: `\x1b[m\x1b[${this.terminal.size().rows}H\x1b[?25h` }, tape);
    this.abandon(tape);
  }

  private abandon(tape: Tape): void {
    if (this.tape !== tape) return;
    this.tape = null;
    tape.stop();
    closeSync(tape.fd);
  }
}
