// What lies over the screen: one union. Lists keep the line that is highlighted, prompts the text typed so far.

import type { Side } from './compare.ts';

/** What can be looked up beside the lessons. */
export const shelvings = ['questions', 'words', 'ports', 'claims'] as const;
export type Shelving = (typeof shelvings)[number];

/** Tools that tutorials tell people to use. */
export const tools = ['ss', 'netstat', 'tcpdump'] as const;
export type Tool = (typeof tools)[number];

/** What a prompt asks for. */
export type Question =
  /** When a segment is to land: `1.55`, `+500ms` (later than it lands now), `hold`. */
  | { readonly of: 'delay'; readonly flight: number }
  /** A place in the course of events: `1.5`, `+200ms`, `ev 12`, `#3`, `next rtx`. */
  | { readonly of: 'go-to' }
  /** What to search the events for. */
  | { readonly of: 'search' }
  /** Another name for a branch. */
  | { readonly of: 'rename'; readonly branch: string }
  /** A condition for a breakpoint. */
  | { readonly of: 'break' }
  /** What stands between the beginning and the end of a decision in the language of scenarios; `usual` answers. */
  | {
      readonly of: 'decision';
      readonly lead: string;
      readonly tail: string;
      readonly what: Wanted;
      readonly usual: readonly string[];
    };

/** What completes a decision. */
export type Wanted = 'octets' | 'number' | 'value' | 'flags' | 'setting';

/** What lies over the screen. `line` is the highlighted line of its list, from 0. */
export type Dialog =
  | { readonly kind: 'none' }
  /** Help for where one is, or all keys; page 0 comes again after the last. */
  | { readonly kind: 'help'; readonly all: boolean; readonly page: number }
  /** What can be done with one segment. */
  | { readonly kind: 'segment'; readonly flight: number; readonly line: number }
  /** The fields of one segment, to be changed. */
  | { readonly kind: 'edit'; readonly flight: number; readonly line: number }
  /** Segments that nobody sent, made for one end. */
  | { readonly kind: 'inject'; readonly to: 0 | 1; readonly line: number }
  /** Application and host menu of one end. */
  | { readonly kind: 'host'; readonly host: 0 | 1; readonly line: number }
  /** The options of the shown socket of one end. */
  | { readonly kind: 'options'; readonly host: 0 | 1; readonly line: number }
  /** One line to be typed, or chosen from usual answers; `text` is null while nothing has been typed. */
  | { readonly kind: 'ask'; readonly question: Question; readonly text: string | null; readonly line: number }
  /** Everything that can be done, and decisions in the language of scenarios. */
  | { readonly kind: 'palette'; readonly text: string; readonly line: number }
  /** Breakpoints, and conditions for new ones by what has the focus. */
  | { readonly kind: 'breaks'; readonly line: number }
  /** A letter for this moment; or one to go back to. */
  | { readonly kind: 'mark'; readonly line: number }
  | { readonly kind: 'jump'; readonly line: number }
  /** The tree of branches. */
  | { readonly kind: 'branches'; readonly line: number }
  /** The profiles, with where each begins to differ. */
  | { readonly kind: 'profiles'; readonly line: number }
  /** Two courses of events side by side; line -1: their first difference. */
  | { readonly kind: 'difference'; readonly left: Side; readonly right: Side; readonly line: number }
  /** The sockets of both hosts, as ss(8) lists them. */
  | { readonly kind: 'sockets'; readonly line: number }
  /** The step in plain words. */
  | { readonly kind: 'notes'; readonly line: number }
  /** Something to look up, by what has been typed. */
  | { readonly kind: 'handbook'; readonly shelf: Shelving; readonly text: string; readonly line: number }
  /** The next step, asked before it is shown; with an answer (from 0), the step just shown and what decided it. */
  | { readonly kind: 'quiz'; readonly answer: number | null; readonly line: number }
  /** An interview question by its place in the drill (from 0; -1: where it was left), and its answer once that is asked for. */
  | { readonly kind: 'drill'; readonly place: number; readonly shown: boolean; readonly line: number }
  /** What came of each branch, side by side. */
  | { readonly kind: 'ways'; readonly line: number }
  /** What a tool of an end would print. */
  | { readonly kind: 'tool'; readonly tool: Tool; readonly host: 0 | 1; readonly line: number }
  /** What could be brought about. */
  | { readonly kind: 'challenges'; readonly line: number }
  /** The session in one line of a shell. */
  | { readonly kind: 'share' }
  /** The scenarios that can be opened; `typing` while the filter is being typed. */
  | { readonly kind: 'scenarios'; readonly text: string; readonly typing: boolean; readonly line: number };

/** Nothing lies over the screen. */
export const noDialog: Dialog = { kind: 'none' };

/** Asks for the rest of a decision. */
export function completing(lead: string, what: Wanted, usual: readonly string[], tail = ''): Dialog {
  return asking({ of: 'decision', lead, tail, what, usual });
}

/** A question, without an answer yet unless one is given. */
export function asking(question: Question, text: string | null = null): Dialog {
  return { kind: 'ask', question, text, line: 0 };
}

/** The list of scenarios, unfiltered. */
export const scenarioList: Dialog = { kind: 'scenarios', text: '', typing: false, line: 0 };
