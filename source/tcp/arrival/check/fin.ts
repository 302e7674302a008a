// Eighth check: the FIN bit (RFC 9293 section 3.10.7.4 (8)).

import { wantAck } from '../../acknowledge.ts';
import type { Turn } from '../../outcome.ts';
import { end, FIN, has, type Segment } from '../../segment.ts';
import { add, after } from '../../seq.ts';
import { finAcknowledged, type Joined } from '../../tcb.ts';
import { off } from '../../timers.ts';
import { enterTimeWait } from '../time-wait.ts';

/** Takes the peer's FIN once everything before it has been taken. */
export function checkFin(turn: Turn, tcb: Joined, segment: Segment): Segment {
  if (tcb.state === 'SYN-RECEIVED') return segment;
  if (!finTaken(tcb)) {
    // A FIN that came early is believed only until the stream proves it wrong: by octets where it stood, or by a FIN before it.
    if (tcb.rcv.fin !== null && after(tcb.rcv.nxt, tcb.rcv.fin)) tcb.rcv.fin = null;
    if (has(segment, FIN) && add(end(segment), -1) === tcb.rcv.nxt) tcb.rcv.fin = tcb.rcv.nxt;
  } else if (has(segment, FIN)) turn.find('fin.after-fin', 'SEG.SEQ', segment.seq, 'RCV.NXT', tcb.rcv.nxt);
  if (tcb.rcv.fin !== tcb.rcv.nxt) return segment;
  tcb.rcv.nxt = add(tcb.rcv.nxt, 1);
  if (tcb.memory !== null) tcb.rcv.wnd -= 1;
  switch (tcb.state) {
    case 'ESTABLISHED':
      tcb.state = 'CLOSE-WAIT';
      acknowledgeFin(turn, tcb, segment);
      break;
    case 'FIN-WAIT-1':
      wantAck(turn, finAcknowledged(tcb) ? 'fin-wait-1.fin-and-ack' : 'fin-wait-1.fin', 'RCV.NXT', tcb.rcv.nxt);
      if (finAcknowledged(tcb)) enterTimeWait(turn, tcb);
      else tcb.state = 'CLOSING';
      break;
    case 'FIN-WAIT-2':
      wantAck(turn, turn.passedFinWait2 ? 'fin-wait-1.fin-and-ack' : 'fin-wait-2.fin', 'RCV.NXT', tcb.rcv.nxt);
      tcb.timers['fin-wait-2'] = off;
      enterTimeWait(turn, tcb);
      break;
    case 'CLOSE-WAIT':
    case 'CLOSING':
    case 'LAST-ACK':
    case 'TIME-WAIT':
      break; // not reached: these states have taken the peer's FIN
  }
  return segment;
}

// Whether the state tells that the peer's FIN has been taken. RCV.NXT does not: it may have passed a FIN never sent.
function finTaken(tcb: Joined): boolean {
  switch (tcb.state) {
    case 'SYN-RECEIVED':
    case 'ESTABLISHED':
    case 'FIN-WAIT-1':
    case 'FIN-WAIT-2':
      return false;
    case 'CLOSE-WAIT':
    case 'CLOSING':
    case 'LAST-ACK':
    case 'TIME-WAIT':
      return true;
  }
}

// ESTABLISHED -> CLOSE-WAIT: at once by the RFC; or delayed, so that our own FIN may carry it (three-segment close).
function acknowledgeFin(turn: Turn, tcb: Joined, segment: Segment): void {
  switch (turn.profile.finAck) {
    case 'immediate':
      wantAck(turn, 'fin.close-wait', 'RCV.NXT', tcb.rcv.nxt);
      return;
    case 'delayed':
      turn.find('fin.close-wait', 'RCV.NXT', tcb.rcv.nxt);
      tcb.interactive = true;
      // A FIN that had waited behind a gap is acknowledged with what filled that (RFC 5681 section 4.2).
      if (!has(segment, FIN)) turn.acknowledging = 'now';
      else if (turn.acknowledging === 'no') turn.acknowledging = 'delayed';
      return;
    case 'with-fin':
      turn.find('fin.close-wait', 'RCV.NXT', tcb.rcv.nxt);
  }
}
