// React and Ink on an open terminal. They are loaded when the first screen is already to be seen.

import module from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { render } from 'ink';
import type { Session } from '../session/session.ts';
import { inkOptions, type Terminal } from '../terminal/terminal.ts';
import { App } from '../ui/app.tsx';
import { type Follow, Live } from '../ui/live.ts';

/**
 * Draws the session and reads keys until the person leaves. `follow` is told of every session there is. With
 * `lowBandwidth` play has no frames between two events.
 */
export async function interact(
  terminal: Terminal,
  session: Session,
  follow: Follow,
  lowBandwidth: boolean,
): Promise<void> {
  const app = render(<App live={new Live(session, follow)} lowBandwidth={lowBandwidth} />, inkOptions(terminal));
  // The part of the heap for what is new has the size that a screen needs. It would grow twentyfold while a hundred
  // thousand events are computed, and stay so.
  setFlagsFromString('--semi-space-growth-factor=1');
  const keep = setTimeout(keepCompiled, soon);
  try {
    await app.waitUntilExit();
  } finally {
    clearTimeout(keep);
    app.unmount();
  }
}

/** Milliseconds after which the start is over. */
const soon = 1_000;

// What was compiled for the start is kept for the next one now: after a long session the engine would have forgotten it,
// and a process that is killed keeps nothing. It costs nothing where it is kept already.
function keepCompiled(): void {
  if ('flushCompileCache' in module) module.flushCompileCache();
}
