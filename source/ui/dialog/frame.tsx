// The frame of a dialog that lies over the screen.

import { Box } from 'ink';
import type { ReactElement, ReactNode } from 'react';
import { edge } from '../../view/frame.ts';
import { span } from '../../view/line.ts';
import type { Look } from '../../view/look.ts';
import { Row, Rows } from '../rows.tsx';

/** A frame of `width` cells around `height` rows. What it holds must fill every cell: the screen lies behind it. */
export function Frame({
  title,
  width,
  height,
  left,
  top,
  look,
  children,
}: {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly look: Look;
  readonly children: ReactNode;
}): ReactElement {
  const walls = [0, width - 1];
  const wall = span(look.glyphs.vertical, 'dim');
  const side = Array.from({ length: height }, () => [wall]);
  return (
    <Box position='absolute' left={left} top={top} flexDirection='column'>
      <Row line={edge(width, [], walls, [{ at: 0, text: title, focused: true }], look)} />
      <Box>
        <Rows lines={side} />
        <Box width={width - 2} height={height} flexDirection='column'>
          {children}
        </Box>
        <Rows lines={side} />
      </Box>
      <Row line={edge(width, walls, [], [], look)} />
    </Box>
  );
}
