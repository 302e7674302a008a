// Stands in for Intl.Segmenter in the bundle. The first real one costs 9 ms, and most texts on the screen need none.

/** Texts of which every character is a grapheme of its own: ASCII but CR, signs, arrows, boxes, Chinese. */
const standsAlone =
  /^[\0-\x0c\x0e-\x7f\xa7\xb7\xd7\u2013\u2014\u2026\u2190-\u21ff\u2500-\u25fc\u3000-\u3029\u4e00-\u9fff\uff01-\uff60]*$/;

/** The graphemes of a text that has one per character. */
class Characters implements Pick<Intl.Segments, 'containing'> {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  containing(index = 0): Intl.SegmentData | undefined {
    const segment = this.#text[index];
    return segment === undefined ? undefined : { segment, index, input: this.#text };
  }

  *[Symbol.iterator](): Generator<Intl.SegmentData> {
    for (let index = 0; index < this.#text.length; index++)
      yield { segment: this.#text.charAt(index), index, input: this.#text };
  }
}

/** Intl.Segmenter, as far as it is used: both ways to ask for segments. */
export class Segmenter {
  readonly #options: Intl.SegmenterOptions | undefined;
  #real: Intl.Segmenter | undefined;

  constructor(_locales?: string | string[], options?: Intl.SegmenterOptions) {
    this.#options = options;
  }

  segment(text: string): Pick<Intl.Segments, 'containing'> & Iterable<Intl.SegmentData> {
    const graphemes = (this.#options?.granularity ?? 'grapheme') === 'grapheme';
    if (graphemes && standsAlone.test(text)) return new Characters(text);
    this.#real ??= new globalThis.Intl['Segmenter'](undefined, this.#options);
    return this.#real.segment(text);
  }
}
