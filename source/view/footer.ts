// The last line: the few keys that matter now.

import { type Line, type Span, span } from './line.ts';
import type { Look } from './look.ts';

/** A key and what it does. */
export interface Hint {
  readonly key: string;
  readonly label: string;
}

/** A hint of the footer; those of the lowest rank give way where there is no room. */
export interface Ranked extends Hint {
  readonly rank: number;
}

/** As many hints as fit into `width` cells, in their order. */
export function footer(hints: readonly Ranked[], look: Look, width: number): Line {
  const kept = [...hints];
  const cells = (): number => kept.reduce((sum, { key, label }) => sum + look.ruler(`  ${key} ${label}`), -1);
  while (kept.length > 1 && cells() > width) {
    const least = kept.reduce((least, hint) => (hint.rank < least.rank ? hint : least));
    kept.splice(kept.indexOf(least), 1);
  }
  const out: Span[] = [span(' ')];
  for (const [place, { key, label }] of kept.entries()) {
    if (place > 0) out.push(span('  '));
    out.push(span(key, 'key'), span(` ${label}`, 'dim'));
  }
  return out;
}
