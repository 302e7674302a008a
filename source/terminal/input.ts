// The stream that Ink takes for the terminal's input: one complete sequence per key, one key at a time.
import { Readable } from 'node:stream';
import { type Key, sequenceOf } from './key.ts';
import type { Output } from './output.ts';

/**
 * Ink hands every key to the components as they were drawn last. With two keys in one go the second would meet a menu
 * that has not moved yet, or that has not opened yet. So React gets its turn between two keys, and the output draws
 * when the last key of the chunk is through.
 */
export class Input extends Readable {
  readonly isTTY = true;
  readonly #output: Pick<Output, 'hold' | 'release'>;
  /** Sequences to hand over; `last` ends a chunk. */
  readonly #queue: { sequence: string; last: boolean }[] = [];
  #wanted = false;
  #busy = false;

  constructor(output: Pick<Output, 'hold' | 'release'>) {
    super({ objectMode: true, highWaterMark: 1 });
    this.#output = output;
  }

  /** The keys of one chunk. */
  feed(keys: readonly Key[]): void {
    const sequences = keys.map(sequenceOf).filter((sequence) => sequence !== '');
    sequences.forEach((sequence, index) => {
      this.#queue.push({ sequence, last: index === sequences.length - 1 });
    });
    this.#next();
  }

  override _read(): void {
    this.#wanted = true;
    this.#next();
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

  #next(): void {
    if (!this.#wanted || this.#busy) return;
    const key = this.#queue.shift();
    if (key === undefined) return;
    this.#wanted = false;
    this.#busy = true;
    this.#output.hold();
    this.push(key.sequence);
    // The first turn delivers the key and lets React draw; its effects run in the second.
    setImmediate(() =>
      setImmediate(() => {
        this.#busy = false;
        // Nobody reads on: what was drawn is shown even so.
        if (key.last || !this.#wanted) this.#output.release();
        this.#next();
      }),
    );
  }
}
