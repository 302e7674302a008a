// One host's turn: a working copy of the host, and what it sends, finds and returns.

import { Finding, type Place } from '../tcp/finding.ts';
import type { Octets } from '../tcp/octets.ts';
import type { Turn } from '../tcp/outcome.ts';
import type { RuleId } from '../tcp/rules.ts';
import type { Segment } from '../tcp/segment.ts';
import type { State, Tcb } from '../tcp/tcb.ts';
import type { Result, Return } from './call.ts';
import { Host, Socket } from './host.ts';

/** A segment with its addresses, as IP would carry it. */
export interface Packet {
  readonly fromAddress: string;
  readonly fromPort: number;
  readonly toAddress: string;
  readonly toPort: number;
  readonly segment: Segment;
}

/** Octets handed to the application. */
export interface Delivery {
  readonly host: number;
  readonly socket: number;
  readonly octets: Octets;
}

/** One connection's change of state. */
export interface Transition {
  readonly host: number;
  readonly socket: number;
  readonly was: State;
  readonly is: State;
}

/** Why a call could not even be tried. */
export type CallRefusal = 'no-such-socket' | 'host-down' | 'host-up' | 'wrong-state';

/** The host's working copy during one step. */
export class Work {
  readonly host: Host;
  readonly now: number;
  /** The address of the host on the other side, where a connect goes by default. */
  readonly peerAddress: string;
  readonly packets: Packet[] = [];
  readonly findings: Finding[] | null;
  readonly returns: Return[] = [];
  readonly deliveries: Delivery[] = [];
  refused: CallRefusal | null = null;
  /** The connection that this step has last made a copy of. */
  ownTcb: Tcb | null = null;
  /** Whether the packet being received met congestion on its way. */
  marked = false;
  /** Connections that changed their state, in order. */
  readonly transitions: Transition[] = [];
  private readonly edited: Socket[] = [];

  constructor(host: Readonly<Host>, now: number, peerAddress: string, findings: Finding[] | null) {
    this.host = new Host(host);
    this.now = now;
    this.peerAddress = peerAddress;
    this.findings = findings;
  }

  /** Whether a TCB is this step's own copy. */
  owns(tcb: Tcb): boolean {
    return tcb === this.ownTcb;
  }

  /** Where findings about a socket (0: none) belong. */
  place(socket: number): Place {
    return { host: this.host.index, socket };
  }

  /** Records a decision of the host itself. */
  find(socket: number, rule: RuleId, ...saw: readonly (string | number)[]): void {
    if (this.findings !== null) this.findings.push(new Finding(this.place(socket), rule, saw));
  }

  /** A socket as it stands now in this step. */
  at(id: number): Socket | undefined {
    for (const socket of this.edited) if (socket.id === id) return socket;
    return this.host.sockets.at(id);
  }

  /** The step's own copy of a socket, to be changed. */
  edit(socket: Readonly<Socket>): Socket {
    for (const own of this.edited) if (own.id === socket.id) return own;
    const copy = Socket.of(socket);
    this.edited.push(copy);
    return copy;
  }

  /** A socket made in this step. */
  add(socket: Socket): Socket {
    this.edited.push(socket);
    return socket;
  }

  /** The socket is no more. */
  remove(id: number): void {
    const index = this.edited.findIndex((socket) => socket.id === id);
    if (index >= 0) this.edited.splice(index, 1);
    this.host.sockets = this.host.sockets.without(id);
  }

  /** Every socket, in the order of ids. */
  sockets(): Iterable<Socket> {
    this.publish();
    return this.host.sockets.values();
  }

  /** Stores what was changed; its deadlines count from here on. */
  publish(): void {
    for (const socket of this.edited) {
      socket.due = socket.nextDue();
      this.host.sockets = this.host.sockets.with(socket.id, socket);
    }
  }

  /** Reports what a call returned. */
  answer(socket: Readonly<Socket>, call: Return['call'], result: Result): void {
    this.returns.push({ host: this.host.index, socket: socket.id, name: socket.name, call, result });
  }

  /** Records that a connection changed its state. */
  move(socket: Readonly<Socket>, was: State, is: State): void {
    if (was !== is) this.transitions.push({ host: this.host.index, socket: socket.id, was, is });
  }

  /** Takes over what a connection's turn sends. */
  collect(socket: Readonly<Socket>, turn: Turn): void {
    for (const segment of turn.segments) {
      this.packets.push({
        fromAddress: socket.localAddress,
        fromPort: socket.localPort,
        toAddress: socket.remoteAddress,
        toPort: socket.remotePort,
        segment,
      });
    }
  }
}
