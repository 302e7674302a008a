// Sessions as tests hold them.
import { start } from '../../source/scenario/scenario.ts';
import type { Intent } from '../../source/session/intent.ts';
import { perform } from '../../source/session/perform.ts';
import { readPhrase } from '../../source/session/read.ts';
import { begin, type Session, worldOf } from '../../source/session/session.ts';
import { shownStates } from '../../source/session/shown.ts';
import { scenarioOf } from './fixtures.ts';

/** A session of a scenario of the project, at its opening. */
export const opened = (id: string, profile: string | null = null): Session => begin(start(scenarioOf(id), profile));

/** Intents in words: the name of a plain one (`forward`), or a decision in the language of scenarios (`drop #1`). */
export const intent = (words: string): Intent => {
  switch (words) {
    case 'forward':
    case 'back':
    case 'next-change':
    case 'previous-change':
    case 'start':
    case 'end':
    case 'drop':
    case 'duplicate':
    case 'release':
    case 'swap':
    case 'undo':
    case 'redo':
    case 'play':
    case 'select-next':
    case 'select-previous':
      return { do: words };
  }
  return { do: 'decide', action: readPhrase(words) };
};

/** The session after all of these. */
export const press = (session: Session, ...all: readonly (string | Intent)[]): Session =>
  all.reduce<Session>((one, next) => perform(one, typeof next === 'string' ? intent(next) : next), session);

/** The states that client and server show. */
export const statesOf = (session: Session): readonly [string, string] => shownStates(worldOf(session));
