// asciinema-player, as the build has put it beside the program.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from './usage.ts';

/** Its program and style sheet. Throws UsageError where they are missing from the installation. */
export async function player(): Promise<{ readonly script: string; readonly style: string }> {
  const folder = place();
  return {
    script: readFileSync(join(folder, 'asciinema-player.min.js'), 'utf8'),
    style: readFileSync(join(folder, 'asciinema-player.css'), 'utf8'),
  };
}

// Above this file and above the bundle made of it, like the scenarios.
function place(): string {
  let above = import.meta.dirname;
  for (;;) {
    const candidate = join(above, 'dist', 'player');
    if (existsSync(candidate)) return candidate;
    if (dirname(above) === above) throw new UsageError('the folder dist/player is missing from this installation');
    above = dirname(above);
  }
}
