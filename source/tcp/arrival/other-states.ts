// SEGMENT ARRIVES in the eight states with both sequence spaces: the checks of RFC 9293 section 3.10.7.4, in its order.

import { settleAck } from '../acknowledge.ts';
import type { Turn } from '../outcome.ts';
import type { Segment } from '../segment.ts';
import type { Joined } from '../tcb.ts';
import { transmit } from '../transmit.ts';
import { checkAcknowledgment } from './check/acknowledgment.ts';
import { checkFin } from './check/fin.ts';
import { checkReset } from './check/reset.ts';
import { checkSequence } from './check/sequence.ts';
import { checkSyn } from './check/syn.ts';
import { checkText } from './check/text.ts';
import { checkUrgent } from './check/urgent.ts';
import { synInTimeWait } from './time-wait.ts';

/** One check: the segment that goes on to the next one, or null when it is done with. */
export type Check = (turn: Turn, tcb: Joined, segment: Segment) => Segment | null;

/** First to eighth check of section 3.10.7.4, each in the file of its name. */
export const checks: readonly Check[] = [
  checkSequence, // first: the sequence number
  checkReset, // second: the RST bit
  // third: security; not modelled
  checkSyn, // fourth: the SYN bit
  checkAcknowledgment, // fifth: the ACK field
  checkUrgent, // sixth: the URG bit
  checkText, // seventh: the segment text
  checkFin, // eighth: the FIN bit
];

/** Takes the segment through the checks, then sends what has become possible and settles the acknowledgment. */
export function arriveElsewhere(turn: Turn, tcb: Joined, segment: Segment): void {
  if (tcb.state === 'TIME-WAIT' && synInTimeWait(turn, tcb, segment)) return;
  runChecks(turn, tcb, segment, checks);
}

/** The checks from one on, for a segment whose SYN was dealt with in SYN-SENT. */
export function runChecks(turn: Turn, tcb: Joined, segment: Segment, list: readonly Check[]): void {
  let rest: Segment | null = segment;
  for (const check of list) {
    rest = check(turn, tcb, rest);
    if (rest === null) break;
  }
  if (turn.tcb !== tcb) return;
  transmit(turn, tcb);
  settleAck(turn, tcb);
}
