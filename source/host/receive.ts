// A segment has reached this host: it goes to a connection, a listener, or nobody.

import { arrive } from '../tcp/arrival/index.ts';
import { expire } from '../tcp/expiry/index.ts';
import { type NetworkNotice, notice } from '../tcp/notice.ts';
import { has, RST, UDP } from '../tcp/segment.ts';
import { closed } from '../tcp/tcb.ts';
import type { TimerName } from '../tcp/timers.ts';
import { apply, settingOf } from './connection.ts';
import { receiveDatagram } from './datagram.ts';
import { connection, listener } from './demultiplex.ts';
import { answerTo, arriveAtListener } from './listener.ts';
import type { Packet, Work } from './work.ts';

/** Demultiplexes the segment and lets its receiver deal with it. */
export function receivePacket(work: Work, packet: Packet): void {
  if (has(packet.segment, UDP)) {
    receiveDatagram(work, packet);
    return;
  }
  const found = connection(work, packet.toPort, packet.fromAddress, packet.fromPort);
  if (found !== undefined) {
    const turn = arrive(settingOf(work, found), found.tcb, packet.segment, null);
    apply(work, found, turn);
    noteHalfOpen(
      work,
      found.id,
      turn.segments.some((segment) => has(segment, RST)),
    );
    if (turn.reopenFrom !== null) {
      const heir = listener(work, packet.toPort);
      if (heir !== undefined) arriveAtListener(work, heir, packet, turn.reopenFrom);
    }
    return;
  }
  const taker = listener(work, packet.toPort);
  if (taker !== undefined) {
    arriveAtListener(work, taker, packet, null);
    return;
  }
  const setting = {
    now: work.now,
    profile: work.host.profile,
    place: work.place(0),
    listening: false,
    admission: 'open',
    marked: false,
    repetitionsLeft: null,
    fresh: false,
    findings: work.findings,
  } as const;
  const turn = arrive(setting, closed, packet.segment, null);
  for (const reply of turn.segments) answerTo(work, packet, reply);
  noteHalfOpen(work, 0, turn.segments.length > 0);
}

// A host that was restarted and answers with a reset clears up what its former life left on the other side.
function noteHalfOpen(work: Work, socket: number, reset: boolean): void {
  if (reset && work.host.bootedAt > 0) work.find(socket, 'halfopen.reset', 'booted at', work.host.bootedAt);
}

/** A timer of one socket fires. */
export function expireTimer(work: Work, id: number, timer: TimerName): void {
  const socket = work.at(id);
  if (socket !== undefined) apply(work, socket, expire(settingOf(work, socket), socket.tcb, timer));
}

/** The network speaks about a packet that this host sent. */
export function takeNotice(work: Work, sent: Packet, what: NetworkNotice): void {
  const socket = connection(work, sent.fromPort, sent.toAddress, sent.toPort);
  const turn = socket === undefined ? null : notice(settingOf(work, socket), socket.tcb, what);
  if (socket !== undefined && turn !== null) apply(work, socket, turn);
}
