// A timer expires (RFC 9293 section 3.10.8 and section 3.8): one function each, called by name.

import { type Setting, Turn } from '../outcome.ts';
import { Joined, SynSent, type Tcb } from '../tcb.ts';
import { off, type TimerName } from '../timers.ts';
import { expireDelayedAck } from './delayed-ack.ts';
import { expireFinWait2 } from './fin-wait-2.ts';
import { expireKeepalive } from './keepalive.ts';
import { expirePersist } from './persist.ts';
import { expireReordering } from './reordering.ts';
import { expireRetransmission } from './retransmission.ts';
import { expireTailLossProbe } from './tail-loss-probe.ts';
import { expireTimeWait } from './time-wait.ts';
import { expireUser } from './user.ts';

/** The named timer fires. The TCB passed in is not changed. */
export function expire(setting: Setting, tcb: Tcb, timer: TimerName): Turn {
  if (tcb.state === 'CLOSED' || tcb.state === 'LISTEN') return new Turn(setting, tcb);
  const copy = tcb instanceof Joined ? Joined.of(tcb) : SynSent.of(tcb);
  const turn = new Turn(setting, copy);
  copy.timers[timer] = off;
  if (timer === 'retransmission') expireRetransmission(turn, copy);
  else if (timer === 'user') expireUser(turn);
  else if (copy instanceof Joined) expireJoined(turn, copy, timer);
  return turn;
}

function expireJoined(turn: Turn, tcb: Joined, timer: Exclude<TimerName, 'retransmission' | 'user'>): void {
  switch (timer) {
    case 'persist':
      return expirePersist(turn, tcb);
    case 'delayed-ack':
      return expireDelayedAck(turn, tcb);
    case 'keepalive':
      return expireKeepalive(turn, tcb);
    case 'fin-wait-2':
      return expireFinWait2(turn);
    case 'time-wait':
      return expireTimeWait(turn);
    case 'tail-loss-probe':
      return expireTailLossProbe(turn, tcb);
    case 'reordering':
      return expireReordering(turn, tcb);
  }
}
