// Keep-alive (RFC 9293 section 3.8.4): probe a silent peer, and give it up after enough silence.

import { due } from '../clock.ts';
import { resetFrom, segmentFrom } from '../header.ts';
import { keepaliveIdle } from '../keepalive.ts';
import { none, pattern } from '../octets.ts';
import type { Turn } from '../outcome.ts';
import { add } from '../seq.ts';
import type { Joined } from '../tcb.ts';

/** Sends a probe that makes a living peer answer, or drops the connection. */
export function expireKeepalive(turn: Turn, tcb: Joined): void {
  const { profile } = turn;
  const interval = tcb.socket.keepaliveInterval ?? profile.keepaliveInterval;
  if (tcb.outstanding.length > 0 || tcb.queue.length > 0) {
    // MUST-26: what is in flight asks the same question.
    tcb.timers.keepalive = due(turn, keepaliveIdle(turn, tcb));
    return;
  }
  const most = tcb.socket.keepaliveProbes ?? profile.keepaliveProbes;
  if (tcb.keepaliveProbes >= most) {
    turn.find('keepalive.dead', 'probes', tcb.keepaliveProbes, 'silent', turn.now - tcb.heardAt);
    if (profile.keepaliveReset) turn.emit(resetFrom(turn, tcb));
    turn.close('ETIMEDOUT');
    return;
  }
  tcb.keepaliveProbes += 1;
  turn.find('keepalive.probe', 'silent', turn.now - tcb.heardAt, 'probe', tcb.keepaliveProbes);
  // The octet lies below the peer's window, so that its value does not matter.
  const garbage = profile.keepaliveData === 1 ? pattern(0, 1) : none;
  turn.emit(segmentFrom(turn, tcb, add(tcb.snd.nxt, -1), 0, garbage));
  tcb.timers.keepalive = due(turn, interval);
}
