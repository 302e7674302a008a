// The words of the glossary that occur in a text.

import type { Language } from '../session/bilingual.ts';
import type { Term } from '../session/handbook.ts';

/** The terms that a text names, by their names or other spellings, in the order in which it names them. */
export function termsIn(terms: readonly Term[], text: string, language: Language): readonly Term[] {
  return terms
    .map((term) => ({ term, at: placeOf(term, text, language) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at)
    .map(({ term }) => term);
}

function placeOf({ name, also }: Term, text: string, language: Language): number {
  // Two names of one thing stand side by side: 半开连接、半连接.
  const names = [...new Set([name.en, ...name[language].split('、'), ...also])];
  const found = names.map((one) => placeOfName(one, text)).filter((at) => at >= 0);
  return found.length === 0 ? -1 : Math.min(...found);
}

// A whole word: `ACK` is not part of `SACK`, and `SYN` not of `SYN-SENT`. Chinese has no blanks between words.
function placeOfName(name: string, text: string): number {
  if (/\p{Script=Han}/u.test(name)) return text.indexOf(name);
  const plain = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  // States, flags and options are capitals; other words may begin a sentence.
  const flags = name === name.toUpperCase() ? 'u' : 'iu';
  return text.search(new RegExp(`(?<![A-Za-z0-9_-])${plain}(?![A-Za-z0-9_-])`, flags));
}
