// The debugger on a terminal: one session, one reader of input, one clock for playing.

import { Box, useWindowSize } from 'ink';
import { type ReactElement, useEffect, useSyncExternalStore } from 'react';
import { playsFor } from '../session/move.ts';
import type { Session } from '../session/session.ts';
import { Dialog } from './dialog/dialogs.tsx';
import { drawn } from './drawing.ts';
import type { Live } from './live.ts';
import type { Size } from './meaning.ts';
import { Rows } from './rows.tsx';
import { useKeys } from './use-keys.ts';

/** Milliseconds between two moments while playing: ten a second, also over a slow link. */
const beat = 100;

/**
 * The whole program on the screen. With little bandwidth play draws nothing between two events: no timer counts down,
 * and a silence of four minutes sends nothing for four minutes.
 */
export function App({
  live,
  lowBandwidth = false,
}: {
  readonly live: Live;
  readonly lowBandwidth?: boolean;
}): ReactElement {
  const session = useSyncExternalStore(live.listen, () => live.session);
  const { columns, rows } = useWindowSize();
  useEffect(() => {
    if (!session.seeking && (lowBandwidth || !session.playing)) return;
    const clock = setInterval(() => live.tell({ do: 'pass', elapsed: beat * 1_000 }), beat);
    return () => clearInterval(clock);
  }, [session.playing, session.seeking, live, lowBandwidth]);
  // Any other session begins the wait anew: its cursor or its speed may be another.
  useEffect(() => {
    if (!lowBandwidth || !session.playing || session.seeking) return;
    const wait = playsFor(session, beat);
    const clock = setTimeout(() => live.tell({ do: 'pass', elapsed: wait * 1_000 }), wait);
    return () => clearTimeout(clock);
  }, [session, live, lowBandwidth]);
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
