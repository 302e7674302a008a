// Whatever keys are pressed: nothing is thrown, and the screen fits.
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { renderToString } from 'ink';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { perform } from '../../source/session/perform.ts';
import { type Session, timelineOf } from '../../source/session/session.ts';
import { Drawing } from '../../source/ui/app.tsx';
import { keys, rowOf } from '../../source/ui/keys.ts';
import { sceneOf } from '../../source/view/scene.ts';
import { scenarioIds } from '../support/fixtures.ts';
import { opened } from '../support/sessions.ts';

const names = keys.flatMap((row) => row.keys).filter((key) => key !== 'q' && key !== 'ctrl-c');

const pressed = (session: Session, key: string): Session => {
  const intent = rowOf(session, key)?.intent(session) ?? null;
  return intent === null ? session : perform(session, intent);
};

it('any keys leave a screen that fits its terminal', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...scenarioIds),
      fc.array(fc.constantFrom(...names, 'right', 'right', 'x', 'd', 'y', 'u'), { maxLength: 40 }),
      fc.integer({ min: 60, max: 160 }),
      fc.integer({ min: 20, max: 60 }),
      fc.boolean(),
      (id, presses, columns, rows, chinese) => {
        let session = perform(opened(id), { do: 'language', language: chinese ? 'zh' : 'en' });
        for (const key of presses) session = pressed(session, key);
        const text = stripVTControlCharacters(
          renderToString(<Drawing session={session} columns={columns} rows={rows} />, {
            columns,
          }),
        );
        const lines = text.split('\n');
        expect(lines.length).toBe(rows - 1);
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
      },
    ),
    { numRuns: 40 },
  );
}, 60_000);

it('any keys leave a scene that says where it is', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...scenarioIds),
      fc.array(fc.constantFrom(...names), { maxLength: 60 }),
      (id, presses) => {
        let session = opened(id);
        for (const key of presses) session = pressed(session, key);
        const scene = sceneOf(session);
        expect(scene.now).toBeGreaterThanOrEqual(scene.world.now);
        expect(scene.event).toBeLessThanOrEqual(scene.events);
        expect(scene.event).toBe(session.cursor.index - timelineOf(session).openingIndex);
        const here = scene.ticks.filter((tick) => !tick.ahead).at(-1);
        expect(here?.event ?? 0).toBe(scene.event);
      },
    ),
    { numRuns: 200 },
  );
}, 60_000);
