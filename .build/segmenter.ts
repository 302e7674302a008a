// Stands in for Intl.Segmenter in the bundle. The first real one costs 9 ms, and most texts on the screen need none.

/** Texts of which every character is a grapheme of its own: ASCII but CR, signs, arrows, boxes, Chinese. */
const standsAlone =
  /^[\0-\x0c\x0e-\x7f\xa7\xb7\xd7\u2013\u2014\u2026\u2190-\u21ff\u2500-\u25fc\u3000-\u3029\u4e00-\u9fff\uff01-\uff60]*$/;

/** As much of Intl.Segmenter as is used: graphemes, one after another. */
export class Segmenter {
  readonly #options: Intl.SegmenterOptions | undefined;
  #real: Intl.Segmenter | undefined;

  constructor(_locales?: string | string[], options?: Intl.SegmenterOptions) {
    this.#options = options;
  }

  segment(text: string): Iterable<Intl.SegmentData> {
    const graphemes = (this.#options?.granularity ?? 'grapheme') === 'grapheme';
    if (graphemes && standsAlone.test(text)) {
      return Array.from(text, (segment, index) => ({ segment, index, input: text }));
    }
    this.#real ??= new globalThis.Intl['Segmenter'](undefined, this.#options);
    return this.#real.segment(text);
  }
}
