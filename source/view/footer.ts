// The last line: the few keys that matter now.

import { type Line, type Span, span } from './line.ts';
import type { Look } from './look.ts';

/** A key and what it does, in two words. */
export interface Hint {
  readonly key: string;
  readonly label: string;
}

/** As many hints as fit into `width` cells. */
export function footer(hints: readonly Hint[], look: Look, width: number): Line {
  // The last two, help and quit, stay; those before them give way.
  const kept = [...hints];
  const cells = (): number => kept.reduce((sum, { key, label }) => sum + look.ruler(`  ${key} ${label}`), -1);
  while (kept.length > 3 && cells() > width) kept.splice(kept.length - 3, 1);
  const out: Span[] = [span(' ')];
  for (const [place, { key, label }] of kept.entries()) {
    if (place > 0) out.push(span('  '));
    out.push(span(key, 'key'), span(` ${label}`, 'dim'));
  }
  return out;
}
