// Virtual time in words. Integers of microseconds only: no clock and no rounding of floating point.

/** A time in microseconds as seconds with at least three decimals, and more only where they are not zero: `1.050`, `0.000004`. */
export function seconds(time: number): string {
  const whole = Math.floor(time / 1_000_000);
  const rest = String(time - whole * 1_000_000).padStart(6, '0');
  return `${whole}.${rest.slice(0, 3)}${rest.slice(3).replace(/0+$/, '')}`;
}

/** A time in microseconds as seconds in at most so many cells: decimals give way. */
export function secondsIn(time: number, cells: number): string {
  const text = seconds(time);
  const point = text.indexOf('.');
  return text.length <= cells ? text : text.slice(0, Math.max(point, cells)).replace(/\.$/, '');
}

/** A time in microseconds in the shortest form: `0`, `1.05`, `0.000004`. */
export function shortSeconds(time: number): string {
  return seconds(time).replace(/\.?0+$/, '');
}

const units: ReadonlyMap<string, number> = new Map([
  ['us', 1],
  ['ms', 1_000],
  ['s', 1_000_000],
  ['', 1_000_000],
  ['min', 60_000_000],
  ['h', 3_600_000_000],
]);

/** The latest time that can be named: ten years in microseconds, well below 2^53. */
export const latest = 315_360_000_000_000;

/**
 * Microseconds from words such as `1.05`, `1.05s`, `50ms`, `4us`, `2min`, `2h` (seconds where no unit is given);
 * null for anything else, for fractions of a microsecond, and beyond `latest`.
 */
export function readTime(word: string): number | null {
  const parts = /^(\d{1,15})(?:\.(\d{1,9}))?(us|ms|s|min|h|)$/.exec(word);
  if (parts === null) return null;
  const [, whole = '', fraction = '', unit = ''] = parts;
  const scale = units.get(unit);
  if (scale === undefined) return null;
  const rest = (Number(fraction) * scale) / 10 ** fraction.length;
  const time = Number(whole) * scale + rest;
  return Number.isInteger(rest) && time <= latest ? time : null;
}
