// A TCP segment as meaning (RFC 9293 section 3.1). Addresses and ports belong to the packet around it,
// so that a connection's transitions do not depend on who the two ends are.

import { none, type Octets } from './octets.ts';
import { noOptions, type Options } from './options.ts';
import { add, type Seq, seq } from './seq.ts';

/** The control bits in their header positions (RFC 9293 section 3.1, RFC 3168 for ECE and CWR). */
export const FIN = 1;
export const SYN = 2;
export const RST = 4;
export const PSH = 8;
export const ACK = 16;
export const URG = 32;
export const ECE = 64;
export const CWR = 128;

/**
 * No control bit, and not TCP: the wire carries this as a UDP datagram (RFC 768), which has ports, a length and data,
 * and none of the numbers.
 */
export const UDP = 256;

/** The control bits by name, in the order in which the RFC's figures print them. */
export const controls = { SYN, FIN, RST, PSH, ACK, URG, ECE, CWR } as const;
export type Control = keyof typeof controls;

/** Whether a word is the name of a control bit. */
export function isControl(word: string): word is Control {
  return Object.hasOwn(controls, word);
}

/** The sum of control bits by their names. */
export function ctlOf(names: readonly Control[]): number {
  let ctl = 0;
  for (const name of names) ctl |= controls[name];
  return ctl;
}

/** One segment. Never changed after it is made: retransmissions and edits are new segments. */
export class Segment {
  /** SEG.SEQ: of the SYN, or of the first data octet. */
  readonly seq: Seq;
  /** SEG.ACK; meaningless (0) unless the ACK bit is set. */
  readonly ack: Seq;
  /** Control bits, the sum of the constants above. */
  readonly ctl: number;
  /** SEG.WND as it stands in the header: 0 .. 65535, not yet scaled. */
  readonly wnd: number;
  /** Urgent pointer, an offset from SEG.SEQ, 0 .. 65535; meaningless unless URG is set. */
  readonly up: number;
  readonly data: Octets;
  readonly options: Options;

  constructor(seq: Seq, ack: Seq, ctl: number, wnd: number, up: number, data: Octets, options: Options) {
    this.seq = seq;
    this.ack = ack;
    this.ctl = ctl;
    this.wnd = wnd;
    this.up = up;
    this.data = data;
    this.options = options;
  }
}

/** A segment from the fields that matter; everything else is zero, empty or absent. */
export function segment(fields: {
  seq?: number;
  ack?: number;
  ctl?: readonly Control[];
  wnd?: number;
  up?: number;
  data?: Octets;
  options?: Options;
}): Segment {
  return new Segment(
    seq(fields.seq ?? 0),
    seq(fields.ack ?? 0),
    ctlOf(fields.ctl ?? []),
    fields.wnd ?? 0,
    fields.up ?? 0,
    fields.data ?? none,
    fields.options ?? noOptions,
  );
}

/** Whether a control bit (or any of several) is set. */
export function has(segment: Segment, bits: number): boolean {
  return (segment.ctl & bits) !== 0;
}

/** SEG.LEN: data octets plus one each for SYN and FIN (RFC 9293 section 3.4). */
export function length(segment: Segment): number {
  return segment.data.length + ((segment.ctl >> 1) & 1) + (segment.ctl & 1);
}

/** The sequence number just after everything the segment occupies: SEG.SEQ + SEG.LEN. */
export function end(segment: Segment): Seq {
  return add(segment.seq, length(segment));
}

/** The names of the set control bits in the RFC's printing order, for example ['SYN', 'ACK']; ['UDP'] for a datagram. */
export function ctlNames(ctl: number): (Control | 'UDP')[] {
  if ((ctl & UDP) !== 0) return ['UDP'];
  return Object.keys(controls).filter((name): name is Control => isControl(name) && (ctl & controls[name]) !== 0);
}

/** The RFC's notation: `<SEQ=300><ACK=101><CTL=SYN,ACK>`, with `<LEN=n>` where there is data; `<UDP><LEN=n>`. */
export function notation(segment: Segment): string {
  if (has(segment, UDP)) return `<UDP><LEN=${segment.data.length}>`;
  const ack = has(segment, ACK) ? `<ACK=${segment.ack}>` : '';
  const data = segment.data.length > 0 ? `<LEN=${segment.data.length}>` : '';
  return `<SEQ=${segment.seq}>${ack}<CTL=${ctlNames(segment.ctl).join(',')}>${data}`;
}
