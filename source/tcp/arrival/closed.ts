// SEGMENT ARRIVES, state CLOSED: no connection knows the segment (RFC 9293 section 3.10.7.1).

import { refusal } from '../header.ts';
import type { Turn } from '../outcome.ts';
import { ACK, end, has, RST, type Segment } from '../segment.ts';

/** Answers with a reset, unless the segment is one itself. */
export function arriveClosed(turn: Turn, segment: Segment): void {
  if (has(segment, RST)) {
    turn.find('closed.rst-ignored');
    return;
  }
  if (has(segment, ACK)) {
    turn.find('closed.reset-ack', 'SEG.ACK', segment.ack);
  } else turn.find('closed.reset-noack', 'SEG.SEQ+SEG.LEN', end(segment));
  turn.emit(refusal(turn, segment));
}
