// The one reader of input.

import { useApp, useInput } from 'ink';
import { useRef } from 'react';
import type { Intent } from '../session/intent.ts';
import type { Session } from '../session/session.ts';
import { meaningOf, mouseMeaning, nameOf, type Size } from './meaning.ts';

/** Reads keys and dispatches what they mean, or the session to go back to. */
export function useKeys(session: Session, size: Size, dispatch: (intent: Intent | Session) => void): void {
  const { exit } = useApp();
  const beforeEscape = useRef<Session | null>(null);
  useInput((input, key) => {
    const name = nameOf(input, key);
    if (name === 'not-escape' && beforeEscape.current !== null) dispatch(beforeEscape.current);
    beforeEscape.current = name === 'esc' ? session : null;
    for (const intent of mouseMeaning(session, input, size) ?? meaningOf(session, name, input)) {
      dispatch(intent);
      if (intent.do === 'quit') exit();
    }
  });
}
