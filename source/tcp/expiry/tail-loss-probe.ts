// The tail loss probe (RFC 8985 section 7): a repetition of the flight's end that asks for an ACK before the RTO.

import { settleAck } from '../acknowledge.ts';
import { due } from '../clock.ts';
import type { Turn } from '../outcome.ts';
import { repeat } from '../repeat.ts';
import { backedOff } from '../rtt.ts';
import type { Joined } from '../tcb.ts';
import { off } from '../timers.ts';
import { sendProbe } from '../transmit.ts';

/** Sends new data if there is any and the window allows, otherwise the last segment again. */
export function expireTailLossProbe(turn: Turn, tcb: Joined): void {
  if (tcb.outstanding.length === 0) return;
  if (tcb.congestion.probeEnd >= 0) {
    // One probe for each episode: the ordinary timer takes over.
    tcb.timers.retransmission = due(turn, backedOff(tcb.rtt, turn.profile));
    return;
  }
  turn.find('tlp.probe', 'SND.NXT', tcb.snd.nxt);
  tcb.congestion.probeEnd = tcb.snd.nxt;
  if (!sendProbe(turn, tcb)) repeat(turn, tcb, tcb.outstanding.length - 1);
  tcb.timers['tail-loss-probe'] = off;
  tcb.timers.retransmission = due(turn, backedOff(tcb.rtt, turn.profile));
  settleAck(turn, tcb);
}
