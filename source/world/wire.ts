// The network between the hosts: every segment on it is an object that a person can act upon.

import { Table } from '../host/table.ts';
import type { Segment } from '../tcp/segment.ts';

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

/** Selects segments; every field given must fit. */
export interface Match {
  readonly from: 'client' | 'server' | 'third' | null;
  /** Control bits that must be exactly these (flags=FIN means: at least these bits). */
  readonly flags: readonly string[] | null;
  /** Bits that must not be set. */
  readonly without: readonly string[] | null;
  /** Exactly so many data octets, or at least or at most. */
  readonly len: { readonly is: '=' | '>' | '<'; readonly octets: number } | null;
}

/** A standing order: what to do with every matching segment as it is sent. */
export interface Rule {
  readonly id: number;
  readonly do: 'drop' | 'delay' | 'duplicate';
  readonly match: Match;
  /** Only the nth match (from 1), or null for every one. */
  readonly nth: number | null;
  /** Only this percentage of the matches, chosen by the seed; null: all. */
  readonly percent: { readonly of: number; readonly seed: number } | null;
  /** In force until this time in microseconds; Infinity: for good. */
  readonly until: number;
  /** Extra delay in microseconds, for delay and duplicate. */
  readonly by: number;
  /** Matches seen so far. */
  readonly seen: number;
}

/** The wire at one moment. */
export class Wire {
  /** One-way delay from client to server and back, in microseconds. */
  delay: readonly [number, number];
  flights: Table<Flight>;
  rules: readonly Rule[];
  /** Whether the cable is cut: then whatever is sent or lands is lost. */
  cut: boolean;
  /** What addresses do that belong to neither host: nothing, or answer with a RST. */
  third: 'silent' | 'reset';
  /** Segments older than this (microseconds) cease to exist; Infinity: never. */
  lifetime: number;

  constructor(from?: Readonly<Wire>) {
    this.delay = from === undefined ? [50_000, 50_000] : from.delay;
    this.flights = from === undefined ? Table.empty<Flight>() : from.flights;
    this.rules = from === undefined ? [] : from.rules;
    this.cut = from === undefined ? false : from.cut;
    this.third = from === undefined ? 'silent' : from.third;
    this.lifetime = from === undefined ? Number.POSITIVE_INFINITY : from.lifetime;
  }
}
