// What the program is to show: its session and its screen without any terminal.
import { stripVTControlCharacters } from 'node:util';
import { renderToString } from 'ink';
import { createElement } from 'react';
import { handbook } from '../../source/cli/handbook.ts';
import { shelves } from '../../source/cli/library.ts';
import { start } from '../../source/scenario/scenario.ts';
import { begin, type Session } from '../../source/session/session.ts';
import type { Size } from '../../source/terminal/output.ts';
import { Drawing } from '../../source/ui/app.tsx';
import { scenarioOf } from '../support/fixtures.ts';

/** The session as the program has it at the opening of hs-basic. */
export const pure = (): Session =>
  begin(start(scenarioOf('hs-basic'), null), { glyphs: 'unicode', shelves: shelves(null), handbook: handbook() });

/** The screen that is meant on a terminal of that size, in the form in which the emulator tells its own. */
export const drawnAt =
  (size: Size) =>
  (session: Session): string => {
    const text = renderToString(createElement(Drawing, { session, ...size }), { columns: size.columns });
    const lines = stripVTControlCharacters(text)
      .split('\n')
      .map((line) => line.trimEnd());
    return [...lines, ...Array.from({ length: size.rows - lines.length }, () => '')].join('\n');
  };
