// Keys of one's own: which action has which keys, read from a config file that people write by hand.

import { nearest } from '../session/nearest.ts';
import type { Keymap } from '../session/session.ts';
import { shown } from '../session/words.ts';
import { type KeyName, keys } from './keys.ts';

/** A key map, and what in it cannot be used, one line each. */
export interface ReadKeymap {
  readonly keys: Keymap;
  readonly complaints: readonly string[];
}

/** Names of keys that are not the character they type. */
export const keyNames: readonly KeyName[] = [
  ...['right', 'left', 'up', 'down', 'home', 'end', 'pageup', 'pagedown'],
  ...['enter', 'esc', 'tab', 'shift-tab', 'space', 'backspace'],
];

/** What an arrow, Home, End, Page or shift-Tab that a slow link has torn apart leaves behind: it must mean nothing. */
const leftovers: ReadonlySet<string> = new Set(['[', 'O', 'A', 'B', 'C', 'D', 'F', 'H', 'Z', '~']);

/** The terminal's own keys, and those that multiplexers take. */
const taken: ReadonlySet<string> = new Set([
  'ctrl-l',
  'ctrl-z',
  'ctrl-b',
  'ctrl-a',
  'ctrl-m',
  'ctrl-i',
  'ctrl-j',
  'ctrl-h',
]);

/** Actions that must keep the keys they have: without them there is no way out, or the terminal itself takes them. */
const fixed: ReadonlySet<string> = new Set(['close', 'stop', 'redraw', 'suspend']);

/** Reads `{ "drop": ["x", "ctrl-d"], ... }`: what can be used of it, with what the others lose to it. */
export function readKeymap(value: unknown): ReadKeymap {
  if (!isRecord(value)) {
    return { keys: {}, complaints: ['keys: expected an object such as {"drop": ["x"]}, the usual keys are used'] };
  }
  const complaints: string[] = [];
  const own = new Map<string, readonly KeyName[]>();
  const owner = new Map<KeyName, string>();
  const ids = keys.map((row) => row.id);
  for (const [id, wish] of Object.entries(value)) {
    const where = `keys.${shown(id).slice(1, -1)}`;
    if (!ids.includes(id)) {
      const near = nearest(id, ids);
      complaints.push(`${where}: no such action${near === null ? '' : `; did you mean ${near}?`}`);
      continue;
    }
    const names = typeof wish === 'string' ? [wish] : wish;
    if (fixed.has(id)) {
      const usual = keys.find((row) => row.id === id)?.keys ?? [];
      if (JSON.stringify(names) !== JSON.stringify(usual)) complaints.push(`${where}: this action keeps its keys`);
      continue;
    }
    if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
      complaints.push(`${where}: expected a list of keys such as ["x"]`);
      continue;
    }
    const good: KeyName[] = [];
    for (const name of names) {
      const wrong = objection(name, id, owner.get(name));
      if (wrong !== null) complaints.push(`${where}: ${wrong}`);
      else if (!good.includes(name)) {
        good.push(name);
        owner.set(name, id);
      }
    }
    own.set(id, good);
  }
  return { keys: Object.fromEntries(withoutTaken(own, owner)), complaints };
}

function objection(name: string, id: string, owner: string | undefined): string | null {
  const key = shown(name);
  if (owner !== undefined && owner !== id) return `the key ${key} is already that of ${owner}`;
  if (taken.has(name)) return `the key ${key} belongs to the terminal`;
  if (keys.some((row) => fixed.has(row.id) && row.keys.includes(name))) return `the key ${key} cannot be taken`;
  if (leftovers.has(name)) return `the key ${key} cannot be used: a torn arrow key leaves it behind`;
  if (/^\d$/.test(name) && !id.startsWith('pane-')) return `the key ${key} cannot be used: digits focus panes`;
  if (keyNames.includes(name) || /^ctrl-[a-z]$/.test(name)) return null;
  if ([...name].length === 1 && /^[^\s\p{C}]$/u.test(name)) return null;
  const near = nearest(name, keyNames);
  return `${key} is not a key${near === null ? '' : `; did you mean ${near}?`}`;
}

// An action loses a usual key that somebody has given to another one.
function withoutTaken(
  own: ReadonlyMap<string, readonly KeyName[]>,
  owner: ReadonlyMap<KeyName, string>,
): ReadonlyMap<string, readonly KeyName[]> {
  const all = new Map(own);
  for (const row of keys) {
    if (all.has(row.id)) continue;
    const left = row.keys.filter((key) => !owner.has(key));
    if (left.length < row.keys.length) all.set(row.id, left);
  }
  return all;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
