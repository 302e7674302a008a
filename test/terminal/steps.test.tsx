// How few octets a step of the debugger takes, on the screens that it draws.
import { renderToString } from 'ink';
import { describe, expect, it, vi } from 'vitest';
import { perform } from '../../source/session/perform.ts';
import { timelineOf } from '../../source/session/session.ts';
import { FrameReader, type Screen } from '../../source/terminal/screen.ts';
import { abilitiesOf, unknownPen, update } from '../../source/terminal/update.ts';
import { Drawing } from '../../source/ui/app.tsx';
import { opened } from '../support/sessions.ts';
import { smallest } from './smallest.ts';

vi.setConfig({ testTimeout: 300_000 });

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

/** Octets of each step to the end, as sent to an xterm, and (of VT100 orders alone) the fewest possible. */
const steps = (id: string, columns: number, rows: number): { sent: number[]; plain: number[]; fewest: number[] } => {
  const reader = new FrameReader({ unicode: true, colours: true });
  let session = perform(opened(id), { do: 'glyphs', glyphs: 'unicode' });
  const draw = (): Screen =>
    reader.read(
      renderToString(<Drawing session={session} columns={columns} rows={rows} />, { columns }),
      columns,
      rows,
    );
  let before = draw();
  let { pen } = update(undefined, before, unknownPen);
  const counts: ReturnType<typeof steps> = { sent: [], plain: [], fewest: [] };
  for (let step = 0; step < 60; step += 1) {
    session = perform(session, { do: 'forward' });
    const after = draw();
    const sent = update(before, after, pen, abilitiesOf('xterm-256color'));
    expect(sent.text).not.toContain('\x1b[2J');
    counts.sent.push(Buffer.byteLength(sent.text));
    counts.plain.push(Buffer.byteLength(update(before, after, pen).text));
    counts.fewest.push(smallest(before, after, pen));
    ({ pen } = sent);
    before = after;
    const timeline = timelineOf(session);
    if (timeline.end !== null && session.cursor.index >= timeline.reached) break;
  }
  return counts;
};

describe('a step of the lesson life', () => {
  it.each([
    [80, 24],
    [120, 40],
  ])('at %ix%i takes at most 1.25 times the fewest octets, and never clears the screen', (columns, rows) => {
    const { sent, plain, fewest } = steps('life', columns, rows);
    expect(sent.length).toBeGreaterThan(8);
    if (process.env['FIGURES'] !== undefined) {
      process.stderr.write(
        `${columns}x${rows}: median ${median(sent)} octets in ${sent.length} steps, fewest ${median(fewest)}, ` +
          `over all ${(plain.reduce((a, b) => a + b) / fewest.reduce((a, b) => a + b)).toFixed(3)} times the fewest\n`,
      );
    }
    for (const [step, least] of fewest.entries()) {
      expect(plain[step] ?? 0, `step ${step + 1}`).toBeLessThanOrEqual(least * 1.25);
    }
  });
});
