// What must hold at every step of a real TCP, whatever the network does. A counterfactual rule is seen to do harm when
// one of these turns red. Pure: they look at what happened and change nothing.

import { connectionOf } from '../host/demultiplex.ts';
import type { Octets } from '../tcp/octets.ts';
import { has, RST, SYN } from '../tcp/segment.ts';
import { after, distance, type Seq } from '../tcp/seq.ts';
import { Joined } from '../tcp/tcb.ts';
import type { Step } from '../world/outcome.ts';
import type { Flight } from '../world/wire.ts';
import type { World } from '../world/world.ts';
import type { Bilingual } from './bilingual.ts';

/** What must hold, in one sentence each. */
export const invariants = {
  'una-not-beyond-nxt': {
    en: 'SND.UNA =< SND.NXT: nothing is acknowledged that was not sent',
    zh: 'SND.UNA =< SND.NXT：没有发送过的不会被确认',
  },
  'open-by-both': {
    en: 'ESTABLISHED only after the peer has acknowledged our SYN',
    zh: '对方确认本端的 SYN 之后才进入 ESTABLISHED',
  },
  'no-early-data': {
    en: 'no data reaches the application before ESTABLISHED',
    zh: '进入 ESTABLISHED 之前没有数据交给应用',
  },
  'stream-equal': {
    en: 'an application reads exactly what its peer sent on this connection, in order',
    zh: '应用读到的正是对端在本连接上按序发送的数据',
  },
  'delivered-once': {
    en: 'what was sent once is given to an application at most once',
    zh: '发送一次的数据至多交给应用一次',
  },
  'clean-close': {
    en: 'a connection that both ends have closed does not end with a reset',
    zh: '双方都已关闭的连接不会以 RST 结束',
  },
} as const satisfies Record<string, Bilingual>;

/** The name of an invariant. */
export type Invariant = keyof typeof invariants;

/** An invariant that does not hold any more, and at which connection. */
export interface Broken {
  readonly invariant: Invariant;
  readonly host: 0 | 1;
  readonly socket: number;
}

/** Octets of one stream that are remembered for comparison. */
const memory = 1_000_000;

/** What one end of a connection has put on the wire: octet by octet behind its SYN. */
interface Sender {
  readonly host: 0 | 1;
  readonly local: string;
  readonly remote: string;
  readonly iss: Seq;
  readonly octets: number[];
  /** The connection that reads it: `host/socket`; '' while none has. */
  reader: string;
}

interface Reader {
  readonly sender: Sender | null;
  count: number;
}

/** Watches the steps of one course of events from its beginning. Each invariant is reported once per connection. */
export class Watch {
  private readonly senders = new Map<string, Sender>();
  private readonly readers = new Map<string, Reader>();
  private readonly reported = new Set<string>();
  /** Connections that an application or an accident ended, as their peers know them: `host local remote`. */
  private readonly ended = new Set<string>();

  /** Takes the next step; returns what has turned red in it. */
  next(step: Step): readonly Broken[] {
    for (const flight of step.sent) this.remember(step, flight);
    this.noteEnds(step);
    const found = [...spaces(step), ...openings(step), ...early(step), ...this.streams(step), ...this.closings(step)];
    return found.filter(({ invariant, host, socket }) => {
      const key = `${invariant} ${host}/${socket}`;
      const fresh = !this.reported.has(key);
      this.reported.add(key);
      return fresh;
    });
  }

  private remember(step: Step, flight: Flight): void {
    const { host } = flight.from;
    if (host === -1 || flight.forged || flight.copyOf !== 0) return;
    const found = sending(step.world, flight) ?? sending(step.before, flight);
    if (found === null) return;
    const key = `${host}/${found.id}`;
    const known = this.senders.get(key);
    const sender: Sender = known ?? {
      host,
      local: `${flight.from.address}:${flight.from.port}`,
      remote: `${flight.to.address}:${flight.to.port}`,
      iss: found.iss,
      octets: [],
      reader: '',
    };
    if (known === undefined) this.senders.set(key, sender);
    const { segment } = flight;
    const { synOccupies } = step.world.hosts[host].profile;
    const from = distance(segment.seq, sender.iss) + (has(segment, SYN) ? 0 : -synOccupies);
    for (let index = 0; index < segment.data.length; index++) {
      const offset = from + index;
      if (offset >= 0 && offset < memory) sender.octets[offset] ??= segment.data.at(index);
    }
  }

  // An ABORT, or a machine that stopped: what the peer sends afterwards is answered with a reset, and rightly so.
  private noteEnds({ event, transitions, before, world }: Step): void {
    for (const { host, socket: id, is } of transitions) {
      const side = host === 0 ? 0 : 1;
      const socket = world.hosts[side].sockets.at(id) ?? before.hosts[side].sockets.at(id);
      if (socket === undefined) continue;
      const { localAddress, localPort, remoteAddress, remotePort } = socket;
      const key = `${1 - side} ${remoteAddress}:${remotePort} ${localAddress}:${localPort}`;
      if (is === 'CLOSED' && event.kind === 'decision') this.ended.add(key);
      else if (is === 'SYN-SENT' || is === 'SYN-RECEIVED') this.ended.delete(key);
    }
  }

  private *closings({ event, transitions, before }: Step): Generator<Broken> {
    if (event.kind !== 'arrival' || !has(event.flight.segment, RST)) return;
    for (const { host, socket: id, was, is } of transitions) {
      if (is !== 'CLOSED' || (was !== 'LAST-ACK' && was !== 'CLOSING')) continue;
      const side = host === 0 ? 0 : 1;
      const socket = before.hosts[side].sockets.at(id);
      if (socket === undefined) continue;
      const { localAddress, localPort, remoteAddress, remotePort } = socket;
      if (this.ended.has(`${side} ${localAddress}:${localPort} ${remoteAddress}:${remotePort}`)) continue;
      yield { invariant: 'clean-close', host: side, socket: id };
    }
  }

  private *streams(step: Step): Generator<Broken> {
    for (const { host, socket, octets } of step.deliveries) {
      const side = host === 0 ? 0 : 1;
      const reader = this.readerOf(step, side, socket);
      if (reader === null) continue;
      const from = reader.count;
      reader.count += octets.length;
      if (reader.sender === null) {
        const again = [...this.senders.values()].some((sender) => sender.reader !== '' && holds(sender, octets, from));
        yield { invariant: again ? 'delivered-once' : 'stream-equal', host: side, socket };
      } else if (!holds(reader.sender, octets, from)) yield { invariant: 'stream-equal', host: side, socket };
    }
  }

  // Whose octets a connection reads: those of the peer's connection whose SYN it has seen. Each has one reader.
  private readerOf(step: Step, host: 0 | 1, id: number): Reader | null {
    const key = `${host}/${id}`;
    const known = this.readers.get(key);
    if (known !== undefined) return known;
    const socket = step.world.hosts[host].sockets.at(id) ?? step.before.hosts[host].sockets.at(id);
    const tcb = [socket?.tcb, step.before.hosts[host].sockets.at(id)?.tcb].find((one) => one instanceof Joined);
    if (socket === undefined || !(tcb instanceof Joined)) return null;
    const local = `${socket.localAddress}:${socket.localPort}`;
    const remote = `${socket.remoteAddress}:${socket.remotePort}`;
    const sender = [...this.senders.values()].findLast(
      (one) => one.host !== host && one.local === remote && one.remote === local && one.iss === tcb.rcv.irs,
    );
    const free = sender?.reader === '' ? sender : null;
    if (free !== null) free.reader = key;
    const reader: Reader = { sender: free, count: 0 };
    this.readers.set(key, reader);
    return reader;
  }
}

function sending(world: World, { from, to }: Flight): { readonly id: number; readonly iss: Seq } | null {
  if (from.host === -1) return null;
  const socket = connectionOf(world.hosts[from.host], from.port, to.address, to.port);
  return socket !== undefined && 'snd' in socket.tcb ? { id: socket.id, iss: socket.tcb.snd.iss } : null;
}

// Whether these octets stand at this place of what was sent; what lies beyond the memory is believed.
function holds(sender: Sender, octets: Octets, from: number): boolean {
  for (let index = 0; index < octets.length && from + index < memory; index++) {
    if (sender.octets[from + index] !== octets.at(index)) return false;
  }
  return true;
}

function* spaces({ before, world }: Step): Generator<Broken> {
  for (const host of [0, 1] as const) {
    if (before.hosts[host] === world.hosts[host]) continue;
    for (const [id, { tcb }] of world.hosts[host].sockets.since(before.hosts[host].sockets)) {
      if ('snd' in tcb && after(tcb.snd.una, tcb.snd.nxt)) yield { invariant: 'una-not-beyond-nxt', host, socket: id };
    }
  }
}

function* openings({ transitions, world }: Step): Generator<Broken> {
  for (const { host, socket, is } of transitions) {
    const side = host === 0 ? 0 : 1;
    const tcb = world.hosts[side].sockets.at(socket)?.tcb;
    if (is !== 'ESTABLISHED' || !(tcb instanceof Joined) || world.hosts[side].profile.synOccupies === 0) continue;
    if (tcb.snd.una === tcb.snd.iss) yield { invariant: 'open-by-both', host: side, socket };
  }
}

function* early({ deliveries, world }: Step): Generator<Broken> {
  for (const { host, socket } of deliveries) {
    const side = host === 0 ? 0 : 1;
    const state = world.hosts[side].sockets.at(socket)?.tcb.state;
    if (state === 'SYN-SENT' || state === 'SYN-RECEIVED') yield { invariant: 'no-early-data', host: side, socket };
  }
}
