// SEND (RFC 9293 section 3.10.2).

import { settleAck } from '../acknowledge.ts';
import { mayGoOn, write } from '../chunk.ts';
import type { Octets } from '../octets.ts';
import { ownJoined, type Setting, Turn } from '../outcome.ts';
import { add } from '../seq.ts';
import type { SocketError } from '../socket.ts';
import { Joined, SynSent, type Tcb } from '../tcb.ts';
import { transmit } from '../transmit.ts';

/** Free octets of the send buffer; Infinity where it is the write itself that finds out. */
export function sendRoom(setting: Setting, tcb: Readonly<SynSent | Joined>): number {
  if (setting.profile.chunks && tcb instanceof Joined) return Number.POSITIVE_INFINITY;
  const size = tcb.socket.sendBuffer ?? setting.profile.sendBuffer;
  return Math.max(0, size - tcb.queue.length);
}

/** How a write is made: with the URGENT and PUSH flags of SEND; `more` says that the same write goes on. */
export interface Manner {
  readonly urgent: boolean;
  readonly push: boolean;
  readonly more: boolean;
}

/** Queues octets (at most `sendRoom` of them) and sends what may be sent; or the error that the call returns. */
export function send(setting: Setting, tcb: Tcb, octets: Octets, how: Manner): Turn | SocketError {
  switch (tcb.state) {
    case 'CLOSED':
    case 'LISTEN':
      return tcb.state === 'CLOSED' ? (tcb.error ?? 'EPIPE') : 'ENOTCONN';
    case 'SYN-SENT': {
      const copy = SynSent.of(tcb);
      const turn = new Turn(setting, copy);
      queue(turn, copy, octets, how);
      return turn;
    }
    case 'FIN-WAIT-1':
    case 'FIN-WAIT-2':
    case 'CLOSING':
    case 'LAST-ACK':
    case 'TIME-WAIT':
      return 'EPIPE';
    case 'SYN-RECEIVED':
    case 'ESTABLISHED':
    case 'CLOSE-WAIT': {
      if (tcb.finQueued) return 'EPIPE';
      const copy = ownJoined(setting, tcb);
      const turn = new Turn(setting, copy);
      if (setting.profile.chunks) {
        turn.taken = mayGoOn(turn, copy) ? write(turn, copy, octets, how) : 0;
        if (turn.taken === 0) return turn;
      } else queue(turn, copy, octets, how);
      turn.moreFollows = !how.push && !how.more;
      if (how.urgent) copy.snd.up = add(copy.queueFrom, copy.queue.length);
      transmit(turn, copy);
      settleAck(turn, copy);
      return turn;
    }
  }
}

function queue(turn: Turn, tcb: SynSent | Joined, octets: Octets, { push, more }: Manner): void {
  tcb.queue = tcb.queue.append(octets);
  if (push || more) tcb.pushedTo = add(tcb.queueFrom, tcb.queue.length);
  turn.find('send.queued', 'octets', octets.length, 'queue', tcb.queue.length);
}
