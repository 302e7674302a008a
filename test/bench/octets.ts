// What a step sends to the terminal on the lesson `life`: octets of its update, against the fewest that would do.

import { handbook } from '../../source/cli/handbook.ts';
import { start } from '../../source/scenario/scenario.ts';
import { perform } from '../../source/session/perform.ts';
import { begin, timelineOf } from '../../source/session/session.ts';
import { FrameReader, type Screen } from '../../source/terminal/screen.ts';
import { abilitiesOf, unknownPen, update, vt100 } from '../../source/terminal/update.ts';
import { drawn, frame } from '../../source/ui/drawing.ts';
import { scenarioOf } from '../support/fixtures.ts';
import { smallest } from '../terminal/smallest.ts';

/** Octets of every step from the opening to the end of a scenario. */
export interface StepCounts {
  /** As sent to an xterm, which can erase characters. */
  readonly sent: readonly number[];
  /** As sent to a VT100, and the fewest of its orders that would do, row by row. */
  readonly plain: readonly number[];
  readonly fewest: readonly number[];
  /** Everything that was sent to the xterm. */
  readonly text: string;
}

/** Goes through a scenario as a person does, with what its lesson and the tutorials have to say. */
export function stepsOf(id: string, columns: number, rows: number): StepCounts {
  const reader = new FrameReader({ unicode: true, colours: true });
  let session = begin(start(scenarioOf(id), null), { glyphs: 'unicode', handbook: handbook() });
  const draw = (): Screen => reader.read(frame(drawn(session, columns, rows)) ?? '', columns, rows);
  let before = draw();
  let { pen } = update(undefined, before, unknownPen);
  const [sent, plain, fewest]: [number[], number[], number[]] = [[], [], []];
  let text = '';
  for (;;) {
    session = perform(session, { do: 'forward' });
    const after = draw();
    const next = update(before, after, pen, abilitiesOf('xterm-256color'));
    sent.push(Buffer.byteLength(next.text));
    plain.push(Buffer.byteLength(update(before, after, pen, vt100).text));
    fewest.push(smallest(before, after, pen));
    text += next.text;
    ({ pen } = next);
    before = after;
    const timeline = timelineOf(session);
    if (timeline.end !== null && session.cursor.index >= timeline.reached) return { sent, plain, fewest, text };
  }
}
