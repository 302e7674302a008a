// STATUS (RFC 9293 section 3.10.6).

import { add, distance } from '../seq.ts';
import { Joined, type State, SynSent, type Tcb, unsent } from '../tcb.ts';
import { distanceToUrgent } from '../urgent.ts';

/** What STATUS tells; sizes in octets. */
export interface Status {
  readonly state: State;
  /** The windows as they stand: what the peer permits us, and what we permit it. */
  readonly sendWindow: number;
  readonly receiveWindow: number;
  /** Octets that await their acknowledgment, and octets that await being read. */
  readonly unacknowledged: number;
  readonly unread: number;
  /** Urgent octets that have not been read yet (MUST-33). */
  readonly urgent: number;
}

/** The fields of RFC 9293 section 3.10.6 that a simulated host has. */
export function status(tcb: Tcb): Status {
  if (tcb instanceof Joined) {
    return {
      state: tcb.state,
      sendWindow: tcb.snd.wnd,
      receiveWindow: tcb.rcv.wnd,
      unacknowledged: tcb.queue.length - unsent(tcb),
      unread: tcb.unread.length,
      urgent: distanceToUrgent(tcb),
    };
  }
  const unacknowledged = tcb instanceof SynSent ? Math.max(0, distance(tcb.snd.nxt, add(tcb.snd.iss, 1))) : 0;
  const unread = tcb.state === 'CLOSED' ? tcb.unread.length : 0;
  return { state: tcb.state, sendWindow: 0, receiveWindow: 0, unacknowledged, unread, urgent: 0 };
}
