// The debugger on a terminal: one session, one reducer, one reader of input, one clock for playing.

import { Box, useWindowSize } from 'ink';
import { type ReactElement, useEffect, useLayoutEffect, useReducer } from 'react';
import type { Intent } from '../session/intent.ts';
import { perform } from '../session/perform.ts';
import type { Session } from '../session/session.ts';
import { Dialog } from './dialog/dialogs.tsx';
import { drawn } from './drawing.ts';
import type { Size } from './meaning.ts';
import { Rows } from './rows.tsx';
import { useKeys } from './use-keys.ts';

/** Milliseconds between two moments while playing: ten a second, also over a slow link. */
const beat = 100;

/** What the app is given from outside. */
export interface AppProps {
  readonly session: Session;
  /** Called with the session at the beginning and whenever it has become another, before it is drawn. */
  readonly follow?: (session: Session, dispatch: (intent: Intent) => void) => void;
}

/** The whole program on the screen. */
export function App({ session: first, follow }: AppProps): ReactElement {
  const [session, dispatch] = useReducer(next, first);
  const { columns, rows } = useWindowSize();
  useLayoutEffect(() => follow?.(session, dispatch), [session, follow]);
  useEffect(() => {
    if (!session.playing && !session.seeking) return;
    const clock = setInterval(() => dispatch({ do: 'pass', elapsed: beat * 1_000 }), beat);
    return () => clearInterval(clock);
  }, [session.playing, session.seeking]);
  return (
    <>
      <Keys session={session} size={{ columns, rows }} dispatch={dispatch} />
      <Drawing session={session} columns={columns} rows={rows} />
    </>
  );
}

// An intent makes the next session; a session is one to go back to.
function next(session: Session, to: Intent | Session): Session {
  return 'do' in to ? perform(session, to) : to;
}

function Keys({
  session,
  size,
  dispatch,
}: {
  readonly session: Session;
  readonly size: Size;
  readonly dispatch: (to: Intent | Session) => void;
}): null {
  useKeys(session, size, dispatch);
  return null;
}

/** A session as drawn on a terminal of a size. */
export function Drawing({
  session,
  columns,
  rows,
}: {
  readonly session: Session;
  readonly columns: number;
  readonly rows: number;
}): ReactElement {
  const { look, lines, over } = drawn(session, columns, rows);
  return (
    <Box width={columns} height={over === null ? lines.length : rows - 1}>
      <Rows lines={lines} />
      {over === null ? null : <Dialog over={over} look={look} />}
    </Box>
  );
}
