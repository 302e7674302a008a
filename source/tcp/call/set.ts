// Socket options that take effect on a running connection.

import { acknowledgeNow } from '../acknowledge.ts';
import { dueAfterReading } from '../adaptive-ack.ts';
import { startKeepalive } from '../keepalive.ts';
import { type Setting, Turn } from '../outcome.ts';
import { adapts } from '../quick-ack.ts';
import type { SocketOptions } from '../socket.ts';
import { Joined, SynSent, type Tcb } from '../tcb.ts';
import { off } from '../timers.ts';
import { transmit } from '../transmit.ts';

// TCP_QUICKACK is no lasting mode: it ends or begins the one in which ACKs wait for data (Linux __tcp_sock_set_quickack).
function setQuickAck(turn: Turn, tcb: Joined, before: boolean | null): void {
  const wanted = tcb.socket.quickAck;
  if (wanted === null || wanted === before) return;
  tcb.interactive = !wanted;
  if (!wanted || tcb.timers['delayed-ack'] === off) return;
  tcb.pushed = Math.max(tcb.pushed, 1);
  if (dueAfterReading(turn, tcb, 1)) acknowledgeNow(turn, tcb);
}

/** The connection with its options changed; null where it has none (CLOSED, LISTEN). */
export function set(setting: Setting, tcb: Tcb, options: SocketOptions): Turn | null {
  if (tcb instanceof SynSent) {
    const copy = SynSent.of(tcb);
    copy.socket = options;
    return new Turn(setting, copy);
  }
  if (!(tcb instanceof Joined)) return null;
  const copy = Joined.of(tcb);
  const turn = new Turn(setting, copy);
  const before = copy.socket;
  copy.socket = options;
  if (options.receiveBuffer !== null) copy.rcv.buff = options.receiveBuffer;
  if (options.keepalive !== before.keepalive || options.keepaliveIdle !== before.keepaliveIdle)
    startKeepalive(turn, copy);
  if (adapts(turn.profile)) setQuickAck(turn, copy, before.quickAck);
  else if (options.quickAck === true && copy.timers['delayed-ack'] !== off) acknowledgeNow(turn, copy);
  transmit(turn, copy);
  return turn;
}
