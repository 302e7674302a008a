// Sixth check: the URG bit (RFC 9293 section 3.10.7.4 (6)).

import type { Turn } from '../../outcome.ts';
import { has, type Segment, URG } from '../../segment.ts';
import { add, after } from '../../seq.ts';
import { type Joined, takesText } from '../../tcb.ts';

/** Moves RCV.UP forward, and tells the application whenever it has moved (MUST-32). */
export function checkUrgent(turn: Turn, tcb: Joined, segment: Segment): Segment {
  if (!has(segment, URG) || !takesText(tcb.state)) return segment;
  const pointer = add(segment.seq, segment.up + (turn.profile.urgentPointer === 'last' ? 1 : 0));
  if (!after(pointer, tcb.rcv.up) || !after(pointer, add(tcb.rcv.nxt, -tcb.unread.length))) return segment;
  tcb.rcv.up = pointer;
  tcb.urgentRead = false;
  turn.find('urg.signal', 'RCV.UP', pointer, 'RCV.NXT', tcb.rcv.nxt);
  turn.signals.push('urgent');
  return segment;
}
