// JSON of unknown origin, taken apart with one clear line for whatever is not as expected.

import { shown } from '../../session/words.ts';
import { Unreadable } from '../unreadable.ts';

/** A value somewhere in a file, with the way to it for error messages. */
export class Json {
  readonly file: string;
  readonly value: unknown;
  private readonly path: string;

  constructor(file: string, value: unknown, path = '') {
    this.file = file;
    this.value = value;
    this.path = path;
  }

  /** Throws Unreadable: what was expected at this place. */
  fail(expected: string): never {
    const found = this.value === undefined ? 'nothing' : shown(JSON.stringify(this.value) ?? typeof this.value);
    throw new Unreadable(
      this.file,
      null,
      `${this.path === '' ? '' : `${this.path}: `}expected ${expected}, found ${found}`,
    );
  }

  /** The value under a name; its `value` is undefined where there is none. */
  at(name: string): Json {
    const { value } = this;
    const inner = isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    return new Json(this.file, inner, this.path === '' ? name : `${this.path}.${name}`);
  }

  /** Whether there is a value that is not null. */
  get given(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** The value where there is one, read by `read`; null otherwise. */
  maybe<T>(read: (json: Json) => T): T | null {
    return this.given ? read(this) : null;
  }

  list(): readonly Json[] {
    if (!Array.isArray(this.value)) this.fail('a list');
    return this.value.map((item, index) => new Json(this.file, item, `${this.path}[${index}]`));
  }

  /** Names and values of an object, in its order. */
  entries(): readonly (readonly [string, Json])[] {
    if (!isRecord(this.value)) this.fail('an object');
    return Object.keys(this.value).map((name) => [name, this.at(name)] as const);
  }

  /** A text that a terminal may show: no control characters, nothing that shows as something else. */
  text(): string {
    if (typeof this.value !== 'string') this.fail('a text');
    return unprintable.test(this.value) ? this.fail('a printable text') : this.value;
  }

  number(): number {
    return typeof this.value === 'number' && Number.isFinite(this.value) ? this.value : this.fail('a number');
  }

  whole(least = 0, most = 0xffff_ffff): number {
    const number = this.number();
    return Number.isInteger(number) && number >= least && number <= most
      ? number
      : this.fail(`a whole number from ${least} to ${most}`);
  }
}

const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parses a file's text. Throws Unreadable with the line that is not JSON, where the harness wrote one thing a line. */
export function parseJson(text: string, file: string): Json {
  const value = parsed(text);
  if (value === undefined)
    throw new Unreadable(file, wrongLine(text), 'expected JSON, as the recording harness writes it');
  return new Json(file, value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const frame: readonly string[] = ['', '{', '}', ']}', '"events": ['];

// What a parser says of the place differs from one to the next; the lines can be tried one by one.
function wrongLine(text: string): number | null {
  for (const [index, line] of text.split('\n').entries()) {
    const one = line.trim().replace(/,$/, '');
    if (frame.includes(one) || parsed(one) !== undefined || parsed(`{${one}}`) !== undefined) continue;
    return index + 1;
  }
  return null;
}
