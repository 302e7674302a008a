// What may stand in a cell of the screen.
import stringWidth from 'string-width';

/** A user-perceived character that takes one or two cells and contains nothing a terminal would obey. */
export type Glyph = { readonly text: string; readonly width: 1 | 2 };

/** ASCII of the same width, for terminals that show nothing else: the frames, arrows and marks that a terminal program draws. */
const asciiTwins = new Map<string, string>();
for (const [twin, characters] of [
  ['-', '─━┄┅┈┉╌╍═╴╶╸╺╼╾‐‑‒–—―−'],
  ['|', '│┃┆┇┊┋╎╏║╵╷╹╻╽╿'],
  ['+', '┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┞┟┠┡┢┣┤┥┦┧┨┩┪┫┬┭┮┯┰┱┲┳┴┵┶┷┸┹┺┻┼┽┾┿╀╁╂╃╄╅╆╇╈╉╊╋╔╗╚╝╠╣╦╩╬╒╓╕╖╘╙╛╜╞╟╡╢╤╥╧╨╪╫╭╮╯╰'],
  ['>', '→▶►▸❯›»⇒⟶'],
  ['<', '←◀◄◂❮‹«⇐⟵'],
  ['^', '↑▲△▴'],
  ['v', '↓▼▽▾'],
  ['o', '•●∙·⋅∘○◦◌◎◉'],
  ['.', '…'],
  ['x', '×✕✖✗✘╳'],
  ['v', '✓✔'],
  ['*', '★☆✱⁎'],
  ['#', '█▉▊▋▌▍▎▓■▪◼◆'],
  [':', '▒░□▫◻◇'],
  ['_', '▁▂▃▄▅▆▇_'],
  ["'", '‘’′'],
  ['"', '“”″'],
  ['!', '≠'],
  ['<', '≤'],
  ['>', '≥'],
  ['~', '≈'],
  [' ', '\u00A0'],
  ['u', 'µμ'],
] as const) {
  for (const character of characters) asciiTwins.set(character, twin);
}

const question: Glyph = { text: '?', width: 1 };
const space: Glyph = { text: ' ', width: 1 };
const plainGlyphs = new Map<string, readonly Glyph[]>();
const asciiGlyphs = new Map<string, readonly Glyph[]>();
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Texts of which every character is a glyph of its own: ASCII, arrows, boxes, Chinese. They need no segmenter. */
const standsAlone = /^[\x20-\x7e\u2190-\u21ff\u2500-\u25ff\u3000-\u3029\u4e00-\u9fff\uff01-\uff60]*$/;

/** At most this many different characters are remembered: a hostile file must not fill the memory. */
const mostKnown = 10_000;

const glyphOf = (character: string): Glyph =>
  character === ' ' ? space : { text: character, width: stringWidth(character) === 2 ? 2 : 1 };

const glyphsOfSegment = (segment: string): readonly Glyph[] => {
  if (segment.length === 1 && standsAlone.test(segment)) return [glyphOf(segment)];
  if (/^[\t\u2028\u2029]$/.test(segment)) return [space];
  if (/^\p{Control}+$/u.test(segment)) return [...segment].map(() => question);
  // Direction marks, joiners and the like have no cell of their own, and some of them reorder their neighbours.
  const visible = segment.replaceAll(/[\p{Control}\p{Format}\p{Surrogate}]/gu, '');
  const width = stringWidth(visible);
  if (visible === '' || width === 0) return [];
  const [first = ''] = visible;
  if (width > 2) return [...visible].flatMap((character) => glyphsOfSegment(character));
  return [{ text: [...visible].length > 8 ? first : visible, width: width === 2 ? 2 : 1 }];
};

const asciiOf = (glyph: Glyph): readonly Glyph[] => {
  if (/^[\x20-\x7e]$/.test(glyph.text)) return [glyph];
  const twin = asciiTwins.get(glyph.text);
  // é is e and an accent: the letter is better than nothing.
  const letter = glyph.text.normalize('NFD')[0] ?? '?';
  const text = twin ?? (/^[\x20-\x7e]$/.test(letter) ? letter : '?');
  return glyph.width === 2 ? [{ text, width: 1 }, text === '?' ? question : space] : [{ text, width: 1 }];
};

const cached = (
  cache: Map<string, readonly Glyph[]>,
  segment: string,
  make: () => readonly Glyph[],
): readonly Glyph[] => {
  const found = cache.get(segment);
  if (found !== undefined) return found;
  const made = make();
  if (cache.size < mostKnown) cache.set(segment, made);
  return made;
};

/** The glyphs of a text without escape sequences. With `ascii` they are ASCII and take the same number of cells. */
export const glyphsOf = (text: string, ascii: boolean): Glyph[] => {
  const glyphs: Glyph[] = [];
  const add = (segment: string): void => {
    const own = plainGlyphs.get(segment) ?? cached(plainGlyphs, segment, () => glyphsOfSegment(segment));
    if (!ascii) for (const glyph of own) glyphs.push(glyph);
    else for (const glyph of own) glyphs.push(...cached(asciiGlyphs, glyph.text, () => asciiOf(glyph)));
  };
  if (standsAlone.test(text)) for (const character of text) add(character);
  else for (const { segment } of segmenter.segment(text)) add(segment);
  return glyphs;
};
