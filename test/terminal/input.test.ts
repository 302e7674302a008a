import { describe, expect, it } from 'vitest';
import { Input } from '../../source/terminal/input.ts';
import { type Key, plain } from '../../source/terminal/key.ts';

const text = (character: string): Key => plain('text', character);

/** Two keys are two turns apart; some more show that nothing follows. */
const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

const open = () => {
  const events: string[] = [];
  const input = new Input({ hold: () => events.push('hold'), release: () => events.push('release') });
  /** Reads as Ink does. */
  const listen = (): (() => void) => {
    const read = (): void => {
      for (let chunk = input.read(); chunk !== null; chunk = input.read()) events.push(String(chunk));
    };
    input.on('readable', read);
    return () => input.off('readable', read);
  };
  return { input, events, listen };
};

describe('the keys of a chunk', () => {
  it('come one at a time, each as one complete sequence, and the screen is drawn after the last', async () => {
    const { input, events, listen } = open();
    listen();
    input.feed([text('j'), plain('right'), plain('escape')]);
    await turns(10);
    expect(events).toEqual(['hold', 'j', 'hold', '\x1b[C', 'hold', '\x1b[27u', 'release']);
  });

  it('leave React a turn between them', async () => {
    const { input, events, listen } = open();
    listen();
    input.on('readable', () => setImmediate(() => events.push('drawn')));
    input.feed([text('a'), text('b')]);
    await turns(8);
    expect(events).toEqual(['hold', 'a', 'drawn', 'hold', 'b', 'drawn', 'release']);
  });

  it('of several chunks are drawn chunk by chunk', async () => {
    const { input, events, listen } = open();
    listen();
    input.feed([text('a')]);
    input.feed([text('b'), text('c')]);
    await turns(10);
    expect(events).toEqual(['hold', 'a', 'release', 'hold', 'b', 'hold', 'c', 'release']);
  });

  it('wait for a reader, and do not keep the screen from being drawn when it goes away', async () => {
    const { input, events, listen } = open();
    input.feed([text('a'), text('b'), text('c')]);
    await turns(4);
    expect(events).toEqual([]);
    const read = (): void => {
      events.push(String(input.read()));
      input.off('readable', read);
    };
    input.on('readable', read);
    await turns(8);
    expect(events.slice(0, 3)).toEqual(['hold', 'a', 'hold']);
    expect(events.at(-1)).toBe('release');
    listen();
    await turns(8);
    expect(events.filter((event) => /^[abc]$/.test(event))).toEqual(['a', 'b', 'c']);
    expect(events.at(-1)).toBe('release');
  });

  it('are no answers of the terminal', async () => {
    const { input, events, listen } = open();
    listen();
    input.feed([plain('report', '1;4R')]);
    await turns(4);
    expect(events).toEqual([]);
  });
});
