// Everything that can happen. At the same moment what arrives comes first, then what is decided, then what expires.

import type { Call } from '../host/call.ts';
import type { NetworkNotice } from '../tcp/notice.ts';
import type { Control } from '../tcp/segment.ts';
import type { TimerName } from '../tcp/timers.ts';
import type { Flight, HostIndex, Match, Nth, RuleDeed } from './wire.ts';

/** Fields of a segment made or changed by hand; absent ones stay as they are or take the usual value. */
export interface SegmentFields {
  readonly seq?: number;
  readonly ack?: number;
  /** Control bits by name, for example ['RST', 'ACK']. */
  readonly ctl?: readonly Control[];
  readonly wnd?: number;
  readonly up?: number;
  /** Data: so many octets of the pattern, or a text. */
  readonly len?: number;
  readonly text?: string;
  readonly mss?: number | null;
  readonly wscale?: number | null;
  readonly sackPermitted?: boolean;
  readonly tsVal?: number | null;
  readonly tsEcr?: number;
}

/** What a person does to the network. Flights are named by id. */
export type Tamper =
  | { readonly do: 'drop'; readonly flight: number }
  /** Lands at this time instead; null: not before it is released. */
  | { readonly do: 'delay'; readonly flight: number; readonly until: number | null }
  /** Lands now: also the way to deliver out of order. */
  | { readonly do: 'release'; readonly flight: number }
  /** An extra copy, landing at this time; null: after the wire's delay. Also of a flight that has already landed or was lost. */
  | { readonly do: 'duplicate'; readonly flight: number; readonly at: number | null }
  /** Exchanges landing times with the next segment in the same direction. */
  | { readonly do: 'swap'; readonly flight: number }
  /** Changes header fields or data on the way; the checksum is made right again. */
  | { readonly do: 'edit'; readonly flight: number; readonly fields: SegmentFields }
  /** A router marks it as having met congestion. */
  | { readonly do: 'mark'; readonly flight: number }
  /** A router throws it away and tells its sender: trouble that may pass, an error, or the size that would fit. */
  | { readonly do: 'refuse'; readonly flight: number; readonly what: NetworkNotice }
  /** Changes one octet, so that the checksum fails. */
  | { readonly do: 'corrupt'; readonly flight: number }
  /** A segment that nobody sent. `port` and `toPort` default to those of the latest connection. */
  | {
      readonly do: 'forge';
      readonly from: 'client' | 'server' | 'third';
      readonly to: 'client' | 'server';
      readonly address: string | null;
      readonly port: number | null;
      readonly toPort: number | null;
      readonly fields: SegmentFields;
      /** Landing time; null: after the wire's delay. */
      readonly at: number | null;
    }
  | {
      readonly do: 'rule';
      readonly rule: {
        readonly do: RuleDeed;
        readonly match: Match;
        readonly nth: Nth | null;
        readonly percent: { readonly of: number; readonly seed: number } | null;
        /** In force for this long from now, in microseconds; null: for good. */
        readonly duration: number | null;
        readonly by: number;
        /** In force only after so many microseconds. */
        readonly after?: number;
        /** What the sender of a refused segment is told; an error where nothing is said. */
        readonly what?: NetworkNotice;
        /** The rules behind it have their say as well. */
        readonly goesOn?: true;
      };
    }
  | { readonly do: 'cut' }
  | { readonly do: 'mend' }
  /** From now on one segment lands at a time: at least so many microseconds lie between two. */
  | { readonly do: 'pace'; readonly by: number }
  /** What addresses that belong to neither host do from now on. */
  | { readonly do: 'third'; readonly answers: 'silent' | 'reset' };

/** What a person decides: a call on a host, or an interference with the network. */
export type Action =
  | { readonly kind: 'call'; readonly host: 0 | 1; readonly call: Call }
  | { readonly kind: 'tamper'; readonly tamper: Tamper };

/** One thing that happens. */
export type Event =
  | { readonly kind: 'arrival'; readonly at: number; readonly flight: Flight }
  | {
      readonly kind: 'decision';
      readonly at: number;
      readonly action: Action;
      /** For a duplicate of a flight that is no longer on the wire: that flight. */
      readonly ghost: Flight | null;
    }
  | {
      readonly kind: 'expiry';
      readonly at: number;
      readonly host: 0 | 1;
      readonly socket: number;
      readonly timer: TimerName;
    };

/** The other end of the wire. */
export function other(host: 0 | 1): 0 | 1 {
  return host === 0 ? 1 : 0;
}

/** 'client' and 'server' as indexes; third parties are -1. */
export function indexOf(name: 'client' | 'server' | 'third'): HostIndex {
  switch (name) {
    case 'client':
      return 0;
    case 'server':
      return 1;
    case 'third':
      return -1;
  }
}
