// The one table of keys. The reader of input, the footer, the help and the table in the README are made from it.

import { asking, type Dialog, scenarioList } from '../session/dialog.ts';
import type { Intent } from '../session/intent.ts';
import { type Bilingual, decisionsOf, livesOf, panes, type Session, selected } from '../session/session.ts';
import type { Life } from '../session/timeline.ts';
import { copyable } from '../view/segment-label.ts';

/** Where a key stands in the help. */
export type Section = 'time' | 'segment' | 'decision' | 'screen';

/** A key by name: a character, or one of these. */
export type KeyName = string;

/** One row of the table. */
export interface KeyRow {
  /** Its name in the config file and in --print-keys. */
  readonly id: string;
  /** All keys that do it; the first is the one that is shown. */
  readonly keys: readonly KeyName[];
  readonly section: Section;
  /** What it does, in the help. */
  readonly label: Bilingual;
  /** In two words, for the footer; null: never there. */
  readonly foot: Bilingual | null;
  /** What it means here and now; null where it means nothing. */
  readonly intent: (session: Session) => Intent | null;
}

const plain = (intent: Intent) => (): Intent => intent;

const onSelected =
  (intent: (life: Life) => Intent) =>
  (session: Session): Intent => {
    const life = selected(session);
    // Without a segment the session itself says so.
    return life === null ? { do: 'drop' } : intent(life);
  };

// For what can only be done to a segment on its way.
const onFlying =
  (intent: (flight: number) => Intent) =>
  (session: Session): Intent => {
    const life = selected(session);
    return life === null || life.ended !== null ? { do: 'drop' } : intent(life.flight.id);
  };

// Help for where one is, then all keys, page by page.
function nextHelp({ dialog }: Session): Dialog {
  if (dialog.kind !== 'help') return { kind: 'help', all: false, page: 0 };
  return { kind: 'help', all: true, page: dialog.all ? dialog.page + 1 : 0 };
}

// The end that has the focus, or else the usual one.
function endOf(session: Session, usual: 0 | 1): 0 | 1 {
  if (session.focus === 'client') return 0;
  return session.focus === 'server' ? 1 : usual;
}

// With nothing on the wire: what there is to see of the latest segment that was.
function segmentMenu(session: Session): Intent {
  const life = selected(session) ?? livesOf(session).at(-1);
  return life === undefined
    ? { do: 'drop' }
    : { do: 'open-dialog', dialog: { kind: 'segment', flight: life.flight.id, line: 0 } };
}

// The highlighted decision of the list; null where there is none.
function toggled(session: Session): Intent | null {
  const listed = decisionsOf(session);
  const chosen = listed[Math.min(session.decisionLine, listed.length - 1)];
  return chosen === undefined ? null : { do: 'toggle', position: chosen.position };
}

/** Every key, in the order of the help. */
export const keys: readonly KeyRow[] = [
  {
    id: 'forward',
    keys: ['right', 'l'],
    section: 'time',
    label: { en: 'next event', zh: '下一个事件' },
    foot: { en: 'step', zh: '下一步' },
    intent: plain({ do: 'forward' }),
  },
  {
    id: 'back',
    keys: ['left', 'h'],
    section: 'time',
    label: { en: 'back one event', zh: '后退一个事件' },
    foot: { en: 'back', zh: '后退' },
    intent: plain({ do: 'back' }),
  },
  {
    id: 'micro-forward',
    keys: ['.'],
    section: 'time',
    label: { en: 'next check inside the event', zh: '事件内下一步检查' },
    foot: null,
    intent: plain({ do: 'micro-forward' }),
  },
  {
    id: 'micro-back',
    keys: [','],
    section: 'time',
    label: { en: 'previous check', zh: '上一步检查' },
    foot: null,
    intent: plain({ do: 'micro-back' }),
  },
  {
    id: 'next-change',
    keys: ['}'],
    section: 'time',
    label: { en: 'next change of state', zh: '下一次状态变化' },
    foot: { en: 'next change', zh: '下一变化' },
    intent: plain({ do: 'next-change' }),
  },
  {
    id: 'previous-change',
    keys: ['{'],
    section: 'time',
    label: { en: 'previous change of state', zh: '上一次状态变化' },
    foot: { en: 'previous change', zh: '上一变化' },
    intent: plain({ do: 'previous-change' }),
  },
  {
    id: 'next-stop',
    keys: ['pagedown'],
    section: 'time',
    label: { en: 'next point, mark or lesson', zh: '下一个讲解点、标记或下一课' },
    foot: { en: 'next lesson', zh: '下一课' },
    intent: plain({ do: 'next-stop' }),
  },
  {
    id: 'previous-stop',
    keys: ['pageup'],
    section: 'time',
    label: { en: 'previous of these', zh: '上一个讲解点或标记' },
    foot: null,
    intent: plain({ do: 'previous-stop' }),
  },
  {
    id: 'continue',
    keys: ['c'],
    section: 'time',
    label: { en: 'on to a breakpoint or quiet', zh: '继续到断点或安静' },
    foot: { en: 'continue', zh: '继续' },
    intent: plain({ do: 'continue' }),
  },
  {
    id: 'start',
    keys: ['g', 'home'],
    section: 'time',
    label: { en: 'start of this branch', zh: '到分支开头' },
    foot: { en: 'start', zh: '开头' },
    intent: plain({ do: 'start' }),
  },
  {
    id: 'end',
    keys: ['G', 'end'],
    section: 'time',
    label: { en: 'end: until it is quiet', zh: '到结尾：直到安静' },
    foot: { en: 'end', zh: '结尾' },
    intent: plain({ do: 'end' }),
  },
  {
    id: 'go-to',
    keys: ['t'],
    section: 'time',
    label: { en: 'go to a time or an event', zh: '跳到某时刻或事件' },
    foot: null,
    intent: plain({ do: 'open-dialog', dialog: asking({ of: 'go-to' }) }),
  },
  {
    id: 'mark',
    keys: ['m'],
    section: 'time',
    label: { en: 'mark this moment', zh: '标记此刻' },
    foot: null,
    intent: plain({ do: 'open-dialog', dialog: { kind: 'mark', line: 0 } }),
  },
  {
    id: 'jump',
    keys: ["'"],
    section: 'time',
    label: { en: 'to a mark', zh: '跳到标记' },
    foot: null,
    intent: plain({ do: 'open-dialog', dialog: { kind: 'jump', line: 0 } }),
  },
  {
    id: 'search',
    keys: ['/'],
    section: 'time',
    label: { en: 'search the events', zh: '搜索事件' },
    foot: null,
    intent: plain({ do: 'open-dialog', dialog: asking({ of: 'search' }) }),
  },
  {
    id: 'next-match',
    keys: ['n'],
    section: 'time',
    label: { en: 'next match', zh: '下一个匹配' },
    foot: null,
    intent: plain({ do: 'next-match' }),
  },
  {
    id: 'previous-match',
    keys: ['N'],
    section: 'time',
    label: { en: 'previous match', zh: '上一个匹配' },
    foot: null,
    intent: plain({ do: 'previous-match' }),
  },
  {
    id: 'play',
    keys: ['space'],
    section: 'time',
    label: { en: 'play, pause', zh: '播放、暂停' },
    foot: { en: 'play', zh: '播放' },
    // In the list of decisions the space bar switches the highlighted one off or on.
    intent: (session) => (session.focus === 'decisions' ? toggled(session) : { do: 'play' }),
  },
  {
    id: 'faster',
    keys: ['+', '='],
    section: 'time',
    label: { en: 'play faster', zh: '播放加快' },
    foot: null,
    intent: plain({ do: 'faster' }),
  },
  {
    id: 'slower',
    keys: ['-'],
    section: 'time',
    label: { en: 'play slower', zh: '播放放慢' },
    foot: null,
    intent: plain({ do: 'slower' }),
  },
  {
    id: 'select-previous',
    keys: ['up', 'k'],
    section: 'segment',
    label: { en: 'select the one before', zh: '选上一个' },
    foot: null,
    intent: plain({ do: 'select-previous' }),
  },
  {
    id: 'select-next',
    keys: ['down', 'j'],
    section: 'segment',
    label: { en: 'select the next', zh: '选下一个' },
    foot: null,
    intent: plain({ do: 'select-next' }),
  },
  {
    id: 'drop',
    keys: ['x'],
    section: 'segment',
    label: { en: 'drop it', zh: '丢弃' },
    foot: { en: 'drop', zh: '丢弃' },
    intent: plain({ do: 'drop' }),
  },
  {
    id: 'delay',
    keys: ['d'],
    section: 'segment',
    label: { en: 'delay it, or hold it', zh: '延迟或扣留' },
    foot: { en: 'delay', zh: '延迟' },
    intent: onFlying((flight) => ({ do: 'open-dialog', dialog: asking({ of: 'delay', flight }) })),
  },
  {
    id: 'duplicate',
    keys: ['y'],
    section: 'segment',
    label: { en: 'duplicate it, even if past', zh: '复制，过去的也行' },
    foot: { en: 'dup', zh: '复制' },
    intent: plain({ do: 'duplicate' }),
  },
  {
    id: 'release',
    keys: ['r'],
    section: 'segment',
    label: { en: 'deliver it now', zh: '立即送达' },
    foot: { en: 'deliver', zh: '送达' },
    intent: plain({ do: 'release' }),
  },
  {
    id: 'swap',
    keys: ['o'],
    section: 'segment',
    label: { en: 'swap with the next one', zh: '与下一个交换顺序' },
    foot: null,
    intent: plain({ do: 'swap' }),
  },
  {
    id: 'edit',
    keys: ['e'],
    section: 'segment',
    label: { en: 'edit its fields, corrupt it', zh: '修改字段或损坏它' },
    foot: null,
    intent: onFlying((flight) => ({ do: 'open-dialog', dialog: { kind: 'edit', flight, line: 0 } })),
  },
  {
    id: 'inject',
    keys: ['i'],
    section: 'segment',
    label: { en: 'inject a forged segment', zh: '注入伪造的报文段' },
    foot: { en: 'inject', zh: '注入' },
    intent: (session) => ({ do: 'open-dialog', dialog: { kind: 'inject', to: endOf(session, 1), line: 0 } }),
  },
  {
    id: 'menu',
    keys: ['enter'],
    section: 'segment',
    label: { en: 'menu of all this', zh: '以上操作的菜单' },
    foot: { en: 'menu', zh: '菜单' },
    intent: (session) => (session.focus === 'decisions' ? toggled(session) : segmentMenu(session)),
  },
  {
    id: 'host',
    keys: ['a'],
    section: 'decision',
    label: { en: 'application and host menu', zh: '应用与主机菜单' },
    foot: { en: 'app', zh: '应用' },
    intent: (session) => ({ do: 'open-dialog', dialog: { kind: 'host', host: endOf(session, 0), line: 0 } }),
  },
  {
    id: 'breaks',
    keys: ['b'],
    section: 'decision',
    label: { en: 'breakpoint under the cursor', zh: '为焦点处设断点' },
    foot: null,
    intent: plain({ do: 'open-dialog', dialog: { kind: 'breaks', line: 0 } }),
  },
  {
    id: 'palette',
    keys: [':', 'ctrl-p'],
    section: 'decision',
    label: { en: 'every action; typed lines', zh: '全部操作；输入命令' },
    foot: { en: 'cmd', zh: '命令' },
    intent: plain({ do: 'open-dialog', dialog: { kind: 'palette', text: '', line: 0 } }),
  },
  {
    id: 'branches',
    keys: ['T'],
    section: 'decision',
    label: { en: 'tree of branches', zh: '分支树' },
    foot: { en: 'branches', zh: '分支' },
    intent: plain({ do: 'open-dialog', dialog: { kind: 'branches', line: 0 } }),
  },
  {
    id: 'profiles',
    keys: ['P'],
    section: 'decision',
    label: { en: 'compare with other profiles', zh: '与其他配置比较' },
    foot: null,
    intent: plain({ do: 'open-dialog', dialog: { kind: 'profiles', line: 0 } }),
  },
  {
    id: 'undo',
    keys: ['u'],
    section: 'decision',
    label: { en: 'undo the last decision', zh: '撤销最近的决定' },
    foot: { en: 'undo', zh: '撤销' },
    intent: plain({ do: 'undo' }),
  },
  {
    id: 'redo',
    keys: ['ctrl-r'],
    section: 'decision',
    label: { en: 'redo it', zh: '重做' },
    foot: { en: 'redo', zh: '重做' },
    intent: plain({ do: 'redo' }),
  },
  {
    id: 'next-pane',
    keys: ['tab'],
    section: 'screen',
    label: { en: 'next pane', zh: '下一个窗格' },
    foot: null,
    intent: plain({ do: 'focus-next' }),
  },
  {
    id: 'previous-pane',
    keys: ['shift-tab'],
    section: 'screen',
    label: { en: 'previous pane', zh: '上一个窗格' },
    foot: null,
    intent: plain({ do: 'focus-previous' }),
  },
  ...panes.map(
    (pane, place): KeyRow => ({
      id: `pane-${pane}`,
      keys: [`${place + 1}`],
      section: 'screen',
      label: { en: `pane ${pane}`, zh: `窗格 ${pane}` },
      foot: null,
      intent: plain({ do: 'focus', pane }),
    }),
  ),
  {
    id: 'zoom',
    keys: ['z'],
    section: 'screen',
    label: { en: 'zoom the focused pane', zh: '放大焦点窗格' },
    foot: { en: 'zoom', zh: '放大' },
    intent: plain({ do: 'zoom' }),
  },
  {
    id: 'view',
    keys: ['v'],
    section: 'screen',
    label: { en: 'next view of the wire', zh: '线路的下一种视图' },
    foot: null,
    intent: plain({ do: 'next-wire-view' }),
  },
  {
    id: 'sockets',
    keys: ['S'],
    section: 'screen',
    label: { en: 'table of sockets', zh: '套接字表' },
    foot: null,
    intent: plain({ do: 'open-dialog', dialog: { kind: 'sockets', line: 0 } }),
  },
  {
    id: 'fold-why',
    keys: ['w'],
    section: 'screen',
    label: { en: 'fold or unfold WHY', zh: '折叠或展开「为什么」' },
    foot: null,
    intent: plain({ do: 'fold-why' }),
  },
  {
    id: 'notes',
    keys: ['W'],
    section: 'screen',
    label: { en: 'the step in plain words', zh: '用平常的话说这一步' },
    foot: null,
    intent: plain({ do: 'open-dialog', dialog: { kind: 'notes', line: 0 } }),
  },
  {
    id: 'claims',
    keys: ['!'],
    section: 'screen',
    label: { en: 'what tutorials say of this', zh: '教程对此怎么说' },
    foot: null,
    intent: plain({ do: 'open-dialog', dialog: { kind: 'handbook', shelf: 'claims', text: '', line: 0 } }),
  },
  {
    id: 'quiz',
    keys: ['Q'],
    section: 'screen',
    label: { en: 'foresee the next step', zh: '预测下一步' },
    foot: null,
    intent: plain({ do: 'open-dialog', dialog: { kind: 'quiz', answer: null, line: 0 } }),
  },
  {
    id: 'ask',
    keys: ['K'],
    section: 'screen',
    label: { en: 'questions and answers', zh: '问题与解答' },
    foot: null,
    intent: plain({ do: 'open-dialog', dialog: { kind: 'handbook', shelf: 'questions', text: '', line: 0 } }),
  },
  {
    id: 'scenarios',
    keys: ['s'],
    section: 'screen',
    label: { en: 'list of scenarios', zh: '场景列表' },
    foot: { en: 'scenarios', zh: '场景' },
    intent: plain({ do: 'open-dialog', dialog: scenarioList }),
  },
  {
    id: 'help',
    keys: ['?'],
    section: 'screen',
    label: { en: 'help; again: all keys', zh: '帮助；再按：全部按键' },
    foot: { en: 'help', zh: '帮助' },
    intent: (session) => ({ do: 'open-dialog', dialog: nextHelp(session) }),
  },
  {
    id: 'close',
    keys: ['esc'],
    section: 'screen',
    label: { en: 'close what lies on top', zh: '关闭浮层' },
    foot: null,
    intent: (session) => {
      if (session.dialog.kind !== 'none') return { do: 'close-dialog' };
      return session.zoomed ? { do: 'zoom' } : null;
    },
  },
  {
    id: 'record',
    keys: ['R'],
    section: 'screen',
    label: { en: 'record the screen, or stop', zh: '录制屏幕，或停止' },
    foot: null,
    intent: plain({ do: 'record' }),
  },
  {
    id: 'copy',
    keys: ['Y'],
    section: 'screen',
    label: { en: 'copy the selected segment', zh: '复制选中报文段的文字' },
    foot: null,
    intent: onSelected((life) => ({ do: 'errand', errand: { kind: 'copy', text: copyable(life.flight) } })),
  },
  {
    id: 'mouse',
    keys: ['%'],
    section: 'screen',
    label: { en: 'mouse on or off', zh: '鼠标开关' },
    foot: null,
    intent: plain({ do: 'mouse' }),
  },
  {
    id: 'redraw',
    keys: ['ctrl-l'],
    section: 'screen',
    label: { en: 'draw the screen anew', zh: '重画屏幕' },
    foot: null,
    intent: plain({ do: 'errand', errand: { kind: 'redraw' } }),
  },
  {
    id: 'suspend',
    keys: ['ctrl-z'],
    section: 'screen',
    label: { en: 'to the shell; fg comes back', zh: '挂起到 shell，fg 回来' },
    foot: null,
    intent: plain({ do: 'errand', errand: { kind: 'suspend' } }),
  },
  {
    id: 'quit',
    keys: ['q'],
    section: 'screen',
    label: { en: 'quit', zh: '退出' },
    foot: { en: 'quit', zh: '退出' },
    intent: plain({ do: 'quit' }),
  },
  {
    id: 'stop',
    keys: ['ctrl-c'],
    section: 'screen',
    label: { en: 'stop playing, or quit', zh: '停止播放，或退出' },
    foot: null,
    intent: (session) => (session.playing ? { do: 'play' } : { do: 'quit' }),
  },
];

/** Every key as a session has them: its own keys take the place of the usual ones. */
export function rowsOf(session: Pick<Session, 'keys'>): readonly KeyRow[] {
  return keys.map((row) => ({ ...row, keys: keysOf(session, row) }));
}

/** The keys of a row in a session. */
export function keysOf(session: Pick<Session, 'keys'>, row: KeyRow): readonly KeyName[] {
  return session.keys[row.id] ?? row.keys;
}

/** The first key of a row by its id; null where it has none. */
export function keyOf(session: Pick<Session, 'keys'>, id: string): KeyName | null {
  const row = keys.find((one) => one.id === id);
  return row === undefined ? null : (keysOf(session, row)[0] ?? null);
}

/** The row of a key. */
export function rowOf(session: Pick<Session, 'keys'>, key: KeyName): KeyRow | undefined {
  return keys.find((row) => keysOf(session, row).includes(key));
}

const shown: Readonly<Record<string, string>> = {
  up: 'Up',
  down: 'Down',
  tab: 'Tab',
  'shift-tab': 'shift-Tab',
  enter: 'Enter',
  esc: 'Esc',
  home: 'Home',
  end: 'End',
  pageup: 'PgUp',
  pagedown: 'PgDn',
};

/** What the footer says of a row here and now; null: it has no words for it. */
export function footOf(session: Session, id: string): Bilingual | null {
  // In the list of decisions the space bar does something else.
  if (id === 'play' && session.focus === 'decisions') return { en: 'on/off', zh: '开关' };
  return keys.find((row) => row.id === id)?.foot ?? null;
}

/** How a key is printed on a screen with these glyphs. */
export function keyText(key: KeyName, glyphs: { readonly right: string; readonly left: string }): string {
  if (key === 'right') return glyphs.right;
  if (key === 'left') return glyphs.left;
  return shown[key] ?? key;
}

/** The rows of the footer, by their ids, by what can be done here and now. */
export function footRows(session: Session, atEnd: boolean): readonly string[] {
  if (session.tour) return ['forward', 'back', 'drop', 'help', 'quit'];
  if (session.playing) return ['play', 'forward', 'back', 'help', 'quit'];
  if (session.zoomed) return ['forward', 'back', 'zoom', 'help', 'quit'];
  if (session.focus === 'decisions') {
    return ['forward', 'back', 'play', 'undo', 'redo', 'branches', 'host', 'palette', 'help', 'quit'];
  }
  if (atEnd)
    return ['back', 'next-stop', 'host', 'previous-change', 'start', 'duplicate', 'undo', 'scenarios', 'help', 'quit'];
  return [
    ...['forward', 'back', 'drop', 'delay', 'duplicate', 'release', 'inject', 'host', 'undo', 'menu', 'next-change'],
    ...['play', 'palette', 'zoom', 'help', 'quit'],
  ];
}

/** Rows of the footer that give way first, the first of them before the others. */
const expendable: readonly string[] = [
  ...[
    'zoom',
    'branches',
    'redo',
    'play',
    'next-change',
    'menu',
    'inject',
    'release',
    'palette',
    'duplicate',
    'start',
    'previous-change',
  ],
  ...['host', 'delay', 'scenarios', 'undo', 'back', 'drop'],
];

/** How long a row stays in the footer where there is little room: the lower, the sooner it goes. */
export function footRank(id: string): number {
  const place = expendable.indexOf(id);
  return place < 0 ? expendable.length : place;
}

/** The table of keys as Markdown, for the README. */
export function keyTable(): string {
  const rows = keys
    .filter((row) => !/^[2-7]$/.test(row.keys[0] ?? ''))
    .map((row) => {
      const first = row.keys[0] === '1';
      const names = (first ? ['1', '7'] : row.keys).map((key) => `\`${keyName(key)}\``);
      return `| ${names.join(first ? ' .. ' : ', ')} | ${first ? 'focus a pane' : row.label.en} |`;
    });
  return ['| key | action |', '|---|---|', ...rows].join('\n');
}

function keyName(key: KeyName): string {
  return keyText(key, { right: 'Right', left: 'Left' }).replace('|', '\\|');
}
