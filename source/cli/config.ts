// The config file, `$XDG_CONFIG_HOME/tcpstep/config.json`: whatever is wrong in it is told, and the rest is used.
//
//     { "lang": "zh", "glyphs": "ascii", "profile": "linux", "tour": false, "esc-timeout": 50,
//       "keys": { "drop": ["x", "backspace"] } }

import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { nearest } from '../session/nearest.ts';
import type { Keymap, Language } from '../session/session.ts';
import { profiles } from '../session/setting.ts';
import { shown } from '../session/words.ts';
import { readKeymap } from '../ui/keymap.ts';
import { UsageError } from './usage.ts';

/** What a person has laid down for good; null where nothing is said. */
export interface Config {
  readonly language: Language | null;
  readonly glyphs: 'auto' | 'unicode' | 'ascii' | null;
  readonly profile: string | null;
  /** Whether the first start shows a person around. */
  readonly tour: boolean;
  /** Milliseconds after which a lone ESC is the Escape key. */
  readonly escapeTimeout: number | null;
  /** Whether play leaves out everything between two events. */
  readonly lowBandwidth: boolean;
  readonly keys: Keymap;
  /** Whether there is such a file. */
  readonly found: boolean;
  /** What cannot be used, one line each, with the file and where. */
  readonly complaints: readonly string[];
}

const plain: Config = {
  language: null,
  glyphs: null,
  profile: null,
  tour: true,
  escapeTimeout: null,
  lowBandwidth: false,
  keys: {},
  found: false,
  complaints: [],
};

/** Longest config file that is read, in octets. */
const longest = 100_000;

/** A folder of the XDG base directory specification, of this program: a relative path in the environment is ignored. */
export function folderOf(kind: 'config' | 'state', env: NodeJS.ProcessEnv = process.env): string {
  const set = env[kind === 'config' ? 'XDG_CONFIG_HOME' : 'XDG_STATE_HOME'] ?? '';
  const usual = kind === 'config' ? join(homedir(), '.config') : join(homedir(), '.local', 'state');
  return join(isAbsolute(set) ? set : usual, 'tcpstep');
}

/** The config file; one that cannot be read at all is as good as none, with a complaint. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const file = join(folderOf('config', env), 'config.json');
  const name = shown(file).slice(1, -1);
  let text: string;
  try {
    if (statSync(file).size > longest) return { ...plain, complaints: [`${name}: larger than ${longest} octets`] };
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? plain
      : { ...plain, complaints: [`${name}: cannot be read (${code})`] };
  }
  return configFrom(text, name);
}

const names = ['lang', 'glyphs', 'profile', 'tour', 'esc-timeout', 'low-bandwidth', 'keys'] as const;

/** Longest that a lone ESC may be waited for, in milliseconds. */
const longestEscape = 5_000;

const isEscapeTimeout = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= longestEscape;

/** The milliseconds behind --esc-timeout. Throws UsageError. */
export function readEscapeTimeout(text: string): number {
  const value = /^\d{1,4}$/.test(text) ? Number(text) : undefined;
  if (isEscapeTimeout(value)) return value;
  throw new UsageError(`expected milliseconds from 0 to ${longestEscape} behind --esc-timeout, found ${shown(text)}`);
}

/** The config in this text; `name` is the file's, for complaints. */
export function configFrom(text: string, name: string): Config {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ...plain, complaints: [`${name}${placeOf(text)}: expected JSON, so the usual settings are used`] };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ...plain, complaints: [`${name}: expected an object such as {"lang": "en"}`] };
  }
  const complaints: string[] = [];
  const choice = <Word extends string>(key: string, given: unknown, words: readonly Word[]): Word | null => {
    const found = words.find((word) => word === given);
    if (found !== undefined || given === undefined) return found ?? null;
    const near = typeof given === 'string' ? nearest(given, words) : null;
    const instead = near === null ? '' : `; did you mean ${near}?`;
    complaints.push(
      `${name}: ${key}: expected ${words.join(', ')}, found ${shown(typeof given === 'string' ? given : JSON.stringify(given))}${instead}`,
    );
    return null;
  };
  const given = new Map<string, unknown>(Object.entries(value));
  for (const key of given.keys()) {
    if (names.some((one) => one === key)) continue;
    const near = nearest(key, names);
    complaints.push(`${name}: no setting ${shown(key)}${near === null ? '' : `; did you mean ${near}?`}`);
  }
  const language = choice<Language>('lang', given.get('lang'), ['en', 'zh']);
  const glyphs = choice<'auto' | 'unicode' | 'ascii'>('glyphs', given.get('glyphs'), ['auto', 'unicode', 'ascii']);
  const profile = choice('profile', given.get('profile'), [...profiles.keys()]);
  const tour = given.get('tour');
  if (tour !== undefined && typeof tour !== 'boolean') complaints.push(`${name}: tour: expected true or false`);
  const sparing = given.get('low-bandwidth');
  if (sparing !== undefined && typeof sparing !== 'boolean') {
    complaints.push(`${name}: low-bandwidth: expected true or false`);
  }
  const wait = given.get('esc-timeout');
  if (wait !== undefined && !isEscapeTimeout(wait)) {
    complaints.push(`${name}: esc-timeout: expected milliseconds from 0 to ${longestEscape}`);
  }
  const map = given.has('keys') ? readKeymap(given.get('keys')) : { keys: {}, complaints: [] };
  return {
    language,
    glyphs,
    profile,
    tour: tour !== false,
    escapeTimeout: isEscapeTimeout(wait) ? wait : null,
    lowBandwidth: sparing === true,
    keys: map.keys,
    found: true,
    complaints: [...complaints, ...map.complaints.map((complaint) => `${name}: ${complaint}`)],
  };
}

// `:3:7`: behind the longest beginning that could still become JSON. (The messages of JSON.parse do not always tell.)
function placeOf(text: string): string {
  let [good, bad] = [0, text.length];
  while (good + 1 < bad) {
    const middle = (good + bad) >> 1;
    if (couldGoOn(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  const before = text.slice(0, couldGoOn(text) ? text.length : good).split('\n');
  return `:${before.length}:${(before.at(-1) ?? '').length + 1}`;
}

// Whether a text is JSON, or only lacks its end.
function couldGoOn(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const position = /position (\d+)/.exec(message)?.[1];
    return /end of JSON input|Unterminated/.test(message) || Number(position ?? -1) >= text.length;
  }
}
