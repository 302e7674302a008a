// The one state of the program: a session that becomes another by what it is told. It lives outside of the components,
// so that several keys that come at once are all meant for the session as it then is, and drawn once.

import type { Intent } from '../session/intent.ts';
import { perform } from '../session/perform.ts';
import type { Session } from '../session/session.ts';
import type { KeyName } from './keys.ts';
import { meaningOf, mouseMeaning, type Size } from './meaning.ts';

/** Told of every session there is, the first included, in their order and before it is drawn; may tell in turn. */
export type Follow = (session: Session, tell: (intent: Intent) => void) => void;

/** A session on the screen. */
export class Live {
  /** What is drawn. */
  session: Session;
  private beforeEscape: Session | null = null;
  private readonly follow: Follow;
  private readonly listeners = new Set<() => void>();
  private readonly waiting: Intent[] = [];
  private following = false;

  constructor(session: Session, follow: Follow = () => {}) {
    this.session = session;
    this.follow = follow;
    this.told();
  }

  /** Calls `listener` whenever the session has become another, until the function it gives back is called. */
  readonly listen = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The session performs what it is told. What is told while it is being followed comes afterwards. */
  readonly tell = (intent: Intent): void => {
    if (this.following) this.waiting.push(intent);
    else this.become(perform(this.session, intent));
  };

  /** A key is pressed on a terminal of this size. A session that is over takes none. */
  press(name: KeyName, input: string, size: Size): void {
    if (this.session.over) return;
    // What was taken for Escape was the beginning of a torn key.
    if (name === 'not-escape' && this.beforeEscape !== null) this.become(this.beforeEscape);
    this.beforeEscape = name === 'esc' ? this.session : null;
    for (const intent of mouseMeaning(this.session, input, size) ?? meaningOf(this.session, name, input)) {
      this.tell(intent);
    }
  }

  private become(session: Session): void {
    if (session === this.session) return;
    this.session = session;
    this.told();
    for (const listener of this.listeners) listener();
  }

  private told(): void {
    this.following = true;
    this.follow(this.session, this.tell);
    this.following = false;
    const next = this.waiting.shift();
    if (next !== undefined) this.tell(next);
  }
}
