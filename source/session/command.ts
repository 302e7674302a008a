// Commands that can be typed into the palette, besides decisions: a word and what follows it.

import type { Bilingual, Language } from './bilingual.ts';
import { readCondition } from './condition.ts';
import type { Intent } from './intent.ts';
import { unquote } from './quote.ts';
import { profiles } from './setting.ts';
import { Misread } from './words.ts';

/** One command. */
export interface Command {
  readonly word: string;
  /** What follows the word; '' where nothing does. */
  readonly usage: string;
  readonly gist: Bilingual;
  /** What it means with this text behind it. Throws Misread. */
  readonly read: (rest: string) => Intent;
}

/** Every command, by the word it begins with. */
export const commands: readonly Command[] = [
  {
    word: 'break',
    usage: 'server enters TIME-WAIT',
    gist: { en: 'stop there on c; again: no longer', zh: '按 c 时停在那里；再次：取消' },
    read: (rest) => ({ do: 'break', when: readCondition(rest) }),
  },
  {
    word: 'goal',
    usage: 'both ESTABLISHED',
    gist: { en: 'what is to be reached, or none', zh: '要达到的目标，或 none' },
    read: (rest) => ({ do: 'goal', when: rest === 'none' || rest === '' ? null : readCondition(rest) }),
  },
  {
    word: 'go',
    usage: 'next rtx',
    gist: { en: 'to a time, event or condition', zh: '跳到某时刻、事件或条件' },
    read: (rest) => ({ do: 'go', text: some(rest, 'a place such as 1.5s, +200ms, ev 12, #3, next rtx') }),
  },
  {
    word: 'find',
    usage: 'flags=RST',
    gist: { en: 'search the events', zh: '搜索事件' },
    read: (rest) => ({ do: 'search', text: some(rest, 'what to search for') }),
  },
  {
    word: 'mark',
    usage: 'a',
    gist: { en: 'mark this moment', zh: '标记此刻' },
    read: (rest) => ({ do: 'mark', name: letter(rest) }),
  },
  {
    word: 'jump',
    usage: 'a',
    gist: { en: 'to a mark', zh: '跳到标记' },
    read: (rest) => ({ do: 'jump', name: rest === "'" ? rest : letter(rest) }),
  },
  {
    word: 'branch',
    usage: 'main',
    gist: { en: 'to another branch', zh: '切换到另一分支' },
    read: (rest) => ({ do: 'switch', branch: some(unquoted(rest), 'the name of a branch') }),
  },
  {
    word: 'diff',
    usage: 'main',
    gist: { en: 'this branch and another, or two', zh: '比较两个分支' },
    read: (rest) => ({ do: 'difference', names: some(rest, 'the name of a branch, or two') }),
  },
  {
    word: 'profile',
    usage: [...profiles.keys()].join(' | '),
    gist: { en: 'the same decisions under it', zh: '换用另一套配置' },
    read: (rest) => ({ do: 'profile', profile: one(rest, [...profiles.keys()]) }),
  },
  {
    word: 'rename',
    usage: 'my experiment',
    gist: { en: 'this branch gets another name', zh: '给本分支改名' },
    read: (rest) => ({ do: 'rename', branch: null, name: some(unquoted(rest), 'a name') }),
  },
  {
    word: 'share',
    usage: '',
    gist: { en: 'this session in one line', zh: '一行命令重现本次会话' },
    read: (rest) => {
      if (rest !== '') throw new Misread(rest, 'the end of the line');
      return { do: 'open-dialog', dialog: { kind: 'share' } };
    },
  },
  {
    word: 'export',
    usage: 'svg ladder.svg',
    gist: { en: 'this branch as a document, a capture', zh: '把本分支导出为文档、抓包文件' },
    read: (rest) => {
      const [, format = '', file = ''] = /^(\S*)\s*(.*)$/s.exec(rest) ?? [];
      some(format, 'a format such as svg, and a file');
      return { do: 'errand', errand: { kind: 'export', format, file: file === '' ? null : unquoted(file) } };
    },
  },
  {
    word: 'record',
    usage: '',
    gist: { en: 'record the screen, or stop', zh: '开始或停止录制屏幕' },
    read: (rest) => {
      if (rest !== '') throw new Misread(rest, 'the end of the line');
      return { do: 'record' };
    },
  },
  ...(
    [
      ['ask', 'questions', 'why three handshakes', 'a question, and what shows the answer', '提问，并看答案在哪一步'],
      ['word', 'words', 'half-open', 'what a word means', '术语的意思'],
      ['port', 'ports', '443', 'well-known ports', '常用端口'],
      ['claim', 'claims', '2MSL', 'what tutorials say', '教程里的说法'],
    ] as const
  ).map(
    ([word, shelf, usage, en, zh]): Command => ({
      word,
      usage,
      gist: { en, zh },
      read: (rest) => ({ do: 'open-dialog', dialog: { kind: 'handbook', shelf, text: rest, line: 0 } }),
    }),
  ),
  {
    word: 'drill',
    usage: '',
    gist: { en: 'interview questions, one by one', zh: '面试题：逐题作答' },
    read: (rest) => ({ do: 'open-dialog', dialog: { kind: 'drill', place: drillPlace(rest), shown: false, line: 0 } }),
  },
  {
    word: 'ways',
    usage: '',
    gist: { en: 'what came of each branch, side by side', zh: '并列比较各分支的结局' },
    read: () => ({ do: 'open-dialog', dialog: { kind: 'ways', line: 0 } }),
  },
  ...(
    [
      ['ss', 'as ss -tan prints the sockets of an end', '像 ss -tan 那样列出一端的套接字'],
      ['netstat', 'as netstat -tan prints them', '像 netstat -tan 那样列出'],
      ['tcpdump', 'as tcpdump -n prints what an end sees', '像 tcpdump -n 那样列出一端看到的报文段'],
    ] as const
  ).map(
    ([word, en, zh]): Command => ({
      word,
      usage: 'server',
      gist: { en, zh },
      read: (rest) => ({
        do: 'open-dialog',
        dialog: { kind: 'tool', tool: word, host: rest === '' ? 1 : endNamed(rest), line: -1 },
      }),
    }),
  ),
  {
    word: 'quiz',
    usage: '',
    gist: { en: 'foresee the next step', zh: '预测下一步' },
    read: () => ({ do: 'open-dialog', dialog: { kind: 'quiz', answer: null, line: 0 } }),
  },
  {
    word: 'challenge',
    usage: '',
    gist: { en: 'something to bring about', zh: '挑战：自己造成某种局面' },
    read: () => ({ do: 'open-dialog', dialog: { kind: 'challenges', line: 0 } }),
  },
  {
    word: 'lang',
    usage: 'zh',
    gist: { en: 'language: en or zh', zh: '语言：en 或 zh' },
    read: (rest) => ({ do: 'language', language: one<Language>(rest, ['en', 'zh']) }),
  },
  {
    word: 'glyphs',
    usage: 'ascii',
    gist: { en: 'frames: unicode or ascii', zh: '边框：unicode 或 ascii' },
    read: (rest) => ({ do: 'glyphs', glyphs: one<'unicode' | 'ascii'>(rest, ['unicode', 'ascii']) }),
  },
];

/** The command that a text begins with; null where there is none. */
export function commandOf(text: string): { readonly command: Command; readonly rest: string } | null {
  const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(text.trim()) ?? [];
  const command = commands.find((one) => one.word === word);
  return command === undefined ? null : { command, rest: rest.trim() };
}

/** Lines that can be typed, for whoever has begun one like them. */
export const examples: readonly string[] = [
  ...['drop nth 2 from server', 'drop 50% seed 7 for 10s', 'drop where flags=FIN', 'drop all from client', 'drop #1'],
  ...['delay nth 1 from server by 500ms', 'delay where len>0 by 200ms', 'delay #1 until 2s', 'hold where flags=FIN'],
  ...[
    'duplicate nth 1 from client by 1s',
    'duplicate #1 at 3s',
    'release #1',
    'swap #1',
    'corrupt #1',
    'edit #1 seq=7',
  ],
  ...['forge from third to server RST seq=101', 'mark 10% seed 1', 'refuse #1 hard', 'third reset', 'pace 10ms'],
  ...[
    'client connect as b',
    'client send 1000',
    'client recv 100',
    'client set nodelay',
    'client close',
    'client crash',
  ],
  ...[
    'server listen backlog 2',
    'server accept',
    'server send 1000',
    'server shutdown WR',
    'server abort',
    'server boot',
  ],
];

/** Words that may follow, for whoever shows them. */
export const conditionExamples: readonly string[] = [
  ...['server enters TIME-WAIT', 'both ESTABLISHED', 'any change', 'flags=RST', 'loss', 'rtx', 'error'],
  ...['client retransmission fires', 'client snd.una changes', 'rule rst.exact', 'broken'],
];

function endNamed(text: string): 0 | 1 {
  return one(text, ['client', 'server']) === 'client' ? 0 : 1;
}

// `3`: the third question; nothing: where it was left.
function drillPlace(text: string): number {
  if (text === '') return -1;
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new Misread(text, 'the number of a question, from 1');
  return Number(text) - 1;
}

function unquoted(text: string): string {
  return unquote(text) ?? text;
}

function some(text: string, expected: string): string {
  if (text === '') throw new Misread('', expected);
  return text;
}

function letter(text: string): string {
  if (!/^[A-Za-z]$/.test(text)) throw new Misread(text, 'one letter');
  return text;
}

function one<Word extends string>(text: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === text);
  if (found === undefined) throw new Misread(text, words.join(' or '), words);
  return found;
}
