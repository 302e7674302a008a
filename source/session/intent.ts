// Everything a person can mean. Keys, menus, the palette, scripts and tests all speak this one vocabulary.

import type { Action } from '../world/event.ts';
import type { Anchor } from './caption.ts';
import type { Condition } from './condition.ts';
import type { Dialog } from './dialog.ts';
import type { Notice } from './notice.ts';
import type { Exercise } from './score.ts';
import type { Errand, Language, Pane, Start, WireView } from './session.ts';

/** One intention. `perform` carries it out. */
export type Intent =
  // Time
  /** One event on. */
  | { readonly do: 'forward' }
  /** One event back, not before the opening. */
  | { readonly do: 'back' }
  /** To the next (or last) moment at which either end changed the state it shows. */
  | { readonly do: 'next-change' }
  | { readonly do: 'previous-change' }
  /** To the opening, or the end, of this branch. */
  | { readonly do: 'start' }
  | { readonly do: 'end' }
  /** Event number counted from the opening. */
  | { readonly do: 'go-to-event'; readonly event: number }
  /** Virtual time in microseconds; between two events nothing happens but time passing. */
  | { readonly do: 'go-to-time'; readonly time: number }
  /** On to the next breakpoint, goal or mark, or until the network is quiet. */
  | { readonly do: 'continue' }
  /** One finding on, or back, inside an event and over its ends. */
  | { readonly do: 'micro-forward' }
  | { readonly do: 'micro-back' }
  /** To the next (or last) step of the lesson or mark. */
  | { readonly do: 'next-stop' }
  | { readonly do: 'previous-stop' }
  /** To a place in words: `1.5s`, `+200ms`, `ev 12`, `#3`, `next rtx`. */
  | { readonly do: 'go'; readonly text: string }
  /** A letter for this moment, and back to it (`'`: to where the last jump began). */
  | { readonly do: 'mark'; readonly name: string }
  | { readonly do: 'jump'; readonly name: string }
  /** Events are searched for this: to the first match. */
  | { readonly do: 'search'; readonly text: string }
  | { readonly do: 'next-match' }
  | { readonly do: 'previous-match' }
  /** A breakpoint where there is none, or none any more. */
  | { readonly do: 'break'; readonly when: Condition }
  /** Switches a breakpoint off, or on again, by its number. */
  | { readonly do: 'switch-break'; readonly place: number }
  | { readonly do: 'goal'; readonly when: Condition | null }
  /** Starts or stops playing. */
  | { readonly do: 'play' }
  | { readonly do: 'faster' }
  | { readonly do: 'slower' }
  /** While playing: so many real microseconds have gone by. */
  | { readonly do: 'pass'; readonly elapsed: number }
  // The selected segment
  | { readonly do: 'select'; readonly flight: number }
  /** In the focused list; goes round at its ends. */
  | { readonly do: 'select-next' }
  | { readonly do: 'select-previous' }
  | { readonly do: 'drop' }
  | { readonly do: 'duplicate' }
  /** Lands now. */
  | { readonly do: 'release' }
  /** Lands at this time (microseconds), or when released. */
  | { readonly do: 'delay'; readonly until: number | null }
  | { readonly do: 'swap' }
  | { readonly do: 'corrupt' }
  /** The socket to be seen at an end, by its id; null: the usual one. */
  | { readonly do: 'show-socket'; readonly host: 0 | 1; readonly socket: number | null }
  // Decisions
  | { readonly do: 'decide'; readonly action: Action }
  | { readonly do: 'undo' }
  | { readonly do: 'redo' }
  | { readonly do: 'switch'; readonly branch: string }
  /** Another name for a branch; null: for the one on the screen. */
  | { readonly do: 'rename'; readonly branch: string | null; readonly name: string }
  /** Switches a decision off, or on again, by its number in the branch's list. */
  | { readonly do: 'toggle'; readonly position: number }
  /** The same decisions under another profile. */
  | { readonly do: 'profile'; readonly profile: string }
  /** Two branches side by side; with one name the one on the screen and that. */
  | { readonly do: 'difference'; readonly names: string }
  // The screen
  | { readonly do: 'focus'; readonly pane: Pane }
  | { readonly do: 'focus-next' }
  | { readonly do: 'focus-previous' }
  | { readonly do: 'zoom' }
  | { readonly do: 'wire-view'; readonly view: WireView }
  /** The next view of the wire. */
  | { readonly do: 'next-wire-view' }
  | { readonly do: 'fold-why' }
  | { readonly do: 'open-dialog'; readonly dialog: Dialog }
  | { readonly do: 'close-dialog' }
  /** A line of the dialog's list, from 0. */
  | { readonly do: 'highlight'; readonly line: number }
  /** The whole text of a dialog that has one; null: none yet. */
  | { readonly do: 'type'; readonly text: string | null }
  /** Whether keys are letters of the dialog's text, where it also has a list. */
  | { readonly do: 'typing'; readonly typing: boolean }
  /** What has been typed into a dialog is meant. */
  | { readonly do: 'submit' }
  | { readonly do: 'language'; readonly language: Language }
  | { readonly do: 'glyphs'; readonly glyphs: 'unicode' | 'ascii' }
  /** Another scenario, or this one under another profile. */
  | { readonly do: 'open'; readonly start: Start }
  /** A scenario of the list, by its id. */
  | { readonly do: 'choose-scenario'; readonly id: string }
  /** A step of a scenario of the list (null: its opening), and the row of the claim that is to be seen there. */
  | {
      readonly do: 'open-spot';
      readonly scenario: string;
      readonly anchor: Anchor | null;
      readonly claim?: number;
    }
  /** A challenge, in the scenario in which it begins. */
  | { readonly do: 'challenge'; readonly id: string; readonly scenario: string }
  /** A question has been answered. */
  | { readonly do: 'score'; readonly of: Exercise; readonly right: boolean }
  /** The first run's prompts are not wanted any more. */
  | { readonly do: 'end-tour' }
  /** The session that was left last. */
  | { readonly do: 'resume' }
  /** Starts recording the screen, or stops it. */
  | { readonly do: 'record' }
  /** What has come of it; whether it is being recorded now. */
  | { readonly do: 'recorded'; readonly recording: boolean; readonly notice: Notice }
  /** Clicks and the wheel are ours, or the terminal's again. */
  | { readonly do: 'mouse' }
  /** What only the terminal or the disk can do, and what has come of it. */
  | { readonly do: 'errand'; readonly errand: Errand }
  | { readonly do: 'told'; readonly notice: Notice }
  | { readonly do: 'quit' };
