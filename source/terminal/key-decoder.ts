// Octets from a terminal -> keys. Pure: it holds what is incomplete, and the stream around it holds the clock.
//
// A key over a slow link comes in pieces. Inside a sequence the pieces are waited for without limit. Only a lone ESC is
// ambiguous: the Escape key, or the first octet of an arrow. The shell waits a moment before it calls flush(), which
// reports Escape: short enough for a person not to notice, and so too short for some links. If the rest of an arrow
// comes after all, `not-escape` is reported before the arrow: whatever Escape did is to be taken back, or Down in a menu
// would close the menu.
// ESC followed by any other character is Escape and that character, at once and whatever the gap: no key of tcpstep
// uses Alt, and who presses Escape and then `j` quickly means both.

import { type Key, type KeyName, plain } from './key.ts';

const ESC = 0x1b;
const longestSequence = 64;
const longestPaste = 65_536;

const cursorFinals: Readonly<Record<string, KeyName>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  F: 'end',
  H: 'home',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
};

/** ESC O letter, application keypad Enter (M) included; lower case is rxvt with ctrl. */
const ss3Finals = /^[ABCDFHMPQRSabcd]$/;

const tildeKeys: Readonly<Record<string, KeyName>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
};

type State = 'ground' | 'utf-8' | 'escape' | 'ss3' | 'csi' | 'console' | 'osc' | 'paste';

/** What the shell's clock is needed for. `escape`: flush() after the escape timeout; `echo`: flush() after about a second. */
export type Waiting = 'nothing' | 'escape' | 'echo';

/** Incremental: octets may be cut anywhere. */
export class KeyDecoder {
  #state: State = 'ground';
  #octets: number[] = [];
  /** Octets still missing of a UTF-8 character. */
  #missing = 0;
  /** Escape was just reported because its time was over: `[` or `O` may be the rest of a key torn for even longer. */
  #late = false;
  /** The sequence being read began without its ESC, which was reported before. */
  #headless = false;

  /** The keys that are complete now, in order. */
  push(octets: Uint8Array): Key[] {
    const keys: Key[] = [];
    for (const octet of octets) this.#take(octet, keys);
    return keys;
  }

  /** Whether time decides about what is held. */
  get waiting(): Waiting {
    if (this.#state === 'escape') return 'escape';
    return this.#late || this.#headless ? 'echo' : 'nothing';
  }

  /** Time is over: nothing followed for as long as `waiting` asks for. */
  flush(): Key[] {
    if (this.#state === 'escape') {
      this.#state = 'ground';
      this.#late = true;
      return [plain('escape')];
    }
    this.#late = false;
    if (!this.#headless) return [];
    return this.#giveUp();
  }

  #take(octet: number, keys: Key[]): void {
    switch (this.#state) {
      case 'ground':
        this.#ground(octet, keys);
        return;
      case 'utf-8':
        if ((octet & 0xc0) !== 0x80) {
          this.#state = 'ground';
          this.#ground(octet, keys);
          return;
        }
        this.#octets.push(octet);
        this.#missing -= 1;
        if (this.#missing === 0) {
          this.#state = 'ground';
          const character = new TextDecoder().decode(Uint8Array.from(this.#octets));
          if (!/[\uFFFD\p{Control}]/u.test(character)) keys.push(plain('text', character));
        }
        return;
      case 'escape':
        this.#escape(octet, keys);
        return;
      case 'ss3':
        this.#ss3(octet, keys);
        return;
      case 'csi':
        this.#csi(octet, keys);
        return;
      case 'console': {
        // The text console of the PC: CSI [ A to CSI [ E are F1 to F5.
        this.#state = 'ground';
        const taken = this.#takeBack();
        const name = (['f1', 'f2', 'f3', 'f4', 'f5'] as const)[octet - 0x41];
        if (name !== undefined) keys.push(...taken, plain(name));
        return;
      }
      case 'osc':
        if (this.#octets.length === 0 && !/\d/.test(String.fromCharCode(octet))) {
          keys.push(...this.#giveUp());
          this.#take(octet, keys);
          return;
        }
        // An answer of the terminal, ended by BEL or by ESC \ (whose \ the escape state drops).
        if (octet < 0x20 || this.#octets.length > 1000) {
          this.#state = 'ground';
          keys.push(plain('report', text(this.#octets)));
          if (octet === ESC) {
            this.#state = 'escape';
            this.#octets = [ESC];
          }
          return;
        }
        this.#octets.push(octet);
        return;
      case 'paste':
        this.#paste(octet, keys);
        return;
    }
  }

  #ground(octet: number, keys: Key[]): void {
    const late = this.#late;
    this.#late = false;
    this.#octets = [octet];
    if (octet === ESC) {
      this.#state = 'escape';
      // The escape state tells by an empty list that no answer of the terminal ended with this ESC.
      this.#octets = [];
    } else if (late && (octet === 0x5b || octet === 0x4f)) {
      this.#headless = true;
      this.#octets = [];
      this.#state = octet === 0x5b ? 'csi' : 'ss3';
    } else if (octet === 0x0d || octet === 0x0a) keys.push(plain('return'));
    else if (octet === 0x09) keys.push(plain('tab'));
    else if (octet === 0x08 || octet === 0x7f) keys.push(plain('backspace'));
    else if (octet < 0x20) {
      const sign = octet === 0 ? ' ' : String.fromCharCode(octet + 0x40).toLowerCase();
      keys.push({ ...plain('text', sign), ctrl: true });
    } else if (octet < 0x7f) keys.push(plain('text', String.fromCharCode(octet)));
    else {
      // An octet that begins no character is dropped.
      this.#missing = octet >= 0xf0 && octet < 0xf8 ? 3 : octet >= 0xe0 ? 2 : octet >= 0xc2 ? 1 : 0;
      if (octet >= 0xf8) this.#missing = 0;
      if (this.#missing > 0) this.#state = 'utf-8';
    }
  }

  #escape(octet: number, keys: Key[]): void {
    const endsAnswer = this.#octets.length > 0;
    this.#octets = [];
    this.#state = 'ground';
    if (octet === 0x5b) this.#state = 'csi';
    else if (octet === 0x4f) this.#state = 'ss3';
    else if (octet === 0x5d) this.#state = 'osc';
    else if (octet === 0x5c && endsAnswer) return;
    else {
      keys.push(plain('escape'));
      this.#ground(octet, keys);
    }
  }

  #ss3(octet: number, keys: Key[]): void {
    const character = String.fromCharCode(octet);
    if (/^[0-9;]$/.test(character) && this.#octets.length < longestSequence) {
      this.#octets.push(octet);
      return;
    }
    if (!ss3Finals.test(character)) {
      keys.push(...this.#giveUp());
      this.#take(octet, keys);
      return;
    }
    this.#state = 'ground';
    const taken = this.#takeBack();
    if (character === 'M') keys.push(...taken, plain('return'));
    else {
      const name = cursorFinals[character.toUpperCase()];
      const modifiers = modifiersOf(text(this.#octets).split(';').at(-1));
      if (name !== undefined)
        keys.push(...taken, { ...plain(name), ...modifiers, ...(/[a-d]/.test(character) && { ctrl: true }) });
    }
  }

  #csi(octet: number, keys: Key[]): void {
    if (octet === 0x5b && this.#octets.length === 0) {
      this.#state = 'console';
      return;
    }
    // rxvt ends shift-PageUp with $, which elsewhere only stands in the middle of an answer of the terminal.
    const rxvtShift = octet === 0x24 && /^\d+$/.test(text(this.#octets));
    if (octet >= 0x20 && octet < 0x40 && !rxvtShift) {
      // One more than allowed marks the sequence as too long; it is still read to its end.
      if (this.#octets.length <= longestSequence) this.#octets.push(octet);
      return;
    }
    const tooLong = this.#octets.length > longestSequence;
    const complete = (octet >= 0x40 && octet < 0x7f) || rxvtShift;
    const parameters = text(this.#octets);
    const key = complete && !tooLong ? keyOfCsi(parameters, String.fromCharCode(octet)) : undefined;
    if (key === undefined && this.#headless) {
      // Not the rest of a torn key after all: somebody typed Escape and then these.
      keys.push(...this.#giveUp());
      this.#take(octet, keys);
      return;
    }
    this.#state = 'ground';
    const taken = this.#takeBack();
    if (key === 'paste') {
      this.#state = 'paste';
      this.#octets = [];
      keys.push(...taken);
    } else if (key !== undefined) keys.push(...taken, key);
    else if (!complete) this.#take(octet, keys);
  }

  #paste(octet: number, keys: Key[]): void {
    // Terminals remove control characters from what they paste: ctrl-c is somebody who waits for the end in vain.
    const interrupted = octet === 0x03;
    if (!interrupted) {
      this.#octets.push(octet);
      if (octet !== 0x7e || !text(this.#octets.slice(-6)).endsWith('\x1b[201~')) {
        // The oldest octets stay, the end of a paste that is too long is forgotten, its end mark is still seen.
        if (this.#octets.length > longestPaste) this.#octets.splice(longestPaste - 6, 1);
        return;
      }
      this.#octets.length -= 6;
    }
    this.#state = 'ground';
    const pasted = new TextDecoder()
      .decode(Uint8Array.from(this.#octets))
      .replaceAll(/\r\n?/g, '\n')
      .replaceAll(/(?![\n\t])\p{Control}/gu, '');
    keys.push(plain('paste', pasted));
    if (interrupted) this.#ground(octet, keys);
  }

  /** The sequence is complete; if its ESC was reported as Escape, that is taken back. */
  #takeBack(): Key[] {
    if (!this.#headless) return [];
    this.#headless = false;
    return [plain('not-escape')];
  }

  /** The sequence is none: its octets were keys. */
  #giveUp(): Key[] {
    const introducer: Key[] = this.#headless ? [] : [plain('escape')];
    const first = this.#state === 'ss3' ? 'O' : this.#state === 'osc' ? ']' : this.#state === 'csi' ? '[' : '[[';
    const typed = [...`${first}${text(this.#octets)}`].map((character) => plain('text', character));
    this.#state = 'ground';
    this.#headless = false;
    this.#octets = [];
    return [...introducer, ...typed];
  }
}

const text = (octets: readonly number[]): string => String.fromCharCode(...octets);

/** xterm's modifier parameter: 1 plus shift 1, alt 2, ctrl 4. */
const modifiersOf = (parameter: string | undefined): Pick<Key, 'shift' | 'alt' | 'ctrl'> => {
  const bits = Math.max(0, Number.parseInt(parameter ?? '1', 10) - 1) || 0;
  return { shift: (bits & 1) !== 0, alt: (bits & 2) !== 0, ctrl: (bits & 4) !== 0 };
};

/** The key of a complete `CSI parameters final`; undefined for one that means nothing here. */
const keyOfCsi = (parameters: string, final: string): Key | 'paste' | undefined => {
  if (/^<\d+;\d+;\d+$/.test(parameters) && /^[Mm]$/.test(final)) return plain('mouse', parameters.slice(1) + final);
  const answer = /^[?>=]/.test(parameters) || (parameters !== '' && /^[cnty]$/.test(final));
  if (answer) return plain('report', parameters + final);
  const [first = '', second, third] = parameters.split(';');
  switch (final) {
    case 'R':
      if (second !== undefined) return plain('report', parameters + final);
      return plain('f3');
    case 'A':
    case 'B':
    case 'C':
    case 'D':
    case 'F':
    case 'H':
    case 'P':
    case 'Q':
    case 'S': {
      const name = cursorFinals[final];
      return name && { ...plain(name), ...modifiersOf(second ?? (first === '1' ? undefined : first)) };
    }
    case 'a':
    case 'b':
    case 'c':
    case 'd': {
      const name = cursorFinals[final.toUpperCase()];
      return name && { ...plain(name), shift: true };
    }
    case 'Z':
      return { ...plain('tab'), shift: true };
    case '~':
      if (first === '200') return 'paste';
      if (first === '27') return keyOfCodePoint(third, modifiersOf(second));
      return numbered(first, modifiersOf(second));
    case '$':
      return numbered(first, { shift: true, alt: false, ctrl: false });
    case '^':
      return numbered(first, { shift: false, alt: false, ctrl: true });
    case '@':
      return numbered(first, { shift: true, alt: false, ctrl: true });
    case 'u':
      // `modifiers:3` is the release of a key.
      return /:3$/.test(second ?? '') ? undefined : keyOfCodePoint(first.split(':')[0], modifiersOf(second));
  }
  return undefined;
};

const numbered = (number: string, modifiers: Pick<Key, 'shift' | 'alt' | 'ctrl'>): Key | undefined => {
  const name = tildeKeys[number];
  return name && { ...plain(name), ...modifiers };
};

/** The key of a code point that the terminal reports together with its modifiers. */
const keyOfCodePoint = (
  number: string | undefined,
  modifiers: Pick<Key, 'shift' | 'alt' | 'ctrl'>,
): Key | undefined => {
  const codePoint = Number.parseInt(number ?? '', 10);
  switch (codePoint) {
    case 9:
      return { ...plain('tab'), ...modifiers };
    case 13:
      return { ...plain('return'), ...modifiers };
    case 27:
      return { ...plain('escape'), ...modifiers };
    case 8:
    case 127:
      return { ...plain('backspace'), ...modifiers };
  }
  // The private use area holds keys without a character. A character with alt is nothing that anybody asked for.
  const nothing = !(codePoint >= 0x20 && codePoint <= 0x10_ff_ff) || (codePoint >= 0xd800 && codePoint < 0xf900);
  if (nothing || (codePoint >= 0x80 && codePoint < 0xa0) || modifiers.alt) return undefined;
  const character = String.fromCodePoint(codePoint);
  return { ...plain('text', modifiers.shift ? character.toUpperCase() : character), ctrl: modifiers.ctrl };
};
