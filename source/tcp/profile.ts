// Every point in which TCP implementations differ, as one field each. A profile is a table of values;
// no rule asks for a profile by name. Each table says where each of its values comes from.

/** When to stop repeating something that nobody acknowledges (RFC 9293 section 3.8.3). */
export type GiveUp =
  /** At the first expiry at which this many repetitions have been made. */
  | { readonly after: 'repetitions'; readonly count: number }
  /**
   * At the first expiry at which this many repetitions (and those that do not double the timeout) have been made, or
   * that is as long after the first transmission as this many doubling repetitions take (Linux tcp_write_timeout).
   */
  | { readonly after: 'retries'; readonly count: number }
  /** At the first expiry at least this long (microseconds) after the first transmission. */
  | { readonly after: 'first-transmission'; readonly time: number }
  /** At the first expiry at least this long (microseconds) after the first repetition. */
  | { readonly after: 'first-repetition'; readonly time: number };

/** All values. Times in microseconds, sizes in octets unless a comment says otherwise. */
export interface Profile {
  // Opening
  /** How an initial sequence number is chosen: clock plus keyed hash, the bare clock, or one fixed number. */
  readonly isn: 'clock-and-hash' | 'clock' | 'fixed';
  /** Nanoseconds per step of the ISN clock. */
  readonly isnTick: number;
  /** After a reboot, wait one MSL before sending anything (RFC 9293 section 3.4.3). */
  readonly quietTime: boolean;
  /** Sequence numbers a SYN takes: 1, or 0 as a counterfactual. */
  readonly synOccupies: 0 | 1;
  /** Segments in a handshake: 3, or 2 as a counterfactual (a passive end is ESTABLISHED on SYN). */
  readonly handshake: 2 | 3;
  /** Whether SEND before ESTABLISHED may put data on the SYN. */
  readonly dataOnSyn: 'refuse' | 'send';
  /** What a receiver does with data on a SYN: keep it until ESTABLISHED, or let the peer repeat it. */
  readonly synText: 'keep' | 'drop';
  /** What a receiver does with data on a SYN,ACK. */
  readonly synAckText: 'keep' | 'drop';
  /** A SYN that also carries FIN, at LISTEN. */
  readonly synFin: 'accept' | 'drop';
  /** A repeated SYN in SYN-RECEIVED: acknowledge it (the letter of the RFC) or repeat the SYN,ACK. */
  readonly duplicateSyn: 'acknowledge' | 'repeat-syn-ack';
  /** A different SYN inside the window of a passive SYN-RECEIVED. */
  readonly newSynInSynReceived: 'return-to-listen' | 'reset';
  /** After an unacceptable ACK in SYN-SENT, repeat an unrepeated SYN this soon; null: at the normal time. */
  readonly synAgainAfterBadAck: number | null;
  /** A SYN,ACK while ESTABLISHED and an acceptable sequence number: whether simultaneous open answers with D-SACK. */
  readonly dsackOnSimultaneousOpen: boolean;

  // Retransmission
  /** Granularity of timers and of coarse time stamps: timeouts are rounded up to it. 1: exact. */
  readonly tick: number;
  /**
   * How long before time 0 the machine's count of ticks began: then timers fire at ticks, the longer ones at every
   * eighth or sixty-fourth only, as on a timer wheel. null: timers are punctual.
   */
  readonly clockOffset: number | null;
  readonly initialRto: number;
  /** RTO for data when the SYN had to be repeated and gave no sample; null: none (RFC 6298 section 5.7). */
  readonly rtoAfterSynRepeat: number | null;
  /** Timeout after a handshake that gave no round-trip time, repeated or not; null: the initial one. */
  readonly rtoUnmeasured: number | null;
  readonly rtoMin: number;
  readonly rtoMax: number;
  /** Where rtoMin applies: to the whole RTO (RFC 6298), or to its variance term. */
  readonly rtoFloor: 'rto' | 'variance';
  /** Whether RTT samples come from one timed segment per round trip or from every newly acknowledged one. */
  readonly rttSampling: 'one-per-round-trip' | 'every-ack';
  /** The SYN's timeout stays the same for this many repetitions before it doubles. */
  readonly synLinearTimeouts: number;
  readonly synGiveUp: GiveUp;
  readonly synAckGiveUp: GiveUp;
  readonly dataGiveUp: GiveUp;
  /** For a connection that no process holds any more. */
  readonly orphanGiveUp: GiveUp;
  /** Repetitions after which the application is told of trouble (R1). */
  readonly r1: number;
  /** How long data may stay unacknowledged before the connection is aborted; null: no such limit. */
  readonly userTimeout: number | null;
  /** Keep a backed-off RTO until a sample of unrepeated data, or recompute it on any new ACK. */
  readonly backoffEnds: 'with-sample' | 'with-new-ack';
  /** Whether repeating the first unacknowledged segment starts the retransmission timer afresh (RFC 6675 section 6). */
  readonly repeatRestartsRto: boolean;
  /** Send a probe for a lost tail before the RTO (RFC 8985 section 7). */
  readonly tailLossProbe: boolean;

  // Acknowledging
  readonly delayedAck: boolean;
  /** Longest (or, when adaptive, ceiling of the) delay of an ACK. */
  readonly ackDelay: number;
  /** Floor of an adaptive delay; equal to ackDelay when the delay is fixed. */
  readonly ackDelayMin: number;
  /** Full segments that may go unacknowledged. */
  readonly ackEvery: number;
  /** Segments acknowledged at once at the start of a stream; 0: no such mode. */
  readonly quickAcks: number;
  /** Duplicate ACKs beyond the third may wait to be merged: so long at most, and this share of a round trip; null: they never wait. */
  readonly mergeDuplicates: { readonly most: number; readonly share: number } | null;
  /** The ACK of the FIN in ESTABLISHED: at once, or as a delayed ACK that may ride on our own FIN. */
  readonly finAck: 'immediate' | 'delayed' | 'with-fin';
  /** Shortest time between two challenge or duplicate ACKs of one connection; 0: no limit. */
  readonly challengeInterval: number;

  // Checking what arrives
  /** RFC 5961: challenge a RST that is not exact and any SYN; false: the rules of RFC 793. */
  readonly challenge: boolean;
  /** RFC 5961 section 5: refuse an ACK older than the largest window ever offered. */
  readonly blindDataCheck: boolean;
  /** A RST in TIME-WAIT: accept, or ignore (RFC 1337). */
  readonly timeWaitRst: 'accept' | 'ignore';
  /** A new SYN in TIME-WAIT: never, when its sequence number is higher (MAY-2), or that or its timestamp (RFC 6191). */
  readonly timeWaitSyn: 'never' | 'higher-sequence' | 'higher-sequence-or-timestamp';
  /** A SYN that TIME-WAIT refuses: drop it (RFC 6191) or acknowledge it. */
  readonly timeWaitSynRefused: 'drop' | 'acknowledge';
  /** How long a timestamp protects against old segments (PAWS). */
  readonly pawsLapse: number;
  /** Timestamp ticks a segment may lag behind and still pass PAWS. */
  readonly pawsSlack: number;
  /** A segment without the timestamps that were negotiated. */
  readonly timestampMissing: 'drop' | 'accept';

  // Closing
  readonly msl: number;
  /** Duration of TIME-WAIT; 0 as a counterfactual. */
  readonly timeWait: number;
  /** How far above the old SND.NXT the ISS of a connection that replaces TIME-WAIT starts (MAY-2). */
  readonly reopenGap: number;
  /** How long an orphan may stay in FIN-WAIT-2; null: for ever. */
  readonly finWait2: number | null;
  /**
   * close() while received data is unread: FIN all the same, reset (SHLD-3) where an ABORT would send one, or reset
   * even where our FIN has left and the peer's has come.
   */
  readonly closeUnread: 'fin' | 'reset' | 'reset-behind-fin';
  /** shutdown in SYN-SENT: for receiving alone it only tells the host not to wait for data, or any of them is CLOSE. */
  readonly shutdownInSynSent: 'by-direction' | 'close';
  /** What was received and not read when a connection ends with an error: flushed (RFC 9293 section 3.10.7.4), or readable still. */
  readonly unreadAfterReset: 'flushed' | 'kept';
  /** The error a reset in CLOSE-WAIT gives the application. */
  readonly resetInCloseWait: 'ECONNRESET' | 'EPIPE';
  /** New data for a connection whose process is gone: reset, or acknowledge and throw away. */
  readonly orphanData: 'reset' | 'discard';
  /** Whether resets that we start ourselves (abort, unread data) carry an ACK, and timestamps with it. */
  readonly resetCarriesAck: boolean;
  /** What is kept of a connection that only waits for stragglers: everything, or numbers, window and timestamps. */
  readonly timeWaitKeeps: 'everything' | 'numbers';

  // Keep-alive and zero window
  readonly keepaliveIdle: number;
  readonly keepaliveInterval: number;
  /** Unanswered probes before the connection is dropped. */
  readonly keepaliveProbes: number;
  /** Octets of garbage in a keep-alive probe: none (SHLD-12), or one, for peers that answer nothing else (MAY-6). */
  readonly keepaliveData: 0 | 1;
  /** Whether dropping a silent peer sends a RST. */
  readonly keepaliveReset: boolean;
  readonly persistMin: number;
  readonly persistMax: number;
  /** Octets of data in a zero-window probe: one new octet, or none (an old sequence number). */
  readonly probeData: 0 | 1;
  /** Whether the answer to a zero-window probe starts the wait for the next one anew. */
  readonly probeRestarts: boolean;
  /** Unanswered zero-window probes before giving up; null: as long as ACKs come, and by R2 otherwise. */
  readonly probeGiveUp: number | null;

  // Windows and sizes
  /** Full segments that the windows allow leave as chunks of several, of which only the last carries PSH. */
  readonly chunks: boolean;
  readonly nagle: 'off' | 'any-unacknowledged' | 'small-unacknowledged';
  /** MTU of the path, from which the MSS follows: minus 40 (IPv4 and TCP header). */
  readonly mtu: number;
  /** MSS assumed of a peer that sends no MSS option (MUST-15). */
  readonly mssDefault: number;
  readonly mssOption: boolean;
  /** The smallest MSS that is believed, whoever asks for less: the peer, the path or the application. */
  readonly mssFloor: number;
  /** What limits the window: free octets of the buffer (RFC 9293 section 3.8.6.2.2), or free memory including overhead. */
  readonly receiveWindow: 'free-octets' | 'free-memory';
  /** Size of the receive buffer: octets that it offers as a window, or memory. */
  readonly receiveBuffer: number;
  /** The size to which a buffer counted in memory may grow by itself; the window scale suits it. */
  readonly receiveBufferMax: number;
  readonly sendBuffer: number;
  /** Window scale shift we offer; null: the option is not sent. */
  readonly windowScale: number | null;
  readonly timestamps: boolean;
  readonly sack: boolean;
  readonly dsack: boolean;
  /** Whether a FIN out of order is reported by SACK with the octets before it. */
  readonly sackCoversFin: boolean;
  /** Explicit congestion notification (RFC 3168): never, only when the peer asks for it, or asked for. */
  readonly ecn: 'off' | 'answer' | 'ask';
  /** When a receiver announces a larger window after a read: by RFC 9293 section 3.8.6.2.2, or once it has doubled. */
  readonly windowUpdate: 'half-buffer-or-mss' | 'doubled';
  /** How urgent data is read: in its place in the stream (RFC 9293), or its last octet apart from the stream. */
  readonly urgentData: 'in-order' | 'out-of-band';
  /** Where the urgent pointer points: just past the urgent data (RFC 9293), or at its last octet (RFC 1122). */
  readonly urgentPointer: 'past' | 'last';

  // Congestion
  readonly congestion: 'none' | 'tahoe' | 'reno' | 'cubic';
  /** Initial window: segments (fixed), or the table of RFC 5681 section 3.1. */
  readonly initialWindow: 'rfc5681' | number;
  /** Repetitions of SYN or SYN,ACK from which the initial window is one segment. */
  readonly initialWindowLostSyns: number;
  /** Whether they count although the echoed timestamp shows that the first one had arrived. */
  readonly needlessSynsCount: boolean;
  /** Initial slow start threshold in octets; null: unlimited. */
  readonly initialThreshold: number | null;
  readonly duplicateAcks: number;
  /** What a reduction halves: what is in flight (RFC 5681), or the congestion window. */
  readonly reductionOf: 'flight' | 'window';
  /** A timeout in the middle of a recovery, which has reduced the window already: reduce the threshold again, or not. */
  readonly timeoutInRecovery: 'reduces' | 'keeps';
  readonly limitedTransmit: boolean;
  /** After idling for one RTO, restart from the initial window (RFC 5681 section 4.1). */
  readonly idleRestart: boolean;
  /**
   * What the congestion window counts: octets (RFC 5681), or packets of whatever size. Counted in packets it grows only
   * while it is used up, and loses in pauses by halves (Linux tcp_cong.c, tcp_output.c).
   */
  readonly windowUnit: 'octets' | 'packets';
  /** Whether small segments that follow are repeated in one with the segment to be repeated. */
  readonly repeatsTogether: boolean;
  /** Reduce the window in recovery proportionally (RFC 6937) instead of at once. */
  readonly proportionalReduction: boolean;
  /** Take a reduction back when D-SACK or an echoed timestamp shows that what was repeated had arrived. */
  readonly undo: boolean;
  /** After a timeout send new data first, and take the timeout back when it turns out to have come too early (RFC 5682). */
  readonly frto: boolean;
  /** Judge losses by time of sending (RFC 8985) as well as by duplicate ACKs. */
  readonly rack: boolean;

  // Hosts
  /** First and last ephemeral port. */
  readonly ports: readonly [number, number];
  /** Listening on a port that a connection still uses needs SO_REUSEADDR. */
  readonly listenNeedsReuse: boolean;
  /** Whether ephemeral ports are taken in order from the first, or by a keyed hash. */
  readonly portChoice: 'in-order' | 'hashed';
  /** Reuse of a port in TIME-WAIT by connect: never, or after this long when timestamps protect it. */
  readonly timeWaitReuse: number | null;
  /** Upper bound of listen's backlog argument. */
  readonly somaxconn: number;
  /** Half-open connections per listener when cookies are off; null: only the backlog counts. */
  readonly maxSynBacklog: number | null;
  /** SYN cookies: never, when the SYN queue overflows, always. */
  readonly synCookies: 0 | 1 | 2;
  /** Reset the peer when the accept queue is full, instead of ignoring its ACK. */
  readonly abortOnOverflow: boolean;
  /** Give old half-open requests fewer repetitions once more than half of the SYN queue is taken. */
  readonly prunesSynQueue: boolean;
  /** A hard ICMP error ends a connection in any state, or only an attempt to open one. */
  readonly icmpHard: 'abort' | 'syn-sent-only';
  /** Most connections in TIME-WAIT on one host; null: no limit. */
  readonly maxTimeWait: number | null;
}

/** The name of one value. */
export type ProfileField = keyof Profile;

/** A profile with the source of each value: an RFC section, a kernel file, or a document of a vendor. */
export interface CitedProfile {
  readonly name: string;
  readonly values: Profile;
  readonly citations: Readonly<Record<ProfileField, string>>;
  /** Both, as they were written. */
  readonly table: ProfileTable;
}

/** How a value table is written: the value and its citation, field by field. */
export type ProfileTable = { readonly [Field in ProfileField]: readonly [value: Profile[Field], citation: string] };

/** A value table read as values and as citations. (What `fromEntries` makes of a table is its values, which no type says.) */
export function cited(name: string, table: ProfileTable): CitedProfile {
  const values = Object.fromEntries(Object.entries(table).map(([field, [value]]) => [field, value]));
  const citations = Object.fromEntries(Object.entries(table).map(([field, [, citation]]) => [field, citation]));
  return {
    name,
    values: values as unknown as Profile,
    citations: citations as Readonly<Record<ProfileField, string>>,
    table,
  };
}
