// A run of real octets: a view on a shared buffer. Cutting never copies; joining copies unless
// the two runs already lie side by side.

/** Octets `start` (inclusive) to `end` (exclusive) of a buffer that nobody writes to any more. */
export class Octets {
  readonly buffer: Uint8Array;
  readonly start: number;
  readonly end: number;

  constructor(buffer: Uint8Array, start: number, end: number) {
    this.buffer = buffer;
    this.start = start;
    this.end = end;
  }

  /** How many octets. */
  get length(): number {
    return this.end - this.start;
  }

  /** The octets from offset `from` to offset `to` (exclusive), both relative to this run. */
  cut(from: number, to: number): Octets {
    if (from === 0 && to === this.end - this.start) return this;
    return new Octets(this.buffer, this.start + from, this.start + to);
  }

  /** The octet at a relative offset; 0 when out of range. */
  at(offset: number): number {
    return this.buffer[this.start + offset] ?? 0;
  }

  /** A fresh array of the octets, for encoders and tests. */
  bytes(): Uint8Array {
    return this.buffer.slice(this.start, this.end);
  }
}

/** No octets. */
export const none: Octets = new Octets(new Uint8Array(0), 0, 0);

// 251 is prime, so that a misplaced octet of a pattern shows at every offset that a power of two would hide.
const period = 251;

/** The most octets that one call of `pattern` returns. */
export const patternLimit = 65_536;

// The stream folds back after a whole number of periods, so that octets written one after the other lie side by
// side in the buffer and can be joined without copying them.
const fold = period * 261;
const patternBuffer = new Uint8Array(fold + patternLimit);
for (let index = 0; index < period; index++) patternBuffer[index] = index;
// Doubled until it is full: octet by octet it would cost every start of the program some milliseconds.
for (let done = period; done < patternBuffer.length; done *= 2) patternBuffer.copyWithin(done, 0, done);

/**
 * Up to 65,536 octets of the endless test pattern, from stream position `position` on:
 * octet i of the stream has the value i mod 251. Costs no memory of its own.
 */
export function pattern(position: number, length: number): Octets {
  const start = position % fold;
  return new Octets(patternBuffer, start, start + Math.min(length, patternLimit));
}

/** The UTF-8 octets of a text. */
export function fromText(text: string): Octets {
  const out: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0xfffd;
    if (code < 0x80) out.push(code);
    else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else out.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return new Octets(Uint8Array.from(out), 0, out.length);
}

/** The octets of all runs, in order, as one run. */
export function join(runs: readonly Octets[]): Octets {
  const first = runs[0];
  if (first === undefined) return none;
  if (runs.length === 1) return first;
  let end = first.end;
  let adjacent = true;
  let total = first.length;
  for (let index = 1; index < runs.length; index++) {
    const run = runs[index];
    if (run === undefined) continue;
    adjacent &&= run.buffer === first.buffer && run.start === end;
    end = run.end;
    total += run.length;
  }
  if (adjacent) return new Octets(first.buffer, first.start, end);
  const buffer = new Uint8Array(total);
  let offset = 0;
  for (const run of runs) {
    buffer.set(run.buffer.subarray(run.start, run.end), offset);
    offset += run.length;
  }
  return new Octets(buffer, 0, total);
}

/** Whether two runs hold the same octets. */
export function same(a: Octets, b: Octets): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) {
    if (a.buffer[a.start + index] !== b.buffer[b.start + index]) return false;
  }
  return true;
}
