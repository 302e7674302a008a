import { describe, expect, it } from 'vitest';
import { Input } from '../../source/terminal/input.ts';
import { type Key, plain } from '../../source/terminal/key.ts';

const text = (character: string): Key => plain('text', character);

/** Some more than are needed show that nothing follows. */
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
  it('come each as one complete sequence, and the screen is drawn after the last', async () => {
    const { input, events, listen } = open();
    listen();
    input.feed([text('j'), plain('right'), plain('escape')]);
    await turns(6);
    expect(events).toEqual(['hold', 'j', '\x1b[C', '\x1b[27u', 'release']);
  });

  it('are drawn when React has had its turn', async () => {
    const { input, events, listen } = open();
    listen();
    input.on('readable', () => setImmediate(() => events.push('React')));
    input.feed([text('a'), text('b')]);
    await turns(6);
    expect(events.at(-1)).toBe('release');
    expect(events).toContain('React');
  });

  it('of several chunks that wait are drawn together', async () => {
    const { input, events, listen } = open();
    listen();
    input.feed([text('a')]);
    input.feed([text('b'), text('c')]);
    await turns(6);
    expect(events).toEqual(['hold', 'hold', 'a', 'b', 'c', 'release']);
  });

  it('wait for a reader, and do not keep the screen from being drawn without one', async () => {
    const { input, events, listen } = open();
    input.feed([text('a'), text('b'), text('c')]);
    await turns(4);
    expect(events).toEqual(['hold', 'release']);
    listen();
    await turns(4);
    expect(events.slice(2)).toEqual(['a', 'b', 'c']);
  });

  it('are no answers of the terminal', async () => {
    const { input, events, listen } = open();
    listen();
    input.feed([plain('report', '1;4R')]);
    await turns(4);
    expect(events).toEqual([]);
  });
});
