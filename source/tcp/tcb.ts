// The transmission control block (RFC 9293 section 3.3.1), in four shapes by what is known in a state:
// CLOSED nothing, LISTEN nothing but the wish, SYN-SENT our own sequence space, and then both.

import { Congestion } from './congestion.ts';
import type { Block } from './options.ts';
import { empty, type Queue } from './queue.ts';
import { nothing, type Reassembly } from './reassembly.ts';
import { ReceiveMemory } from './receive-memory.ts';
import { ReceiveSpace } from './receive-space.ts';
import { RoundTrip } from './rtt.ts';
import { SendSpace } from './send-space.ts';
import type { Sent } from './sent.ts';
import { add, distance, type Seq } from './seq.ts';
import type { SocketError, SocketOptions } from './socket.ts';
import { Timers } from './timers.ts';

/** The states in which both sequence spaces are known. */
export type JoinedState =
  | 'SYN-RECEIVED'
  | 'ESTABLISHED'
  | 'FIN-WAIT-1'
  | 'FIN-WAIT-2'
  | 'CLOSE-WAIT'
  | 'CLOSING'
  | 'LAST-ACK'
  | 'TIME-WAIT';

/** The eleven states (RFC 9293 section 3.3.2). */
export type State = 'CLOSED' | 'LISTEN' | 'SYN-SENT' | JoinedState;

/** Whether text (and the urgent pointer) of a segment still counts, and RECEIVE still opens the window: the peer has not closed. */
export function takesText(state: JoinedState): boolean {
  switch (state) {
    case 'ESTABLISHED':
    case 'FIN-WAIT-1':
    case 'FIN-WAIT-2':
      return true;
    case 'SYN-RECEIVED':
    case 'CLOSE-WAIT':
    case 'CLOSING':
    case 'LAST-ACK':
    case 'TIME-WAIT':
      return false;
  }
}

/** All states in the order of RFC 9293 section 3.3.2. */
export const states: readonly State[] = [
  'LISTEN',
  'SYN-SENT',
  'SYN-RECEIVED',
  'ESTABLISHED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
  'CLOSING',
  'LAST-ACK',
  'TIME-WAIT',
  'CLOSED',
];

/** No connection. `error` is what the next application call is told; `unread` what it may still read. */
export interface Closed {
  readonly state: 'CLOSED';
  readonly error: SocketError | null;
  readonly unread: Queue;
}

/** CLOSED with nothing left over. */
export const closed: Closed = { state: 'CLOSED', error: null, unread: empty };

/** A passive OPEN waiting for requests; it never becomes a connection itself, a SYN makes a child. */
export interface Listen {
  readonly state: 'LISTEN';
}

const noPieces: readonly Written[] = [];

/** A piece of what was written and not sent: up to `to`; `push` says that a write ended there. */
export interface Written {
  readonly to: Seq;
  readonly push: boolean;
}

/** What every connection has from its first SYN on: our half. SYN-SENT is exactly this. */
export class Sending {
  socket: SocketOptions;
  snd: SendSpace;
  timers: Timers;
  rtt: RoundTrip;
  congestion: Congestion;
  /** Octets written and not acknowledged; the first has sequence number `queueFrom`. */
  queue: Queue;
  queueFrom: Seq;
  /** Up to where PUSH was asked for; what lies behind it and does not fill a segment may wait for more (MAY-15). */
  pushedTo: Seq;
  /** Where the profile sends in chunks: the pieces of what was not sent yet. */
  pieces: readonly Written[];
  /** Ends of the chunks in flight, the oldest first. */
  chunkEnds: readonly Seq[];
  /** Memory that what was written may take; 0: the profile's. A writer waits until a third of it is free. */
  sendSpace: number;
  writerWaits: boolean;
  /** What is in flight, in sequence order. */
  outstanding: readonly Sent[];
  /** Expiries of the retransmission timer since something was last acknowledged. */
  repetitions: number;
  /** When the first of those repetitions left; 0 when there was none. */
  repeatedAt: number;
  /** When the oldest unacknowledged thing was first sent. */
  waitingSince: number;
  /** How often the SYN or SYN,ACK was repeated. */
  synRepetitions: number;
  /** How often the SYN,ACK was repeated because the peer's SYN came again. */
  synAnswers: number;
  /** CLOSE or SHUTDOWN was called: a FIN follows the last octet. */
  finQueued: boolean;
  /** Sequence number of our FIN, once sent. */
  finSeq: Seq | null;
  /** Added to the clock in our timestamps. */
  tsOffset: number;
  /** Whether the application still reads; shutdown(RD) ends that. */
  reading: boolean;
  /** Whether a process still holds the socket. */
  owned: boolean;
  /** Timestamps, SACK and ECN: offered while in SYN-SENT, agreed upon afterwards. */
  tsOk: boolean;
  sackOk: boolean;
  ecnOk: boolean;

  constructor(iss: Seq, socket: SocketOptions, rtt: RoundTrip, congestion: Congestion, tsOffset: number) {
    this.socket = socket;
    this.snd = new SendSpace(iss);
    this.timers = new Timers();
    this.rtt = rtt;
    this.congestion = congestion;
    this.queue = empty;
    this.queueFrom = add(iss, 1);
    this.pieces = noPieces;
    this.pushedTo = this.queueFrom;
    this.chunkEnds = [];
    this.sendSpace = 0;
    this.writerWaits = false;
    this.outstanding = [];
    this.repetitions = 0;
    this.repeatedAt = 0;
    this.waitingSince = 0;
    this.synRepetitions = 0;
    this.synAnswers = 0;
    this.finQueued = false;
    this.finSeq = null;
    this.tsOffset = tsOffset;
    this.reading = true;
    this.owned = true;
    this.tsOk = false;
    this.sackOk = false;
    this.ecnOk = false;
  }
}

// Everything of `from` but its identity; the parts that a step changes are copied, the rest is shared.
function assume(copy: Sending, from: Readonly<Sending>): void {
  copy.snd = SendSpace.of(from.snd);
  copy.timers = new Timers(from.timers);
  copy.queue = from.queue;
  copy.queueFrom = from.queueFrom;
  copy.pieces = from.pieces;
  copy.pushedTo = from.pushedTo;
  copy.chunkEnds = from.chunkEnds;
  copy.sendSpace = from.sendSpace;
  copy.writerWaits = from.writerWaits;
  copy.outstanding = from.outstanding;
  copy.repetitions = from.repetitions;
  copy.repeatedAt = from.repeatedAt;
  copy.waitingSince = from.waitingSince;
  copy.synRepetitions = from.synRepetitions;
  copy.synAnswers = from.synAnswers;
  copy.finQueued = from.finQueued;
  copy.finSeq = from.finSeq;
  copy.reading = from.reading;
  copy.owned = from.owned;
  copy.tsOk = from.tsOk;
  copy.sackOk = from.sackOk;
  copy.ecnOk = from.ecnOk;
}

/** SYN-SENT: a SYN is on its way and the peer's sequence space is not known yet. */
export class SynSent extends Sending {
  readonly state = 'SYN-SENT' as const;

  /** An independent copy. */
  static of(from: Readonly<SynSent>): SynSent {
    const copy = new SynSent(
      from.snd.iss,
      from.socket,
      RoundTrip.of(from.rtt),
      Congestion.of(from.congestion),
      from.tsOffset,
    );
    assume(copy, from);
    return copy;
  }
}

/** The eight states in which both sequence spaces are known. */
export class Joined extends Sending {
  state: JoinedState;
  /** Whether both SYNs carried the window scale option (RFC 7323 section 2.2). */
  scaled: boolean;
  /** The handshake is complete, but the listener would not have the connection yet. */
  deferred: boolean;
  /** Opened by LISTEN; decides what a reset in SYN-RECEIVED means (MUST-11). */
  passive: boolean;
  rcv: ReceiveSpace;
  /** The receive buffer in memory, where the profile counts that; null elsewhere. */
  memory: ReceiveMemory | null;
  /** Octets in order that the application has not read. */
  unread: Queue;
  reassembly: Reassembly;
  /** The octet before RCV.UP has been read apart from the stream. */
  urgentRead: boolean;
  /** TS.Recent and when it was taken. */
  tsRecent: number;
  tsRecentAt: number;
  /** A block received twice, to be reported first in the next ACK (RFC 2883); null when there is none. */
  dsack: Block | null;
  /** When anything last arrived, for keep-alive. */
  heardAt: number;
  /** Keep-alive probes sent since then. */
  keepaliveProbes: number;
  /** Zero-window probes sent since the window last opened. */
  windowProbes: number;
  /** Segments that are still acknowledged at once at the start of a stream. */
  quickAcks: number;
  /** Whether the exchange looks like request and response, so that ACKs wait for data to ride on. */
  interactive: boolean;
  /** Current delay of an ACK where it adapts; 0 before the first data. */
  ackDelay: number;
  /** Small segments received since the last ACK: none, one, or more (where the delay adapts). */
  pushed: number;
  /** Duplicate ACKs sent at once since RCV.NXT was this. */
  duplicatesSent: number;
  duplicatesFrom: Seq;
  /** The delayed ACK is one that stands for several duplicates. */
  merging: boolean;
  /** When data last arrived; -1 before. */
  dataAt: number;
  /** Congestion was marked and has to be echoed until the peer confirms. */
  eceEcho: boolean;
  /** The next new data carries CWR. */
  cwrPending: boolean;

  constructor(
    iss: Seq,
    irs: Seq,
    state: JoinedState,
    socket: SocketOptions,
    rtt: RoundTrip,
    congestion: Congestion,
    tsOffset: number,
  ) {
    super(iss, socket, rtt, congestion, tsOffset);
    this.state = state;
    this.scaled = false;
    this.deferred = false;
    this.passive = false;
    this.rcv = new ReceiveSpace(irs);
    this.memory = null;
    this.unread = empty;
    this.reassembly = nothing;
    this.urgentRead = false;
    this.tsRecent = 0;
    this.tsRecentAt = 0;
    this.dsack = null;
    this.heardAt = 0;
    this.keepaliveProbes = 0;
    this.windowProbes = 0;
    this.quickAcks = 0;
    this.interactive = false;
    this.ackDelay = 0;
    this.pushed = 0;
    this.duplicatesSent = 0;
    this.duplicatesFrom = irs;
    this.merging = false;
    this.dataAt = -1;
    this.eceEcho = false;
    this.cwrPending = false;
  }

  /** An independent copy. */
  static of(from: Readonly<Joined>): Joined {
    const copy = new Joined(
      from.snd.iss,
      from.rcv.irs,
      from.state,
      from.socket,
      RoundTrip.of(from.rtt),
      Congestion.of(from.congestion),
      from.tsOffset,
    );
    assume(copy, from);
    copy.scaled = from.scaled;
    copy.deferred = from.deferred;
    copy.passive = from.passive;
    copy.rcv = ReceiveSpace.of(from.rcv);
    copy.memory = from.memory === null ? null : ReceiveMemory.of(from.memory);
    copy.unread = from.unread;
    copy.reassembly = from.reassembly;
    copy.urgentRead = from.urgentRead;
    copy.tsRecent = from.tsRecent;
    copy.tsRecentAt = from.tsRecentAt;
    copy.dsack = from.dsack;
    copy.heardAt = from.heardAt;
    copy.keepaliveProbes = from.keepaliveProbes;
    copy.windowProbes = from.windowProbes;
    copy.quickAcks = from.quickAcks;
    copy.interactive = from.interactive;
    copy.ackDelay = from.ackDelay;
    copy.pushed = from.pushed;
    copy.duplicatesSent = from.duplicatesSent;
    copy.duplicatesFrom = from.duplicatesFrom;
    copy.merging = from.merging;
    copy.dataAt = from.dataAt;
    copy.eceEcho = from.eceEcho;
    copy.cwrPending = from.cwrPending;
    return copy;
  }

  /** SYN-SENT's half carried over once the peer's SYN has come. */
  static from(half: Readonly<SynSent>, irs: Seq, state: JoinedState): Joined {
    const joined = new Joined(
      half.snd.iss,
      irs,
      state,
      half.socket,
      RoundTrip.of(half.rtt),
      Congestion.of(half.congestion),
      half.tsOffset,
    );
    assume(joined, half);
    return joined;
  }
}

/** A connection in any state. Published ones are never changed; a step works on a copy. */
export type Tcb = Closed | Listen | SynSent | Joined;

/** Octets written but never sent. */
export function unsent(tcb: Readonly<Sending>): number {
  const sent = tcb.snd.nxt - tcb.queueFrom;
  const octets = (sent | 0) - (tcb.finSeq === null ? 0 : 1);
  return tcb.queue.length - Math.max(octets, 0);
}

/** Whether CLOSE was called and our FIN has not left yet. */
export function finWaits(tcb: Readonly<Sending>): boolean {
  return tcb.finQueued && tcb.finSeq === null;
}

/** Octets that the peer's window still permits, SND.UNA + SND.WND - SND.NXT; below 0 where it was taken back. */
export function usableWindow({ snd }: Readonly<Sending>): number {
  return distance(add(snd.una, snd.wnd), snd.nxt);
}

/** Whether everything up to and including our FIN has been acknowledged. */
export function finAcknowledged(tcb: Readonly<Sending>): boolean {
  return tcb.finSeq !== null && ((tcb.snd.una - tcb.finSeq) | 0) > 0;
}
