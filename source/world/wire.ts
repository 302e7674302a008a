// The network between the hosts: every segment on it is an object that a person can act upon.

import { Table } from '../host/table.ts';
import type { NetworkNotice } from '../tcp/notice.ts';
import type { Segment } from '../tcp/segment.ts';
import type { Seq } from '../tcp/seq.ts';

/** 0 client, 1 server; -1 any address that belongs to neither. */
export type HostIndex = 0 | 1 | -1;

/** One end of a segment's way. */
export interface End {
  readonly host: HostIndex;
  readonly address: string;
  readonly port: number;
}

/** A segment on its way. A value; ids count up from 1 in the order of sending. */
export class Flight {
  readonly id: number;
  readonly from: End;
  readonly to: End;
  readonly segment: Segment;
  readonly sentAt: number;
  /** When it lands, in microseconds; Infinity while it is held until released. */
  readonly due: number;
  /** The flight it is an extra copy of, or 0. */
  readonly copyOf: number;
  /** Made by hand: no endpoint sent it. */
  readonly forged: boolean;
  /** An octet was changed on the way, so that the checksum fails. */
  readonly corrupt: boolean;
  /** A router marked it as having met congestion (CE, RFC 3168). */
  readonly marked: boolean;
  /** At the end of its way a router will throw it away and tell its sender this; null: it will arrive. */
  readonly refusal: NetworkNotice | null;
  /** Which copy of `copyOf` it is, counted from 1; 0 where it is none. */
  readonly copy: number;

  constructor(
    id: number,
    from: End,
    to: End,
    segment: Segment,
    sentAt: number,
    due: number,
    copyOf: number,
    forged: boolean,
    corrupt: boolean,
    marked = false,
    refusal: NetworkNotice | null = null,
    copy = 0,
  ) {
    this.id = id;
    this.from = from;
    this.to = to;
    this.segment = segment;
    this.sentAt = sentAt;
    this.due = due;
    this.copyOf = copyOf;
    this.forged = forged;
    this.corrupt = corrupt;
    this.marked = marked;
    this.refusal = refusal;
    this.copy = copy;
  }
}

/** Why a flight is no longer on the wire. */
export type FateReason =
  | 'delivered'
  /** By a person, or by a rule of theirs. */
  | 'dropped'
  | 'dropped-by-rule'
  | 'corrupt'
  /** Too large for the path, or not wanted there: the network told its sender. */
  | 'refused'
  | 'cable-cut'
  | 'host-down'
  /** Older than the maximum segment lifetime. */
  | 'expired'
  /** Addressed to a third party that does not answer, or that did. */
  | 'third-party';

/** The end of a flight. */
export interface Fate {
  readonly flight: Flight;
  readonly reason: FateReason;
}

/** What a number has to be: exactly, more or less than a limit. */
export interface Bound {
  readonly is: '=' | '>' | '<';
  readonly limit: number;
}

/** Selects segments; every field given must fit. */
export interface Match {
  readonly from: 'client' | 'server' | 'third' | null;
  /** Control bits that must be exactly these (flags=FIN means: at least these bits). */
  readonly flags: readonly string[] | null;
  /** Bits that must not be set. */
  readonly without: readonly string[] | null;
  /** Exactly so many data octets, or at least or at most. */
  readonly len: { readonly is: '=' | '>' | '<'; readonly octets: number } | null;
  /** Control bits that are exactly one of these sets. */
  readonly exactly?: readonly (readonly string[])[];
  /** SEG.SEQ and SEG.ACK counted from the SYN of their direction, which has number 0 (see `Course`). */
  readonly seq?: Bound;
  readonly ack?: Bound;
  /** The window as it stands in the header. */
  readonly wnd?: Bound;
  /** Octets of the packet: headers, options and data. */
  readonly size?: Bound;
  /** Whether it repeats sequence numbers that were sent before. */
  readonly again?: boolean;
  readonly port?: number;
  readonly toPort?: number;
}

/** Which of the matches are meant: the nth (from 1), several of them, or every one from the nth on. */
export type Nth = number | readonly number[] | { readonly from: number };

/** What a rule can do: lose, delay, copy, keep until released, mark (RFC 3168), or refuse as a router does. */
export type RuleDeed = 'drop' | 'delay' | 'duplicate' | 'hold' | 'mark' | 'refuse';

/** A standing order: what to do with every matching segment as it is sent. */
export interface Rule {
  readonly id: number;
  readonly do: RuleDeed;
  readonly match: Match;
  /** Only these of the matches; null: every one. */
  readonly nth: Nth | null;
  /** Only this percentage of the matches, chosen by the seed; null: all. */
  readonly percent: { readonly of: number; readonly seed: number } | null;
  /** In force from this time in microseconds on, and until that one; Infinity: for good. */
  readonly since: number;
  readonly until: number;
  /** Extra delay in microseconds, for delay and duplicate. */
  readonly by: number;
  /** What the sender of a refused segment is told. */
  readonly what: NetworkNotice;
  /** Whether the rules behind this one have their say as well. */
  readonly goesOn: boolean;
  /** Matches seen so far. */
  readonly seen: number;
}

/**
 * What the wire remembers of one direction between two sockets, for rules that count from its SYN or tell
 * repetitions from first transmissions. Kept only while such a rule stands.
 */
export interface Course {
  readonly from: End;
  readonly to: End;
  /** Initial sequence numbers seen, the latest last. */
  readonly iss: readonly Seq[];
  /** The sequence number after everything sent; null before anything was. */
  readonly nxt: Seq | null;
}

/** The wire at one moment. */
export class Wire {
  /** One-way delay from client to server and back, in microseconds. */
  delay: readonly [number, number];
  flights: Table<Flight>;
  rules: readonly Rule[];
  courses: readonly Course[];
  /** The least time between two landings in microseconds, and when the latest of them is due. */
  pace: number;
  landing: number;
  /** Whether the cable is cut: then whatever is sent or lands is lost. */
  cut: boolean;
  /** What addresses do that belong to neither host: nothing, or answer with a RST. */
  third: 'silent' | 'reset';
  /** Segments older than this (microseconds) cease to exist; Infinity: never. */
  lifetime: number;
  /** The latest flights that were copied, and how often. */
  copied: readonly { readonly flight: number; readonly times: number }[];

  constructor(from?: Readonly<Wire>) {
    this.delay = from === undefined ? [50_000, 50_000] : from.delay;
    this.flights = from === undefined ? Table.empty<Flight>() : from.flights;
    this.rules = from === undefined ? [] : from.rules;
    this.courses = from === undefined ? [] : from.courses;
    this.pace = from === undefined ? 0 : from.pace;
    this.landing = from === undefined ? 0 : from.landing;
    this.cut = from === undefined ? false : from.cut;
    this.third = from === undefined ? 'silent' : from.third;
    this.lifetime = from === undefined ? Number.POSITIVE_INFINITY : from.lifetime;
    this.copied = from === undefined ? [] : from.copied;
  }
}
