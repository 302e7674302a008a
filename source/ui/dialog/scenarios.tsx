import { Box } from 'ink';
import type { ReactElement } from 'react';
import { edge } from '../../view/frame.ts';
import { exactly, type Line, span } from '../../view/line.ts';
import { shelfLines } from '../../view/shelf.ts';
import { Row, Rows } from '../rows.tsx';
import { isTyping, typedText } from '../use-keys.ts';
import { Choice } from './choice.tsx';
import type { DialogProps } from './dialogs.tsx';

/** The scenarios over the whole screen. A text that begins with `/` is being typed; without, it filters the list. */
export function ScenarioList({
  scene,
  look,
  columns,
  rows,
  open,
  text,
}: DialogProps & { readonly text: string }): ReactElement {
  const { words } = look;
  const filtering = isTyping({ kind: 'scenarios', text });
  const filter = typedText({ kind: 'scenarios', text });
  const width = columns - 2;
  const lines = shelfLines(scene.session.shelves, filter, look, width - 4);
  const walls = [0, columns - 1];
  const wall = span(look.glyphs.vertical, 'dim');
  const height = rows - 3;
  const side = Array.from({ length: height }, (): Line => [wall]);
  const asked: Line =
    !filtering && filter === ''
      ? [span(` ${words.scenarioCount(scene.session.shelves.length)}`, 'dim')]
      : [span(` ${words.filter}: ${filter}`, 'notice'), span(filtering ? '_' : '', 'selected')];
  const empty: Line = [span(`   ${words.noMatch}`, 'dim')];
  const shown = Math.min(lines.length, height - 2);
  const filler = Array.from({ length: height - 2 - shown }, (): Line => [span(' '.repeat(width))]);
  return (
    <Box position='absolute' top={0} left={0} flexDirection='column'>
      <Row line={edge(columns, [], walls, [{ at: 0, text: `tcpstep  ${words.scenarios}`, focused: false }], look)} />
      <Box>
        <Rows lines={side} />
        <Box flexDirection='column' width={width}>
          <Row line={exactly(asked, width, look.ruler)} />
          {lines.length === 0 ? (
            <Row line={exactly(empty, width, look.ruler)} />
          ) : (
            <Choice
              options={lines.map(({ id, label }) => ({ value: id, label }))}
              width={width}
              limit={shown}
              focused={!filtering}
              look={look}
              onChoose={open}
            />
          )}
          <Rows lines={lines.length === 0 ? filler.slice(1) : filler} />
          <Row line={[span(' '.repeat(width))]} />
        </Box>
        <Rows lines={side} />
      </Box>
      <Row line={edge(columns, walls, [], [], look)} />
      <Row line={exactly([span(` ${words.scenarioHint}`, 'dim')], columns - 1, look.ruler)} />
    </Box>
  );
}
