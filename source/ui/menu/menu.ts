// A dialog with a list as data: dialog/menu.tsx draws it, meaning.ts reads keys for it, linear mode speaks it.

import type { Intent } from '../../session/intent.ts';
import type { Line, Tone } from '../../view/line.ts';
import type { KeyName } from '../keys.ts';

/** One thing to choose. */
export interface Item {
  readonly label: string;
  /** At the right edge: a key, a present value, the same in the language of scenarios. */
  readonly note: string;
  /** Its other half, for lists that compare two things; the first half then takes the left side only. */
  readonly right?: string;
  /** Its row of a table, cell by cell; it is drawn instead of the label. */
  readonly cells?: readonly string[];
  /** What choosing it means; null where it cannot be chosen (then `note` says why). */
  readonly intents: readonly Intent[] | null;
}

/** A line that can be typed. */
export interface Asked {
  readonly label: string;
  readonly text: string;
  /** Whether somebody has typed it; otherwise the first letter replaces it. */
  readonly typed: boolean;
  /** What is wrong with it; '' where nothing is. */
  readonly error: string;
}

/** A sentence or two, wrapped where it is drawn. */
export interface Paragraph {
  readonly text: string;
  readonly tone: Tone;
}

/** A list, a prompt, or both. */
export interface Menu {
  readonly title: string;
  /** Lines above the list. */
  readonly above: readonly Line[];
  readonly items: readonly Item[];
  /** What stands in the columns of a table; null where the list is none. */
  readonly heads: readonly string[] | null;
  /** Lines below the list. */
  readonly below: readonly Line[];
  /** Above all of it, wrapped. */
  readonly lead: readonly Paragraph[];
  /** What there is to say about the highlighted item, below the list; null where it says all itself. */
  readonly told: readonly Paragraph[] | null;
  /** Lines that are kept for `told`, so that the list above stands still; null: as many as it has. */
  readonly tells: number | null;
  /** Whether the items are paragraphs to be read: long ones take several lines. */
  readonly prose: boolean;
  /** Whether it keeps to the lower half, so that the ends and the wire stay in sight. */
  readonly low: boolean;
  /** The highlighted item, from 0; -1 where there is none. */
  readonly line: number;
  /** null where nothing can be typed here: then letters and digits are keys. */
  readonly asked: Asked | null;
  /** What a letter means that is no key here: it begins a text; null where letters mean nothing. */
  readonly begin: ((letter: string) => readonly Intent[]) | null;
  /** Whether every letter goes there, j, k and q included. */
  readonly letters: boolean;
  /** What Enter means where it does not mean the highlighted item. */
  readonly enter: readonly Intent[] | null;
  /** What Escape means where it does not close the dialog. */
  readonly escape: readonly Intent[] | null;
  /** Further keys. */
  readonly keys: ReadonlyMap<KeyName, readonly Intent[]>;
  readonly hint: string;
  /** Cells inside the frame that it would like to have. */
  readonly width: number;
  /** Whether it takes the whole screen. */
  readonly whole: boolean;
  /** Lines that stand beside the list where there is room for them, in exactly `height` lines of `cells` cells. */
  readonly beside: { readonly cells: number; readonly lines: (height: number) => readonly Line[] } | null;
}

/** A sentence like any other. */
export function plain(text: string): Paragraph {
  return { text, tone: 'plain' };
}

/** A sentence that matters most. */
export function strong(text: string): Paragraph {
  return { text, tone: 'strong' };
}

/** A menu that says only what is particular about it. */
export function menu(given: Partial<Menu> & Pick<Menu, 'title' | 'items' | 'hint'>): Menu {
  const { line = 0, items } = given;
  return {
    above: [],
    heads: null,
    below: [],
    lead: [],
    told: null,
    tells: null,
    prose: false,
    low: false,
    asked: null,
    begin: null,
    letters: false,
    enter: null,
    escape: null,
    keys: new Map(),
    width: 60,
    whole: false,
    beside: null,
    ...given,
    line: Math.max(-1, Math.min(line, items.length - 1)),
  };
}
