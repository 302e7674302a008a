// Lines of a view as Ink's Text, one row each.

import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { Line } from '../view/line.ts';
import { styled } from './theme.ts';

/** The lines one below the other. They have been fitted to their width: nothing is wrapped here. */
export function Rows({ lines }: { readonly lines: readonly Line[] }): ReactElement {
  return (
    <Box flexDirection='column' flexShrink={0}>
      {lines.map((line, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row of a screen is its place
        <Row key={row} line={line} />
      ))}
    </Box>
  );
}

/** One line. */
function Row({ line }: { readonly line: Line }): ReactElement {
  return <Text wrap='truncate-end'>{styled(line)}</Text>;
}
