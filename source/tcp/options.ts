// TCP options (RFC 9293 section 3.2, RFC 7323, RFC 2018), as meaning; the octets are made in codec.ts.

import type { Seq } from './seq.ts';

/** One SACK block: octets `from` up to but not including `to` have been received (RFC 2018 section 3). */
export interface Block {
  readonly from: Seq;
  readonly to: Seq;
}

/** The options of one segment. An absent option is null, false or an empty list. */
export class Options {
  /** Maximum segment size, 0 .. 65535 octets; only in SYN segments (MUST-65). */
  readonly mss: number | null;
  /** Window scale shift as sent (may exceed 14, which then counts as 14); only in SYN segments. */
  readonly wscale: number | null;
  /** SACK-permitted; only in SYN segments. */
  readonly sackPermitted: boolean;
  /** Timestamp value TSval, 32 bits, or null when the option is absent. */
  readonly tsVal: number | null;
  /** Timestamp echo reply TSecr; meaningful only together with the ACK bit. */
  readonly tsEcr: number;
  /** SACK blocks, at most four (three beside timestamps), newest first; a D-SACK block comes first of all. */
  readonly sack: readonly Block[];
  /** Kinds of options this program has no meaning for; a receiver ignores them (MUST-6). */
  readonly unknown: readonly number[];

  constructor(
    mss: number | null,
    wscale: number | null,
    sackPermitted: boolean,
    tsVal: number | null,
    tsEcr: number,
    sack: readonly Block[],
    unknown: readonly number[] = nothing,
  ) {
    this.mss = mss;
    this.wscale = wscale;
    this.sackPermitted = sackPermitted;
    this.tsVal = tsVal;
    this.tsEcr = tsEcr;
    this.sack = sack;
    this.unknown = unknown;
  }
}

const nothing: readonly never[] = [];

/** No options at all. */
export const noOptions: Options = new Options(null, null, false, null, 0, nothing);

/**
 * Octets the options take in the header, padded to a multiple of four: MSS 4, window scale 3,
 * SACK-permitted 2, timestamps 10, SACK 2 + 8 per block. Timestamps and SACK are sent with the usual
 * two NOPs in front.
 */
export function optionLength(options: Options): number {
  if (options === noOptions) return 0;
  let length = 0;
  if (options.mss !== null) length += 4;
  if (options.tsVal !== null) length += options.sackPermitted ? 10 : 12;
  if (options.sackPermitted) length += options.tsVal === null ? 4 : 2;
  if (options.wscale !== null) length += 4;
  if (options.sack.length > 0) length += 4 + 8 * options.sack.length;
  for (const _ of options.unknown) length += 2;
  return (length + 3) & ~3;
}
