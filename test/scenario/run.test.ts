import { describe, expect, it } from 'vitest';
import { transcript } from '../../source/export/transcript.ts';
import { readScenario } from '../../source/scenario/read.ts';
import { timeline } from '../../source/scenario/run.ts';
import { start } from '../../source/scenario/scenario.ts';

const lines = (script: string): string[] => {
  const scenario = readScenario(`title: x\nprofiles: rfc9293\n${script}`, 'x.txt', 'x');
  return [...transcript(timeline(start(scenario, null)), scenario.until)];
};

const open = '\n0 server listen\n0 server accept\n0 client connect\n';

describe('a run', () => {
  it('goes on until the network is quiet', () => {
    expect(lines(open).at(-1)).toBe('The network is quiet.');
  });

  it('ends at its time where the file gives one', () => {
    expect(lines(`${open}run until 0.05\n`).at(-1)).toMatch(/^ {2}/);
  });

  it('that never ends is broken off, and says so', () => {
    const endless = lines(`set: keepaliveIdle=1s\n${open}0.2 client set keepalive=on\n`);
    expect(endless.at(-1)).toBe('Broken off after 20000 events: this goes on and on.');
  });
});

it('a timer that repeats needs at least a millisecond, or time would stand still', () => {
  expect(() => lines(`set: initialRto=0\n${open}`)).toThrow('x.txt:3: expected a time of at least 1ms for initialRto');
});
