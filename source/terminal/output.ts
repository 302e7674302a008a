// The stream that Ink takes for the terminal's output. Ink (debug: true) writes every frame whole; this keeps the newest
// and brings the terminal there with one small write per turn of the event loop, or per chunk of keys.
import { Writable } from 'node:stream';
import { type Ability, FrameReader, type Screen } from './screen.ts';
import { type Abilities, type Pen, repaint, unknownPen, update, vt100 } from './update.ts';

/** What a recording consists of. `time` in milliseconds since the stream was made. */
export type TapEvent =
  | { readonly kind: 'output'; readonly time: number; readonly text: string }
  | { readonly kind: 'resize'; readonly time: number; readonly columns: number; readonly rows: number };

/** Columns and rows, both at least 1. */
export type Size = { readonly columns: number; readonly rows: number };

export type OutputOptions = {
  readonly size: Size;
  readonly ability: Ability;
  /** What the terminal understands beyond VT100; nothing, where it is not given. */
  readonly abilities?: Abilities;
  /** Writes to the terminal, at once. */
  readonly write: (text: string) => void;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
};

/** Ink also writes '' to wait for the stream, and switches modes (the cursor, pastes): that is the terminal's own business. */
const noFrame = /^(?:\x1b\[[?>=<\d;]*[a-z])*$/;

export class Output extends Writable {
  readonly isTTY = true;
  columns: number;
  rows: number;
  readonly #write: (text: string) => void;
  readonly #now: () => number;
  readonly #start: number;
  readonly #reader: FrameReader;
  readonly #abilities: Abilities;
  readonly #listeners = new Set<(event: TapEvent) => void>();
  #frame = '';
  #shown: Screen | undefined;
  #pen: Pen = unknownPen;
  /** Frames came since the last drawing. */
  #due = false;
  #scheduled = false;
  #held = false;
  #paused = false;

  constructor(options: OutputOptions) {
    super({ decodeStrings: false });
    this.columns = options.size.columns;
    this.rows = options.size.rows;
    this.#write = options.write;
    this.#now = options.now;
    this.#start = options.now();
    this.#reader = new FrameReader(options.ability);
    this.#abilities = options.abilities ?? vt100;
  }

  override _write(chunk: unknown, _encoding: string, done: () => void): void {
    const frame = String(chunk);
    if (!noFrame.test(frame)) {
      this.#frame = frame;
      this.#schedule();
    }
    done();
  }

  /** Keeps frames back until release(): more keys of the same chunk are to come. */
  hold(): void {
    this.#held = true;
  }

  /** Draws the newest of the frames that were kept back. */
  release(): void {
    this.#held = false;
    if (this.#due) this.draw();
  }

  /** The terminal belongs to somebody else until resume(). */
  pause(): void {
    this.#paused = true;
  }

  /** The terminal is ours again and may show anything. */
  resume(): void {
    this.#paused = false;
    this.redraw();
  }

  /** Draws every cell again. */
  redraw(): void {
    this.#shown = undefined;
    this.#pen = unknownPen;
    if (this.#frame !== '') this.#schedule();
  }

  /** The terminal has a new size, and may have moved or cut what it shows. Ink lays out anew on the 'resize' event. */
  resize(size: Size): void {
    this.columns = size.columns;
    this.rows = size.rows;
    for (const listener of this.#listeners) listener({ kind: 'resize', time: this.#time(), ...size });
    this.redraw();
    this.emit('resize');
  }

  /** Brings the terminal to the newest frame now, or to one that comes before there is anybody who writes frames. */
  draw(frame = this.#frame): void {
    this.#frame = frame;
    if (this.#held || this.#paused) return;
    this.#due = false;
    const next = this.#reader.read(this.#frame, this.columns, this.rows);
    const { text, pen } = update(this.#shown, next, this.#pen, this.#abilities);
    this.#shown = next;
    this.#pen = pen;
    if (text === '') return;
    this.#write(text);
    const time = this.#time();
    for (const listener of this.#listeners) listener({ kind: 'output', time, text });
  }

  /** Calls `listener` with everything that is drawn from now on, until the function it gives back is called. */
  tap(listener: (event: TapEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What brings a blank terminal of the same size to where this one is now, so that what is tapped next fits. */
  snapshot(): string {
    return this.#shown === undefined ? '' : repaint(this.#shown, this.#pen);
  }

  #time(): number {
    return this.#now() - this.#start;
  }

  #schedule(): void {
    this.#due = true;
    if (this.#scheduled) return;
    this.#scheduled = true;
    // React runs effects in a first turn, and what they change belongs into the same update.
    setImmediate(() =>
      setImmediate(() => {
        this.#scheduled = false;
        if (this.#due) this.draw();
      }),
    );
  }
}
