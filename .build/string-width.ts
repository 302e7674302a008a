// Stands in for the library string-width in the bundle: the same widths, without its tables (35 ms) for texts of
// characters whose width is known.
import type stringWidth from 'string-width';
import { plainWidth } from './plain-width.ts';

let library: typeof stringWidth | undefined;

/** The cells that a text takes. */
export default function widthOf(text: string, options?: Parameters<typeof stringWidth>[1]): number {
  const known = options === undefined && typeof text === 'string' ? plainWidth(text) : undefined;
  if (known !== undefined) return known;
  // As `require` it is set up when it is first needed.
  library ??= (require('string-width-itself') as { default: typeof stringWidth }).default;
  return library(text, options);
}
