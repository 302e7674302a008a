// Linear mode on this process's terminal: keys in, lines of text out. Nothing is redrawn, nothing moves by itself but
// what is played.

import type { Readable, Writable } from 'node:stream';
import type { Intent } from '../session/intent.ts';
import { perform } from '../session/perform.ts';
import type { Errand, Session } from '../session/session.ts';
import type { Key } from '../terminal/key.ts';
import { Keyboard } from '../terminal/keyboard.ts';
import { endingSignals } from '../terminal/terminal.ts';
import { spokenChange, spokenFirst } from '../ui/linear.ts';
import { meaningOf } from '../ui/meaning.ts';
import { exportLive } from './export-live.ts';
import type { Journal } from './journal.ts';
import { leave } from './leave.ts';
import { progress } from './progress.ts';

/** Milliseconds between two moments while playing. */
const beat = 500;

/** What linear mode needs of the process. */
export interface Streams {
  /** A terminal, or anything that keys come from. */
  readonly stdin: Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown };
  readonly stdout: Writable;
}

/** Linear mode on the streams of this process; resolves with the exit status. A lone ESC is Escape after that time (milliseconds). */
export async function openLinear(session: Session, journal: Journal, escapeTimeout: number): Promise<number> {
  // Whatever ends the process, what was done is on the disk.
  const end = (): void => journal.end();
  process.once('exit', end);
  const ended = await runLinear(
    session,
    { stdin: process.stdin, stdout: process.stdout },
    (now) => {
      journal.follow(now);
      progress.follow(now);
    },
    escapeTimeout,
    end,
  );
  process.off('exit', end);
  journal.end();
  leave(ended, journal);
  return 0;
}

/**
 * Runs a session in linear mode and resolves with it when the person leaves, or the input ends. `lost` is called before
 * a signal ends the process: nothing comes after it.
 */
export function runLinear(
  first: Session,
  { stdin, stdout }: Streams,
  follow: (session: Session) => void,
  escapeTimeout: number,
  lost: () => void = () => {},
): Promise<Session> {
  return new Promise((resolve) => {
    let session = first;
    const say = (lines: readonly string[]): void => {
      if (lines.length > 0) stdout.write(`${lines.join('\n')}\n`);
    };
    let beforeEscape: Session | null = null;
    const become = (next: Session): void => {
      const before = session;
      session = next;
      say(spokenChange(before, session));
      follow(session);
      if (session.errand !== null && session.errand !== before.errand) run(session.errand);
    };
    const act = (intents: readonly Intent[]): void => become(intents.reduce(perform, session));
    const run = (errand: Errand): void => {
      switch (errand.kind) {
        case 'copy':
          // It has been said.
          return;
        case 'redraw':
          say(spokenFirst(session));
          return;
        case 'suspend':
          suspend();
          return;
        case 'export':
          exportLive(session, errand).then((notice) => act([{ do: 'told', notice }]));
      }
    };
    const clock = setInterval(() => {
      if (session.playing || session.seeking) act([{ do: 'pass', elapsed: beat * 1_000 }]);
    }, beat);
    const keyboard = new Keyboard(escapeTimeout, (keys) => {
      for (const key of keys) {
        if (session.over) return;
        const name = nameOf(key);
        if (name === 'ctrl-z') {
          suspend();
          continue;
        }
        if (name === 'not-escape' && beforeEscape !== null) become(beforeEscape);
        beforeEscape = name === 'esc' ? session : null;
        act(meaningOf(session, name, name === 'paste' ? key.text : typedBy(key)));
      }
      if (session.over) end();
    });
    const onData = (chunk: Buffer | string): void => keyboard.feed(Buffer.from(chunk));
    const raw = (on: boolean): void => {
      try {
        if (stdin.isTTY === true) stdin.setRawMode?.(on);
      } catch {
        // A terminal that is gone has no modes.
      }
    };
    const restore = (): void => raw(false);
    const onSignal = (signal: NodeJS.Signals): void => {
      lost();
      end();
      process.kill(process.pid, signal);
    };
    let again: NodeJS.Timeout | undefined;
    const suspend = (): void => {
      restore();
      process.off('SIGTSTP', suspend);
      // The whole job stops, as it does where ctrl-z is the terminal's own.
      process.kill(0, 'SIGTSTP');
      // Where no shell controls jobs nobody stops.
      again = setTimeout(() => raw(true), 100);
    };
    const onContinue = (): void => {
      process.off('SIGTSTP', suspend).on('SIGTSTP', suspend);
      // The shell has set the modes to its own.
      raw(false);
      raw(true);
      say(spokenFirst(session));
    };
    const end = (): void => {
      clearInterval(clock);
      clearTimeout(again);
      keyboard.stop();
      stdin.off('data', onData).off('end', onEnd).off('error', end).pause();
      for (const signal of endingSignals) process.off(signal, onSignal);
      process.off('exit', restore).off('SIGTSTP', suspend).off('SIGCONT', onContinue);
      restore();
      resolve(session);
    };
    // What came last may still wait for the end of a key.
    const onEnd = (): void => {
      setTimeout(end, escapeTimeout + 50);
    };
    raw(true);
    process.on('exit', restore).on('SIGTSTP', suspend).on('SIGCONT', onContinue);
    for (const signal of endingSignals) process.on(signal, onSignal);
    say(spokenFirst(session));
    follow(session);
    stdin.on('data', onData).on('end', onEnd).on('error', end).resume();
  });
}

// The name of a key as the table of keys has it.
function nameOf(key: Key): string {
  switch (key.name) {
    case 'text':
      if (key.ctrl) return `ctrl-${key.text}`;
      return key.text === ' ' ? 'space' : key.text;
    case 'return':
      return 'enter';
    case 'escape':
      return 'esc';
    case 'tab':
      return key.shift ? 'shift-tab' : 'tab';
    case 'delete':
      return 'backspace';
    case 'paste':
    case 'up':
    case 'down':
    case 'right':
    case 'left':
    case 'home':
    case 'end':
    case 'pageup':
    case 'pagedown':
    case 'insert':
    case 'backspace':
    case 'f1':
    case 'f2':
    case 'f3':
    case 'f4':
    case 'f5':
    case 'f6':
    case 'f7':
    case 'f8':
    case 'f9':
    case 'f10':
    case 'f11':
    case 'f12':
    case 'not-escape':
    case 'mouse':
    case 'report':
      return key.name;
  }
}

function typedBy(key: Key): string {
  return key.name === 'text' && !key.ctrl ? key.text : '';
}
