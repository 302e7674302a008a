// The key decoder with a clock.
import type { Key } from './key.ts';
import { KeyDecoder } from './key-decoder.ts';

/**
 * How long a lone ESC is waited for before it is the Escape key, in milliseconds: unnoticeable here, long enough for the
 * second half of an arrow over a slow link.
 */
export const escapeTimeoutOf = (env: Readonly<Record<string, string | undefined>>): number =>
  [env['SSH_CONNECTION'], env['SSH_TTY']].some((value) => value !== undefined && value !== '') ? 100 : 25;

/** How long `[` after a reported Escape may still be the rest of a torn key. */
const echoTimeout = 1000;

export class Keyboard {
  readonly #decoder = new KeyDecoder();
  readonly #escapeTimeout: number;
  readonly #deliver: (keys: readonly Key[]) => void;
  #timer: NodeJS.Timeout | undefined;
  #turn: NodeJS.Immediate | undefined;

  /** `escapeTimeout` in milliseconds; `deliver` gets the keys of one chunk, never none. */
  constructor(escapeTimeout: number, deliver: (keys: readonly Key[]) => void) {
    this.#escapeTimeout = escapeTimeout;
    this.#deliver = deliver;
  }

  /** Octets from the terminal. */
  feed(octets: Uint8Array): void {
    this.stop();
    const keys = this.#decoder.push(octets);
    this.#wait();
    if (keys.length > 0) this.#deliver(keys);
  }

  /** Forgets the clock; what is incomplete stays. */
  stop(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#turn);
  }

  #wait(): void {
    const { waiting } = this.#decoder;
    if (waiting === 'nothing') return;
    this.#timer = setTimeout(
      () => {
        // When this process was late itself, the rest of the key may be there already: it is read before the turn ends.
        this.#turn = setImmediate(() => {
          const keys = this.#decoder.flush();
          this.#wait();
          if (keys.length > 0) this.#deliver(keys);
        });
      },
      waiting === 'escape' ? this.#escapeTimeout : echoTimeout,
    );
  }
}
