// One host's turn: a working copy of the host, and what it sends, finds and returns.

import { Finding, type Place } from '../tcp/finding.ts';
import type { Octets } from '../tcp/octets.ts';
import type { Turn } from '../tcp/outcome.ts';
import type { RuleId } from '../tcp/rules.ts';
import type { Segment } from '../tcp/segment.ts';
import type { Result, Return } from './call.ts';
import { Host, Socket, type SocketFields } from './host.ts';

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

/** Why a call could not even be tried. */
export type CallRefusal = 'no-such-socket' | 'host-down' | 'host-up' | 'wrong-state';

/** The host's working copy during one step. */
export class Work {
  readonly host: Host;
  readonly now: number;
  /** The address of the host on the other side, where a connect goes by default. */
  readonly peerAddress: string;
  readonly packets: Packet[] = [];
  readonly findings: Finding[] = [];
  readonly returns: Return[] = [];
  readonly deliveries: Delivery[] = [];
  refused: CallRefusal | null = null;

  constructor(host: Readonly<Host>, now: number, peerAddress: string) {
    this.host = new Host(host);
    this.now = now;
    this.peerAddress = peerAddress;
  }

  /** Where findings about a socket (0: none) belong. */
  place(socket: number): Place {
    return { host: this.host.index, socket };
  }

  /** Records a decision of the host itself. */
  find(socket: number, rule: RuleId, ...saw: readonly (string | number)[]): void {
    this.findings.push(new Finding(this.place(socket), rule, saw));
  }

  /** Stores a socket with some fields changed, and returns it. */
  put(socket: Socket, changes: Partial<SocketFields>): Socket {
    const next = new Socket({ ...socket, ...changes });
    this.host.sockets = this.host.sockets.with(next.id, next);
    return next;
  }

  /** Reports what a call returned. */
  answer(socket: Readonly<Socket>, call: Return['call'], result: Result): void {
    this.returns.push({ host: this.host.index, socket: socket.id, name: socket.name, call, result });
  }

  /** Takes over what a connection's turn sends and finds. */
  collect(socket: Readonly<Socket>, turn: Turn): void {
    this.findings.push(...turn.findings);
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
