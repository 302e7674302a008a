import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Key, plain } from '../../source/terminal/key.ts';
import { escapeTimeoutOf, Keyboard } from '../../source/terminal/keyboard.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const open = () => {
  const keys: Key[] = [];
  const keyboard = new Keyboard(200, (chunk) => keys.push(...chunk));
  return { keys, keyboard, type: (text: string) => keyboard.feed(Buffer.from(text)) };
};

describe('a lone ESC', () => {
  it('is Escape after the escape timeout', () => {
    const { keys, type } = open();
    type('\x1b');
    vi.advanceTimersByTime(199);
    expect(keys).toEqual([]);
    vi.advanceTimersByTime(2);
    expect(keys).toEqual([plain('escape')]);
  });

  it('is not Escape when the rest is there before this late process looks at the clock', () => {
    const { keys, type } = open();
    type('\x1b');
    // The timer has fired, the octets that came meanwhile are read next, then the turn ends.
    vi.advanceTimersToNextTimer();
    type('[C');
    vi.advanceTimersByTime(1000);
    expect(keys).toEqual([plain('right')]);
  });

  it('is an arrow with the rest that comes up to a second after it was reported as Escape', () => {
    const { keys, type } = open();
    type('\x1b');
    vi.advanceTimersByTime(1100);
    type('[C');
    expect(keys).toEqual([plain('escape'), plain('not-escape'), plain('right')]);
  });

  it('has no claim on what comes later than that', () => {
    const { keys, type } = open();
    type('\x1b');
    vi.advanceTimersByTime(1300);
    type('[C');
    expect(keys).toEqual([plain('escape'), plain('text', '['), plain('text', 'C')]);
  });

  it('gives back [ typed after it when nothing follows', () => {
    const { keys, type } = open();
    type('\x1b');
    vi.advanceTimersByTime(300);
    type('[');
    vi.advanceTimersByTime(1100);
    expect(keys).toEqual([plain('escape'), plain('text', '[')]);
  });

  it('is waited for longer over SSH', () => {
    expect(escapeTimeoutOf({})).toBe(25);
    expect(escapeTimeoutOf({ SSH_CONNECTION: '' })).toBe(25);
    expect(escapeTimeoutOf({ SSH_CONNECTION: '192.0.2.7 50000 192.0.2.8 22' })).toBe(100);
    expect(escapeTimeoutOf({ SSH_TTY: '/dev/pts/1' })).toBe(100);
  });

  it('sets off nothing after stop()', () => {
    const { keys, keyboard, type } = open();
    type('\x1b');
    keyboard.stop();
    vi.advanceTimersByTime(5000);
    expect(keys).toEqual([]);
  });
});

describe('the inside of a sequence', () => {
  it('is waited for without limit', () => {
    const { keys, type } = open();
    type('\x1b[');
    vi.advanceTimersByTime(60_000);
    type('C');
    expect(keys).toEqual([plain('right')]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
