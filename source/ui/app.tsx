// The debugger on a terminal: one session, one reducer, one reader of input, one clock for playing.

import { Box, useWindowSize } from 'ink';
import { type ReactElement, useEffect, useLayoutEffect, useReducer } from 'react';
import type { Intent } from '../session/intent.ts';
import { perform } from '../session/perform.ts';
import type { Session } from '../session/session.ts';
import { line } from '../view/line.ts';
import { sceneOf } from '../view/scene.ts';
import { Dialogs } from './dialog/dialogs.tsx';
import { layoutOf, noRoomText } from './layout.ts';
import { lookOf } from './look.ts';
import { Row } from './rows.tsx';
import { Screen } from './screen.tsx';
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
  const [session, dispatch] = useReducer(perform, first);
  const { columns, rows } = useWindowSize();
  useLayoutEffect(() => follow?.(session, dispatch), [session, follow]);
  useEffect(() => {
    if (!session.playing && !session.seeking) return;
    const clock = setInterval(() => dispatch({ do: 'pass', elapsed: beat * 1_000 }), beat);
    return () => clearInterval(clock);
  }, [session.playing, session.seeking]);
  return (
    <>
      <Keys session={session} dispatch={dispatch} />
      <Drawing session={session} columns={columns} rows={rows} />
    </>
  );
}

function Keys({ session, dispatch }: { readonly session: Session; readonly dispatch: (intent: Intent) => void }): null {
  useKeys(session, dispatch);
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
  const look = lookOf(session);
  const layout = layoutOf(columns, rows, session);
  if (layout.kind === 'none') return <Row line={line(noRoomText(columns, rows, look))} />;
  const scene = sceneOf(session);
  const whole = session.dialog.kind === 'scenarios' || session.dialog.kind === 'help';
  return (
    <Box width={columns} height={rows - 1} overflow='hidden'>
      {whole ? null : <Screen scene={scene} look={look} layout={layout} />}
      <Dialogs scene={scene} look={look} columns={columns} rows={rows - 1} />
    </Box>
  );
}
