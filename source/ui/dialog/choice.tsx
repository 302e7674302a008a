// A list to choose from: ink-select-input in our glyphs. Which line is highlighted is the session's business and what
// a key means use-keys.ts's, so the list has neither focus nor memory: it is drawn anew for each line.

import { Text } from 'ink';
import SelectInput from 'ink-select-input';
import type { ReactElement } from 'react';
import { exactly, type Line, span, spread, textOf } from '../../view/line.ts';
import type { Look } from '../../view/look.ts';
import type { Item } from '../menu/menu.ts';
import { theme } from '../theme.ts';

/** Cells of the mark before an item. */
const mark = 3;

/** The page of a list that shows the highlighted line: pages overlap by half, so that the list mostly stands still. */
export function pageOf(count: number, line: number, limit: number): { readonly from: number; readonly to: number } {
  if (count <= limit) return { from: 0, to: count };
  const half = Math.max(1, Math.floor(limit / 2));
  const page = Math.max(0, Math.floor(line / half) - 1);
  const from = Math.min(page * half, count - limit);
  return { from, to: from + limit };
}

/** The list in `width` cells and at most `limit` rows. */
export function Choice({
  items,
  line,
  width,
  limit,
  look,
}: {
  readonly items: readonly Item[];
  readonly line: number;
  readonly width: number;
  readonly limit: number;
  readonly look: Look;
}): ReactElement {
  const { from, to } = pageOf(items.length, line, limit);
  const { ruler, glyphs } = look;
  const cells = width - mark;
  const fitted = (line: Line, width: number): Line => exactly(line, width, ruler, glyphs.ellipsis);
  const half = Math.floor((cells - 3) / 2);
  const text = ({ label, note, right }: Item): string => {
    if (right !== undefined) {
      const sides = [fitted([span(label)], half), [span(` ${glyphs.vertical} `)], [span(right)]].flat();
      return textOf(fitted(sides, cells));
    }
    // What it is matters more than what stands behind it.
    const room = cells - ruler(label) - 3;
    const behind = note === '' || room < 4 ? '' : textOf(fitted([span(note)], Math.min(ruler(note), room)));
    return textOf(fitted(spread([span(label)], behind === '' ? [] : [span(` ${behind} `)], cells, ruler), cells));
  };

  const shown = items.slice(from, to).map((item, place) => ({ value: from + place, label: text(item) }));
  return (
    <SelectInput
      key={`${from}/${line}`}
      items={shown}
      initialIndex={Math.max(0, line - from)}
      isFocused={false}
      indicatorComponent={glyphs.name === 'unicode' ? UnicodeMark : AsciiMark}
      itemComponent={One}
    />
  );
}

function AsciiMark({ isSelected = false }: { readonly isSelected?: boolean }): ReactElement {
  return <Text {...theme.selected}>{isSelected ? ' > ' : '   '}</Text>;
}

function UnicodeMark({ isSelected = false }: { readonly isSelected?: boolean }): ReactElement {
  return <Text {...theme.selected}>{isSelected ? ' ► ' : '   '}</Text>;
}

function One({ isSelected = false, label }: { readonly isSelected?: boolean; readonly label: string }): ReactElement {
  return (
    <Text wrap='truncate-end' {...(isSelected ? theme.strong : theme.plain)}>
      {label}
    </Text>
  );
}
