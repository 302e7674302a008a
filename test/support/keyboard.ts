// Keys as a person presses them, without a terminal: through the one reader of input and the one reducer.
import { perform } from '../../source/session/perform.ts';
import type { Session } from '../../source/session/session.ts';
import { meaningOf } from '../../source/ui/meaning.ts';

/** One key by its name, as the table of keys has it. */
export const pressed = (session: Session, name: string): Session =>
  meaningOf(session, name, name === 'space' ? ' ' : name).reduce(perform, session);

/** Keys by their names, with a blank between them; `"text"` is typed letter by letter (a `_` in it is a blank). */
export const typed = (session: Session, keys: string): Session =>
  keys
    .split(' ')
    .filter((key) => key !== '')
    .flatMap((key) => (/^".+"$/.test(key) ? [...key.slice(1, -1).replaceAll('_', ' ')] : [key]))
    .map((key) => (key === ' ' ? 'space' : key))
    .reduce(pressed, session);
