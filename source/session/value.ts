// Values in words: how each kind of value is written in a scenario, and read again.

import type { GiveUp, Profile } from '../tcp/profile.ts';
import type { SocketOptions } from '../tcp/socket.ts';
import { readTime, shortSeconds } from './time.ts';

/** Writes and reads one kind of value. What it writes it reads as the same value. */
export interface Notation<T> {
  /** What a reader expects, for error messages. */
  readonly expected: string;
  /** Words to choose from, where there is a choice. */
  readonly words: readonly string[];
  print(value: T): string;
  /** undefined where the word is not such a value. */
  read(word: string): T | undefined;
}

/** Whole numbers from `least` to `most`. */
export function whole(least: number, most: number): Notation<number> {
  return {
    expected: `a whole number from ${least} to ${most}`,
    words: [],
    print: (value) => String(value),
    read: (word) => {
      const value = /^\d{1,15}$/.test(word) ? Number(word) : undefined;
      return value === undefined || value < least || value > most ? undefined : value;
    },
  };
}

/** Any whole number that fits a 32-bit field. */
export const word32: Notation<number> = whole(0, 0xffff_ffff);
/** A TCP port. */
export const port: Notation<number> = whole(1, 65_535);
/** A size in octets, up to 1 GB. */
export const octets: Notation<number> = whole(0, 1_000_000_000);
const count = whole(0, 1_000_000);

/** A duration or a moment, in microseconds. */
export const time: Notation<number> = {
  expected: 'a time such as 1.5s, 200ms or 2min',
  words: [],
  print: (value) => `${shortSeconds(value)}s`,
  read: (word) => readTime(word) ?? undefined,
};

// Timers that run again and again need a distance: at none at all time would stand still.
const interval: Notation<number> = {
  ...time,
  expected: 'a time of at least 1ms',
  read: (word) => {
    const value = time.read(word);
    return value === undefined || value < 1_000 ? undefined : value;
  },
};

/** on or off. */
export const flag: Notation<boolean> = {
  expected: 'on or off',
  words: ['on', 'off'],
  print: (value) => (value ? 'on' : 'off'),
  read: (word) => (word === 'on' ? true : word === 'off' ? false : undefined),
};

/** An IPv4 address in dotted form. */
export const address: Notation<string> = {
  expected: 'an IPv4 address such as 10.0.0.9',
  words: [],
  print: (value) => value,
  read: (word) => {
    const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(word)?.slice(1);
    return parts?.every((part) => String(Number(part)) === part && Number(part) <= 255) === true ? word : undefined;
  },
};

/** The name that an application gives to a socket. */
export const socketName: Notation<string> = {
  expected: 'a name of letters, digits, - and _ that begins with a letter',
  words: [],
  print: (value) => value,
  read: (word) => (/^[A-Za-z][A-Za-z0-9_-]{0,31}$/.test(word) ? word : undefined),
};

function choice<T extends string | number>(...values: readonly T[]): Notation<T> {
  const words = values.map(String);
  return {
    expected: words.length === 2 ? words.join(' or ') : `one of ${words.join(', ')}`,
    words,
    print: (value) => String(value),
    read: (word) => values[words.indexOf(word)],
  };
}

/** Another kind of value, or `none`. */
export function orNone<T>(kind: Notation<T>): Notation<T | null> {
  return {
    expected: `${kind.expected}, or none`,
    words: [...kind.words, 'none'],
    print: (value) => (value === null ? 'none' : kind.print(value)),
    read: (word) => (word === 'none' ? null : kind.read(word)),
  };
}

const giveUp: Notation<GiveUp> = {
  expected: 'repetitions:N, retries:N, first-transmission:TIME or first-repetition:TIME',
  words: ['repetitions:6', 'retries:6', 'first-transmission:180s', 'first-repetition:60s'],
  print: (value) => ('count' in value ? `${value.after}:${value.count}` : `${value.after}:${time.print(value.time)}`),
  read: (word) => {
    const [after, limit = ''] = word.split(':', 2);
    if (after === 'repetitions' || after === 'retries') {
      const repetitions = count.read(limit);
      return repetitions === undefined ? undefined : { after, count: repetitions };
    }
    if (after !== 'first-transmission' && after !== 'first-repetition') return undefined;
    const until = time.read(limit);
    return until === undefined ? undefined : { after, time: until };
  },
};

const merging: Notation<{ readonly most: number; readonly share: number }> = {
  expected: 'a time and a share of the round trip such as 1ms:0.05',
  words: [],
  print: ({ most, share }) => `${time.print(most)}:${share}`,
  read: (word) => {
    const [limit = '', part = ''] = word.split(':', 2);
    const most = time.read(limit);
    return most === undefined || !/^[01](\.\d{1,6})?$/.test(part) ? undefined : { most, share: Number(part) };
  },
};

const portRange: Notation<readonly [number, number]> = {
  expected: 'two ports such as 40001-40005',
  words: [],
  print: ([first, last]) => `${first}-${last}`,
  read: (word) => {
    const parts = /^(\d{1,5})-(\d{1,5})$/.exec(word);
    const [first, last] = [port.read(parts?.[1] ?? ''), port.read(parts?.[2] ?? '')];
    return first === undefined || last === undefined || last < first ? undefined : [first, last];
  },
};

const initialWindow: Notation<'rfc5681' | number> = {
  expected: 'rfc5681 or a number of segments',
  words: ['rfc5681'],
  print: (value) => String(value),
  read: (word) => (word === 'rfc5681' ? word : whole(1, 1_000).read(word)),
};

/** How each option of a socket is written. */
export const optionNotation: { readonly [Field in keyof SocketOptions]: Notation<SocketOptions[Field]> } = {
  nodelay: flag,
  cork: flag,
  quickAck: orNone(flag),
  keepalive: flag,
  keepaliveIdle: orNone(time),
  keepaliveInterval: orNone(time),
  keepaliveProbes: orNone(count),
  userTimeout: orNone(time),
  linger: orNone(count),
  linger2: orNone(time),
  receiveBuffer: orNone(octets),
  sendBuffer: orNone(octets),
  maxSegment: orNone(whole(1, 65_535)),
  reuseAddress: flag,
  deferAccept: orNone(time),
  urgentInline: flag,
  synRetries: orNone(count),
  congestion: orNone(choice('reno', 'cubic')),
};

/** How each value of a profile is written. */
export const profileNotation: { readonly [Field in keyof Profile]: Notation<Profile[Field]> } = {
  isn: choice('clock-and-hash', 'clock', 'fixed'),
  isnTick: whole(1, 1_000_000_000),
  quietTime: flag,
  synOccupies: choice(0, 1),
  handshake: choice(2, 3),
  dataOnSyn: choice('refuse', 'send'),
  synText: choice('keep', 'drop'),
  synAckText: choice('keep', 'drop'),
  synFin: choice('accept', 'drop'),
  duplicateSyn: choice('acknowledge', 'repeat-syn-ack'),
  newSynInSynReceived: choice('return-to-listen', 'reset'),
  synAgainAfterBadAck: orNone(time),
  dsackOnSimultaneousOpen: flag,
  tick: time,
  clockOffset: orNone(time),
  initialRto: interval,
  rtoAfterSynRepeat: orNone(time),
  rtoUnmeasured: orNone(time),
  rtoMin: interval,
  rtoMax: interval,
  rtoFloor: choice('rto', 'variance'),
  rttSampling: choice('one-per-round-trip', 'every-ack'),
  synLinearTimeouts: count,
  synGiveUp: giveUp,
  synAckGiveUp: giveUp,
  dataGiveUp: giveUp,
  orphanGiveUp: giveUp,
  r1: count,
  userTimeout: orNone(time),
  backoffEnds: choice('with-sample', 'with-new-ack'),
  repeatRestartsRto: flag,
  tailLossProbe: flag,
  delayedAck: flag,
  ackDelay: time,
  ackDelayMin: time,
  ackEvery: count,
  quickAcks: count,
  mergeDuplicates: orNone(merging),
  finAck: choice('immediate', 'delayed', 'with-fin'),
  challengeInterval: time,
  challenge: flag,
  blindDataCheck: flag,
  timeWaitRst: choice('accept', 'ignore'),
  timeWaitSyn: choice('never', 'higher-sequence', 'higher-sequence-or-timestamp'),
  timeWaitSynRefused: choice('drop', 'acknowledge'),
  pawsLapse: time,
  pawsSlack: count,
  timestampMissing: choice('drop', 'accept'),
  msl: time,
  timeWait: time,
  reopenGap: word32,
  finWait2: orNone(time),
  closeUnread: choice('fin', 'reset', 'reset-behind-fin'),
  shutdownInSynSent: choice('by-direction', 'close'),
  unreadAfterReset: choice('flushed', 'kept'),
  resetInCloseWait: choice('ECONNRESET', 'EPIPE'),
  orphanData: choice('reset', 'discard'),
  timeWaitKeeps: choice('everything', 'numbers'),
  resetCarriesAck: flag,
  keepaliveIdle: interval,
  keepaliveInterval: interval,
  keepaliveProbes: count,
  keepaliveData: choice(0, 1),
  keepaliveReset: flag,
  persistMin: interval,
  persistMax: interval,
  probeData: choice(0, 1),
  probeRestarts: flag,
  probeGiveUp: orNone(count),
  chunks: flag,
  nagle: choice('off', 'any-unacknowledged', 'small-unacknowledged'),
  mtu: whole(68, 65_535),
  mssDefault: whole(1, 65_535),
  mssOption: flag,
  mssFloor: whole(1, 65_535),
  receiveWindow: choice('free-octets', 'free-memory'),
  receiveBuffer: octets,
  receiveBufferMax: octets,
  sendBuffer: octets,
  windowScale: orNone(whole(0, 14)),
  timestamps: flag,
  sack: flag,
  sackCoversFin: flag,
  dsack: flag,
  ecn: choice('off', 'answer', 'ask'),
  windowUpdate: choice('half-buffer-or-mss', 'doubled'),
  urgentData: choice('in-order', 'out-of-band'),
  urgentPointer: choice('past', 'last'),
  congestion: choice('none', 'tahoe', 'reno', 'cubic'),
  initialWindow,
  initialWindowLostSyns: count,
  needlessSynsCount: flag,
  initialThreshold: orNone(octets),
  duplicateAcks: count,
  reductionOf: choice('flight', 'window'),
  timeoutInRecovery: choice('reduces', 'keeps'),
  limitedTransmit: flag,
  idleRestart: flag,
  repeatsTogether: flag,
  windowUnit: choice('octets', 'packets'),
  proportionalReduction: flag,
  undo: flag,
  frto: flag,
  rack: flag,
  ports: portRange,
  listenNeedsReuse: flag,
  portChoice: choice('in-order', 'hashed'),
  timeWaitReuse: orNone(time),
  somaxconn: count,
  maxSynBacklog: orNone(count),
  synCookies: choice(0, 1, 2),
  abortOnOverflow: flag,
  prunesSynQueue: flag,
  icmpHard: choice('abort', 'syn-sent-only'),
  maxTimeWait: orNone(count),
};
