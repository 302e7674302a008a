// A listener's two queues: half-open requests, and connections that wait for accept (the kernel's model;
// the RFC has none). Each holds one more than the backlog.

import { timeoutsIn } from '../tcp/defer.ts';
import type { Admission } from '../tcp/outcome.ts';
import type { Socket } from './host.ts';
import { hold } from './names.ts';
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
  const timeouts = 'repetitions' in socket.tcb ? socket.tcb.repetitions : 0;
  if (deferAccept !== null && timeouts < timeoutsIn(deferAccept, work.host.profile)) return 'wait-for-data';
  return 'open';
}

// Linux reqsk_timer_handler: once more than half of the queue is taken, requests that were repeated before get
// fewer repetitions, the fewer the more of the queue they take, but never less than two.
/** Repetitions that a half-open child may make while the queue is crowded; null: as many as the profile says. */
export function repetitionsLeft(work: Work, socket: Readonly<Socket>): number | null {
  const { prunesSynQueue, synAckGiveUp } = work.host.profile;
  if (!prunesSynQueue || socket.parent === 0 || socket.tcb.state !== 'SYN-RECEIVED') return null;
  const queues = work.at(socket.parent)?.listener;
  if (queues == null || synAckGiveUp.after !== 'repetitions') return null;
  const length = queues.synQueue.length;
  if (2 * length <= Math.max(8, queues.backlog)) return null;
  let young = 0;
  for (const id of queues.synQueue) {
    const tcb = work.at(id)?.tcb;
    if (tcb !== undefined && 'synRepetitions' in tcb && tcb.synRepetitions === 0) young += 1;
  }
  let most = synAckGiveUp.count;
  for (young *= 2; most > 2 && length >= young; young *= 2) most -= 1;
  return most;
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
    hold(work, accepted);
    work.host.nextDescriptor += 1;
    work.answer(accepted, 'accept', { kind: 'ok' });
  }
}
