// What a listener does with a segment that no connection claims.

import { arrive } from '../tcp/arrival/index.ts';
import type { Setting, Turn } from '../tcp/outcome.ts';
import { ACK, has, RST, type Segment, SYN } from '../tcp/segment.ts';
import { add, type Seq } from '../tcp/seq.ts';
import { closed, Joined } from '../tcp/tcb.ts';
import { apply } from './connection.ts';
import { connection, register } from './demultiplex.ts';
import { type Listener, Socket } from './host.ts';
import { chooseIss, timestampOffset } from './isn.ts';
import { enqueueAccepted, offerAccepted } from './queues.ts';
import { cookieFor, fromCookie } from './syn-cookie.ts';
import type { Packet, Work } from './work.ts';

const cookieMemory = 120_000_000;

/** A segment for the listener's port that no connection claims. */
export function arriveAtListener(work: Work, socket: Socket, packet: Packet, iss: Seq | null): void {
  const { segment } = packet;
  if (has(segment, ACK) && !has(segment, RST | SYN) && tryCookie(work, socket, packet)) return;
  const isSyn = has(segment, SYN) && !has(segment, RST | ACK);
  if (isSyn && !roomFor(work, socket, packet, iss !== null)) return;
  const local = { address: packet.toAddress, port: packet.toPort };
  const remote = { address: packet.fromAddress, port: packet.fromPort };
  const turn = arrive(listenSetting(work, socket), socket.tcb, segment, {
    socket: socket.options,
    iss: () => iss ?? chooseIss(work, local, remote),
    tsOffset: timestampOffset(work, local, remote),
  });
  if (turn.tcb instanceof Joined) adopt(work, socket, packet, turn);
  else {
    for (const reply of turn.segments) answerTo(work, packet, reply);
  }
}

function listenSetting(work: Work, socket: Readonly<Socket>): Setting {
  const { host, now } = work;
  return {
    now,
    profile: host.profile,
    place: work.place(socket.id),
    listening: true,
    admission: 'open',
    marked: false,
    repetitionsLeft: null,
    fresh: false,
    findings: work.findings,
  };
}

/** Sends a segment back to where a packet came from. */
export function answerTo(work: Work, packet: Packet, segment: Segment): void {
  work.packets.push({
    fromAddress: packet.toAddress,
    fromPort: packet.toPort,
    toAddress: packet.fromAddress,
    toPort: packet.fromPort,
    segment,
  });
}

// The limits in the kernel's order (tcp_conn_request). A SYN that replaces TIME-WAIT skips the first and the last.
function roomFor(work: Work, socket: Socket, packet: Packet, reopening: boolean): boolean {
  const { profile } = work.host;
  const queues = socket.listener;
  if (queues === null) return false;
  const half = queues.synQueue.length;
  if (!reopening && (profile.synCookies === 2 || half > queues.backlog)) {
    if (profile.synCookies !== 0) {
      sendCookie(work, socket, packet, half);
      return false;
    }
    overflow(work, socket);
    work.find(socket.id, 'listen.synq-full', 'SYN queue', half, 'backlog', queues.backlog);
    return false;
  }
  if (queues.acceptQueue.length > queues.backlog) {
    overflow(work, socket);
    work.find(socket.id, 'listen.acceptq-full', 'accept queue', queues.acceptQueue.length, 'backlog', queues.backlog);
    return false;
  }
  const most = profile.maxSynBacklog;
  if (!reopening && profile.synCookies === 0 && most !== null && most - half < most / 4) {
    overflow(work, socket);
    work.find(socket.id, 'listen.synq-full', 'SYN queue', half, 'limit', most);
    return false;
  }
  return true;
}

function overflow(work: Work, socket: Socket): void {
  if (socket.listener !== null) {
    work.edit(socket).listener = { ...socket.listener, overflows: socket.listener.overflows + 1 };
  }
}

// The listener's turn has made a connection: it becomes a socket of its own.
function adopt(work: Work, parent: Socket, packet: Packet, turn: Turn): void {
  const { host } = work;
  const child = new Socket(
    host.nextSocket,
    packet.toAddress,
    packet.toPort,
    packet.fromAddress,
    packet.fromPort,
    closed,
    parent.options,
    work.now,
  );
  child.parent = parent.id;
  work.add(child);
  host.nextSocket += 1;
  register(work, child);
  const current = work.at(parent.id);
  if (current?.listener == null) return;
  const queues: Listener = { ...current.listener, synQueue: [...current.listener.synQueue, child.id] };
  work.edit(current).listener = queues;
  work.find(parent.id, 'listen.synq-entry', 'SYN queue', queues.synQueue.length, 'backlog', queues.backlog);
  apply(work, child, turn);
  const stored = work.at(child.id);
  if (stored !== undefined && stored.tcb.state !== 'SYN-RECEIVED' && stored.tcb.state !== 'CLOSED')
    enqueueAccepted(work, stored);
  offerAccepted(work, parent.id);
}

function sendCookie(work: Work, socket: Socket, packet: Packet, half: number): void {
  if (socket.listener === null) return;
  work.edit(socket).listener = { ...socket.listener, cookieAt: work.now };
  const reply = cookieFor(work, socket, packet);
  work.find(socket.id, 'listen.cookie-sent', 'SYN queue', half, 'ISS', reply.seq);
  answerTo(work, packet, reply);
}

// An ACK that no connection claims may be the third segment of a handshake of which nothing was kept.
function tryCookie(work: Work, socket: Socket, packet: Packet): boolean {
  if (socket.listener === null || work.host.profile.synCookies === 0) return false;
  if (work.now - socket.listener.cookieAt > cookieMemory) return false;
  const turn = fromCookie(work, listenSetting(work, socket), socket, packet);
  if (turn === null) {
    work.find(socket.id, 'listen.cookie-invalid', 'SEG.ACK', packet.segment.ack);
    return false;
  }
  if (socket.listener.acceptQueue.length > socket.listener.backlog) {
    work.find(socket.id, 'accept.overflow-drop');
    return true;
  }
  turn.find('listen.cookie-valid', 'SEG.ACK', packet.segment.ack, 'ISS', add(packet.segment.ack, -1));
  adopt(work, socket, packet, turn);
  // Data on the completing segment is handled by the connection it has just made.
  const child = connection(work, packet.toPort, packet.fromAddress, packet.fromPort);
  if (child !== undefined && packet.segment.data.length > 0) {
    apply(
      work,
      child,
      arrive({ ...listenSetting(work, socket), place: work.place(child.id) }, child.tcb, packet.segment, null),
    );
  }
  return true;
}
