// A socket as its application knows it: the options it set, and the errors it gets.

/** What an application set on its socket; names of the socket API, times in microseconds. */
export interface SocketOptions {
  /** TCP_NODELAY: no Nagle. */
  readonly nodelay: boolean;
  /** TCP_CORK: nothing but full segments while set. */
  readonly cork: boolean;
  /** TCP_QUICKACK: acknowledge at once (true), or delay (false); null: not set. */
  readonly quickAck: boolean | null;
  /** SO_KEEPALIVE. */
  readonly keepalive: boolean;
  readonly keepaliveIdle: number | null;
  readonly keepaliveInterval: number | null;
  readonly keepaliveProbes: number | null;
  /** TCP_USER_TIMEOUT, RFC 9293's USER TIMEOUT; null: the profile's. */
  readonly userTimeout: number | null;
  /** SO_LINGER with this many seconds; null: off. 0 makes close an ABORT. */
  readonly linger: number | null;
  /** TCP_LINGER2: how long an orphan stays in FIN-WAIT-2; 0: not at all, it is reset instead. */
  readonly linger2: number | null;
  /** SO_RCVBUF and SO_SNDBUF as a size of the buffer in octets. */
  readonly receiveBuffer: number | null;
  readonly sendBuffer: number | null;
  /** TCP_MAXSEG. */
  readonly maxSegment: number | null;
  /** SO_REUSEADDR. */
  readonly reuseAddress: boolean;
  /** TCP_DEFER_ACCEPT in microseconds; null: off. */
  readonly deferAccept: number | null;
  /** SO_OOBINLINE. */
  readonly urgentInline: boolean;
  /** TCP_SYNCNT. */
  readonly synRetries: number | null;
  /** TCP_CONGESTION. */
  readonly congestion: 'reno' | 'cubic' | null;
}

/** Nothing set. */
export const defaultOptions: SocketOptions = {
  nodelay: false,
  cork: false,
  quickAck: null,
  keepalive: false,
  keepaliveIdle: null,
  keepaliveInterval: null,
  keepaliveProbes: null,
  userTimeout: null,
  linger: null,
  linger2: null,
  receiveBuffer: null,
  sendBuffer: null,
  maxSegment: null,
  reuseAddress: false,
  deferAccept: null,
  urgentInline: false,
  synRetries: null,
  congestion: null,
};

/** Errors as an application sees them. */
export type SocketError =
  | 'ECONNREFUSED'
  | 'ECONNRESET'
  | 'EPIPE'
  | 'ETIMEDOUT'
  | 'EADDRINUSE'
  | 'EADDRNOTAVAIL'
  | 'EHOSTUNREACH'
  | 'EISCONN'
  | 'ENOTCONN'
  | 'EINVAL';
