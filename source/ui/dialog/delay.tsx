import type { ReactElement } from 'react';
import { seconds } from '../../session/time.ts';
import { landings } from '../../view/delay.ts';
import { exactly, type Line, span } from '../../view/line.ts';
import { named } from '../../view/segment-label.ts';
import { Row, Rows } from '../rows.tsx';
import { isTyping, typingMark } from '../use-keys.ts';
import { Choice } from './choice.tsx';
import type { DialogProps } from './dialogs.tsx';
import { Frame } from './frame.tsx';

/** Asks when a segment is to land: by a list of choices, or by a time that is typed. */
export function DelayPrompt(
  props: DialogProps & { readonly flight: number; readonly text: string },
): ReactElement | null {
  const { scene, look, columns, rows, dispatch, text } = props;
  const passage = scene.passages.find((one) => one.flight.id === props.flight);
  if (passage === undefined) return null;
  const { flight } = passage;
  const { words, ruler } = look;
  const choices = landings(scene, flight, look);
  const width = 48;
  const inner = width - 2;
  const height = choices.length + 6;
  const row = (line: Line): Line => exactly(line, inner, ruler);
  const due = Number.isFinite(flight.due) ? `t ${seconds(flight.due)}s` : words.untilReleased;
  const typed = isTyping({ kind: 'delay', flight: flight.id, text });
  const choose = (value: string): void => {
    if (value === 'exact') {
      dispatch({ do: 'type', text: typingMark.delay });
      return;
    }
    const choice = choices[Number(value)];
    dispatch({ do: 'close-dialog' });
    if (choice !== undefined) {
      dispatch({
        do: 'decide',
        action: { kind: 'tamper', tamper: { do: 'delay', flight: flight.id, until: choice.until } },
      });
    }
  };
  return (
    <Frame
      title={words.delayTitle(named(flight, look))}
      width={width}
      height={height}
      left={Math.floor((columns - width) / 2)}
      top={Math.max(1, Math.floor((rows - height - 2) / 2))}
      look={look}
    >
      <Rows lines={[row([span(` ${words.landsNow}  `, 'dim'), span(due)]), row([])]} />
      <Choice
        options={[
          ...choices.map((choice, place) => ({ value: `${place}`, label: choice.label })),
          { value: 'exact', label: words.presets.exact },
        ]}
        width={inner}
        limit={choices.length + 1}
        focused={!typed}
        look={look}
        onChoose={choose}
      />
      <Row
        line={row(
          typed
            ? [
                span(` ${words.newLanding}  t `, 'dim'),
                span(text.slice(1), 'strong'),
                span('_', 'selected'),
                span(`   ${words.exactHint}`, 'dim'),
              ]
            : [],
        )}
      />
      <Rows lines={[row([]), row([span(` ${words.menuHint}`, 'dim')])]} />
    </Frame>
  );
}
