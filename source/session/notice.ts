// What an intent brought about, as data: the footer says it in words.

import type { Action } from '../world/event.ts';
import type { Refusal } from '../world/outcome.ts';
import type { FateReason } from '../world/wire.ts';
import type { Condition } from './condition.ts';
import type { WireView } from './session.ts';

/** One thing worth saying. */
export type Notice =
  /** There is nothing before the opening. */
  | { readonly kind: 'start' }
  /** Nothing will happen by itself any more. */
  | { readonly kind: 'quiet' }
  /** Still busy after this many more steps: asked again, it goes on. */
  | { readonly kind: 'busy'; readonly steps: number }
  /** The longest history there can be has been reached. */
  | { readonly kind: 'limit' }
  /** The lesson says and changes nothing more; asked again, the next one (its id) is opened. */
  | { readonly kind: 'lesson-over'; readonly next: string }
  /** No state changes before (or after) the cursor. */
  | { readonly kind: 'no-change'; readonly where: 'before' | 'after' }
  | { readonly kind: 'decided'; readonly action: Action }
  /** Decided in the past: a new branch; the old future stays under its name. */
  | { readonly kind: 'branched'; readonly action: Action; readonly name: string; readonly keeps: string }
  /** The same was decided here before: that branch again. */
  | { readonly kind: 'again'; readonly action: Action; readonly name: string }
  /** It cannot be done here; nothing was recorded. */
  | { readonly kind: 'refused'; readonly action: Action; readonly reason: Refusal }
  | { readonly kind: 'undone'; readonly action: Action }
  | { readonly kind: 'redone'; readonly action: Action }
  | { readonly kind: 'nothing-to-undo' }
  | { readonly kind: 'nothing-to-redo' }
  /** The wire is shown in this view, as far as there is room for it. */
  | { readonly kind: 'wire-view'; readonly view: WireView }
  /** Nothing is on the wire that could be selected. */
  | { readonly kind: 'nothing-selected' }
  /** The selected segment is no longer on its way: what became of it, and when (microseconds). */
  | { readonly kind: 'ended'; readonly flight: number; readonly reason: FateReason; readonly at: number }
  | { readonly kind: 'switched'; readonly name: string }
  | { readonly kind: 'renamed'; readonly name: string }
  /** Something in a config file or a saved session cannot be used: the first complaint, and how many more. */
  | { readonly kind: 'complaint'; readonly first: string; readonly more: number }
  | { readonly kind: 'no-branch'; readonly name: string; readonly nearest: string | null }
  | { readonly kind: 'toggled'; readonly action: Action; readonly off: boolean }
  | { readonly kind: 'profile'; readonly name: string }
  /** A breakpoint (or the goal) holds here. */
  | { readonly kind: 'stopped'; readonly when: Condition; readonly goal: boolean }
  | { readonly kind: 'at-mark'; readonly name: string }
  | { readonly kind: 'marked'; readonly name: string }
  | { readonly kind: 'no-mark'; readonly name: string }
  /** The event here is what was looked for; or there is none before (after) it. */
  | { readonly kind: 'match'; readonly text: string }
  | { readonly kind: 'no-match'; readonly text: string; readonly where: 'before' | 'after' }
  | { readonly kind: 'no-search' }
  | { readonly kind: 'break-set'; readonly when: Condition }
  | { readonly kind: 'break-gone'; readonly when: Condition }
  | { readonly kind: 'goal-set'; readonly when: Condition | null }
  /** What was typed is not a time or an event (or not one of a segment's possible landing times). */
  | { readonly kind: 'not-understood'; readonly text: string }
  /** No phrase of the language of scenarios: the word found ('' at the end), what was expected, the nearest word. */
  | { readonly kind: 'misread'; readonly found: string; readonly expected: string; readonly nearest: string | null }
  | { readonly kind: 'copied'; readonly text: string }
  | { readonly kind: 'mouse'; readonly on: boolean }
  | { readonly kind: 'speed'; readonly speed: number }
  /** The screen is being recorded into this file, or has been. */
  | { readonly kind: 'recording'; readonly file: string; readonly what: 'started' | 'stopped' }
  /** It is not, or not any more. */
  | { readonly kind: 'not-recorded'; readonly file: string; readonly why: Trouble }
  /** The branch has been written into this file, or has not. */
  | { readonly kind: 'exported'; readonly file: string }
  | { readonly kind: 'not-exported'; readonly file: string; readonly why: Trouble };

/** Why a file cannot be written. */
export type Trouble = 'exists' | 'no-folder' | 'not-allowed' | 'disk-full' | 'failed';
