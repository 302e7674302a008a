// ABORT (RFC 9293 section 3.10.5): everything is thrown away, and the peer is told where there is one.

import { resetFrom } from '../header.ts';
import { type Setting, Turn } from '../outcome.ts';
import type { SocketError } from '../socket.ts';
import { Joined, type Tcb } from '../tcb.ts';

/** Ends the connection at once; a reset leaves in the states in which the peer still counts on us. */
export function abort(setting: Setting, tcb: Tcb): Turn | SocketError {
  const turn = new Turn(setting, tcb);
  switch (tcb.state) {
    case 'CLOSED':
      return 'ENOTCONN';
    case 'LISTEN':
    case 'SYN-SENT':
    case 'CLOSING':
    case 'LAST-ACK':
    case 'TIME-WAIT':
      turn.find('abort.silent');
      turn.close(null);
      return turn;
    case 'SYN-RECEIVED':
    case 'ESTABLISHED':
    case 'FIN-WAIT-1':
    case 'FIN-WAIT-2':
    case 'CLOSE-WAIT': {
      turn.find('abort.rst', 'SND.NXT', tcb.snd.nxt);
      turn.emit(resetFrom(turn, Joined.of(tcb)));
      turn.close(null);
      return turn;
    }
  }
}
