// One machine: its sockets, the process that holds them, and what the kernel keeps beside them.

import type { Profile } from '../tcp/profile.ts';
import type { SocketOptions } from '../tcp/socket.ts';
import type { Tcb } from '../tcp/tcb.ts';
import { earliest } from '../tcp/timers.ts';
import type { Call } from './call.ts';
import { Table } from './table.ts';

/** A call that waits for something to happen. `left` counts the octets of a send that do not fit yet. */
export interface Pending {
  readonly call: Call;
  readonly since: number;
  readonly left: number;
  /** For reads and sends: octets moved so far. */
  readonly moved: number;
}

/** What a listener keeps: its queues are lists of socket ids in order of arrival. */
export interface Listener {
  readonly backlog: number;
  /** Half-open children (SYN-RECEIVED). */
  readonly synQueue: readonly number[];
  /** Finished connections that nobody has accepted yet. */
  readonly acceptQueue: readonly number[];
  /** When a SYN cookie was last sent; -Infinity: never. */
  readonly cookieAt: number;
  /** Requests and finished connections turned away for lack of room. */
  readonly overflows: number;
}

/** One socket. Published ones are never changed; a step works on a copy. */
export class Socket {
  readonly id: number;
  /** The name the application gave it; '' where it gave none. */
  name: string;
  /** The descriptor the application holds, counted up from 3; 0 while it holds none (not accepted, or closed). */
  descriptor: number;
  readonly localAddress: string;
  readonly localPort: number;
  /** '' and 0 for a listener. */
  readonly remoteAddress: string;
  readonly remotePort: number;
  tcb: Tcb;
  options: SocketOptions;
  /** Only where tcb is LISTEN. */
  listener: Listener | null;
  /** The listener whose child it is, or 0. */
  parent: number;
  /** Calls that wait, in the order in which they were made. */
  pending: readonly Pending[];
  /** Octets the application has written and has read. */
  written: number;
  read: number;
  /** When it was created. */
  readonly since: number;
  /** The deadline of its next timer. */
  due: number;

  constructor(
    id: number,
    localAddress: string,
    localPort: number,
    remoteAddress: string,
    remotePort: number,
    tcb: Tcb,
    options: SocketOptions,
    since: number,
  ) {
    this.id = id;
    this.name = '';
    this.descriptor = 0;
    this.localAddress = localAddress;
    this.localPort = localPort;
    this.remoteAddress = remoteAddress;
    this.remotePort = remotePort;
    this.tcb = tcb;
    this.options = options;
    this.listener = null;
    this.parent = 0;
    this.pending = nothingPending;
    this.written = 0;
    this.read = 0;
    this.since = since;
    this.due = Number.POSITIVE_INFINITY;
  }

  /** An independent copy. */
  static of(from: Readonly<Socket>): Socket {
    const copy = new Socket(
      from.id,
      from.localAddress,
      from.localPort,
      from.remoteAddress,
      from.remotePort,
      from.tcb,
      from.options,
      from.since,
    );
    copy.name = from.name;
    copy.descriptor = from.descriptor;
    copy.listener = from.listener;
    copy.parent = from.parent;
    copy.pending = from.pending;
    copy.written = from.written;
    copy.read = from.read;
    copy.due = from.due;
    return copy;
  }

  /** When its next timer fires; Infinity when none runs. */
  nextDue(): number {
    return 'timers' in this.tcb ? earliest(this.tcb.timers) : Number.POSITIVE_INFINITY;
  }
}

const nothingPending: readonly Pending[] = [];

/** A machine at one moment. */
export class Host {
  index: 0 | 1;
  address: string;
  profile: Profile;
  /** Keys the host's hashes: initial sequence numbers, ports, cookies. */
  secret: number;
  /** Initial sequence numbers set by the scenario, used up in order before the rule applies. */
  issQueue: readonly number[];
  running: boolean;
  /** When it was last started, for the quiet time. */
  bootedAt: number;
  sockets: Table<Socket>;
  /** Sockets that segments can reach, by a hash of their ports; only `demultiplex.ts` reads and writes it. */
  tuples: Table<Bucket>;
  /** Sockets to which the application gave a name, by a hash of it; and the newest connection and listener it holds. */
  names: Table<Bucket>;
  latestConnection: number;
  latestListener: number;
  nextSocket: number;
  nextDescriptor: number;
  /** The next ephemeral port to try. */
  nextPort: number;
  /** Sockets in TIME-WAIT. */
  timeWaits: number;
  /** Ports on which the process takes datagrams (UDP). */
  bound: readonly number[];

  constructor(from: Readonly<HostFields>) {
    this.index = from.index;
    this.address = from.address;
    this.profile = from.profile;
    this.secret = from.secret;
    this.issQueue = from.issQueue;
    this.running = from.running;
    this.bootedAt = from.bootedAt;
    this.sockets = from.sockets;
    this.tuples = from.tuples;
    this.names = from.names;
    this.latestConnection = from.latestConnection;
    this.latestListener = from.latestListener;
    this.nextSocket = from.nextSocket;
    this.nextDescriptor = from.nextDescriptor;
    this.nextPort = from.nextPort;
    this.timeWaits = from.timeWaits;
    this.bound = from.bound;
  }
}

export type HostFields = Omit<Host, never>;

/** Sockets that share a hash. */
export interface Bucket {
  readonly due: number;
  readonly sockets: readonly number[];
}

/** A host that has just been started: no sockets. */
export function host(index: 0 | 1, address: string, profile: Profile, secret: number): Host {
  return new Host({
    index,
    address,
    profile,
    secret,
    issQueue: [],
    running: true,
    bootedAt: 0,
    sockets: Table.empty<Socket>(),
    tuples: Table.empty<Bucket>(),
    names: Table.empty<Bucket>(),
    latestConnection: 0,
    latestListener: 0,
    nextSocket: 1,
    nextDescriptor: 3,
    nextPort: firstPort(profile, secret),
    timeWaits: 0,
    bound: [],
  });
}

function firstPort(profile: Profile, secret: number): number {
  const [low, high] = profile.ports;
  return profile.portChoice === 'in-order' ? low : low + (secret % (high - low + 1));
}
