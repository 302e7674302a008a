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
    for (const intent of meaning(session, input, key)) {
      dispatch(intent);
      if (intent.do === 'quit') exit();
    }
  });
}

/** What a key means in a session: mostly one intent, or none. */
export function meaning(session: Session, input: string, key: Key): readonly Intent[] {
  const name = nameOf(input, key);
  const { dialog } = session;
  if (name === 'ctrl-c') return ofTable(session, name);
  if ('text' in dialog && isTyping(dialog)) return typed(dialog, name, input);
  switch (dialog.kind) {
    case 'none':
      return ofTable(session, name);
    case 'help':
      return name === '?' || name === 'esc' || name === 'q' ? ofTable(session, name) : [];
    case 'scenarios':
      if (name === '/') return [{ do: 'type', text: '/' }];
      if (name === 'esc' && dialog.text !== '') return [{ do: 'type', text: '' }];
      return overList(session, name);
    case 'segment':
    case 'delay':
    case 'host':
    case 'branches':
    case 'go-to':
      return overList(session, name);
  }
}

function ofTable(session: Session, name: KeyName): readonly Intent[] {
  const intent = rowOf(name)?.intent(session) ?? null;
  return intent === null ? [] : [intent];
}

// While a list has the focus only these are not the list's.
function overList(session: Session, name: KeyName): readonly Intent[] {
  return name === 'esc' || name === 'q' ? ofTable(session, name) : [];
}

/** Dialogs with a text. */
type Asking = Extract<Dialog, { readonly text: string }>;

/** What begins the text of a dialog that also has a list, while the text is being typed and the list has no focus. */
export const typingMark = { scenarios: '/', delay: '=' } as const;

/** Whether what is typed goes into the dialog's text, and not to its list. */
export function isTyping(dialog: Asking): boolean {
  switch (dialog.kind) {
    case 'go-to':
      return true;
    case 'delay':
    case 'scenarios':
      return dialog.text.startsWith(typingMark[dialog.kind]);
  }
}

/** What has been typed into a dialog. */
export function typedText(dialog: Asking): string {
  return dialog.kind !== 'go-to' && isTyping(dialog) ? dialog.text.slice(1) : dialog.text;
}

function typed(dialog: Asking, name: KeyName, input: string): readonly Intent[] {
  const text = typedText(dialog);
  const mark = dialog.kind === 'go-to' ? '' : typingMark[dialog.kind];
  const type = (next: string): Intent => ({ do: 'type', text: next });
  if (name === 'esc') return dialog.kind === 'scenarios' ? [type('')] : [{ do: 'close-dialog' }];
  if (dialog.kind === 'scenarios') {
    // A filter that has been typed hands the keys back to the list.
    if (name === 'enter' || name === 'down' || name === 'up') return [type(text)];
  } else if (name === 'enter') return [type(text), { do: 'submit' }];
  if (name === 'backspace') return [type(mark + [...text].slice(0, -1).join(''))];
  const character = name === 'space' ? ' ' : name;
  const one = character === input && [...input].length === 1 && input >= ' ';
  return one ? [type(mark + text + input)] : [];
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
