// A key as a person means it, whatever octets the terminal sent for it.

/** Keys that stand for no character. `insert` and `f1`... are known so that they are never taken for text. */
export type KeyName =
  | 'text'
  | 'paste'
  | 'up'
  | 'down'
  | 'right'
  | 'left'
  | 'home'
  | 'end'
  | 'pageup'
  | 'pagedown'
  | 'insert'
  | 'delete'
  | 'backspace'
  | 'tab'
  | 'return'
  | 'escape'
  | 'f1'
  | 'f2'
  | 'f3'
  | 'f4'
  | 'f5'
  | 'f6'
  | 'f7'
  | 'f8'
  | 'f9'
  | 'f10'
  | 'f11'
  | 'f12'
  /** Not a key: the Escape that was passed on before was none, it began the key that follows. */
  | 'not-escape'
  /** A click or a turn of the wheel, where these have been asked for: `text` is `button;column;row` and M or m. */
  | 'mouse'
  /** Not a key: the terminal's answer to a question. `text` is the whole answer without its introducer. */
  | 'report';

/** One key press, one paste, or one answer of the terminal. */
export type Key = {
  readonly name: KeyName;
  /** The character of a `text` key (with `ctrl`: the lower-case letter or the sign), the pasted text, the report; else ''. */
  readonly text: string;
  readonly ctrl: boolean;
  /** Only from sequences that carry modifiers (alt-Right). A character after Escape is two keys, see key-decoder.ts. */
  readonly alt: boolean;
  /** Never set for `text`: the character itself shows it. */
  readonly shift: boolean;
};

/** A key without modifiers. */
export const plain = (name: KeyName, text = ''): Key => ({ name, text, ctrl: false, alt: false, shift: false });

const cursorLetters: Partial<Record<KeyName, string>> = {
  up: 'A',
  down: 'B',
  right: 'C',
  left: 'D',
  end: 'F',
  home: 'H',
  f1: 'P',
  f2: 'Q',
  f4: 'S',
};

const tildeNumbers: Partial<Record<KeyName, number>> = {
  insert: 2,
  delete: 3,
  pageup: 5,
  pagedown: 6,
  // Not `CSI R`: that one is also the answer to the question where the cursor is.
  f3: 13,
  f5: 15,
  f6: 17,
  f7: 18,
  f8: 19,
  f9: 20,
  f10: 21,
  f11: 23,
  f12: 24,
};

/** The one octet of a control character: ctrl-a is 1, ctrl-space 0. Undefined where there is none. */
const controlCharacter = (text: string): string | undefined => {
  if (text === ' ') return '\0';
  const code = text.toUpperCase().charCodeAt(0);
  return text.length === 1 && code >= 0x40 && code <= 0x5f ? String.fromCharCode(code - 0x40) : undefined;
};

/**
 * The one complete sequence by which every key is passed on, whatever the terminal sent. Escape has the form `CSI 27 u`:
 * a lone ESC octet would again have to be waited for; that there was none is its release, `CSI 27;1:3 u`, which no
 * terminal sends unasked. Empty for what is no key (`report`) and has no sequence.
 */
export const sequenceOf = (key: Key): string => {
  const modifier = 1 + (key.shift ? 1 : 0) + (key.alt ? 2 : 0) + (key.ctrl ? 4 : 0);
  switch (key.name) {
    case 'text':
      return key.ctrl ? (controlCharacter(key.text) ?? '') : key.text;
    case 'paste':
      return `\x1b[200~${key.text}\x1b[201~`;
    case 'mouse':
      // Ink keeps reports of the mouse to itself, so it comes as a paste: of a control character, which no paste holds.
      return `\x1b[200~\x01${key.text}\x1b[201~`;
    case 'report':
      return '';
    case 'escape':
      return modifier === 1 ? '\x1b[27u' : `\x1b[27;${modifier}u`;
    case 'not-escape':
      return '\x1b[27;1:3u';
    case 'return':
      return modifier === 1 ? '\r' : `\x1b[13;${modifier}u`;
    case 'tab':
      if (modifier === 1) return '\t';
      return modifier === 2 ? '\x1b[Z' : `\x1b[9;${modifier}u`;
    case 'backspace':
      return modifier === 1 ? '\x7f' : `\x1b[127;${modifier}u`;
    case 'up':
    case 'down':
    case 'right':
    case 'left':
    case 'home':
    case 'end':
    case 'insert':
    case 'delete':
    case 'pageup':
    case 'pagedown':
    case 'f1':
    case 'f2':
    case 'f3':
    case 'f4':
    case 'f5':
    case 'f6':
    case 'f7':
    case 'f8':
    case 'f9':
    case 'f10':
    case 'f11':
    case 'f12': {
      const letter = cursorLetters[key.name];
      if (letter !== undefined) return modifier === 1 ? `\x1b[${letter}` : `\x1b[1;${modifier}${letter}`;
      const number = tildeNumbers[key.name];
      if (number === undefined) return '';
      return modifier === 1 ? `\x1b[${number}~` : `\x1b[${number};${modifier}~`;
    }
  }
};
