// RECEIVE (RFC 9293 section 3.10.3).

import { acknowledgeNow } from '../acknowledge.ts';
import { dueAfterReading } from '../adaptive-ack.ts';
import { adjustSpace, release } from '../free-memory.ts';
import type { Octets } from '../octets.ts';
import { ownJoined, type Setting, Turn } from '../outcome.ts';
import { adapts } from '../quick-ack.ts';
import { add, after } from '../seq.ts';
import { type Closed, Joined, type Tcb, takesText } from '../tcb.ts';
import { beforeUrgent } from '../urgent.ts';
import { room, worthOpening } from '../window.ts';

/** What a read finds: octets, end-of-file, or nothing yet. */
export type Reading = { readonly octets: Octets; readonly turn: Turn } | 'eof' | 'wait';

/** Whether the peer's FIN has been taken and every octet before it has been read. */
export function atEnd(tcb: Readonly<Joined>): boolean {
  return tcb.unread.length === 0 && tcb.rcv.fin !== null && after(tcb.rcv.nxt, tcb.rcv.fin);
}

/** Takes at most `most` octets; a window that has become worth announcing is announced at once. */
export function receive(setting: Setting, tcb: Tcb, most: number): Reading {
  if (tcb.state === 'CLOSED') return leftover(setting, tcb, most);
  if (!(tcb instanceof Joined) || tcb.state === 'SYN-RECEIVED') return 'wait';
  if (tcb.unread.length === 0) return atEnd(tcb) || !tcb.reading ? 'eof' : 'wait';
  const copy = ownJoined(setting, tcb);
  const turn = new Turn(setting, copy);
  const reach = beforeUrgent(copy, setting.profile);
  if (reach.most === 0) return 'wait';
  const octets = copy.unread.peek(reach.skip, Math.min(most, reach.most));
  copy.unread = copy.unread.drop(reach.skip + octets.length);
  turn.find('receive.data', 'octets', octets.length, 'unread', copy.unread.length);
  if (adapts(setting.profile)) {
    settleReading(turn, copy, octets.length);
    return { octets, turn };
  }
  announce(turn, copy);
  return { octets, turn };
}

// The connection is gone, but what had arrived before its orderly end can still be read.
function leftover(setting: Setting, tcb: Closed, most: number): Reading {
  if (tcb.unread.length === 0) return 'eof';
  const octets = tcb.unread.peek(0, most);
  const turn = new Turn(setting, { ...tcb, unread: tcb.unread.drop(octets.length) });
  turn.find('receive.data', 'octets', octets.length, 'unread', tcb.unread.length - octets.length);
  return { octets, turn };
}

// Where memory is counted, what has been read becomes free; where the delay of ACKs adapts, one may be due now.
function settleReading(turn: Turn, tcb: Joined, octets: number): void {
  const { memory, rcv } = tcb;
  if (memory !== null) {
    const fin = rcv.fin !== null && after(rcv.nxt, rcv.fin) ? 1 : 0;
    const copied = add(rcv.nxt, -tcb.unread.length - fin);
    adjustSpace(turn, tcb, memory, copied);
    release(memory, copied);
  }
  if (dueAfterReading(turn, tcb, octets)) acknowledgeNow(turn, tcb);
}

function announce(turn: Turn, tcb: Joined): void {
  const { rcv } = tcb;
  if (!takesText(tcb.state) || !worthOpening(tcb)) return;
  // While the peer can still send a full segment the ordinary ACKs carry the news; twice a segment is news of its own.
  const gain = room(tcb) - rcv.wnd;
  if (rcv.wnd >= rcv.mss && gain < Math.min(rcv.buff / 2, 2 * rcv.mss)) return;
  if (turn.profile.windowUpdate === 'doubled' && room(tcb) < 2 * rcv.wnd) return;
  turn.find('wnd.update-sent', 'RCV.WND', rcv.wnd, 'becomes', room(tcb));
  acknowledgeNow(turn, tcb);
}
