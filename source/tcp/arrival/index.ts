// SEGMENT ARRIVES (RFC 9293 section 3.10.7): which group of states takes the segment.

import { type Setting, Turn } from '../outcome.ts';
import type { Segment } from '../segment.ts';
import { Joined, SynSent, type Tcb } from '../tcb.ts';
import { checkFin } from './check/fin.ts';
import { checkText } from './check/text.ts';
import { checkUrgent } from './check/urgent.ts';
import { arriveClosed } from './closed.ts';
import { arriveListen, type Birth } from './listen.ts';
import { arriveElsewhere, runChecks } from './other-states.ts';
import { arriveSynSent } from './syn-sent.ts';

/**
 * A segment meets a connection. `birth` is what a listener gives its children; without it LISTEN cannot
 * accept. The TCB passed in is not changed; the turn holds the next one.
 */
export function arrive(setting: Setting, tcb: Tcb, segment: Segment, birth: Birth | null): Turn {
  const turn = new Turn(setting, tcb);
  switch (tcb.state) {
    case 'CLOSED':
      arriveClosed(turn, segment);
      return turn;
    case 'LISTEN':
      if (birth !== null) arriveListen(turn, segment, birth);
      return turn;
    case 'SYN-SENT': {
      const copy = SynSent.of(tcb);
      turn.tcb = copy;
      const rest = arriveSynSent(turn, copy, segment);
      if (rest !== null && turn.tcb instanceof Joined)
        runChecks(turn, turn.tcb, rest, [checkUrgent, checkText, checkFin]);
      return turn;
    }
    case 'SYN-RECEIVED':
    case 'ESTABLISHED':
    case 'FIN-WAIT-1':
    case 'FIN-WAIT-2':
    case 'CLOSE-WAIT':
    case 'CLOSING':
    case 'LAST-ACK':
    case 'TIME-WAIT': {
      const copy = Joined.of(tcb);
      turn.tcb = copy;
      arriveElsewhere(turn, copy, segment);
      return turn;
    }
  }
}
