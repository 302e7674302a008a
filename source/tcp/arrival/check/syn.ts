// Fourth check: the SYN bit (RFC 9293 section 3.10.7.4 (4), with RFC 5961 section 4). The third, security, is not modelled.

import { challenge } from '../../acknowledge.ts';
import { refusal } from '../../header.ts';
import type { Turn } from '../../outcome.ts';
import { has, type Segment, SYN } from '../../segment.ts';
import type { Joined } from '../../tcb.ts';

/** Null when a SYN was dealt with. */
export function checkSyn(turn: Turn, tcb: Joined, segment: Segment): Segment | null {
  if (!has(segment, SYN)) {
    turn.find('check.syn-clear');
    return segment;
  }
  const saw = ['SEG.SEQ', segment.seq, 'RCV.NXT', tcb.rcv.nxt] as const;
  if (tcb.state === 'SYN-RECEIVED' && tcb.passive) {
    // It lies in the window and is not the SYN we know: another attempt of the peer. The half-open one is given up.
    if (turn.profile.newSynInSynReceived === 'reset') {
      turn.find('syn-rcvd.new-syn-reset', ...saw);
      turn.emit(refusal(turn, segment));
    } else turn.find('syn-rcvd.new-syn', ...saw);
    turn.close(null);
    return null;
  }
  if (turn.profile.challenge) {
    challenge(turn, tcb, 'syn.challenge', 0, ...saw);
    return null;
  }
  turn.find('syn.reset-793', ...saw);
  turn.emit(refusal(turn, segment));
  turn.close('ECONNRESET');
  return null;
}
