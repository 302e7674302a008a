// A recorded kernel trace: what two applications and a wire did to two kernels, and every segment, state and
// result that followed. The file format is that of the recording harness; times are milliseconds there,
// integer microseconds here.

import type { Fire } from './phase.ts';

/** The two ends: `c` is the first host, `s` the second. */
export type Side = 'c' | 's';

/** Options of a segment as recorded; absent ones were not there. */
export interface TraceOptions {
  readonly mss?: number;
  readonly ws?: number;
  /** SACK permitted. */
  readonly sok?: true;
  /** Timestamp value and echo, each counted from the first that its direction sent. */
  readonly ts?: readonly [number, number];
  /** Blocks in the relative numbers of the direction they report on; null where a number has no SYN to count from. */
  readonly sack?: readonly (readonly [number | null, number | null])[];
}

/** A segment as recorded. Sequence numbers count from a SYN of their direction: SYN 0, first octet 1. */
export interface TraceSegment {
  /** Letters in the order S F R P A U E C, or `-`. */
  readonly fl: string;
  /** null where no SYN was seen that it could count from; then `seqAbs` has the number. */
  readonly seq: number | null;
  /** Which SYN it counts from: `r1` the second real one, `inj0` the first crafted one; null: the first real one. */
  readonly seqOf: string | null;
  readonly seqAbs: number | null;
  /** null without the ACK bit, or where no SYN was seen. */
  readonly ack: number | null;
  readonly ackOf: string | null;
  readonly ackAbs: number | null;
  readonly len: number;
  /** As it stands in the header. */
  readonly win: number;
  readonly opt: TraceOptions;
  /** Urgent pointer; null without the URG bit. */
  readonly urg: number | null;
  /** ECN bits of the IP header; null where they are 0. */
  readonly ecn: string | null;
  /** `c:40001>s:8080`; null on the main pair of ports. */
  readonly flow: string | null;
  /** Sequence number and acknowledgment as they stand in the header. */
  readonly abs: readonly [number, number];
}

/** What an application call returned. Absent fields were absent. */
export interface TraceReturn {
  readonly ok?: true;
  readonly n?: number;
  readonly err?: string;
  readonly eof?: true;
  readonly would_block?: true;
  /** Octets of a send that were taken before it failed or had to wait. */
  readonly sent?: number;
  readonly queued?: number;
  /** Name of the accepted socket. */
  readonly new?: string;
  readonly peer?: string;
  /** Value of getopt: a number or the name of an error. */
  readonly v?: number | string;
}

/** One line of a trace that a comparison looks at. */
export type TraceEvent =
  | ({
      readonly k: 'tx';
      readonly t: number;
      readonly side: Side;
      readonly n: number;
      /** What the wire did with it; null: delivered as usual. */
      readonly fate: string | null;
      readonly retx: boolean;
    } & TraceSegment)
  | {
      readonly k: 'st';
      readonly t: number;
      readonly side: Side;
      /** `main`, `40001>s:8080` or `8080 listen`. */
      readonly sk: string;
      readonly from: string;
      readonly to: string;
    }
  | {
      readonly k: 'ret';
      readonly t: number;
      readonly side: Side;
      readonly proc: string | null;
      /** The call that returned: its number in the script. */
      readonly a: number;
      readonly do: string;
      readonly s: string | null;
      readonly result: TraceReturn;
    }
  | {
      readonly k: 'poll';
      readonly t: number;
      readonly side: Side;
      readonly proc: string | null;
      readonly s: string;
      /** RDHUP, HUP, ERR, PRI as they first appeared. */
      readonly poll: readonly string[];
    };

/** A scripted application call. */
export interface TraceCall {
  readonly k: 'app';
  readonly t: number;
  readonly side: Side;
  readonly proc: string | null;
  readonly a: number;
  readonly do: string;
  readonly s: string | null;
  /** Name given to what an accept returns. */
  readonly as: string | null;
  readonly port: number | null;
  readonly backlog: number | null;
  /** Local port of a connect; 0: an ephemeral one; null: not given. */
  readonly bind: number | null;
  /** SO_REUSEADDR, which the applications set unless told otherwise. */
  readonly reuse: boolean;
  readonly n: number | null;
  readonly oob: boolean;
  readonly how: string | null;
  readonly opt: string | null;
  readonly opts: ReadonlyMap<string, number | string>;
  /** Fields that no comparison knows. */
  readonly unknown: readonly string[];
}

/** Something scripted that happened to the wire or to a host. */
export interface TraceWire {
  readonly k: 'wire';
  readonly t: number;
  readonly do: string;
  readonly side: Side | null;
  readonly name: string | null;
}

/** A crafted segment, delivered at once. */
export type TraceInjection = {
  readonly k: 'inj';
  readonly t: number;
  /** Whom it reached. */
  readonly side: Side;
  readonly n: number;
  readonly from: string;
} & TraceSegment;

/** Everything that was done from outside, in order of time. */
export type TraceAction = TraceCall | TraceWire | TraceInjection;

/** A standing order of the wire, as the scenario gave it; checked when it is used. */
export type TraceRule = Readonly<Record<string, unknown>>;

/** A trace as a value. */
export interface Trace {
  readonly name: string;
  readonly title: string;
  readonly group: string;
  readonly kernel: string;
  /** Timer ticks per second. */
  readonly hz: number;
  readonly mtu: number;
  /** One-way delay in microseconds. */
  readonly delay: number;
  readonly congestion: string;
  readonly rules: readonly TraceRule[];
  /** Sysctls of both sides: those in force, with what the scenario set. */
  readonly sysctl: Readonly<Record<Side, ReadonlyMap<string, string>>>;
  /** Ports of the pair called `main`. */
  readonly mainPorts: Readonly<Record<Side, number>>;
  readonly actions: readonly TraceAction[];
  readonly events: readonly TraceEvent[];
  /** What timers sent. */
  readonly fires: readonly Fire[];
  /** How long segments took from one side to the other, without what rules added: the median (microseconds); null: none arrived. */
  readonly transit: number | null;
  /** Time of the last line (microseconds). */
  readonly end: number;
}

/** What stands in a trace and has no counterpart here: a comparison of it would mean nothing. */
export class NotUnderstood extends Error {
  constructor(what: string) {
    // What is quoted from a file may hold anything.
    super(what.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '?'));
    this.name = 'NotUnderstood';
  }
}
