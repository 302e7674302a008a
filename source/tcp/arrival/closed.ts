// SEGMENT ARRIVES, state CLOSED: no connection knows the segment (RFC 9293 section 3.10.7.1).

import { resetTo } from '../header.ts';
import { none } from '../octets.ts';
import { noOptions } from '../options.ts';
import type { Turn } from '../outcome.ts';
import { ACK, end, has, RST, Segment } from '../segment.ts';
import { seq } from '../seq.ts';

/** Answers with a reset, unless the segment is one itself. */
export function arriveClosed(turn: Turn, segment: Segment): void {
  if (has(segment, RST)) {
    turn.find('closed.rst-ignored');
    return;
  }
  if (has(segment, ACK)) {
    turn.find('closed.reset-ack', 'SEG.ACK', segment.ack);
    turn.emit(resetTo(segment));
    return;
  }
  turn.find('closed.reset-noack', 'SEG.SEQ+SEG.LEN', end(segment));
  turn.emit(new Segment(seq(0), end(segment), RST | ACK, 0, 0, none, noOptions));
}
