// What an application or an operator does on a host: the socket calls and the accidents.

import type { Status } from '../tcp/call/status.ts';
import type { Profile } from '../tcp/profile.ts';
import type { SocketError, SocketOptions } from '../tcp/socket.ts';

/** Payload of a send: so many octets of the test pattern, or a text in UTF-8. */
export type Payload = { readonly octets: number } | { readonly text: string };

/**
 * One call. Sockets are named by the application (`as` gives a name, `on` uses one); null means the default:
 * for `accept` the latest listener, otherwise the socket most recently connected or accepted.
 * Calls that cannot finish at once wait, as a blocking socket's do.
 */
export type Call =
  | {
      readonly do: 'listen';
      readonly port: number;
      readonly backlog: number;
      readonly options: Partial<SocketOptions>;
      readonly as: string | null;
    }
  | { readonly do: 'accept'; readonly on: string | null; readonly as: string | null }
  | {
      readonly do: 'connect';
      /** Destination port; null: the port of the scenario's server (80). */
      readonly port: number | null;
      /** Local port; null: an ephemeral one. */
      readonly from: number | null;
      /** Destination address; null: the other host. */
      readonly to: string | null;
      /** Initial sequence number; null: by the host's rule. */
      readonly iss: number | null;
      readonly options: Partial<SocketOptions>;
      /** Octets that the profile may put on the SYN (RFC 9293 section 3.10.1 permits it). */
      readonly payload: Payload | null;
      readonly as: string | null;
    }
  | {
      readonly do: 'send';
      readonly on: string | null;
      readonly payload: Payload;
      readonly urgent: boolean;
      /** The PUSH flag of SEND (MAY-15); false is MSG_MORE: a rest too small for a segment waits for the next write. */
      readonly push: boolean;
    }
  /** One read of at most so many octets; an urgent one takes urgent octets only, and is EINVAL where there are none. */
  | { readonly do: 'receive'; readonly on: string | null; readonly octets: number; readonly urgent: boolean }
  /** Reads on and on, until end-of-file or an error. */
  | { readonly do: 'read'; readonly on: string | null }
  | { readonly do: 'shutdown'; readonly on: string | null; readonly how: 'RD' | 'WR' | 'RDWR' }
  | { readonly do: 'close'; readonly on: string | null }
  /** RFC 9293 ABORT, SO_LINGER 0 with close in the socket API. */
  | { readonly do: 'abort'; readonly on: string | null }
  | { readonly do: 'set'; readonly on: string | null; readonly options: Partial<SocketOptions> }
  /** RFC 9293 STATUS. */
  | { readonly do: 'status'; readonly on: string | null }
  /** Takes datagrams (UDP) on this port from now on. */
  | { readonly do: 'bind'; readonly port: number }
  /** Sends one datagram (UDP) to this port of the other host, from a port of its own that it binds at the first one. */
  | { readonly do: 'sendto'; readonly payload: Payload; readonly port: number }
  /** The process ends, by itself or killed: the kernel closes what it held. */
  | { readonly do: 'kill' }
  /** The machine stops at once; then it starts again without memory. */
  | { readonly do: 'crash' }
  | { readonly do: 'boot' }
  /** Values of the profile change on this host (a sysctl). */
  | { readonly do: 'tune'; readonly values: Partial<Profile> };

/** The name of a call, as the application would know it. */
export type CallName = Call['do'];

/** What befalls a host or a process; no application asks for it. */
export type Accident = Extract<Call, { readonly do: 'kill' | 'crash' | 'boot' | 'tune' }>;

/** Whether a call is none that an application makes. */
export function isAccident(call: Call): call is Accident {
  return accidents[call.do];
}

const accidents: Readonly<Record<CallName, boolean>> = {
  listen: false,
  accept: false,
  connect: false,
  send: false,
  receive: false,
  read: false,
  shutdown: false,
  close: false,
  abort: false,
  set: false,
  status: false,
  bind: false,
  sendto: false,
  kill: true,
  crash: true,
  boot: true,
  tune: true,
};

/** What a call returned: nothing special, a count of octets, end-of-file, what STATUS tells, or an error. */
export type Result =
  | { readonly kind: 'ok' }
  | { readonly kind: 'octets'; readonly count: number }
  | { readonly kind: 'eof' }
  | { readonly kind: 'status'; readonly status: Status }
  | { readonly kind: 'error'; readonly error: SocketError };

/** A call that has returned. `socket` is the id of the socket it was made on, or that it produced. */
export interface Return {
  readonly host: number;
  readonly socket: number;
  readonly name: string;
  readonly call: CallName;
  readonly result: Result;
}
