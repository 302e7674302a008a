// Second check: the RST bit (RFC 9293 section 3.10.7.4 (2), with RFC 5961 section 3).

import { challenge } from '../../acknowledge.ts';
import type { Turn } from '../../outcome.ts';
import { has, RST, type Segment } from '../../segment.ts';
import type { Joined } from '../../tcb.ts';

/** Null when a reset was dealt with. */
export function checkReset(turn: Turn, tcb: Joined, segment: Segment): Segment | null {
  if (!has(segment, RST)) {
    turn.find('check.rst-clear');
    return segment;
  }
  const exact = segment.seq === tcb.rcv.nxt;
  if (!exact && turn.profile.challenge) {
    challenge(turn, tcb, 'rst.challenge', 0, 'SEG.SEQ', segment.seq, 'RCV.NXT', tcb.rcv.nxt);
    return null;
  }
  if (!exact) turn.find('rst.accepted-793', 'SEG.SEQ', segment.seq, 'RCV.NXT', tcb.rcv.nxt, 'RCV.WND', tcb.rcv.wnd);
  reset(turn, tcb, segment);
  return null;
}

function reset(turn: Turn, tcb: Joined, segment: Segment): void {
  switch (tcb.state) {
    case 'SYN-RECEIVED':
      if (tcb.passive) {
        turn.find('syn-rcvd.rst-listen', 'SEG.SEQ', segment.seq);
        turn.close(null);
      } else {
        turn.find('syn-rcvd.rst-refused', 'SEG.SEQ', segment.seq);
        turn.close('ECONNREFUSED');
      }
      return;
    case 'ESTABLISHED':
    case 'FIN-WAIT-1':
    case 'FIN-WAIT-2':
    case 'CLOSE-WAIT':
      if (segment.seq === tcb.rcv.nxt) turn.find('rst.exact', 'SEG.SEQ', segment.seq, 'RCV.NXT', tcb.rcv.nxt);
      if (tcb.keepaliveProbes > 0) turn.find('keepalive.reset', 'probes', tcb.keepaliveProbes);
      turn.close(tcb.state === 'CLOSE-WAIT' ? turn.profile.resetInCloseWait : 'ECONNRESET');
      return;
    case 'CLOSING':
    case 'LAST-ACK':
      turn.find('rst.closing', 'SEG.SEQ', segment.seq);
      turn.close(null);
      return;
    case 'TIME-WAIT':
      if (turn.profile.timeWaitRst === 'ignore') {
        turn.find('time-wait.rst-ignored', 'SEG.SEQ', segment.seq);
        return;
      }
      turn.find('time-wait.rst-assassinated', 'SEG.SEQ', segment.seq, 'RCV.NXT', tcb.rcv.nxt);
      turn.close(null);
  }
}
