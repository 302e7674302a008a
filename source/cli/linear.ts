// Linear mode on this process's terminal: keys in, lines of text out. Nothing is redrawn, nothing moves by itself but
// what is played.

import type { Intent } from '../session/intent.ts';
import { perform } from '../session/perform.ts';
import type { Session } from '../session/session.ts';
import type { Key } from '../terminal/key.ts';
import { Keyboard } from '../terminal/keyboard.ts';
import { spokenChange, spokenFirst } from '../ui/linear.ts';
import { meaningOf } from '../ui/use-keys.ts';
import type { Journal } from './journal.ts';
import { leave } from './leave.ts';

/** Milliseconds after which a lone ESC is the Escape key. */
const escapeTimeout = 200;
/** Milliseconds between two moments while playing. */
const beat = 500;

/** What linear mode needs of the process. */
export interface Streams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
}

/** Linear mode on the streams of this process; resolves with the exit status. */
export async function openLinear(session: Session, journal: Journal): Promise<number> {
  const ended = await runLinear(session, { stdin: process.stdin, stdout: process.stdout }, (now) =>
    journal.follow(now),
  );
  journal.end();
  leave(ended, journal);
  return 0;
}

/** Runs a session in linear mode and resolves with it when the person leaves, or the input ends. */
export function runLinear(
  first: Session,
  { stdin, stdout }: Streams,
  follow: (session: Session) => void,
): Promise<Session> {
  return new Promise((resolve) => {
    let session = first;
    const say = (lines: readonly string[]): void => {
      if (lines.length > 0) stdout.write(`${lines.join('\n')}\n`);
    };
    const act = (intents: readonly Intent[]): void => {
      const before = session;
      session = intents.reduce(perform, session);
      say(spokenChange(before, session));
      follow(session);
    };
    const clock = setInterval(() => {
      if (session.playing || session.seeking) act([{ do: 'pass', elapsed: beat * 1_000 }]);
    }, beat);
    const keyboard = new Keyboard(escapeTimeout, (keys) => {
      for (const key of keys) {
        if (session.over) return;
        const name = nameOf(key);
        act(meaningOf(session, name, name === 'paste' ? key.text : typedBy(key)));
      }
      if (session.over) end();
    });
    const onData = (chunk: Buffer | string): void => keyboard.feed(Buffer.from(chunk));
    const restore = (): void => {
      if (stdin.isTTY) stdin.setRawMode(false);
    };
    const end = (): void => {
      clearInterval(clock);
      keyboard.stop();
      stdin.off('data', onData).off('end', onEnd).pause();
      process.off('exit', restore);
      restore();
      resolve(session);
    };
    // What came last may still wait for the end of a key.
    const onEnd = (): void => {
      setTimeout(end, escapeTimeout * 2);
    };
    if (stdin.isTTY) stdin.setRawMode(true);
    process.on('exit', restore);
    say(spokenFirst(session));
    follow(session);
    stdin.on('data', onData).on('end', onEnd).resume();
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
    case 'report':
      return key.name;
  }
}

function typedBy(key: Key): string {
  return key.name === 'text' && !key.ctrl ? key.text : '';
}
