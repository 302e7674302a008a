// The one reader of input. ink-select-input reads arrows and Enter itself while a list has the focus; everything
// else comes through here.

import { type Key, useApp, useInput } from 'ink';
import type { Intent } from '../session/intent.ts';
import type { Dialog, Session } from '../session/session.ts';
import { type KeyName, rowOf } from './keys.ts';

/** Reads keys and dispatches what they mean. */
export function useKeys(session: Session, dispatch: (intent: Intent) => void): void {
  const { exit } = useApp();
  useInput((input, key) => {
    const intent = meaning(session, input, key);
    if (intent === null) return;
    dispatch(intent);
    if (intent.do === 'quit') exit();
  });
}

/** What a key means in a session; null where it means nothing. */
export function meaning(session: Session, input: string, key: Key): Intent | null {
  const name = nameOf(input, key);
  const { dialog } = session;
  if (name === 'ctrl-c') return rowOf(name)?.intent(session) ?? null;
  if ('text' in dialog && typing(dialog)) return typed(dialog, name, input);
  switch (dialog.kind) {
    case 'none':
      return rowOf(name)?.intent(session) ?? null;
    case 'help':
      return name === '?' || name === 'esc' || name === 'q' ? (rowOf(name)?.intent(session) ?? null) : null;
    case 'scenarios':
      if (name === '/') return { do: 'type', text: '/' };
      if (name === 'esc' && dialog.text !== '') return { do: 'type', text: '' };
      return overList(session, name);
    case 'segment':
    case 'delay':
    case 'host':
    case 'branches':
    case 'go-to':
      return overList(session, name);
  }
}

// While a list has the focus only these are not the list's.
function overList(session: Session, name: KeyName): Intent | null {
  return name === 'esc' || name === 'q' ? (rowOf(name)?.intent(session) ?? null) : null;
}

/** Dialogs with a text. */
type Asking = Extract<Dialog, { readonly text: string }>;

/** Whether what is typed goes into the dialog's text, and not to its list. */
export function typing(dialog: Dialog): boolean {
  switch (dialog.kind) {
    case 'go-to':
      return true;
    case 'delay':
      return dialog.text !== '';
    case 'scenarios':
      return dialog.text.startsWith('/');
    case 'none':
    case 'help':
    case 'segment':
    case 'host':
    case 'branches':
      return false;
  }
}

function typed(dialog: Asking, name: KeyName, input: string): Intent | null {
  const { text } = dialog;
  if (name === 'esc') return dialog.kind === 'scenarios' ? { do: 'type', text: '' } : { do: 'close-dialog' };
  if (name === 'enter' || (dialog.kind === 'scenarios' && (name === 'down' || name === 'up'))) {
    // A filter that has been typed hands the keys back to the list.
    return dialog.kind === 'scenarios' ? { do: 'type', text: text.slice(1) } : { do: 'submit' };
  }
  if (name === 'backspace') return { do: 'type', text: [...text].slice(0, -1).join('') };
  const character = name === 'space' ? ' ' : name;
  return character === input && [...input].length === 1 && input >= ' ' ? { do: 'type', text: text + input } : null;
}

/** The name of a key as the table of keys has it. */
export function nameOf(input: string, key: Key): KeyName {
  if (key.rightArrow) return 'right';
  if (key.leftArrow) return 'left';
  if (key.upArrow) return 'up';
  if (key.downArrow) return 'down';
  if (key.tab) return key.shift ? 'shift-tab' : 'tab';
  if (key.return) return 'enter';
  if (key.escape) return 'esc';
  if (key.backspace || key.delete) return 'backspace';
  if (key.home) return 'home';
  if (key.end) return 'end';
  if (key.pageUp) return 'pageup';
  if (key.pageDown) return 'pagedown';
  if (key.ctrl) return `ctrl-${input}`;
  if (key.meta) return `alt-${input}`;
  return input === ' ' ? 'space' : input;
}
