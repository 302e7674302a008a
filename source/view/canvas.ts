// A field of cells to draw on: lines that join where they meet, and texts over them.

import { type Line, type Span, span, type Tone } from './line.ts';
import type { Look } from './look.ts';

const up = 1;
const down = 2;
const left = 4;
const right = 8;

/** A place on the field: row and column from 0. */
export type Spot = readonly [row: number, column: number];

/** Drawn from the top left corner; what lies outside is not drawn. */
export class Canvas {
  private readonly width: number;
  private readonly height: number;
  private readonly look: Look;
  // The arms of the lines in each cell, and the texts, by cell; a wide character leaves the cell behind it empty.
  private readonly arms: number[][];
  private readonly texts: (Span | null)[][];
  private readonly tones: Tone[][];

  constructor(width: number, height: number, look: Look) {
    this.width = width;
    this.height = height;
    this.look = look;
    const rows = <Cell>(cell: Cell): Cell[][] =>
      Array.from({ length: height }, () => Array.from({ length: width }, () => cell));
    this.arms = rows(0);
    this.texts = rows<Span | null>(null);
    this.tones = rows<Tone>('dim');
  }

  /** A line from spot to spot, along rows and columns. */
  path(spots: readonly Spot[], tone: Tone = 'dim'): void {
    for (const [place, to] of spots.entries()) {
      const from = spots[place - 1];
      if (from === undefined) continue;
      const [row, column] = from;
      const [down_, across] = [Math.sign(to[0] - row), Math.sign(to[1] - column)];
      const steps = Math.max(Math.abs(to[0] - row), Math.abs(to[1] - column));
      for (let step = 0; step < steps; step++) {
        const [r, c] = [row + down_ * step, column + across * step];
        const [ahead, behind] =
          down_ > 0 ? [down, up] : down_ < 0 ? [up, down] : across > 0 ? [right, left] : [left, right];
        this.arm(r, c, ahead, tone);
        this.arm(r + down_, c + across, behind, tone);
      }
    }
  }

  /** A text from a spot to the right. */
  text(row: number, column: number, text: string, tone: Tone = 'plain'): void {
    let at = column;
    for (const character of text) {
      const cells = this.look.ruler(character);
      const line = this.texts[row];
      if (line === undefined || at < 0 || at + cells > this.width) return;
      line[at] = span(character, tone);
      for (let more = 1; more < cells; more++) line[at + more] = span('', tone);
      at += cells;
    }
  }

  /** The field as lines of exactly its width. */
  lines(): readonly Line[] {
    return Array.from({ length: this.height }, (_, row) => {
      const out: Span[] = [];
      for (let column = 0; column < this.width; column++) {
        const piece = this.cell(row, column);
        const last = out[out.length - 1];
        if (last !== undefined && last.tone === piece.tone)
          out[out.length - 1] = span(last.text + piece.text, last.tone);
        else out.push(piece);
      }
      return out;
    });
  }

  private cell(row: number, column: number): Span {
    const text = this.texts[row]?.[column];
    if (text !== null && text !== undefined) return text;
    const arms = this.arms[row]?.[column] ?? 0;
    if (arms === 0) return span(' ');
    const tone = this.tones[row]?.[column] ?? 'dim';
    const { glyphs } = this.look;
    if (arms === up || arms === down) return span(glyphs.vertical, tone);
    if (arms === left || arms === right) return span(glyphs.horizontal, tone);
    return span(glyphs.junctions[arms] ?? glyphs.horizontal, tone);
  }

  private arm(row: number, column: number, arm: number, tone: Tone): void {
    const [arms, tones] = [this.arms[row], this.tones[row]];
    if (arms === undefined || tones === undefined || column < 0 || column >= this.width) return;
    arms[column] = (arms[column] ?? 0) | arm;
    if (tone !== 'dim') tones[column] = tone;
  }
}
