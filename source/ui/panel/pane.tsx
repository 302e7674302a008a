// The body of a pane: its lines between two walls. The wall at its right belongs to the pane beside it, or to the last.

import { Box } from 'ink';
import type { ReactElement } from 'react';
import { type Line, span } from '../../view/line.ts';
import type { Look } from '../../view/look.ts';
import { Rows } from '../rows.tsx';

/** Lines that have been fitted to the pane's width, with a wall before each, and behind each of the last pane. */
export function Pane({
  lines,
  last,
  look,
}: {
  readonly lines: readonly Line[];
  readonly last: boolean;
  readonly look: Look;
}): ReactElement {
  const wall = span(look.glyphs.vertical, 'dim');
  return (
    <Box flexShrink={0}>
      <Rows lines={lines.map((line) => (last ? [wall, ...line, wall] : [wall, ...line]))} />
    </Box>
  );
}
