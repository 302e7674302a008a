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

/** `more` says that the same write goes on. Queues octets (at most `sendRoom` of them) and sends what may be sent; or the error that the call returns. */
export function send(setting: Setting, tcb: Tcb, octets: Octets, urgent: boolean, more: boolean): Turn | SocketError {
  switch (tcb.state) {
    case 'CLOSED':
    case 'LISTEN':
      return tcb.state === 'CLOSED' ? (tcb.error ?? 'EPIPE') : 'ENOTCONN';
    case 'SYN-SENT': {
      const copy = SynSent.of(tcb);
      const turn = new Turn(setting, copy);
      copy.queue = copy.queue.append(octets);
      turn.find('send.queued', 'octets', octets.length, 'queue', copy.queue.length);
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
        turn.taken = mayGoOn(turn, copy) ? write(turn, copy, octets, urgent, more) : 0;
        if (turn.taken === 0) return turn;
      } else {
        copy.queue = copy.queue.append(octets);
        turn.find('send.queued', 'octets', octets.length, 'queue', copy.queue.length);
      }
      if (urgent) copy.snd.up = add(copy.queueFrom, copy.queue.length);
      transmit(turn, copy);
      settleAck(turn, copy);
      return turn;
    }
  }
}
