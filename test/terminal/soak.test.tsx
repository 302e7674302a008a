// The whole program under any keys for a long time, without a pseudo-terminal: what a terminal shows is always what was
// drawn, and memory comes back. SOAK=3600 presses that many keys, as in an hour at one a second.
import { setImmediate as turn } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';
import { render } from 'ink';
import { describe, expect, it, vi } from 'vitest';
import { Input } from '../../source/terminal/input.ts';
import { KeyDecoder } from '../../source/terminal/key-decoder.ts';
import { Output } from '../../source/terminal/output.ts';
import { FrameReader } from '../../source/terminal/screen.ts';
import { abilitiesOf } from '../../source/terminal/update.ts';
import { App } from '../../source/ui/app.tsx';
import { Live } from '../../source/ui/live.ts';
import { scenarioIds } from '../support/fixtures.ts';
import { opened } from '../support/sessions.ts';
import { looksOf, startEmulator } from './emulator.ts';

vi.setConfig({ testTimeout: 600_000 });

const presses = Number(process.env['SOAK'] ?? 300);

/** Keys of one session: then the next scenario begins, and what the last one held is to be free again. */
const round = 50;

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc') as () => void;

/** Arrows, everything that acts, Escape and Enter; not q and ctrl-c, which end it, nor space, which has a clock. */
const octets = [
  '\x1b[C',
  '\x1b[C',
  '\x1b[C',
  '\x1b[D',
  '\x1b[A',
  '\x1b[B',
  '\r',
  '\x1b[27u',
  '\t',
  ...'xdyrougGvwz}{?s1234567jkhl',
];

/** A sequence that is the same every time. */
const random = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
};

const ability = { unicode: true, colours: true };

/** Presses keys in one session; returns how often the screens were compared. */
const session = async (id: string, keys: number, below: (limit: number) => number): Promise<number> => {
  const size = { columns: 60 + below(80), rows: 20 + below(25) };
  const emulator = startEmulator(size.columns, size.rows);
  let waiting = Promise.resolve();
  let frame = '';
  const output = new Output({
    size,
    ability,
    abilities: abilitiesOf('xterm-256color'),
    write: (text) => {
      waiting = waiting.then(() => emulator.write(text));
    },
    now: () => 0,
  });
  const input = new Input(output);
  const take = output._write.bind(output);
  output._write = (chunk, encoding, done) => {
    if (/[^\x1b[\]?\d;a-zA-Z]/.test(String(chunk))) frame = String(chunk);
    take(chunk, encoding, done);
  };
  const app = render(<App live={new Live(opened(id))} />, {
    stdin: input,
    stdout: output,
    debug: true,
    interactive: true,
    patchConsole: false,
    exitOnCtrlC: false,
  });
  const decoder = new KeyDecoder();
  let compared = 0;
  try {
    for (let press = 0; press < keys; press += 1) {
      input.feed(decoder.push(Buffer.from(octets[below(octets.length)] ?? '')));
      for (let turns = 0; turns < 8; turns += 1) await turn();
      if (press % 5 !== 4) continue;
      await waiting;
      expect(frame).toContain('\n');
      const wanted = looksOf(new FrameReader(ability).read(frame, size.columns, size.rows));
      expect(emulator.looks(), `${id} at ${size.columns}x${size.rows}, key ${press}`).toEqual(wanted);
      expect(emulator.scrolled()).toBe(0);
      compared += 1;
    }
  } finally {
    app.unmount();
    await waiting;
  }
  return compared;
};

describe('the program under any keys', () => {
  it('shows what it draws, and holds no memory of sessions that are over', async () => {
    const below = random(20_261_121);
    const heap: number[] = [];
    let compared = 0;
    for (let done = 0; done < presses; done += round) {
      compared += await session(scenarioIds[below(scenarioIds.length)] ?? 'hs-basic', round, below);
      collect();
      heap.push(process.memoryUsage().heapUsed);
    }
    expect(compared).toBe((Math.ceil(presses / round) * round) / 5);
    // Caches of widths and glyphs fill in the beginning and are bounded.
    const settled = heap.slice(Math.floor(heap.length / 2));
    expect(Math.max(...settled) - Math.min(...settled)).toBeLessThan(24_000_000);
    if (process.env['FIGURES'] !== undefined) {
      process.stderr.write(
        `soak: ${compared} comparisons, heap ${heap.map((size) => (size / 1e6).toFixed(0)).join(' ')} MB\n`,
      );
    }
  });
});
