// A segment as the octets that would cross the wire, and back (RFC 9293 sections 3.1 and 3.2).

import { Octets } from './octets.ts';
import { type Block, noOptions, Options, optionLength } from './options.ts';
import { Segment } from './segment.ts';
import { seq } from './seq.ts';

/** The packet around a segment: IPv4 addresses in dotted form, and ports 0 .. 65535. */
export interface Ends {
  readonly fromAddress: string;
  readonly fromPort: number;
  readonly toAddress: string;
  readonly toPort: number;
}

/** Octets of a header without options. */
export const headerLength = 20;

/** The most octets that options may take: the data offset counts at most fifteen words. */
export const optionLimit = 40;

const EOL = 0;
const NOP = 1;
const MSS = 2;
const WSCALE = 3;
const SACK_PERMITTED = 4;
const SACK = 5;
const TIMESTAMPS = 8;

// ---- to octets

/**
 * The segment with header, options, padding and checksum. Throws a RangeError for an address that is not IPv4 and
 * for options that do not fit into 40 octets: neither can come from a connection.
 */
export function encode(segment: Segment, ends: Ends): Uint8Array {
  const options = encodeOptions(segment.options);
  const offset = headerLength + options.length;
  const octets = new Uint8Array(offset + segment.data.length);
  const view = new DataView(octets.buffer);
  view.setUint16(0, ends.fromPort);
  view.setUint16(2, ends.toPort);
  view.setUint32(4, segment.seq);
  view.setUint32(8, segment.ack);
  view.setUint8(12, (offset / 4) << 4);
  view.setUint8(13, segment.ctl);
  view.setUint16(14, segment.wnd);
  view.setUint16(18, segment.up);
  octets.set(options, headerLength);
  octets.set(segment.data.bytes(), offset);
  view.setUint16(16, checksum(octets, ends.fromAddress, ends.toAddress));
  return octets;
}

/**
 * The options in their usual order and alignment, with zeros after them up to a multiple of four (MUST-69): as many
 * octets as `optionLength` says.
 */
export function encodeOptions(options: Options): Uint8Array {
  if (options === noOptions) return new Uint8Array(0);
  const out: number[] = [];
  const { mss, wscale, sackPermitted, tsVal, tsEcr, sack, unknown } = options;
  if (mss !== null) out.push(MSS, 4, ...sixteen(mss));
  // SACK-permitted takes the place of the two NOPs that would otherwise align the timestamps.
  if (sackPermitted) out.push(...(tsVal === null ? [NOP, NOP] : []), SACK_PERMITTED, 2);
  else if (tsVal !== null) out.push(NOP, NOP);
  if (tsVal !== null) out.push(TIMESTAMPS, 10, ...thirtyTwo(tsVal), ...thirtyTwo(tsEcr));
  if (wscale !== null) out.push(NOP, WSCALE, 3, wscale & 0xff);
  if (sack.length > 0) {
    out.push(NOP, NOP, SACK, 2 + 8 * sack.length);
    for (const { from, to } of sack) out.push(...thirtyTwo(from), ...thirtyTwo(to));
  }
  for (const kind of unknown) out.push(kind, 2);
  const length = optionLength(options);
  if (length > optionLimit) throw new RangeError(`options take ${length} octets, ${optionLimit} is the most`);
  const octets = new Uint8Array(length);
  octets.set(out);
  return octets;
}

function sixteen(value: number): number[] {
  return [(value >>> 8) & 0xff, value & 0xff];
}

function thirtyTwo(value: number): number[] {
  return [...sixteen(value >>> 16), ...sixteen(value)];
}

// ---- the checksum

/**
 * The checksum of a segment in its IPv4 packet (RFC 9293 section 3.1, MUST-2): the ones' complement of the ones'
 * complement sum over pseudo header, header and data, the checksum field itself counting as zero.
 */
export function checksum(octets: Uint8Array, fromAddress: string, toAddress: string): number {
  let sum = 6 + octets.length;
  for (const address of [fromAddress, toAddress]) {
    const [a, b, c, d] = addressOctets(address);
    sum += (a << 8) + b + (c << 8) + d;
  }
  for (let index = 0; index < octets.length; index += 2) {
    if (index === 16) continue;
    sum += ((octets[index] ?? 0) << 8) + (octets[index + 1] ?? 0);
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

/** The four octets of an IPv4 address; throws a RangeError for anything else. */
export function addressOctets(address: string): readonly [number, number, number, number] {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address)?.slice(1).map(Number) ?? [];
  const [a, b, c, d] = parts;
  if (a === undefined || b === undefined || c === undefined || d === undefined || parts.some((part) => part > 255)) {
    throw new RangeError(`not an IPv4 address: ${address}`);
  }
  return [a, b, c, d];
}

// ---- from octets

/** What octets turned out to be. */
export interface Decoded {
  readonly segment: Segment;
  readonly fromPort: number;
  readonly toPort: number;
  /** The checksum field as it stands. */
  readonly checksum: number;
  /** Options that had to be passed over (MUST-7); empty in a well-formed segment. */
  readonly faults: readonly OptionFault[];
}

/** An option whose length is impossible: it stands at offset `at` of the options. */
export interface OptionFault {
  readonly kind: number;
  /** As it stands; null where the options end before it. */
  readonly length: number | null;
  readonly at: number;
}

/** Why octets are no segment at all. */
export type NoSegment = 'shorter-than-a-header' | 'data-offset-below-five' | 'data-offset-beyond-the-end';

/** Reads octets from the network. Whatever they hold, it returns; the checksum is for the caller to judge (MUST-3). */
export function decode(octets: Uint8Array): Decoded | NoSegment {
  if (octets.length < headerLength) return 'shorter-than-a-header';
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  const offset = (view.getUint8(12) >>> 4) * 4;
  if (offset < headerLength) return 'data-offset-below-five';
  if (offset > octets.length) return 'data-offset-beyond-the-end';
  const { options, faults } = decodeOptions(octets.subarray(headerLength, offset));
  const data = octets.slice(offset);
  return {
    segment: new Segment(
      seq(view.getUint32(4)),
      seq(view.getUint32(8)),
      view.getUint8(13),
      view.getUint16(14),
      view.getUint16(18),
      new Octets(data, 0, data.length),
      options,
    ),
    fromPort: view.getUint16(0),
    toPort: view.getUint16(2),
    checksum: view.getUint16(16),
    faults,
  };
}

/**
 * Reads the options area. Unknown kinds are stepped over by their length (MUST-6, MUST-68), nothing needs to be
 * aligned (MUST-64), what follows an end-of-list is padding. An impossible length ends the list; an option of a
 * known kind with the wrong length is stepped over.
 */
export function decodeOptions(octets: Uint8Array): {
  readonly options: Options;
  readonly faults: readonly OptionFault[];
} {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  const faults: OptionFault[] = [];
  let mss: number | null = null;
  let wscale: number | null = null;
  let sackPermitted = false;
  let tsVal: number | null = null;
  let tsEcr = 0;
  let sack: readonly Block[] = [];
  const unknown: number[] = [];
  let at = 0;
  while (at < octets.length) {
    const kind = view.getUint8(at);
    if (kind === EOL) break;
    if (kind === NOP) {
      at += 1;
      continue;
    }
    const length = at + 1 < octets.length ? view.getUint8(at + 1) : null;
    if (length === null || length < 2 || at + length > octets.length) {
      faults.push({ kind, length, at });
      break;
    }
    if (kind === MSS && length === 4) mss = view.getUint16(at + 2);
    else if (kind === WSCALE && length === 3) wscale = view.getUint8(at + 2);
    else if (kind === SACK_PERMITTED && length === 2) sackPermitted = true;
    else if (kind === TIMESTAMPS && length === 10) {
      tsVal = view.getUint32(at + 2);
      tsEcr = view.getUint32(at + 6);
    } else if (kind === SACK && length >= 10 && length % 8 === 2) sack = blocks(view, at + 2, at + length);
    else if (kind === MSS || kind === WSCALE || kind === SACK_PERMITTED || kind === TIMESTAMPS || kind === SACK)
      faults.push({ kind, length, at });
    else unknown.push(kind);
    at += length;
  }
  const nothing =
    mss === null && wscale === null && !sackPermitted && tsVal === null && sack.length === 0 && unknown.length === 0;
  return {
    options: nothing ? noOptions : new Options(mss, wscale, sackPermitted, tsVal, tsEcr, sack, unknown),
    faults,
  };
}

function blocks(view: DataView, from: number, to: number): Block[] {
  const found: Block[] = [];
  for (let at = from; at < to; at += 8) {
    found.push({ from: seq(view.getUint32(at)), to: seq(view.getUint32(at + 4)) });
  }
  return found;
}
