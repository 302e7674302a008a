// Fuzzy search: letters in their order, better the closer together and the nearer to the beginnings of words.

/**
 * How well a text answers a query: null where its letters do not occur in this order; else the higher the better.
 * Case does not count, and blanks in the query may stand for anything.
 */
export function fuzzy(query: string, text: string): number | null {
  const wanted = [...query.toLowerCase()].filter((letter) => letter !== ' ');
  const letters = [...text.toLowerCase()];
  let score = 0;
  let at = -1;
  for (const letter of wanted) {
    // A letter that goes on a run, or begins a word, is worth a longer way than the first that comes.
    const next =
      letters[at + 1] === letter ? at + 1 : (beginning(letters, letter, at + 1) ?? letters.indexOf(letter, at + 1));
    if (next < 0) return null;
    if (next === at + 1) score += 3;
    else if (begins(letters, next)) score += 2;
    else score -= Math.min(3, next - at - 1) * 0.5;
    at = next;
  }
  return score - letters.length * 0.01;
}

function beginning(letters: readonly string[], letter: string, from: number): number | null {
  const found = letters.findIndex((one, place) => place >= from && one === letter && begins(letters, place));
  return found < 0 ? null : found;
}

function begins(letters: readonly string[], place: number): boolean {
  return place === 0 || !/[a-z0-9]/.test(letters[place - 1] ?? ' ');
}

/** The entries that answer the query, the best first; all of them in their order where it is empty. */
export function ranked<Entry>(
  query: string,
  entries: readonly Entry[],
  textOf: (entry: Entry) => string,
): readonly Entry[] {
  if (query.trim() === '') return entries;
  return entries
    .flatMap((entry) => {
      const score = fuzzy(query, textOf(entry));
      return score === null ? [] : [{ entry, score }];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}
