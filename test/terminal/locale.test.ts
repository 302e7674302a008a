import { describe, expect, it } from 'vitest';
import { localeOf } from '../../source/terminal/locale.ts';
import { isInteractive } from '../../source/terminal/terminal.ts';

describe('a locale', () => {
  it.each([
    ['nothing set', {}, false, 'en'],
    ['POSIX', { LANG: 'C' }, false, 'en'],
    ['C.UTF-8', { LANG: 'C.UTF-8' }, true, 'en'],
    ['English', { LANG: 'en_US.UTF-8' }, true, 'en'],
    ['Chinese', { LANG: 'zh_CN.UTF-8' }, true, 'zh'],
    ['utf8 without a hyphen', { LANG: 'zh_CN.utf8' }, true, 'zh'],
    ['an old Chinese coding', { LANG: 'zh_CN.GBK' }, false, 'zh'],
    ['characters set apart', { LANG: 'C', LC_CTYPE: 'UTF-8' }, true, 'en'],
    ['messages set apart', { LANG: 'zh_CN.UTF-8', LC_MESSAGES: 'en_US.UTF-8' }, true, 'en'],
    ['everything overruled', { LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, false, 'en'],
    ['an empty variable, which counts as not set', { LANG: 'zh_CN.UTF-8', LC_ALL: '' }, true, 'zh'],
  ])('%s', (_name, env, utf8, language) => {
    expect(localeOf(env)).toEqual({ utf8, language });
  });
});

describe('a screen can be drawn', () => {
  const tty = { isTTY: true };
  const pipe = {};
  it.each([
    ['on a terminal', tty, tty, { TERM: 'xterm' }, true],
    ['not into a pipe', tty, pipe, { TERM: 'xterm' }, false],
    ['not without a keyboard', pipe, tty, { TERM: 'xterm' }, false],
    ['not on a dumb terminal', tty, tty, { TERM: 'dumb' }, false],
  ])('%s', (_name, stdin, stdout, env, drawn) => {
    expect(isInteractive(stdin, stdout, env)).toBe(drawn);
  });
});
