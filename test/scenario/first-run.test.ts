// What somebody is told who sees the program for the first time: three prompts, by what they have done.
import { describe, expect, it } from 'vitest';
import { promptAt } from '../../source/scenario/first-run.ts';
import { opened, press } from '../support/sessions.ts';

const told = (...keys: readonly string[]): string | undefined => promptAt(press(opened('hs-basic'), ...keys))?.text.en;

describe('the first run', () => {
  it('begins with one key', () => {
    expect(told()).toBe('Press Right. The client will send SYN.');
    expect(told('forward')).toBe('Right again, until both ends are ESTABLISHED.');
  });

  it('goes on once both are ESTABLISHED, also when one has gone back', () => {
    expect(told('end')).toBe('Now go Left until SYN is in flight, then press x.');
    expect(told('end', 'back', 'back', 'back')).toBe('Now go Left until SYN is in flight, then press x.');
  });

  it('ends with the retransmission', () => {
    expect(told('end', 'start', 'forward', 'drop')).toBe('It is lost. Right: see who notices.');
    expect(told('end', 'start', 'forward', 'drop', 'forward')).toMatch(/^That is most of it\./);
  });

  it('takes nothing amiss: undoing the drop asks for it again', () => {
    expect(told('end', 'start', 'forward', 'drop', 'undo', 'end')).toBe(
      'Now go Left until SYN is in flight, then press x.',
    );
  });

  it('is silent in every other lesson', () => {
    expect(promptAt(opened('close-4'))).toBeNull();
  });
});
