import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { Intent } from '../../session/intent.ts';
import { exactly, span } from '../../view/line.ts';
import { segment } from '../../view/segment.ts';
import { named } from '../../view/segment-label.ts';
import type { Tamper } from '../../world/event.ts';
import { Rows } from '../rows.tsx';
import { Choice } from './choice.tsx';
import type { DialogProps } from './dialogs.tsx';
import { Frame } from './frame.tsx';

/** Everything that can be done with one segment, beside its header. */
export function SegmentMenu(props: DialogProps & { readonly flight: number }): ReactElement | null {
  const { scene, look, columns, rows, dispatch } = props;
  const passage = scene.passages.find((one) => one.flight.id === props.flight);
  if (passage === undefined) return null;
  const { menu } = look.words;
  const id = passage.flight.id;
  const labels: readonly (readonly [string, string])[] =
    passage.fate === null
      ? [
          ['drop', menu.drop],
          ['delay', menu.delay],
          ['duplicate', menu.duplicate],
          ['release', menu.release],
          ['swap', menu.swap],
          ['corrupt', menu.corrupt],
          ['leave', menu.leave],
        ]
      : [
          ['duplicate', menu.duplicate],
          ['leave', menu.leave],
        ];
  const key: Readonly<Record<string, string>> = { drop: 'x', delay: 'd', duplicate: 'y', release: 'r', swap: 'o' };
  const drawn = columns >= 76 ? 38 : 0;
  const list = 32;
  const height = Math.min(rows - 6, drawn > 0 ? 14 : labels.length + 2);
  const width = list + drawn + 2;
  const options = labels.map(([value, label]) => ({ value, label: `${(key[value] ?? '').padEnd(3)}${label}` }));
  const blankRow = exactly([], list, look.ruler);
  const hint = exactly([span(`   ${look.words.menuHint}`, 'dim')], list, look.ruler);
  const choose = (value: string): void => {
    dispatch({ do: 'close-dialog' });
    const intent = chosen(value, id);
    if (intent !== null) dispatch(intent);
  };
  return (
    <Frame
      title={named(passage.flight, look)}
      width={width}
      height={height}
      left={Math.floor((columns - width) / 2)}
      top={Math.max(1, Math.floor((rows - height - 2) / 2))}
      look={look}
    >
      <Box>
        <Box flexDirection='column' width={list}>
          <Rows lines={[blankRow]} />
          <Choice options={options} width={list} limit={options.length} focused look={look} onChoose={choose} />
          <Rows lines={Array.from({ length: height - options.length - 2 }, () => blankRow)} />
          <Rows lines={[hint]} />
        </Box>
        {drawn > 0 ? <Rows lines={segment({ ...scene, selected: passage }, look, drawn, height)} /> : null}
      </Box>
    </Frame>
  );
}

function chosen(value: string, flight: number): Intent | null {
  const tamper = (one: Tamper): Intent => ({ do: 'decide', action: { kind: 'tamper', tamper: one } });
  switch (value) {
    case 'drop':
      return tamper({ do: 'drop', flight });
    case 'delay':
      return { do: 'open-dialog', dialog: { kind: 'delay', flight, text: '' } };
    case 'duplicate':
      return tamper({ do: 'duplicate', flight, at: null });
    case 'release':
      return tamper({ do: 'release', flight });
    case 'swap':
      return tamper({ do: 'swap', flight });
    case 'corrupt':
      return tamper({ do: 'corrupt', flight });
  }
  return null;
}
