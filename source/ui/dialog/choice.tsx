// A list to choose from: ink-select-input in our glyphs. While it has the focus it reads arrows, j, k, digits and Enter.

import { Box, Text } from 'ink';
import SelectInput from 'ink-select-input';
import type { ReactElement } from 'react';
import { cell } from '../../view/line.ts';
import type { Look } from '../../view/look.ts';
import { theme } from '../theme.ts';

/** One thing to choose; `label` takes no more cells than the list has. */
export interface Option {
  readonly value: string;
  readonly label: string;
}

/** The list in `width` cells and at most `limit` rows. */
export function Choice({
  options,
  width,
  limit,
  focused,
  look,
  onChoose,
}: {
  readonly options: readonly Option[];
  readonly width: number;
  readonly limit: number;
  readonly focused: boolean;
  readonly look: Look;
  readonly onChoose: (value: string) => void;
}): ReactElement {
  const items = options.map(({ value, label }) => ({ value, label: cell(label, width - 3, look.ruler) }));
  return (
    <Box flexDirection='column'>
      <SelectInput
        items={items}
        limit={limit}
        isFocused={focused}
        indicatorComponent={look.glyphs.name === 'unicode' ? UnicodeMark : AsciiMark}
        itemComponent={Item}
        onSelect={(item) => onChoose(item.value)}
      />
    </Box>
  );
}

function AsciiMark({ isSelected = false }: { readonly isSelected?: boolean }): ReactElement {
  return <Text {...theme.selected}>{isSelected ? ' > ' : '   '}</Text>;
}

function UnicodeMark({ isSelected = false }: { readonly isSelected?: boolean }): ReactElement {
  return <Text {...theme.selected}>{isSelected ? ' ► ' : '   '}</Text>;
}

function Item({ isSelected = false, label }: { readonly isSelected?: boolean; readonly label: string }): ReactElement {
  return (
    <Text wrap='truncate-end' {...(isSelected ? theme.strong : theme.plain)}>
      {label}
    </Text>
  );
}
