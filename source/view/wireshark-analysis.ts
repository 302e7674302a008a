// Wireshark's guesses about the packets of one capture (tcp.analysis.* of 4.0). Packets are judged in the order in which
// the capture has them, each connection by itself.

import { ACK, FIN, has, RST, type Segment, SYN } from '../tcp/segment.ts';
import type { End, Flight } from '../world/wire.ts';

/** What Wireshark marks a packet with, by the names of its fields. */
export type Verdict =
  | 'retransmission'
  | 'fast_retransmission'
  | 'spurious_retransmission'
  | 'out_of_order'
  | 'lost_segment'
  | 'ack_lost_segment'
  | 'duplicate_ack'
  | 'zero_window'
  | 'zero_window_probe'
  | 'zero_window_probe_ack'
  | 'window_full'
  | 'window_update'
  | 'keep_alive'
  | 'keep_alive_ack'
  | 'reused_ports';

/** One packet of a capture: virtual time in microseconds, addresses and ports, and the segment. */
export type Packet = Pick<Flight, 'from' | 'to' | 'segment'> & { readonly at: number };

/** What is remembered of one direction. */
interface Direction {
  /** The number that counts as 0: of its SYN, or one less than that of its first segment; null before any. */
  base: number | null;
  /** The sequence number after everything seen, and when it came to be so; null before any. */
  next: number | null;
  nextAt: number;
  /** As far as everything was seen without a hole; null before any. */
  whole: number | null;
  /** Window as it stands in its last segment (null: there was none), and in octets. */
  window: number | null;
  room: number;
  /** Acknowledgment of its last segment (0 where it had none), and when that was. */
  ack: number;
  ackAt: number;
  /** Duplicate ACKs in a row. */
  duplicates: number;
  /** What its last segment was marked with. */
  verdicts: readonly Verdict[];
  /** Shift that its SYN announced; null: no SYN was seen. */
  shift: number | null;
}

interface Connection {
  readonly first: Direction;
  readonly second: Direction;
  readonly opener: string;
  /** When the last SYN was seen, and the first round trip of the handshake (microseconds). */
  synAt: number | null;
  roundTrip: number | null;
}

function direction(): Direction {
  return {
    base: null,
    next: null,
    nextAt: 0,
    whole: null,
    window: null,
    room: 0,
    ack: 0,
    ackAt: 0,
    duplicates: 0,
    verdicts: [],
    shift: null,
  };
}

/** Looks at one capture packet by packet. */
export class Analysis {
  private readonly connections = new Map<string, Connection>();

  /** What Wireshark marks the next packet with. */
  judge(packet: Packet): readonly Verdict[] {
    const { segment, at } = packet;
    const { connection, reused } = this.connectionOf(packet);
    const forward = nameOf(packet.from) === connection.opener;
    const own = forward ? connection.first : connection.second;
    const peer = forward ? connection.second : connection.first;
    const marks = [
      ...(reused ? (['reused_ports'] as const) : []),
      ...asSender(segment, own, peer),
      ...asReceiver(segment, own, peer),
    ];
    timeHandshake(segment, at, connection);
    const verdicts = [...marks, ...repetition(segment, at, marks, connection.roundTrip, own, peer)];
    remember(segment, at, verdicts, own, peer);
    return verdicts;
  }

  // A SYN with another number than the one before begins a new connection on the same ports.
  private connectionOf(packet: Packet): { readonly connection: Connection; readonly reused: boolean } {
    const { segment } = packet;
    const from = nameOf(packet.from);
    const key = [from, nameOf(packet.to)].sort().join(' ');
    const known = this.connections.get(key);
    if (known !== undefined) {
      const own = from === known.opener ? known.first : known.second;
      const other = has(segment, SYN) && own.base !== null && own.base !== segment.seq;
      if (!other) return { connection: known, reused: false };
      if (has(segment, ACK)) {
        // What its sender sent before stays, and is compared with the new numbers.
        own.base = segment.seq;
        return { connection: known, reused: true };
      }
    }
    const connection = { first: direction(), second: direction(), opener: from, synAt: null, roundTrip: null };
    this.connections.set(key, connection);
    return { connection, reused: known !== undefined };
  }
}

function nameOf({ address, port }: End): string {
  return `${address}:${port}`;
}

/** Neither SYN, FIN nor RST. */
function plain(segment: Segment): boolean {
  return !has(segment, SYN | FIN | RST);
}

/** Whether a segment is one octet of the next data, sent into a closed window. */
function isProbe(segment: Segment, own: Direction, peer: Direction): boolean {
  return segment.data.length === 1 && segment.seq === own.next && peer.window === 0;
}

// What its sequence numbers and its window say.
function* asSender(segment: Segment, own: Direction, peer: Direction): Generator<Verdict> {
  const { seq, wnd: window } = segment;
  const octets = segment.data.length;
  if (isProbe(segment, own, peer)) {
    yield 'zero_window_probe';
    return;
  }
  if (window === 0 && plain(segment)) yield 'zero_window';
  if (own.next !== null && after(seq, own.next) && !has(segment, RST)) yield 'lost_segment';
  if (octets <= 1 && own.next !== null && seq === before(own.next) && plain(segment)) yield 'keep_alive';
  const full = peer.shift !== null && (seq + octets) >>> 0 === (peer.ack + peer.room) >>> 0;
  if (octets > 0 && full && plain(segment)) yield 'window_full';
}

// What its acknowledgment says, compared with the one before.
function* asReceiver(segment: Segment, own: Direction, peer: Direction): Generator<Verdict> {
  const { ack, wnd: window } = segment;
  const stands = segment.data.length === 0 && plain(segment) && segment.seq === own.next && ack === own.ack;
  let duplicate = false;
  if (stands) {
    if (window !== own.window) {
      if (window !== 0) yield 'window_update';
    } else if (window === 0) {
      if (peer.verdicts.includes('zero_window_probe')) yield 'zero_window_probe_ack';
    } else if (peer.verdicts.includes('keep_alive')) yield 'keep_alive_ack';
    else {
      duplicate = true;
      yield 'duplicate_ack';
    }
  }
  if (duplicate) own.duplicates += 1;
  else if (ack !== own.ack) own.duplicates = 0;
  // Told once, not again for every duplicate.
  if (has(segment, ACK) && peer.whole !== null && after(ack, peer.whole) && !duplicate) {
    peer.whole = peer.next;
    yield 'ack_lost_segment';
  }
}

// The first round trip: from the last SYN to the first ACK without one.
function timeHandshake(segment: Segment, at: number, connection: Connection): void {
  if (has(segment, SYN)) {
    if (!has(segment, ACK)) connection.synAt = at;
  } else if (has(segment, ACK) && connection.roundTrip === null && connection.synAt !== null) {
    connection.roundTrip = at - connection.synAt;
  }
}

/** Where nothing is known of the round trip: below this (microseconds) a late segment counts as out of order. */
const usualThreshold = 3_000;
/** A repetition so soon (microseconds) after the last of two duplicate ACKs counts as fast. */
const fast = 20_000;

// A segment that takes sequence numbers and does not advance them was sent again, or comes late.
function repetition(
  segment: Segment,
  at: number,
  marks: readonly Verdict[],
  roundTrip: number | null,
  own: Direction,
  peer: Direction,
): readonly Verdict[] {
  const { seq } = segment;
  const octets = segment.data.length;
  const bits = has(segment, SYN | FIN) ? 1 : 0;
  if (octets + bits === 0 || marks.includes('keep_alive')) return [];
  const end = (seq + octets) >>> 0;
  if (octets > 0 && peer.ack !== 0 && !after(end, peer.ack)) return ['spurious_retransmission'];
  // The octet of a window probe is sent again together with what follows it.
  const follows = octets > 1 && own.next !== null && seq === before(own.next);
  if (own.next === null || !after(own.next, seq) || follows) return [];
  if (peer.duplicates >= 2 && peer.ack === seq && at - peer.ackAt < fast) return ['fast_retransmission'];
  const soon = at - own.nextAt < (roundTrip === null || roundTrip === 0 ? usualThreshold : roundTrip);
  return [soon && (end + bits) >>> 0 !== own.next ? 'out_of_order' : 'retransmission'];
}

function remember(segment: Segment, at: number, verdicts: readonly Verdict[], own: Direction, peer: Direction): void {
  const { seq, ack, wnd } = segment;
  own.base ??= has(segment, SYN) ? seq : before(seq);
  if (has(segment, ACK)) peer.base ??= before(ack);
  const end = (seq + segment.data.length + (has(segment, SYN | FIN) ? 1 : 0)) >>> 0;
  if (!verdicts.includes('zero_window_probe')) {
    if (own.next === null || after(end, own.next)) {
      own.next = end;
      own.nextAt = at;
    }
    if (own.whole === null || seq === own.whole) own.whole = own.next;
  }
  if (has(segment, SYN)) own.shift = segment.options.wscale ?? 0;
  // Windows are scaled where both sides have agreed to it, and never on a SYN.
  const scaled = !has(segment, SYN) && own.shift !== null && peer.shift !== null;
  own.window = wnd;
  own.room = wnd * 2 ** (scaled ? (own.shift ?? 0) : 0);
  own.ack = ack;
  own.ackAt = at;
  own.verdicts = verdicts;
}

/** Whether sequence number a comes after b on the circle. */
function after(a: number, b: number): boolean {
  return ((a - b) | 0) > 0;
}

function before(number: number): number {
  return (number - 1) >>> 0;
}
