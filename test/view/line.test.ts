// Lines are cut and filled by the cells they take, in every script.
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { cell, cutText, exactly, span, spread, textOf, widthOf, wrap } from '../../source/view/line.ts';

const ruler = (text: string): number => stringWidth(text);
const plain = (text: string) => [span(text)];

describe('exactly', () => {
  it('fills a short line with blanks', () => {
    expect(textOf(exactly(plain('SYN'), 6, ruler))).toBe('SYN   ');
  });

  it('cuts a long line and says so', () => {
    expect(textOf(exactly(plain('ESTABLISHED'), 6, ruler, '~'))).toBe('ESTAB~');
  });

  it('never cuts a wide character in half: the missing cell is blank', () => {
    const line = exactly(plain('重传定时器'), 6, ruler, '~');
    expect(textOf(line)).toBe('重传~ ');
    expect(widthOf(line, ruler)).toBe(6);
  });

  it('keeps the tones of what is left', () => {
    const line = exactly([span('abc', 'dim'), span('defg', 'lost')], 5, ruler, '~');
    expect(line).toEqual([span('abc', 'dim'), span('d', 'lost'), span('~')]);
  });
});

describe('spread', () => {
  it('puts one text at each edge', () => {
    expect(textOf(spread(plain('a'), plain('z'), 5, ruler))).toBe('a   z');
  });

  it('cuts the left one where both do not fit', () => {
    expect(textOf(spread(plain('abcdef'), plain('xyz'), 7, ruler, '~'))).toBe('abc~xyz');
  });
});

describe('cell', () => {
  it('counts two cells for each Chinese character', () => {
    expect(cell('状态', 6, ruler)).toBe('状态  ');
  });
});

describe('cutText', () => {
  it('takes what fits', () => {
    expect(cutText('全连接队列', 5, ruler)).toBe('全连');
  });
});

describe('wrap', () => {
  it('breaks between words', () => {
    expect(wrap('The RST bit is off', 8, ruler)).toEqual(['The RST', 'bit is', 'off']);
  });

  it('breaks between Chinese characters, but not before a closing mark', () => {
    expect(wrap('收到连接请求：记下', 12, ruler)).toEqual(['收到连接请', '求：记下']);
  });

  it('keeps an English word in a Chinese sentence together', () => {
    expect(wrap('进入 SYN-RECEIVED 状态', 14, ruler)).toEqual(['进入', 'SYN-RECEIVED', '状态']);
  });

  it('breaks a word that is longer than a line', () => {
    expect(wrap('inet_csk_reqsk_queue', 8, ruler)).toEqual(['inet_csk', '_reqsk_q', 'ueue']);
  });

  it('loses nothing but blanks', () => {
    const text = '半连接队列已满且未启用 SYN cookie，丢弃该 SYN，客户端会重传。';
    for (let width = 4; width < 70; width += 1) {
      const lines = wrap(text, width, ruler);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(Math.max(width, 6));
    }
  });
});
