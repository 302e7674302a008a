// Play over a slow link: what is drawn while time goes by.
import { setImmediate as turn } from 'node:timers/promises';
import { render } from 'ink';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { perform } from '../../source/session/perform.ts';
import { Input } from '../../source/terminal/input.ts';
import { Output } from '../../source/terminal/output.ts';
import { App } from '../../source/ui/app.tsx';
import { Live } from '../../source/ui/live.ts';
import { opened } from '../support/sessions.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** Plays a scenario from its opening for so many seconds: the events that were behind the cursor at each update. */
const played = async (id: string, seconds: number, lowBandwidth: boolean): Promise<number[]> => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  const live = new Live(perform(opened(id), { do: 'play' }));
  const seen: number[] = [];
  const output = new Output({
    size: { columns: 80, rows: 24 },
    ability: { unicode: true, colours: true },
    write: () => seen.push(live.session.cursor.index),
    now: () => 0,
  });
  const app = render(<App live={live} lowBandwidth={lowBandwidth} />, {
    stdin: new Input(output),
    stdout: output,
    debug: true,
    interactive: true,
    patchConsole: false,
    exitOnCtrlC: false,
  });
  for (let moment = 0; moment < seconds * 10; moment += 1) {
    for (let turns = 0; turns < 6; turns += 1) await turn();
    vi.advanceTimersByTime(100);
  }
  for (let turns = 0; turns < 6; turns += 1) await turn();
  app.unmount();
  return seen;
};

describe('play with little bandwidth', () => {
  it('draws when an event happens and never between two', async () => {
    const seen = await played('syn-lost', 3, true);
    expect(seen.length).toBeGreaterThan(2);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('draws every moment otherwise', async () => {
    const seen = await played('syn-lost', 3, false);
    expect(new Set(seen).size).toBeLessThan(seen.length / 2);
  });

  it('comes as far in the same time', async () => {
    const [one, other] = [await played('syn-lost', 3, true), await played('syn-lost', 3, false)];
    expect(one.at(-1)).toBe(other.at(-1));
  });
});
