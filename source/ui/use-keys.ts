// The one reader of input.

import { useApp, useInput } from 'ink';
import type { Live } from './live.ts';
import { nameOf, type Size } from './meaning.ts';

/** Reads keys for a session, and ends the program when it is over. */
export function useKeys(live: Live, size: Size): void {
  const { exit } = useApp();
  useInput((input, key) => {
    live.press(nameOf(input, key), input, size);
    if (live.session.over) exit();
  });
}
