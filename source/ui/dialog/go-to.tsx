import type { ReactElement } from 'react';
import { exactly, span } from '../../view/line.ts';
import { Rows } from '../rows.tsx';
import type { DialogProps } from './dialogs.tsx';
import { Frame } from './frame.tsx';

/** Asks for a time, an event or a segment to go to. */
export function GoTo({ look, columns, rows, text }: DialogProps & { readonly text: string }): ReactElement {
  const { words, ruler } = look;
  const width = 48;
  const lines = [[span(' '), span(text, 'strong'), span('_', 'selected')], [], [span(` ${words.goToHint}`, 'dim')]].map(
    (line) => exactly(line, width - 2, ruler),
  );
  return (
    <Frame
      title={words.goTo}
      width={width}
      height={lines.length}
      left={Math.floor((columns - width) / 2)}
      top={Math.floor(rows / 2) - 3}
      look={look}
    >
      <Rows lines={lines} />
    </Frame>
  );
}
