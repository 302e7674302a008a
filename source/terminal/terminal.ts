// The terminal: taken for the debugger, given back whatever happens.
import { writeSync } from 'node:fs';
import type { ReadStream, WriteStream } from 'node:tty';
import { Input } from './input.ts';
import type { Key } from './key.ts';
import { escapeTimeoutOf, Keyboard } from './keyboard.ts';
import { localeOf } from './locale.ts';
import { Output, type Size, type TapEvent } from './output.ts';
import { abilitiesOf } from './update.ts';

/** Signals that end the program, after what is to be kept is kept. */
export const endingSignals = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const;

/** Why the terminal was given back without close(). `hang-up`: it cannot be written or read any more. */
export type Ending = {
  readonly reason: (typeof endingSignals)[number] | 'hang-up' | 'crash';
  /** What was thrown, for `crash`. */
  readonly error?: unknown;
};

export type TerminalOptions = {
  readonly stdin?: ReadStream;
  readonly stdout?: WriteStream & { readonly fd: number };
  readonly env?: NodeJS.ProcessEnv;
  /** `auto`: what the locale says and the terminal answers. */
  readonly glyphs?: 'auto' | 'unicode' | 'ascii';
  /** Milliseconds for which the terminal's answer is waited for before the first frame. */
  readonly patience?: number;
  /** Milliseconds after which a lone ESC is the Escape key; default: by how the terminal is reached. */
  readonly escapeTimeout?: number;
  /**
   * Called once when the process ends without close(): the terminal is restored already. Only synchronous work is done.
   * Afterwards the process ends by the same signal, with status 129 for `hang-up`, as Node does for `crash`.
   */
  readonly onEnd?: (ending: Ending) => void;
};

/** An open terminal. */
export type Terminal = {
  /** For Ink: one whole key at a time. */
  readonly stdin: Input;
  /** For Ink: takes whole frames, writes the smallest update. */
  readonly stdout: Output;
  /** What frames and marks are to be drawn with. */
  readonly glyphs: 'unicode' | 'ascii';
  /** Milliseconds that the terminal took to answer the question for its glyphs; null: it did not, or was not asked. */
  readonly answered: number | null;
  /** Columns and rows of the terminal now. */
  size(): Size;
  /** Draws every cell again. */
  redraw(): void;
  /** The octets that bring a blank terminal of this size to what this one shows. */
  snapshot(): string;
  /** Calls `listener` with all that is drawn from now on; the function it gives back ends that. */
  tap(listener: (event: TapEvent) => void): () => void;
  /** Puts a text where the person's system keeps what is copied, if the terminal can (OSC 52); nothing where it is long. */
  copy(text: string): void;
  /** Whether clicks and the wheel come as input (`CSI < button ; column ; row M`). */
  mouse(on: boolean): void;
  /** Gives the terminal back as ctrl-z does. */
  suspend(): void;
  /** Gives the terminal back. Synchronous; once more does nothing. */
  close(): void;
  /**
   * The same for who has time: resolves when the terminal's answer can no longer come, or the shell would take it for
   * something typed. The screen is given back at once.
   */
  leave(): Promise<void>;
};

/** Alternate screen, no cursor, pastes marked as such; what scrolls is the whole screen, whatever ran here before. */
const enterSequence = '\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?6l\x1b[r\x1b[m\x1b[H\x1b[2J';
/** Clicks and the wheel, with columns and rows as numbers. */
const mouseSequence = (on: boolean): string => (on ? '\x1b[?1000h\x1b[?1006h' : '\x1b[?1006l\x1b[?1000l');
/** Octets of a text to be copied: xterm takes 75,000, others less. */
const longestCopy = 8_000;
/** Cleared before it is left: the PC console and VT100 have no other screen to go back to. */
const leaveSequence = '\x1b[m\x1b[H\x1b[2J\x1b[?2004l\x1b[?25h\x1b[?1049l';

/** Glyphs that are one cell wide here and two there, and the question where the cursor is after them. */
const probe = '─→…';
const probeSequence = `\x1b[H${probe}\x1b[6n\r\x1b[K`;
/** Milliseconds for which the answer is waited for where nothing else is said. */
const usualPatience = 100;
/** Milliseconds after the question when no answer comes any more: a bad link repeats what it lost within that. */
const longestAnswer = 2_000;

/** Whether a screen can be drawn: both ends are terminals, and not dumb ones. */
export const isInteractive = (
  stdin: { readonly isTTY?: boolean | undefined },
  stdout: { readonly isTTY?: boolean | undefined },
  env: NodeJS.ProcessEnv,
): boolean => stdin.isTTY === true && stdout.isTTY === true && env['TERM'] !== 'dumb';

/** The options with which Ink draws through this terminal. */
export const inkOptions = (terminal: Terminal) => ({
  stdin: terminal.stdin,
  stdout: terminal.stdout,
  // Whole frames, as soon as there are any. It neither logs nor slows anything.
  debug: true,
  // Or nothing is drawn where CI is set.
  interactive: true,
  patchConsole: false,
  exitOnCtrlC: false,
});

/** Writes all of it now. A terminal that cannot take more is waited for, as for any program that writes to it. */
const writeAll = (fd: number, text: string): void => {
  let octets = Buffer.from(text);
  while (octets.length > 0) {
    try {
      octets = octets.subarray(writeSync(fd, octets));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
};

/**
 * Takes the terminal: alternate screen, raw mode, signals. Resolves when it is known what it can show, after at most
 * 100 ms. Rejects when a stream is no terminal.
 */
export const openTerminal = async (options: TerminalOptions = {}): Promise<Terminal> => {
  const {
    stdin = process.stdin,
    stdout = process.stdout,
    env = process.env,
    escapeTimeout = escapeTimeoutOf(env),
  } = options;
  if (!stdin.isTTY || !stdout.isTTY) throw new Error('input and output must be a terminal');
  const wanted = options.glyphs ?? 'auto';
  const { utf8 } = localeOf(env);
  const noColour = (env['NO_COLOR'] ?? '') !== '';

  /** `suspended`: given back for ctrl-z. `leaving`: all but its input, where an answer may come. `closed`: for good. */
  let state: 'open' | 'suspended' | 'leaving' | 'closed' = 'open';
  let mouse = false;
  let onReport: ((report: string) => void) | undefined;
  /** Resolves when the answer to a question is there or comes no more; null while none is on its way. */
  let answer: Promise<void> | null = null;

  // A pseudo-terminal that nobody told its size has 0 columns.
  const size = (): Size => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
  const write = (text: string): void => {
    try {
      writeAll(stdout.fd, text);
    } catch {
      end({ reason: 'hang-up' });
    }
  };
  const output = new Output({
    abilities: abilitiesOf(env['TERM']),
    size: size(),
    ability: { unicode: utf8 || wanted === 'unicode', colours: !noColour },
    write,
    now: () => performance.now(),
  });
  const input = new Input(output);

  const enter = (): void => {
    stdin.setRawMode(true);
    write(mouse ? enterSequence + mouseSequence(true) : enterSequence);
  };
  const leaveScreen = (): void => {
    output.pause();
    try {
      writeAll(stdout.fd, mouse ? mouseSequence(false) + leaveSequence : leaveSequence);
    } catch {
      // Nobody is there any more to see it.
    }
  };
  const leaveInput = (): void => {
    try {
      stdin.setRawMode(false);
    } catch {
      // The same: a terminal that is gone has no modes.
    }
  };

  const suspend = (): void => {
    if (state !== 'open') return;
    if (answer !== null) {
      void answer.then(suspend);
      return;
    }
    state = 'suspended';
    keyboard.stop();
    leaveScreen();
    leaveInput();
    // The whole job stops, as it does where ctrl-z is the terminal's own: `npm start` and the shell must notice too.
    process.off('SIGTSTP', suspend);
    process.kill(0, 'SIGTSTP');
    // Where no shell controls jobs the kernel stops nobody, and no SIGCONT comes.
    setTimeout(() => {
      if (state === 'suspended') resume();
    }, 100);
  };
  const resume = (): void => {
    if (state === 'closed') return;
    if (state === 'leaving') {
      stdin.setRawMode(false);
      stdin.setRawMode(true);
      return;
    }
    // Stopped from elsewhere: the shell has set the modes to its own without our knowing.
    if (state === 'open') stdin.setRawMode(false);
    else process.on('SIGTSTP', suspend);
    state = 'open';
    enter();
    output.resume();
    // Node asks for the size only when told to, and nobody tells a stopped process.
    process.kill(process.pid, 'SIGWINCH');
  };
  const onContinue = (): void => resume();

  const onResize = (): void => output.resize(size());
  const onData = (chunk: Buffer): void => keyboard.feed(chunk);
  const onHangUp = (): void => end({ reason: 'hang-up' });
  const onCrash = (error: unknown): void => end({ reason: 'crash', error });
  const onSignal = (signal: NodeJS.Signals): void => {
    const reason = endingSignals.find((name) => name === signal);
    if (reason !== undefined) end({ reason });
  };

  const close = (): void => {
    if (state === 'closed') return;
    if (state === 'open') leaveScreen();
    if (state !== 'suspended') leaveInput();
    state = 'closed';
    keyboard.stop();
    stdin.off('data', onData).off('error', onHangUp).off('end', onHangUp).pause();
    stdout.off('resize', onResize).off('error', onHangUp);
    for (const signal of endingSignals) process.off(signal, onSignal);
    process.off('SIGTSTP', suspend).off('SIGCONT', onContinue).off('exit', close);
    process.off('uncaughtExceptionMonitor', onCrash);
  };
  const end = (ending: Ending): void => {
    if (state === 'closed') return;
    close();
    options.onEnd?.(ending);
    if (ending.reason === 'crash') return;
    if (ending.reason === 'hang-up') process.exit(129);
    process.kill(process.pid, ending.reason);
  };

  const leave = async (): Promise<void> => {
    if (state === 'open' && answer !== null) {
      leaveScreen();
      state = 'leaving';
      await answer;
    }
    close();
  };

  const onKeys = (keys: readonly Key[]): void => {
    const own = (key: Key, letter: string): boolean => key.name === 'text' && key.ctrl && key.text === letter;
    for (const key of keys) if (key.name === 'report') onReport?.(key.text);
    if (state === 'leaving') return;
    input.feed(keys.filter((key) => !own(key, 'l') && !own(key, 'z')));
    if (keys.some((key) => own(key, 'l'))) output.redraw();
    if (keys.some((key) => own(key, 'z'))) suspend();
  };
  const keyboard = new Keyboard(escapeTimeout, onKeys);

  for (const signal of endingSignals) process.on(signal, onSignal);
  process.on('SIGTSTP', suspend).on('SIGCONT', onContinue).on('exit', close);
  process.on('uncaughtExceptionMonitor', onCrash);
  stdout.on('resize', onResize).on('error', onHangUp);
  enter();
  stdin.on('data', onData).on('error', onHangUp).on('end', onHangUp).resume();

  /** Whether the ambiguous glyphs took one cell each: the column in the answer `row;columnR` is one more than their number. */
  let answered: number | null = null;
  const probed = (): Promise<boolean> =>
    new Promise((resolve) => {
      const asked = performance.now();
      const timer = setTimeout(() => resolve(false), options.patience ?? usualPatience);
      answer = new Promise((over) => {
        const arrived = (): void => {
          clearTimeout(latest);
          answer = null;
          over();
        };
        // Nobody stays for it who has nothing else to do.
        const latest = setTimeout(arrived, longestAnswer).unref();
        onReport = (report) => {
          if (!/^\d+;\d+R$/.test(report)) return;
          clearTimeout(timer);
          answered ??= performance.now() - asked;
          resolve(report.endsWith(`;${probe.length + 1}R`));
          arrived();
        };
      });
      write(probeSequence);
    });
  const glyphs = wanted === 'auto' ? (utf8 && (await probed()) ? 'unicode' : 'ascii') : wanted;

  return {
    stdin: input,
    stdout: output,
    glyphs,
    answered,
    size,
    redraw: () => output.redraw(),
    snapshot: () => output.snapshot(),
    tap: (listener) => output.tap(listener),
    copy: (text) => {
      const octets = Buffer.from(text);
      if (state === 'open' && octets.length <= longestCopy) write(`\x1b]52;c;${octets.toString('base64')}\x07`);
    },
    mouse: (on) => {
      if (mouse === on) return;
      mouse = on;
      if (state === 'open') write(mouseSequence(on));
    },
    suspend,
    close,
    leave,
  };
};
