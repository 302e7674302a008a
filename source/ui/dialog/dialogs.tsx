// What lies over the screen, drawn. Lists are ink-select-input's: which line is highlighted is the session's business
// and what a key means meaning.ts's, so a list has neither focus nor memory: it is drawn anew for each line.

import { Box, Text } from 'ink';
import SelectInput from 'ink-select-input';
import type { ReactElement } from 'react';
import { ascii, unicode } from '../../view/glyphs.ts';
import type { Look } from '../../view/look.ts';
import { Rows } from '../rows.tsx';
import { styled } from '../theme.ts';
import { markOf, type Over } from './over.ts';

/** Help or a menu in its place. */
export function Dialog({ over, look }: { readonly over: Over; readonly look: Look }): ReactElement {
  const { left, top, above, list, below } = over;
  return (
    <Box position='absolute' left={left} top={top} flexDirection='column'>
      <Rows lines={above} />
      {list === null ? null : (
        <SelectInput
          // Of another length it would forget which one is chosen.
          key={`${list.from}/${list.rows.length}/${list.chosen}`}
          items={list.rows.map((row, place) => ({ value: list.from + place, label: styled(row) }))}
          initialIndex={list.chosen}
          isFocused={false}
          indicatorComponent={look.glyphs.name === 'unicode' ? UnicodeMark : AsciiMark}
          itemComponent={Item}
        />
      )}
      <Rows lines={below} />
    </Box>
  );
}

function AsciiMark({ isSelected = false }: { readonly isSelected?: boolean }): ReactElement {
  return <Text>{styled(markOf(isSelected, ascii))}</Text>;
}

function UnicodeMark({ isSelected = false }: { readonly isSelected?: boolean }): ReactElement {
  return <Text>{styled(markOf(isSelected, unicode))}</Text>;
}

function Item({ label }: { readonly label: string }): ReactElement {
  return <Text wrap='truncate-end'>{label}</Text>;
}
