// Recordings and pages in the programs they are made for: asciinema from Debian, asciinema-player in a real browser,
// and tapes typed into a real pseudo-terminal.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { studioOf } from '../../source/cli/studio.tsx';
import { printCast } from '../../source/export/cast.ts';
import { reelOf } from '../../source/export/shots.ts';
import { exhibitOf } from '../support/exhibits.ts';
import { scenarioIds } from '../support/fixtures.ts';
import { missingTool, notice } from '../support/tools.ts';
import { type Browser, browserMissing, type Page, startBrowser } from './browser.ts';
import { environment, type KeyName, type Pty, startPty } from './pty.ts';

vi.setConfig({ testTimeout: 400_000 });

const root = resolve(import.meta.dirname, '../..');
const program = join(root, 'dist', 'tcpstep.js');
const folder = mkdtempSync(join(tmpdir(), 'tcpstep-'));
afterAll(() => rmSync(folder, { recursive: true }));

const tcpstep = (...args: readonly string[]): void => {
  execFileSync(process.execPath, [program, ...args], { cwd: folder });
};

const asciinema = '/usr/bin/asciinema';
const asciinemaMissing = missingTool(asciinema);
notice(asciinemaMissing, 'recordings in asciinema');
notice(browserMissing, 'pages in Chromium');

const size = { columns: 80, rows: 24 };
const studio = studioOf(size);

/** The lines of the debugger's own screen at each marker, without the last row, which tells the key. */
const ownScreens = async (id: string, language: 'en' | 'zh' = 'en'): Promise<readonly (readonly string[])[]> => {
  const marked = reelOf(exhibitOf(id, { language })).shots.filter(({ marker }) => marker !== null);
  return Promise.all(
    marked.map(async ({ session }) =>
      (await studio.screen(session)).rows.slice(0, -1).map(({ texts }) => texts.join('').trimEnd()),
    ),
  );
};

describe.skipIf(asciinemaMissing !== undefined)(
  `asciinema${asciinemaMissing === undefined ? '' : ` (${asciinemaMissing})`}`,
  () => {
    it('plays every lesson to the screen at its end', async () => {
      tcpstep('render', ...scenarioIds, '-o', 'casts', '--pace', '100');
      for (const id of scenarioIds) {
        const { shots } = reelOf(exhibitOf(id));
        const last = shots.at(-1)?.session;
        if (last === undefined) throw new Error('a recording has a last screen');
        const own = (await studio.screen(last)).rows.slice(0, -1).map(({ texts }) => texts.join('').trimEnd());
        // The shell stays, and says when all is played: of a terminal whose last process has gone, octets may be lost.
        const run = startPty({
          command: '/bin/sh',
          args: [
            '-c',
            '"$0" cat "$1" && printf "\\033]2;whole\\007" && read -r _',
            asciinema,
            join(folder, 'casts', `${id}.cast`),
          ],
          env: environment(),
        });
        await run.waitForOutput((output) => output.includes('\x1b]2;whole'));
        await run.waitFor((screen) => screen.split('\n').slice(0, -1).join('\n') === own.join('\n'));
        await run.close();
      }
    });

    it('plays one in time, and gives the cursor back', async () => {
      tcpstep('render', 'hs-basic', '-o', 'timed.cast');
      const run = startPty({
        command: asciinema,
        args: ['play', '-s', '50', join(folder, 'timed.cast')],
        env: environment(),
      });
      await run.waitFor((screen) => screen.includes('ev 0/'));
      expect((await run.exited).code).toBe(0);
      expect(run.screen()).toContain('ev 4/4');
      expect(run.modes().cursorHidden).toBe(false);
      await run.close();
    });
  },
);

describe.skipIf(browserMissing !== undefined)(
  `a page${browserMissing === undefined ? '' : ` (${browserMissing})`}`,
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await startBrowser();
    });
    afterAll(() => browser.close());

    /** What the player shows after it was told to go to a marker, line by line. */
    const shown = `(async (marker) => {
    await player.seek({ marker });
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return [...document.querySelectorAll('.ap-line')].map((line) => line.textContent.trimEnd());
  })`;
    const ready = `new Promise((resolve) => {
    const look = () => (document.querySelector('.ap-line')?.textContent.trim() ? resolve() : setTimeout(look, 20));
    look();
  })`;

    it.each([
      ['syn-lost', 'en', []],
      ['data-lost', 'zh', ['--lang', 'zh']],
    ] as const)(
      'of %s in %s works from the disk, asks for nothing, and shows at every chapter what the debugger shows',
      async (id, language, flags) => {
        tcpstep('export', id, '--to', 'html', ...flags, '-o', `${id}.html`);
        const page = await browser.open(join(folder, `${id}.html`));
        await page.evaluate(ready);
        const chapters = await page.evaluate(`document.querySelectorAll('[data-marker]').length`);
        const own = await ownScreens(id, language);
        expect(chapters).toBe(own.length);
        for (const [index, screen] of own.entries()) {
          const lines = (await page.evaluate(`${shown}(${index})`)) as string[];
          expect(lines.slice(0, -1)).toEqual(screen);
        }
        expect(page.complaints).toEqual([]);
        expect(page.requests).toEqual([]);
      },
    );

    it('goes to a chapter when that is clicked', async () => {
      tcpstep('export', 'hs-basic', '--to', 'html', '-o', 'click.html');
      const page = await browser.open(join(folder, 'click.html'));
      await page.evaluate(ready);
      await page.evaluate(`document.querySelectorAll('[data-marker]')[3].click()`);
      await page.evaluate(`new Promise((resolve) => {
      const look = () => (document.querySelector('.ap-line').textContent.includes(' ev 3/') ? resolve() : setTimeout(look, 20));
      look();
    })`);
      expect(await page.evaluate(`document.querySelector('.ap-term').textContent`)).toContain('ESTABLISHED');
    });

    /** The screens that the player shows at the markers of a recording, without the last row. */
    const playedIn = async (page: Page, cast: string, count: number): Promise<readonly (readonly string[])[]> => {
      const screens = (await page.evaluate(`(async (data) => {
        player.dispose();
        document.getElementById('player').replaceChildren();
        window.player = AsciinemaPlayer.create({ data }, document.getElementById('player'), { preload: true });
        await player.seek(0);
        const screens = [];
        for (let marker = 0; marker < ${count}; marker++) screens.push(await ${shown}(marker));
        return screens;
      })(${JSON.stringify(cast)})`)) as string[][];
      return screens.map((lines) => lines.slice(0, -1));
    };

    // The player draws bars (U+2580 to U+259F) in a layer of their own: in its text blanks stand for them.
    const withoutBars = (line: string): string => line.replaceAll(/[\u2580-\u259f]/g, ' ').trimEnd();

    const sizes = [
      { columns: 60, rows: 20 },
      { columns: 120, rows: 40 },
      { columns: 200, rows: 50 },
    ];
    it.each([
      ['every lesson at 80x24', [size], scenarioIds],
      ['some at other sizes', sizes, ['syn-lost', 'data-lost', 'close-4']],
    ] as const)(
      "plays %s, versions 2 and 3, English and Chinese: at each marker the screen is the debugger's own",
      async (_, wanted, ids) => {
        tcpstep('export', 'hs-basic', '--to', 'html', '-o', 'stage.html', '--force');
        const page = await browser.open(join(folder, 'stage.html'));
        await page.evaluate(ready);
        for (const one of wanted) {
          const own = studioOf(one);
          for (const [index, id] of ids.entries()) {
            const version = index % 2 === 0 ? 3 : 2;
            const exhibit = exhibitOf(id, { language: index % 4 < 2 ? 'en' : 'zh' });
            const reel = reelOf(exhibit);
            const marked = reel.shots.filter(({ marker }) => marker !== null);
            const cast = printCast(await own.cast(reel, exhibit), version);
            const theirs = await playedIn(page, cast, marked.length);
            for (const [place, { session, marker }] of marked.entries()) {
              const screen = (await own.screen(session)).rows
                .slice(0, -1)
                .map(({ texts }) => withoutBars(texts.join('')));
              expect({ id, marker, screen: theirs[place]?.map(withoutBars) }).toEqual({ id, marker, screen });
            }
          }
        }
        expect(page.complaints).toEqual([]);
      },
    );

    it('draws the pictures: nothing of them is malformed', async () => {
      for (const format of ['svg', 'screen', 'animation']) {
        tcpstep('export', 'syn-lost', '--to', format, '-o', `${format}.svg`);
        const page = await browser.open(join(folder, `${format}.svg`));
        expect(
          await page.evaluate(
            `document.documentElement.tagName + ' ' + document.querySelectorAll('parsererror').length`,
          ),
        ).toBe('svg 0');
        expect(page.complaints).toEqual([]);
      }
    });
  },
);

describe('a tape', () => {
  /** Types a tape as VHS does; what is not typed or waited for is for the camera. */
  const play = async (tape: string, run: Pty): Promise<void> => {
    const keys: Readonly<Record<string, KeyName>> = { Right: 'right', Enter: 'return' };
    for (const line of tape.split('\n')) {
      const typed = /^Type (["'`])(.*)\1$/.exec(line)?.[2];
      const awaited = /^Wait\+Screen \/(.*)\/$/.exec(line)?.[1];
      const key = keys[line];
      if (typed !== undefined) run.send(typed.replace(/^tcpstep/, `${process.execPath} ${program}`));
      else if (key !== undefined) run.press(key);
      else if (awaited !== undefined) await run.waitFor((screen) => new RegExp(awaited).test(screen));
      else expect(line).toMatch(/^(#.*|Output \S+|Require tcpstep|Set \w+ \w+|Hide|Show|Sleep \d+ms|)$/);
    }
  };

  it.each(['syn-lost', 'half-close'])('of %s drives the real program from event to event', async (id) => {
    tcpstep('export', id, '--to', 'tape', '-o', `${id}.tape`);
    const run = startPty({ command: '/bin/sh', columns: 100, rows: 30, cwd: folder, env: environment({ PS1: '$ ' }) });
    await play(readFileSync(join(folder, `${id}.tape`), 'utf8'), run);
    const last = reelOf(exhibitOf(id)).shots.filter(({ pressed }) => !pressed).length - 1;
    expect(last).toBeGreaterThan(3);
    await run.waitFor((screen) => screen.trimEnd().endsWith('$'));
    await run.close();
  });
});
