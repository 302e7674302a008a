// React and Ink on an open terminal. They are loaded when the first screen is already to be seen.

import { render } from 'ink';
import type { Session } from '../session/session.ts';
import { inkOptions, type Terminal } from '../terminal/terminal.ts';
import { App, type AppProps } from '../ui/app.tsx';

/** Draws the session and reads keys until the person leaves. `follow` is told of every session there is. */
export async function interact(
  terminal: Terminal,
  session: Session,
  follow: NonNullable<AppProps['follow']>,
): Promise<void> {
  const app = render(<App session={session} follow={follow} />, inkOptions(terminal));
  try {
    await app.waitUntilExit();
  } finally {
    app.unmount();
  }
}
