// CLOSE and the half-close of shutdown (RFC 9293 section 3.10.4): no more to send.

import { settleAck } from '../acknowledge.ts';
import { startFinWait2 } from '../arrival/check/acknowledgment.ts';
import { release as freeMemory } from '../free-memory.ts';
import { resetFrom } from '../header.ts';
import { type Setting, Turn } from '../outcome.ts';
import { empty } from '../queue.ts';
import type { SocketError } from '../socket.ts';
import { Joined, SynSent, type Tcb, unsent } from '../tcb.ts';
import { off } from '../timers.ts';
import { transmit } from '../transmit.ts';
import { abort } from './abort.ts';

/**
 * The application gives the socket up altogether (close of the socket API): unread data or SO_LINGER 0 make it
 * a reset (RFC 9293 section 3.6.1 SHLD-3, RFC 2525 section 2.17), anything else is CLOSE without an owner.
 */
export function release(setting: Setting, tcb: Tcb): Turn | SocketError {
  if (tcb.state === 'CLOSED' || tcb.state === 'LISTEN') return 'ENOTCONN';
  if (tcb instanceof Joined && tcb.unread.length > 0 && resetsUnread(setting, tcb)) {
    const copy = Joined.of(tcb);
    const turn = new Turn(setting, copy);
    turn.find('close.unread-rst', 'unread', copy.unread.length);
    if (copy.memory !== null) freeMemory(copy.memory, copy.rcv.nxt);
    turn.emit(resetFrom(turn, copy));
    turn.close(null);
    return turn;
  }
  if (tcb.socket.linger === 0) {
    const turn = abort(setting, tcb);
    if (turn instanceof Turn) turn.find('close.linger0');
    return turn;
  }
  const turn = close(setting, tcb);
  const disowned = turn instanceof Turn ? turn : new Turn(setting, tcb instanceof Joined ? Joined.of(tcb) : tcb);
  if (disowned.tcb instanceof Joined) {
    disowned.tcb.owned = false;
    disowned.tcb.reading = false;
    // Nobody will read this any more; kept, it would close the window on a peer that still sends.
    disowned.tcb.unread = empty;
    if (disowned.tcb.state === 'FIN-WAIT-2') startFinWait2(disowned, disowned.tcb);
  }
  return disowned;
}

// Whether losing what is unread is worth a reset in this state.
function resetsUnread({ profile }: Setting, { state }: Readonly<Joined>): boolean {
  switch (state) {
    case 'SYN-RECEIVED':
    case 'ESTABLISHED':
    case 'FIN-WAIT-1':
    case 'FIN-WAIT-2':
    case 'CLOSE-WAIT':
      return profile.closeUnread !== 'fin';
    case 'CLOSING':
    case 'LAST-ACK':
      return profile.closeUnread === 'reset-behind-fin';
    case 'TIME-WAIT':
      return false;
  }
}

/** RFC CLOSE, and shutdown(WR): a FIN after everything queued. */
export function close(setting: Setting, tcb: Tcb): Turn | SocketError {
  switch (tcb.state) {
    case 'CLOSED':
    case 'LISTEN':
      return 'ENOTCONN';
    case 'SYN-SENT': {
      const turn = new Turn(setting, SynSent.of(tcb));
      turn.find('close.syn-sent');
      // What waits for the connection is told that it will not come ("error: closing").
      turn.close('ECONNRESET');
      return turn;
    }
    case 'FIN-WAIT-1':
    case 'FIN-WAIT-2':
    case 'CLOSING':
    case 'LAST-ACK':
    case 'TIME-WAIT':
      return 'ENOTCONN';
    case 'SYN-RECEIVED':
    case 'ESTABLISHED':
    case 'CLOSE-WAIT':
      return finish(setting, tcb);
  }
}

function finish(setting: Setting, tcb: Joined): Turn {
  const copy = Joined.of(tcb);
  const turn = new Turn(setting, copy);
  copy.finQueued = true;
  if (copy.state === 'SYN-RECEIVED') {
    turn.find('close.syn-rcvd');
    if (unsent(copy) > 0) return turn;
    copy.state = 'FIN-WAIT-1';
  } else if (copy.state === 'CLOSE-WAIT') {
    turn.find('close.close-wait');
    copy.state = 'LAST-ACK';
  } else {
    turn.find('close.estab');
    copy.state = 'FIN-WAIT-1';
  }
  transmit(turn, copy);
  if (copy.finSeq === null && copy.timers.persist === off) turn.find('fin.queued', 'waiting', unsent(copy));
  settleAck(turn, copy);
  return turn;
}

/** shutdown(2): WR is a half-close, RD is local, RDWR both. */
export function shutdown(setting: Setting, tcb: Tcb, how: 'RD' | 'WR' | 'RDWR'): Turn | SocketError {
  if (tcb.state === 'CLOSED' || tcb.state === 'LISTEN') return 'ENOTCONN';
  let turn: Turn;
  const local = how === 'RD' && !(tcb.state === 'SYN-SENT' && setting.profile.shutdownInSynSent === 'close');
  if (local) turn = new Turn(setting, tcb instanceof Joined ? Joined.of(tcb) : SynSent.of(tcb));
  else {
    const closed = close(setting, tcb);
    if (!(closed instanceof Turn)) return closed;
    turn = closed;
    if (tcb.state !== 'SYN-SENT') turn.find('close.half-close');
  }
  if (how !== 'WR' && 'reading' in turn.tcb) {
    turn.tcb.reading = false;
    turn.find('shutdown.receive');
  }
  return turn;
}
