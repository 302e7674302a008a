// A listener's two queues: half-open requests, and connections that wait for accept (the kernel's model;
// the RFC has none). Each holds one more than the backlog.

import type { Admission } from '../tcp/outcome.ts';
import type { Socket } from './host.ts';
import type { Work } from './work.ts';

/** What the listener says to a child whose handshake completes now. */
export function admission(work: Work, socket: Readonly<Socket>): Admission {
  if (socket.parent === 0 || socket.tcb.state !== 'SYN-RECEIVED') return 'open';
  const parent = work.at(socket.parent);
  if (parent?.listener == null) return 'open';
  if (parent.listener.acceptQueue.length > parent.listener.backlog) {
    return work.host.profile.abortOnOverflow ? 'full-reset' : 'full-ignore';
  }
  const { deferAccept } = parent.options;
  if (deferAccept !== null && work.now - socket.since < deferAccept) return 'wait-for-data';
  return 'open';
}

/** The child's handshake is complete: it moves from the SYN queue to the accept queue. */
export function enqueueAccepted(work: Work, child: Readonly<Socket>): void {
  const parent = work.at(child.parent);
  if (parent?.listener == null || parent.listener.acceptQueue.includes(child.id)) return;
  const synQueue = parent.listener.synQueue.filter((id) => id !== child.id);
  const acceptQueue = [...parent.listener.acceptQueue, child.id];
  work.edit(parent).listener = { ...parent.listener, synQueue, acceptQueue };
  work.find(parent.id, 'accept.enqueue', 'accept queue', acceptQueue.length, 'backlog', parent.listener.backlog);
}

/** The connection is gone: its place in either queue is free. */
export function leaveQueues(work: Work, child: Readonly<Socket>): void {
  if (child.parent === 0) return;
  const parent = work.at(child.parent);
  if (parent?.listener == null) return;
  const synQueue = parent.listener.synQueue.filter((id) => id !== child.id);
  const acceptQueue = parent.listener.acceptQueue.filter((id) => id !== child.id);
  if (synQueue.length === parent.listener.synQueue.length && acceptQueue.length === parent.listener.acceptQueue.length)
    return;
  work.edit(parent).listener = { ...parent.listener, synQueue, acceptQueue };
}

/** Hands finished connections to accept calls that wait. */
export function offerAccepted(work: Work, id: number): void {
  for (;;) {
    const parent = work.at(id);
    if (parent?.listener == null) return;
    const waiting = parent.pending.find((pending) => pending.call.do === 'accept');
    const [first, ...rest] = parent.listener.acceptQueue;
    if (waiting === undefined || first === undefined) return;
    const child = work.at(first);
    const owner = work.edit(parent);
    owner.listener = { ...parent.listener, acceptQueue: rest };
    owner.pending = parent.pending.filter((pending) => pending !== waiting);
    if (child === undefined) continue;
    work.find(parent.id, 'accept.dequeue', 'accept queue', rest.length);
    const accepted = work.edit(child);
    accepted.descriptor = work.host.nextDescriptor;
    accepted.name = waiting.call.do === 'accept' ? (waiting.call.as ?? '') : '';
    accepted.parent = 0;
    work.host.nextDescriptor += 1;
    work.answer(accepted, 'accept', { kind: 'ok' });
  }
}
