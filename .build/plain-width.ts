// The width of texts that need no tables.

/** One cell each. U+25FD and U+25FE are emoji. */
const narrow = /^[\x20-\x7e\xa7\xb7\xd7\u2013\u2014\u2026\u2190-\u21ff\u2500-\u25fc]*$/;
/** Two cells each. */
const wide = /[\u3000-\u3029\u4e00-\u9fff\uff01-\uff60]/g;
/** Colours and the like. */
const style = /\x1b\[[\d;]*m/g;

/** The cells that a text takes, where its characters are among those whose width is known here. */
export const plainWidth = (text: string): number | undefined => {
  const plain = text.includes('\x1b') ? text.replace(style, '') : text;
  if (narrow.test(plain)) return plain.length;
  const rest = plain.replace(wide, '');
  return narrow.test(rest) ? 2 * plain.length - rest.length : undefined;
};
