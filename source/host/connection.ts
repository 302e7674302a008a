// What becomes of a socket after its connection's turn: stored, queued for accept, or forgotten; and what the
// application's waiting calls make of it.

import { receive } from '../tcp/call/receive.ts';
import { send, sendRoom } from '../tcp/call/send.ts';
import { fromText, type Octets, pattern, patternLimit } from '../tcp/octets.ts';
import { type Setting, Turn } from '../tcp/outcome.ts';
import type { SocketError } from '../tcp/socket.ts';
import { closed, Joined, type State, SynSent, type Tcb } from '../tcp/tcb.ts';
import { distanceToUrgent, readUrgent } from '../tcp/urgent.ts';
import type { Payload, Result } from './call.ts';
import { listener, unregister } from './demultiplex.ts';
import type { Pending, Socket } from './host.ts';
import { admission, enqueueAccepted, leaveQueues, offerAccepted, repetitionsLeft } from './queues.ts';
import type { Work } from './work.ts';

/** What a connection's turn may know of its host. */
export function settingOf(work: Work, socket: Readonly<Socket>): Setting {
  return {
    now: work.now,
    profile: work.host.profile,
    place: work.place(socket.id),
    listening: socket.tcb.state === 'TIME-WAIT' && listener(work, socket.localPort) !== undefined,
    admission: admission(work, socket),
    marked: work.marked,
    repetitionsLeft: repetitionsLeft(work, socket),
    fresh: work.owns(socket.tcb),
    findings: work.findings,
  };
}

function stateOf(tcb: Tcb): State {
  return tcb.state;
}

/** Takes over a turn: segments, findings, the new TCB; then lets waiting calls go on. */
export function apply(work: Work, socket: Socket, turn: Turn): void {
  work.collect(socket, turn);
  const before = stateOf(socket.tcb);
  const after = stateOf(turn.tcb);
  const waited = waitsAlone(work, socket.tcb);
  const waits = waitsAlone(work, turn.tcb);
  if (waits && !waited) work.host.timeWaits += 1;
  if (waited && !waits) work.host.timeWaits -= 1;
  const stored = work.edit(socket);
  stored.tcb = turn.tcb;
  work.ownTcb = turn.tcb;
  work.move(stored, before, after);
  if (before === 'SYN-RECEIVED' && after !== 'SYN-RECEIVED' && after !== 'CLOSED' && stored.parent !== 0) {
    enqueueAccepted(work, stored);
  }
  if (after === 'CLOSED') {
    leaveQueues(work, stored);
    unregister(work, stored);
    if (stored.descriptor === 0) {
      work.remove(stored.id);
      return;
    }
  } else if (waits && !waited && overTimeWaitLimit(work)) {
    work.find(stored.id, 'time-wait.skipped', 'TIME-WAIT sockets', work.host.timeWaits);
    apply(work, stored, endedTurn(work, stored));
    return;
  }
  settle(work, stored.id);
  if (stored.parent !== 0) offerAccepted(work, stored.parent);
}

// TIME-WAIT, and where little is kept of a connection that only waits, an orphan in FIN-WAIT-2 as well.
function waitsAlone(work: Work, tcb: Tcb): boolean {
  if (tcb.state === 'TIME-WAIT') return true;
  return tcb.state === 'FIN-WAIT-2' && !tcb.owned && work.host.profile.timeWaitKeeps === 'numbers';
}

function overTimeWaitLimit(work: Work): boolean {
  const { maxTimeWait } = work.host.profile;
  return maxTimeWait !== null && work.host.timeWaits > maxTimeWait;
}

function endedTurn(work: Work, socket: Socket): Turn {
  const turn = new Turn(settingOf(work, socket), closed);
  return turn;
}

/** Lets the waiting calls of a socket go as far as they can, in the order in which they were made. */
export function settle(work: Work, id: number): void {
  const first = work.at(id)?.pending;
  if (first === undefined || first.length === 0) return;
  for (const call of first) advance(work, id, call);
  // A call that has finished may have made room for one that waits behind it.
  const second = work.at(id)?.pending;
  if (second === undefined || second === first || second.length === first.length) return;
  for (const call of second) advance(work, id, call);
}

function advance(work: Work, id: number, pending: Pending): void {
  switch (pending.call.do) {
    case 'connect':
      return advanceConnect(work, id, pending);
    case 'send':
      return advanceSend(work, id, pending);
    case 'receive':
      return advanceReceive(work, id, pending, pending.call.octets);
    case 'read':
      return advanceRead(work, id, pending);
    case 'accept':
    case 'listen':
    case 'shutdown':
    case 'close':
    case 'abort':
    case 'set':
    case 'status':
    case 'kill':
    case 'crash':
    case 'boot':
    case 'tune':
    case 'bind':
    case 'sendto':
      return;
  }
}

/** Ends a waiting call with its result. */
export function finish(work: Work, id: number, pending: Pending, result: Result): void {
  const socket = work.at(id);
  if (socket === undefined || !socket.pending.includes(pending)) return;
  work.edit(socket).pending = socket.pending.filter((other) => other !== pending);
  work.answer(socket, pending.call.do, result);
}

function replace(work: Work, id: number, pending: Pending, next: Pending): void {
  const socket = work.at(id);
  if (socket === undefined) return;
  work.edit(socket).pending = socket.pending.map((other) => (other === pending ? next : other));
}

// The error of a closed connection is reported once; after that it is simply not connected.
function takeError(work: Work, id: number): SocketError | null {
  const socket = work.at(id);
  if (socket === undefined || socket.tcb.state !== 'CLOSED' || socket.tcb.error === null) return null;
  const { error } = socket.tcb;
  work.edit(socket).tcb = { ...socket.tcb, error: null };
  return error;
}

function advanceConnect(work: Work, id: number, pending: Pending): void {
  const socket = work.at(id);
  if (socket === undefined || socket.tcb instanceof SynSent) return;
  if (socket.tcb.state === 'SYN-RECEIVED') return;
  if (socket.tcb.state !== 'CLOSED') {
    finish(work, id, pending, { kind: 'ok' });
    return;
  }
  const error = takeError(work, id);
  finish(work, id, pending, error === null ? { kind: 'ok' } : { kind: 'error', error });
}

function advanceSend(work: Work, id: number, pending: Pending): void {
  if (pending.call.do !== 'send') return;
  let { left } = pending;
  while (left > 0) {
    const socket = work.at(id);
    if (socket === undefined) return;
    const { tcb } = socket;
    if (tcb.state === 'CLOSED' || tcb.state === 'LISTEN') {
      const error = takeError(work, id) ?? 'EPIPE';
      if (error === 'EPIPE') work.find(id, 'send.broken-pipe');
      const moved = pending.moved + (pending.left - left);
      finish(work, id, pending, moved > 0 ? { kind: 'octets', count: moved } : { kind: 'error', error });
      return;
    }
    const setting = settingOf(work, socket);
    const space = sendRoom(setting, tcb);
    const room = Math.min(left, space, patternLimit);
    const octets = payloadFrom(pending.call.payload, pending.moved + pending.left - left, room, socket.written);
    const more = room < left && room < space;
    const { urgent, push } = pending.call;
    const turn = room === 0 ? null : send(setting, tcb, octets, { urgent, push, more });
    if (turn === null) break;
    if (!(turn instanceof Turn)) {
      work.find(id, 'send.broken-pipe', 'state', tcb.state);
      finish(work, id, pending, { kind: 'error', error: turn });
      return;
    }
    work.collect(socket, turn);
    const sender = work.edit(socket);
    sender.tcb = turn.tcb;
    work.ownTcb = turn.tcb;
    const taken = turn.taken ?? octets.length;
    sender.written += taken;
    left -= taken;
    if (taken < octets.length) break;
  }
  const moved = pending.moved + (pending.left - left);
  if (left === 0) finish(work, id, pending, { kind: 'octets', count: moved });
  else if (left !== pending.left || pending.moved === 0) {
    if (left !== pending.left || pending.since === work.now) work.find(id, 'send.buffer-full', 'waiting', left);
    replace(work, id, pending, { ...pending, left, moved });
  }
}

function payloadFrom(payload: Payload, offset: number, count: number, position: number): Octets {
  if ('text' in payload) return fromText(payload.text).cut(offset, offset + count);
  return pattern(position, count);
}

/** How many octets a payload has. */
export function payloadLength(payload: Payload): number {
  return 'text' in payload ? fromText(payload.text).length : payload.octets;
}

// One octet apart from the stream, which it leaves where it is.
function advanceUrgent(work: Work, id: number, pending: Pending): void {
  const socket = work.at(id);
  if (socket === undefined) return;
  const found = socket.tcb instanceof Joined ? readUrgent(socket.tcb, work.host.profile) : 'EINVAL';
  if (found === 'wait') return;
  if (found === 'EINVAL' || !(socket.tcb instanceof Joined)) {
    finish(work, id, pending, { kind: 'error', error: 'EINVAL' });
    return;
  }
  const tcb = Joined.of(socket.tcb);
  tcb.urgentRead = true;
  work.edit(socket).tcb = tcb;
  finish(work, id, pending, { kind: 'octets', count: 1 });
}

function advanceReceive(work: Work, id: number, pending: Pending, wanted: number): void {
  let most = wanted;
  if (pending.call.do === 'receive' && pending.call.urgent) {
    const tcb = work.at(id)?.tcb;
    if (work.host.profile.urgentData === 'out-of-band') {
      advanceUrgent(work, id, pending);
      return;
    }
    const ahead = tcb instanceof Joined ? distanceToUrgent(tcb) : 0;
    if (ahead === 0) {
      finish(work, id, pending, { kind: 'error', error: 'EINVAL' });
      return;
    }
    most = Math.min(wanted, ahead);
  }
  const count = take(work, id, most);
  if (count === 'wait') return;
  if (count === 'end') {
    const error = takeError(work, id);
    if (error !== null) work.find(id, 'receive.error', 'error', error);
    else work.find(id, 'receive.eof');
    finish(work, id, pending, error === null ? { kind: 'eof' } : { kind: 'error', error });
    return;
  }
  finish(work, id, pending, { kind: 'octets', count });
}

function advanceRead(work: Work, id: number, pending: Pending): void {
  for (;;) {
    const count = take(work, id, Number.POSITIVE_INFINITY);
    if (count === 'wait') return;
    if (count === 'end') break;
  }
  const error = takeError(work, id);
  if (error !== null) work.find(id, 'receive.error', 'error', error);
  else work.find(id, 'receive.eof');
  finish(work, id, pending, error === null ? { kind: 'eof' } : { kind: 'error', error });
}

// One RECEIVE: octets to the application, or why there are none.
function take(work: Work, id: number, most: number): number | 'wait' | 'end' {
  const socket = work.at(id);
  if (socket === undefined) return 'wait';
  const reading = receive(settingOf(work, socket), socket.tcb, most);
  if (reading === 'wait') return 'wait';
  if (reading === 'eof') return 'end';
  work.collect(socket, reading.turn);
  const reader = work.edit(socket);
  reader.tcb = reading.turn.tcb;
  work.ownTcb = reading.turn.tcb;
  reader.read += reading.octets.length;
  work.deliveries.push({ host: work.host.index, socket: id, octets: reading.octets });
  return reading.octets.length;
}
