// The first screen stands before there is React or Ink: it is the one that they draw.
import { setImmediate as turn } from 'node:timers/promises';
import { render, renderToString } from 'ink';
import { describe, expect, it, vi } from 'vitest';
import { handbook } from '../../source/cli/handbook.ts';
import { shelves } from '../../source/cli/library.ts';
import { start } from '../../source/scenario/scenario.ts';
import { scenarioList } from '../../source/session/dialog.ts';
import { begin, type Session } from '../../source/session/session.ts';
import { Input } from '../../source/terminal/input.ts';
import { Output } from '../../source/terminal/output.ts';
import { FrameReader, type Screen } from '../../source/terminal/screen.ts';
import { abilitiesOf } from '../../source/terminal/update.ts';
import { App, Drawing } from '../../source/ui/app.tsx';
import { drawn, frame } from '../../source/ui/drawing.ts';
import { Live } from '../../source/ui/live.ts';
import { scenarioIds, scenarioOf } from '../support/fixtures.ts';
import { typed } from '../support/keyboard.ts';

vi.setConfig({ testTimeout: 60_000 });

const ability = { unicode: true, colours: true };

const sizes = [
  [60, 20],
  [79, 23],
  [80, 24],
  [120, 40],
  [200, 60],
  [50, 15],
] as const;

const looks = [
  { language: 'en', glyphs: 'unicode' },
  { language: 'zh', glyphs: 'ascii' },
  { language: 'zh', glyphs: 'unicode' },
] as const;

const first = (session: Session, columns: number, rows: number): string => {
  const text = frame(drawn(session, columns, rows));
  if (text === null) throw new Error('nothing to be drawn first');
  return text;
};

const shown = (text: string, columns: number, rows: number): Screen =>
  new FrameReader(ability).read(text, columns, rows);

describe('the first screen', () => {
  it.each(sizes)('at %ix%i is the one that Ink draws, for every scenario', (columns, rows) => {
    for (const [place, id] of scenarioIds.entries()) {
      const look = looks[place % looks.length] ?? looks[0];
      const session = begin(start(scenarioOf(id), null), look);
      const ink = renderToString(<Drawing session={session} columns={columns} rows={rows} />, { columns });
      expect(shown(first(session, columns, rows), columns, rows), id).toEqual(shown(ink, columns, rows));
    }
  });

  it.each(looks)('is the one that Ink draws where it is the list of scenarios: $language, $glyphs', (look) => {
    for (const [columns, rows] of sizes) {
      const opening = begin(start(scenarioOf('hs-basic'), null), {
        ...look,
        dialog: scenarioList,
        shelves: shelves(null),
        handbook: handbook(),
      });
      for (const session of [opening, typed(opening, 'down down'), typed(opening, 'G pagedown pagedown up')]) {
        const ink = renderToString(<Drawing session={session} columns={columns} rows={rows} />, { columns });
        expect(shown(first(session, columns, rows), columns, rows)).toEqual(shown(ink, columns, rows));
      }
    }
  });

  it('costs no octet more when Ink draws it', async () => {
    for (const [columns, rows] of sizes) {
      const session = begin(start(scenarioOf('data-lost'), null), { language: 'zh', glyphs: 'unicode' });
      const written: string[] = [];
      const output = new Output({
        size: { columns, rows },
        ability,
        abilities: abilitiesOf('xterm-256color'),
        write: (text) => written.push(text),
        now: () => 0,
      });
      output.draw(first(session, columns, rows));
      expect(written).toHaveLength(1);
      const input = new Input(output);
      const app = render(<App live={new Live(session)} />, {
        stdin: input,
        stdout: output,
        debug: true,
        interactive: true,
        patchConsole: false,
        exitOnCtrlC: false,
      });
      for (let turns = 0; turns < 20; turns += 1) await turn();
      expect(written).toHaveLength(1);
      app.unmount();
    }
  });

  it('is left to Ink where a dialog lies over a part of it', () => {
    const session = typed(begin(start(scenarioOf('hs-basic'), null), {}), 'right enter');
    expect(frame(drawn(session, 80, 24))).toBeNull();
  });
});
