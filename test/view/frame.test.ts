// Frame lines join the walls above and below them.
import { describe, expect, it } from 'vitest';
import { lookOf } from '../../source/ui/look.ts';
import { edge } from '../../source/view/frame.ts';
import { textOf } from '../../source/view/line.ts';

const unicode = lookOf({ language: 'en', glyphs: 'unicode' });
const ascii = lookOf({ language: 'en', glyphs: 'ascii' });

describe('an edge', () => {
  it('has corners at its ends and a branch at each wall', () => {
    expect(textOf(edge(9, [], [0, 4, 8], [], unicode))).toBe('╭───┬───╮');
    expect(textOf(edge(9, [0, 4, 8], [0, 8], [], unicode))).toBe('├───┴───┤');
    expect(textOf(edge(9, [0, 8], [0, 4, 8], [], unicode))).toBe('├───┬───┤');
    expect(textOf(edge(9, [0, 4, 8], [0, 4, 8], [], unicode))).toBe('├───┼───┤');
    expect(textOf(edge(9, [0, 8], [], [], unicode))).toBe('╰───────╯');
  });

  it('is drawn with plus and minus where there is no line drawing', () => {
    expect(textOf(edge(9, [0, 4, 8], [0, 8], [], ascii))).toBe('+---+---+');
  });

  it('bears titles, in brackets where the pane has the focus', () => {
    const captions = [
      { at: 0, text: '1 A', focused: false },
      { at: 10, text: '2 B', focused: true },
    ];
    expect(textOf(edge(21, [], [0, 10, 20], captions, ascii))).toBe('+ 1 A ----+[2 B]----+');
  });

  it('cuts a title that is longer than its pane', () => {
    const captions = [
      { at: 0, text: '1 CLIENT 10.0.0.1:40001', focused: false },
      { at: 12, text: '2', focused: false },
    ];
    expect(textOf(edge(24, [], [0, 12, 23], captions, ascii))).toBe('+ 1 CLIEN~ -+ 2 -------+');
  });
});
