// Connections brought into a state by passing through all the states before it, never by setting one.
// It is the client that is in the state the builder is named after. Unless a builder says otherwise, the laboratory's
// origin is the moment at which that state has been reached.

import type { SocketOptions } from '../../source/tcp/socket.ts';
import { type Lab, lab, type Setup } from './lab.ts';

/** A laboratory, with what the applications set on their sockets. */
export interface Endpoints extends Setup {
  readonly clientOptions?: Partial<SocketOptions>;
  readonly serverOptions?: Partial<SocketOptions>;
  /** Whether the server's listener stays open beside the connection; the RFC's single TCB has none left. */
  readonly listening?: boolean;
}

/** The server in LISTEN, a process waiting in accept. */
export function listening(setup: Endpoints = {}): Lab {
  const made = lab(setup);
  made.server.listen({ options: setup.serverOptions ?? {} }).accept();
  return made;
}

/** The client in SYN-SENT; its SYN is on the wire. The origin is the call. */
export function synSent(setup: Endpoints = {}): Lab {
  const made = listening(setup).mark();
  made.client.connect({ options: setup.clientOptions ?? {} });
  return made;
}

/** The server in SYN-RECEIVED, the client still in SYN-SENT: the SYN,ACK is on the wire. The origin is the client's call. */
export function synReceived(setup: Endpoints = {}): Lab {
  const made = synSent(setup);
  pass(made, () => made.server.state === 'SYN-RECEIVED');
  return made;
}

/** Both sides ESTABLISHED, nothing on the wire. SND.NXT of the client is its ISS + 1. */
export function established(setup: Endpoints = {}): Lab {
  const made = synReceived(setup);
  pass(made, () => made.client.state === 'ESTABLISHED' && made.server.state === 'ESTABLISHED');
  if (setup.listening !== true) made.server.close('listener');
  return made.mark();
}

/** The client has called shutdown for sending and its FIN is on the wire. The origin is the call. */
export function finWait1(setup: Endpoints = {}): Lab {
  const made = established(setup);
  made.client.shutdown('WR');
  return made;
}

/** The client's FIN is acknowledged; the server is in CLOSE-WAIT. */
export function finWait2(setup: Endpoints = {}): Lab {
  const made = finWait1(setup);
  pass(made, () => made.client.state === 'FIN-WAIT-2');
  return made.mark();
}

/** The server's FIN has arrived: the client is in CLOSE-WAIT and has acknowledged it. */
export function closeWait(setup: Endpoints = {}): Lab {
  const made = established(setup);
  made.server.shutdown('WR');
  pass(made, () => made.client.state === 'CLOSE-WAIT' && made.server.state === 'FIN-WAIT-2');
  return made.mark();
}

/** Both sides have closed at once and have seen the other's FIN; both ACKs are on the wire. The origin is the calls. */
export function closing(setup: Endpoints = {}): Lab {
  const made = established(setup);
  made.client.shutdown('WR');
  made.server.shutdown('WR');
  pass(made, () => made.client.state === 'CLOSING' && made.server.state === 'CLOSING');
  return made;
}

/** The client has closed after the server; its FIN is on the wire. The origin is the call. */
export function lastAck(setup: Endpoints = {}): Lab {
  const made = closeWait(setup);
  made.client.shutdown('WR');
  return made;
}

/** The client closed first and has acknowledged the server's FIN; the server is CLOSED. */
export function timeWait(setup: Endpoints = {}): Lab {
  const made = finWait2(setup);
  made.server.shutdown('WR');
  pass(made, () => made.client.state === 'TIME-WAIT' && made.server.state === 'CLOSED');
  return made.mark();
}

// With segments that land by themselves the clock runs; otherwise every segment is handed over, in order of sending.
function pass(made: Lab, arrived: () => boolean): void {
  if (!made.handOver) {
    made.when(arrived);
    return;
  }
  for (let round = 0; round < 100 && !arrived(); round++) {
    const waiting = made.sent.find((sent) => made.fate(sent) === null);
    if (waiting === undefined) throw new Error('nothing on the wire');
    made.land(waiting);
  }
}
