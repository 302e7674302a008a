// What keys mean: a key and a session make intents.

import type { Key } from 'ink';
import { promptAt } from '../scenario/first-run.ts';
import type { Intent } from '../session/intent.ts';
import type { Session } from '../session/session.ts';
import { sceneOf } from '../view/scene.ts';
import { type KeyName, rowOf } from './keys.ts';
import { layoutOf, paneAt } from './layout.ts';
import { lookOf } from './look.ts';
import { menuOf } from './menu/index.ts';
import type { Asked, Menu } from './menu/menu.ts';

/** Columns and rows of the terminal. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What the mouse means: a click focuses a pane, the wheel selects. null: the input is none of the mouse's. */
export function mouseMeaning(session: Session, input: string, size: Size): readonly Intent[] | null {
  // Button; column and row from 1; M where it is pressed (SGR mode of xterm).
  const [, button, column, row, press] = /^\x01(\d{1,3});(\d{1,4});(\d{1,4})([Mm])$/.exec(input) ?? [];
  if (button === undefined) return null;
  if (!session.mouse || press === 'm') return [];
  if (button === '64' || button === '65') return meaningOf(session, button === '64' ? 'up' : 'down', '');
  if (button !== '0' || session.dialog.kind !== 'none') return [];
  const layout = layoutOf(size.columns, size.rows, session);
  const pane = paneAt(layout, Number(column) - 1, Number(row) - 1);
  return pane === null ? [] : [{ do: 'focus', pane }];
}

/** What a key means in a session, by its name: mostly one intent, or none. `input` is the text it would type. */
export function meaningOf(session: Session, name: KeyName, input: string): readonly Intent[] {
  const intents = keyMeaning(session, name, input);
  return session.tour && leavesTour(session, intents) ? [...intents, { do: 'end-tour' }] : intents;
}

// The first run's prompts go on while they are followed, and end with the last of them.
function leavesTour(session: Session, intents: readonly Intent[]): boolean {
  if (intents.length === 0) return false;
  const prompt = promptAt(session);
  return prompt === null || prompt.last || intents.some((intent) => !followed.has(intent.do));
}

const followed: ReadonlySet<Intent['do']> = new Set(['forward', 'back', 'drop', 'select-next', 'select-previous']);

function keyMeaning(session: Session, name: KeyName, input: string): readonly Intent[] {
  if (name === 'ctrl-c') return ofTable(session, name);
  if (session.dialog.kind === 'none') return ofTable(session, name);
  if (session.dialog.kind === 'help') {
    const row = rowOf(session, name);
    return row !== undefined && overHelp.has(row.id) ? ofTable(session, name) : [];
  }
  const menu = menuOf(sceneOf(session), lookOf(session));
  // What the menu was about has gone: nothing is drawn, and the key is meant for the screen.
  if (menu === null) return [{ do: 'close-dialog' }, ...ofTable(session, name)];
  return overMenu(session, menu, name, input);
}

// What the keys may mean while help is shown.
const overHelp: ReadonlySet<string> = new Set(['help', 'close', 'quit']);

function ofTable(session: Session, name: KeyName): readonly Intent[] {
  const intent = rowOf(session, name)?.intent(session) ?? null;
  return intent === null ? [] : [intent];
}

/** Lines that PageUp and PageDown go. */
const page = 10;

function overMenu(session: Session, menu: Menu, name: KeyName, input: string): readonly Intent[] {
  const { items, line, asked } = menu;
  const own = menu.keys.get(name);
  if (own !== undefined) return own;
  const highlight = (to: number): readonly Intent[] => {
    if (items.length === 0) return [];
    const forget: readonly Intent[] = session.dialog.kind === 'ask' ? [{ do: 'type', text: null }] : [];
    return [...forget, { do: 'highlight', line: (to + items.length) % items.length }];
  };
  switch (name) {
    case 'esc':
      return menu.escape ?? [{ do: 'close-dialog' }];
    case 'up':
      return highlight(line < 0 ? items.length - 1 : line - 1);
    case 'down':
      return highlight(line + 1);
    case 'pageup':
      return highlight(Math.max(0, line - page));
    case 'pagedown':
      return highlight(Math.min(items.length - 1, line + page));
    case 'home':
      return highlight(0);
    case 'end':
      return highlight(items.length - 1);
    case 'enter':
      return menu.enter ?? items[line]?.intents ?? [];
  }
  if (asked !== null) return typed(asked, name, input);
  if (menu.letters && menu.begin !== null && name === input) return menu.begin(input);
  if (name === 'k') return highlight(line - 1);
  if (name === 'j') return highlight(line + 1);
  if (name === 'q') return ofTable(session, name);
  if (/^[1-9]$/.test(name)) return items[Number(name) - 1]?.intents ?? [];
  return menu.begin !== null && name === input && [...input].length === 1 ? menu.begin(input) : [];
}

/** Most characters that a prompt takes. */
const longest = 400;

function typed({ text, typed: begun }: Asked, name: KeyName, input: string): readonly Intent[] {
  const type = (next: string): readonly Intent[] => [{ do: 'type', text: next.slice(0, longest) }];
  if (name === 'backspace') return type([...text].slice(0, -1).join(''));
  if (name === 'ctrl-u') return type('');
  if (name === 'ctrl-w') return type(text.replace(/\S*\s*$/, ''));
  // A name that is not the text itself is a key that types nothing.
  if (name !== input && name !== 'space' && name !== 'paste') return [];
  // A paste comes as one text; of several lines the first is meant.
  const [first = ''] = input.split('\n');
  const printable = first.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '');
  return printable === '' ? [] : type((begun ? text : '') + printable);
}

/** The name of a key as the table of keys has it. */
export function nameOf(input: string, key: Key): KeyName {
  if (key.rightArrow) return 'right';
  if (key.leftArrow) return 'left';
  if (key.upArrow) return 'up';
  if (key.downArrow) return 'down';
  if (key.tab) return key.shift ? 'shift-tab' : 'tab';
  if (key.return) return 'enter';
  // A slow link tore the key that follows, and its first octet was taken for Escape.
  if (key.escape) return key.eventType === 'release' ? 'not-escape' : 'esc';
  if (key.backspace || key.delete) return 'backspace';
  if (key.home) return 'home';
  if (key.end) return 'end';
  if (key.pageUp) return 'pageup';
  if (key.pageDown) return 'pagedown';
  if (key.ctrl) return `ctrl-${input}`;
  if (key.meta) return `alt-${input}`;
  // A paste comes as one text, which must not be taken for the name of a key.
  if ([...input].length > 1) return 'paste';
  return input === ' ' ? 'space' : input;
}
