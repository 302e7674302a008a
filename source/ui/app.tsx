// The debugger on a terminal: one session, one reader of input, one clock for playing.

import { Box, useWindowSize } from 'ink';
import { type ReactElement, useEffect, useSyncExternalStore } from 'react';
import type { Session } from '../session/session.ts';
import { Dialog } from './dialog/dialogs.tsx';
import { drawn } from './drawing.ts';
import type { Live } from './live.ts';
import type { Size } from './meaning.ts';
import { Rows } from './rows.tsx';
import { useKeys } from './use-keys.ts';

/** Milliseconds between two moments while playing: ten a second, also over a slow link. */
const beat = 100;

/** The whole program on the screen. */
export function App({ live }: { readonly live: Live }): ReactElement {
  const session = useSyncExternalStore(live.listen, () => live.session);
  const { columns, rows } = useWindowSize();
  useEffect(() => {
    if (!session.playing && !session.seeking) return;
    const clock = setInterval(() => live.tell({ do: 'pass', elapsed: beat * 1_000 }), beat);
    return () => clearInterval(clock);
  }, [session.playing, session.seeking, live]);
  return (
    <>
      <Keys live={live} size={{ columns, rows }} />
      <Drawing session={session} columns={columns} rows={rows} />
    </>
  );
}

function Keys({ live, size }: { readonly live: Live; readonly size: Size }): null {
  useKeys(live, size);
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
