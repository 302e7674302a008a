// The words of a line, and what is wrong with them.

import { nearest } from './nearest.ts';

/** Words that are not a decision: what stands there, what was expected, and the nearest word that would do. */
export class Misread extends Error {
  /** The word found; '' at the end of the line. */
  readonly found: string;
  readonly expected: string;
  readonly nearest: string | null;

  constructor(found: string, expected: string, known: Iterable<string> = []) {
    const near = found === '' ? null : nearest(found, known);
    const instead = near === null ? '' : `; did you mean ${near}?`;
    super(`expected ${expected}, found ${found === '' ? 'the end of the line' : shown(found)}${instead}`);
    this.name = 'Misread';
    this.found = found;
    this.expected = expected;
    this.nearest = near;
  }
}

/** A word as an error message may show it: no control characters, not too long. */
export function shown(word: string): string {
  const clean = word.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '?');
  // By characters, not by code units: a pair that is cut in two is no text.
  const letters = [...clean];
  return `"${letters.length <= 40 ? clean : `${letters.slice(0, 37).join('')}...`}"`;
}

/** Words of one line, taken one after another. Quoted texts are part of a word. */
export class Words {
  private readonly words: readonly string[];
  private at = 0;

  constructor(text: string) {
    this.words = text.match(/(?:[^\s"]|"(?:[^"\\]|\\.)*"|")+/gu) ?? [];
  }

  /** The next word, '' at the end; it stays. */
  peek(): string {
    return this.words[this.at] ?? '';
  }

  /** The next word, '' at the end. */
  take(): string {
    const word = this.peek();
    this.at += 1;
    return word;
  }

  /** Takes the next word if it is this one. */
  skip(word: string): boolean {
    if (this.peek() !== word || word === '') return false;
    this.at += 1;
    return true;
  }

  /** Throws unless everything has been taken. */
  end(): void {
    if (this.peek() !== '') throw new Misread(this.peek(), 'the end of the line');
  }
}
