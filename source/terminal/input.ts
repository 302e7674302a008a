// The stream that Ink takes for the terminal's input: one complete sequence per key, one key at a time.
import { Readable } from 'node:stream';
import { type Key, sequenceOf } from './key.ts';
import type { Output } from './output.ts';

/** The output is held until all keys of a chunk are through and React has had its turn: then it draws once. */
export class Input extends Readable {
  readonly isTTY = true;
  readonly #output: Pick<Output, 'hold' | 'release'>;
  #held = 0;

  constructor(output: Pick<Output, 'hold' | 'release'>) {
    super({ objectMode: true });
    this.#output = output;
  }

  /** The keys of one chunk. Those that come before anybody reads wait. */
  feed(keys: readonly Key[]): void {
    const sequences = keys.map(sequenceOf).filter((sequence) => sequence !== '');
    if (sequences.length === 0) return;
    this.#held += 1;
    this.#output.hold();
    for (const sequence of sequences) this.push(sequence);
    // The first turn delivers the keys and lets React draw; its effects run in the second.
    setImmediate(() =>
      setImmediate(() => {
        this.#held -= 1;
        if (this.#held === 0) this.#output.release();
      }),
    );
  }

  override _read(): void {
    // What there is was pushed as it came.
  }

  /** The terminal is in raw mode as long as it is open: components that come and go need not switch it. */
  setRawMode(): this {
    return this;
  }

  /** Sequences are strings already. (Readable's own would join those that wait.) */
  override setEncoding(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
