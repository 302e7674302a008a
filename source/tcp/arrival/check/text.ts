// Seventh check: the segment text (RFC 9293 section 3.10.7.4 (7)).

import { wantAck, wantDataAck } from '../../acknowledge.ts';
import { noteKept } from '../../adaptive-ack.ts';
import { growByFin } from '../../free-memory.ts';
import { resetTo } from '../../header.ts';
import type { Turn } from '../../outcome.ts';
import { adapts, enterQuick } from '../../quick-ack.ts';
import { CWR, end, FIN, has, type Segment } from '../../segment.ts';
import { add, after, before, type Seq } from '../../seq.ts';
import { type Joined, takesText } from '../../tcb.ts';

/** Takes the octets in order, keeps those that came too early; null when the connection did not survive them. */
export function checkText(turn: Turn, tcb: Joined, segment: Segment): Segment | null {
  const { data } = segment;
  if (data.length === 0) {
    noteEarlyFin(turn, tcb, segment);
    return segment;
  }
  if (!takesText(tcb.state)) {
    turn.find('data.after-fin', 'octets', data.length);
    return segment;
  }
  if (nobodyReads(tcb)) {
    if (turn.profile.orphanData === 'reset') {
      turn.find('data.after-close-rst', 'octets', data.length);
      turn.emit(resetTo(segment));
      turn.close('ECONNRESET');
      return null;
    }
    tcb.rcv.nxt =
      after(end(segment), tcb.rcv.nxt) && segment.seq === tcb.rcv.nxt ? add(tcb.rcv.nxt, data.length) : tcb.rcv.nxt;
    wantAck(turn, 'ack.immediate');
    return segment;
  }
  echoCongestion(turn, tcb, segment);
  if (after(segment.seq, tcb.rcv.nxt)) keep(turn, tcb, segment);
  else take(turn, tcb, segment);
  noteEarlyFin(turn, tcb, segment);
  return segment;
}

// RFC 3168 section 6.1.3: a mark is echoed on every ACK until the peer says that it has slowed down.
function echoCongestion(turn: Turn, tcb: Joined, segment: Segment): void {
  if (!tcb.ecnOk) return;
  if (has(segment, CWR)) tcb.eceEcho = false;
  if (!turn.marked) return;
  if (adapts(turn.profile)) {
    if (!tcb.eceEcho) enterQuick(turn, tcb, 2);
    tcb.eceEcho = true;
    turn.find('ecn.echo', 'SEG.SEQ', segment.seq);
    return;
  }
  tcb.eceEcho = true;
  wantAck(turn, 'ecn.echo', 'SEG.SEQ', segment.seq);
}

// The process is gone, or it has closed both directions: nobody will ever read this.
function nobodyReads(tcb: Joined): boolean {
  if (!tcb.owned) return true;
  return !tcb.reading && (tcb.state === 'FIN-WAIT-1' || tcb.state === 'FIN-WAIT-2');
}

function take(turn: Turn, tcb: Joined, segment: Segment): void {
  const { rcv } = tcb;
  const { data } = segment;
  tcb.unread = tcb.unread.append(data);
  rcv.nxt = add(rcv.nxt, data.length);
  rcv.wnd -= data.length;
  turn.find('data.in-order', 'SEG.SEQ', segment.seq, 'octets', data.length, 'RCV.NXT', rcv.nxt);
  const adaptive = adapts(turn.profile);
  if (adaptive) noteKept(turn, tcb, segment, true);
  if (tcb.reassembly.pieces.length === 0) {
    if (!adaptive) wantDataAck(turn, tcb);
    return;
  }
  const { octets, rest } = tcb.reassembly.take(rcv.nxt);
  tcb.reassembly = rest;
  for (const run of octets) {
    tcb.unread = tcb.unread.append(run);
    rcv.nxt = add(rcv.nxt, run.length);
    rcv.wnd -= run.length;
  }
  if (adaptive && tcb.reassembly.pieces.length > 0) return;
  // RFC 5681 section 4.2: an ACK at once when a segment fills a gap, wholly or in part; one ACK covers all (MUST-59).
  wantAck(turn, 'data.gap-filled', 'RCV.NXT', rcv.nxt, 'runs', octets.length);
}

function keep(turn: Turn, tcb: Joined, segment: Segment): void {
  const to = add(segment.seq, segment.data.length);
  if (tcb.sackOk && turn.profile.dsack) noteDuplicate(tcb, segment.seq, to);
  tcb.reassembly = tcb.reassembly.insert(segment.seq, segment.data);
  if (adapts(turn.profile)) {
    noteKept(turn, tcb, segment, false);
    turn.find('data.out-of-order', 'SEG.SEQ', segment.seq, 'RCV.NXT', tcb.rcv.nxt);
    return;
  }
  wantAck(turn, 'data.out-of-order', 'SEG.SEQ', segment.seq, 'RCV.NXT', tcb.rcv.nxt);
}

// RFC 2883 section 4: the first part of the segment that is already held is reported.
function noteDuplicate(tcb: Joined, from: Seq, to: Seq): void {
  for (const block of tcb.reassembly.recent) {
    if (!before(block.from, to) || !before(from, block.to)) continue;
    tcb.dsack = { from: before(from, block.from) ? block.from : from, to: before(to, block.to) ? to : block.to };
    return;
  }
}

// A FIN behind a gap waits with the data before it.
function noteEarlyFin(turn: Turn, tcb: Joined, segment: Segment): void {
  if (!has(segment, FIN)) return;
  const at = add(end(segment), -1);
  if (!after(at, tcb.rcv.nxt) || tcb.rcv.fin !== null) return;
  tcb.rcv.fin = at;
  const joins = segment.data.length === 0 && tcb.reassembly.recent.some((block) => block.to === at);
  if (joins && tcb.memory !== null && tcb.sackOk) growByFin(tcb, tcb.memory);
  turn.find('fin.out-of-order', 'SEG.SEQ', at, 'RCV.NXT', tcb.rcv.nxt);
  turn.acknowledging = 'now';
}
