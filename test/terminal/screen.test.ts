import { describe, expect, it } from 'vitest';
import { FrameReader, type Screen } from '../../source/terminal/screen.ts';

const read = (frame: string, columns = 8, rows = 2, ability = { unicode: true, colours: true }): Screen =>
  new FrameReader(ability).read(frame, columns, rows);
const textOf = (screen: Screen): string[] => screen.rows.map((row) => row.texts.join(''));
const styleAt = (screen: Screen, column: number) => screen.rows[0]?.styles[column];

describe('a frame becomes a screen', () => {
  it('filled with blanks to its size', () => {
    expect(textOf(read('ab'))).toEqual(['ab      ', '        ']);
  });

  it('cut at the right and at the bottom', () => {
    expect(textOf(read('0123456789\nb\nc'))).toEqual(['01234567', 'b       ']);
  });

  it('with its lower right cell blank', () => {
    expect(textOf(read('01234567\n01234567'))).toEqual(['01234567', '0123456 ']);
    expect(textOf(read('\n012345中'))).toEqual(['        ', '012345  ']);
  });

  it('with wide glyphs in two cells, and none cut in half', () => {
    expect(read('a中b').rows[0]?.texts).toEqual(['a', '中', '', 'b', ' ', ' ', ' ', ' ']);
    expect(textOf(read('0123456中'))[0]).toBe('0123456 ');
  });

  it('with combining marks in the cell of their letter', () => {
    expect(read('e\u0301x').rows[0]?.texts.slice(0, 2)).toEqual(['e\u0301', 'x']);
  });

  it('with the styles of its SGR sequences', () => {
    const screen = read('\x1b[1;31ma\x1b[22mb\x1b[39;7mc\x1b[0md');
    expect(styleAt(screen, 0)).toMatchObject({ bold: true, foreground: '31', inverse: false });
    expect(styleAt(screen, 1)).toMatchObject({ bold: false, foreground: '31', inverse: false });
    expect(styleAt(screen, 2)).toMatchObject({ bold: false, foreground: '', inverse: true });
    expect(styleAt(screen, 3)).toMatchObject({ bold: false, foreground: '', inverse: false });
  });

  it('with 256 colours and RGB', () => {
    expect(styleAt(read('\x1b[38;5;208;48;2;1;2;3ma'), 0)).toMatchObject({
      foreground: '38;5;208',
      background: '48;2;1;2;3',
    });
    expect(styleAt(read('\x1b[38;5;999ma'), 0)).toMatchObject({ foreground: '' });
  });

  it('without colours where they are not wanted, but bold and inverse', () => {
    const screen = read('\x1b[1;7;31;44ma', 8, 2, { unicode: true, colours: false });
    expect(styleAt(screen, 0)).toMatchObject({ bold: true, inverse: true, foreground: '', background: '' });
  });

  it('with a style that goes on in the next line', () => {
    expect(read('\x1b[31ma\nb\x1b[39m').rows[1]?.styles[0]).toMatchObject({ foreground: '31' });
  });

  it('with the same row object for a line that comes again', () => {
    const reader = new FrameReader({ unicode: true, colours: true });
    const first = reader.read('\x1b[31ma\x1b[39m\nb\nc', 8, 4);
    const second = reader.read('\x1b[31ma\x1b[39m\nx\nc', 8, 4);
    expect(second.rows[0]).toBe(first.rows[0]);
    expect(second.rows[1]).not.toBe(first.rows[1]);
    expect(second.rows[2]).toBe(first.rows[2]);
  });
});

describe('a terminal never obeys the text it shows', () => {
  it.each([
    ['cursor movement', 'a\x1b[2Jb\x1b[5;5Hc', 'abc     '],
    ['a window title', 'a\x1b]0;title\x07b', 'ab      '],
    ['a title without end', 'a\x1b]0;title', 'a       '],
    ['a hyperlink', '\x1b]8;;http://a\x1b\\b\x1b]8;;\x1b\\', 'b       '],
    ['a device control string', 'a\x1bP1$r0m\x1b\\b', 'ab      '],
    ['a reset', 'a\x1bcb', 'ab      '],
    ['a character set', 'a\x1b(0b', 'ab      '],
    ['a lone escape', 'a\x1b', 'a       '],
    ['bell, backspace and shift out', 'a\x07\x08\x0eb', 'a???b   '],
    ['a control character of eight bits', 'a\x9b2Jb', 'a?2Jb   '],
    ['a carriage return', 'a\rb', 'ab      '],
    ['a tab', 'a\tb', 'a b     '],
    ['text that runs from right to left', 'a\u202eb\u2066c', 'abc     '],
    ['characters without width', 'a\u200bb\u00adc', 'abc     '],
  ])('%s', (_what, frame, shown) => {
    expect(textOf(read(frame))[0]).toBe(shown);
  });
});

describe('ASCII instead of what the terminal cannot show', () => {
  it.each([
    ['frames', '┌─┬─┐│╰╯', '+-+-+|++'],
    ['arrows', '→←↑↓▶…', '><^v>.  '],
    ['Chinese, in as many cells', 'a中文b', 'a????b  '],
    ['fullwidth signs', '：x', '??x     '],
    ['letters with accents', 'éñe\u0301', 'ene     '],
    ['anything else', 'ßж', '??      '],
  ])('%s', (_what, frame, shown) => {
    expect(textOf(read(frame, 8, 2, { unicode: false, colours: true }))[0]).toBe(shown);
  });
});
