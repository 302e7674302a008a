// A command in a real pseudo-terminal with a real terminal emulator on the other side of it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pty from '@lydell/node-pty';
import xterm from '@xterm/headless';

/** How the command ended: its exit status, or the number of the signal that ended it. */
export type Exit = { readonly code: number; readonly signal: number };

export type PtyOptions = {
  readonly command: string;
  readonly args?: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
  readonly cwd?: string;
  /** The whole environment; what is not given is not there. Default: this process's, a UTF-8 locale, xterm-256color, no CI. */
  readonly env?: Readonly<Record<string, string>>;
  /** False: a terminal that answers no question. */
  readonly answers?: boolean;
};

/** Keys by name, as xterm sends them. */
const keys = {
  right: '\x1b[C',
  left: '\x1b[D',
  up: '\x1b[A',
  down: '\x1b[B',
  home: '\x1b[H',
  end: '\x1b[F',
  pageup: '\x1b[5~',
  pagedown: '\x1b[6~',
  insert: '\x1b[2~',
  delete: '\x1b[3~',
  backspace: '\x7f',
  tab: '\t',
  'shift-tab': '\x1b[Z',
  return: '\r',
  escape: '\x1b',
  space: ' ',
  'ctrl-c': '\x03',
  'ctrl-l': '\x0c',
  'ctrl-p': '\x10',
  'ctrl-r': '\x12',
  'ctrl-z': '\x1a',
} as const;

export type KeyName = keyof typeof keys;

/** The octets of a key. */
export const octetsOf = (key: KeyName): string => keys[key];

export type Pty = {
  /** The process in the terminal. */
  readonly pid: number;
  /** Named keys, in one chunk. */
  press(...names: KeyName[]): void;
  /** Characters as they are typed, or any octets, in one chunk. */
  send(text: string): void;
  /** Octets in pieces, each `pause` milliseconds after the one before. Resolves when all are sent. */
  sendTorn(pieces: readonly string[], pause: number): Promise<void>;
  /** What the emulator shows now: every row, without blanks at its end, joined by line feeds. */
  screen(): string;
  /** One row of it, counted from 0. */
  row(index: number): string;
  /** Whether the emulator is on its alternate screen, hides the cursor, marks pastes. */
  modes(): { alternate: boolean; cursorHidden: boolean; bracketedPaste: boolean };
  /** Everything that came since mark(), or since the start. */
  output(): string;
  /** The number of octets of that. */
  bytes(): number;
  /** The number of separate pieces in which it was read. */
  chunks(): number;
  mark(): void;
  /** Resolves as soon as the screen fulfils the condition; rejects with the screen after `timeout` ms, or when the command ended before. */
  waitFor(condition: (screen: string) => boolean, timeout?: number): Promise<void>;
  /** The same for what came since mark(). */
  waitForOutput(condition: (output: string) => boolean, timeout?: number): Promise<void>;
  /** Resolves when nothing came for `quiet` ms. Only where the absence of output is what is tested, or a measurement begins. */
  settle(quiet?: number): Promise<void>;
  resize(columns: number, rows: number): void;
  kill(signal: NodeJS.Signals): void;
  /** Hangs up: the other side of the terminal is gone. */
  hangUp(): void;
  readonly exited: Promise<Exit>;
  /** Ends the command if it still runs, by its own process id. */
  close(): Promise<void>;
};

/** A home for settings and sessions, so that no test meets those of the person who runs it. */
export const scratch = mkdtempSync(join(tmpdir(), 'tcpstep-home-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

/** The environment of a user on a present-day desktop, with what `changes` says; undefined removes a variable. */
export const environment = (changes: Readonly<Record<string, string | undefined>> = {}): Record<string, string> => {
  const own = Object.entries({
    ...process.env,
    CI: undefined,
    NO_COLOR: undefined,
    FORCE_COLOR: undefined,
    NODE_OPTIONS: undefined,
    LC_ALL: undefined,
    LC_CTYPE: undefined,
    LC_MESSAGES: undefined,
    SSH_CONNECTION: undefined,
    SSH_TTY: undefined,
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
    XDG_CONFIG_HOME: join(scratch, 'config'),
    XDG_STATE_HOME: join(scratch, 'state'),
    ...changes,
  });
  return Object.fromEntries(own.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
};

const defaultTimeout = 20_000;

export const startPty = (options: PtyOptions): Pty => {
  const { columns = 80, rows = 24 } = options;
  const emulator = new xterm.Terminal({ cols: columns, rows, scrollback: 1000, allowProposedApi: true });
  const env = options.env ?? environment();
  const child = pty.spawn(options.command, [...(options.args ?? [])], {
    // The library sets TERM to this name.
    name: env['TERM'] ?? 'dumb',
    cols: columns,
    rows,
    cwd: options.cwd ?? process.cwd(),
    env: { ...env },
    // Octets, not text: they are counted, and a character may come in two pieces.
    encoding: null,
  });

  let received: Buffer[] = [];
  let exit: Exit | undefined;
  const waiting = new Set<() => void>();
  const notify = (): void => {
    for (const check of [...waiting]) check();
  };

  let cursorHidden = false;
  for (const [final, hidden] of [
    ['h', false],
    ['l', true],
  ] as const) {
    emulator.parser.registerCsiHandler({ prefix: '?', final }, (parameters) => {
      if (parameters.includes(25)) cursorHidden = hidden;
      // The emulator obeys it too.
      return false;
    });
  }

  child.onData((data) => {
    const octets = Buffer.from(data);
    received.push(octets);
    emulator.write(octets, notify);
  });
  if (options.answers !== false) emulator.onData((answer) => child.write(answer));
  const exited = new Promise<Exit>((resolve) => {
    child.onExit(({ exitCode, signal }) => {
      exit = { code: exitCode, signal: signal ?? 0 };
      // Octets that are still on their way through the emulator are shown first.
      emulator.write('', () => {
        notify();
        resolve({ code: exitCode, signal: signal ?? 0 });
      });
    });
  });

  const screen = (): string => {
    const buffer = emulator.buffer.active;
    return Array.from(
      { length: emulator.rows },
      (_, row) =>
        buffer
          .getLine(buffer.baseY + row)
          ?.translateToString(true)
          .trimEnd() ?? '',
    ).join('\n');
  };
  const output = (): string => Buffer.concat(received).toString();

  const wait = (fulfilled: () => boolean, timeout: number, what: () => string): Promise<void> =>
    new Promise((resolve, reject) => {
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        waiting.delete(check);
        settle();
      };
      const check = (): void => {
        if (fulfilled()) finish(resolve);
        else if (exit !== undefined) finish(() => reject(new Error(`ended (${JSON.stringify(exit)}) with\n${what()}`)));
      };
      const timer = setTimeout(() => finish(() => reject(new Error(`after ${timeout} ms still\n${what()}`))), timeout);
      waiting.add(check);
      check();
    });

  const send = (text: string): void => {
    if (exit === undefined) child.write(text);
  };

  return {
    pid: child.pid,
    press: (...names) => send(names.map(octetsOf).join('')),
    send,
    sendTorn: async (pieces, pause) => {
      for (const [index, piece] of pieces.entries()) {
        if (index > 0) await new Promise((resolve) => setTimeout(resolve, pause));
        send(piece);
      }
    },
    screen,
    row: (index) => screen().split('\n')[index] ?? '',
    modes: () => ({
      alternate: emulator.buffer.active.type === 'alternate',
      cursorHidden,
      bracketedPaste: emulator.modes.bracketedPasteMode,
    }),
    output,
    bytes: () => received.reduce((sum, octets) => sum + octets.length, 0),
    chunks: () => received.length,
    mark: () => {
      received = [];
    },
    waitFor: (condition, timeout = defaultTimeout) => wait(() => condition(screen()), timeout, screen),
    waitForOutput: (condition, timeout = defaultTimeout) =>
      wait(
        () => condition(output()),
        timeout,
        () => JSON.stringify(output()),
      ),
    settle: async (quiet = 100) => {
      for (let before = -1; before !== received.length; ) {
        before = received.length;
        await new Promise((resolve) => setTimeout(resolve, quiet));
      }
    },
    resize: (newColumns, newRows) => {
      // As a terminal does it: its own cells first, then the program is told.
      emulator.resize(newColumns, newRows);
      child.resize(newColumns, newRows);
    },
    kill: (signal) => {
      if (exit === undefined) process.kill(child.pid, signal);
    },
    hangUp: () => {
      if ('destroy' in child && typeof child.destroy === 'function') child.destroy();
    },
    exited,
    close: async () => {
      if (exit === undefined) {
        // A stopped process ends only when it runs. It may have ended without our being told yet.
        try {
          process.kill(child.pid, 'SIGKILL');
        } catch (error) {
          if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
        }
        await exited;
      }
      emulator.dispose();
    },
  };
};
