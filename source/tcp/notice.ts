// What the network says about a segment (ICMP, RFC 9293 section 3.9.2.2).

import { settleAck } from './acknowledge.ts';
import { fullSize } from './header.ts';
import { type Setting, Turn } from './outcome.ts';
import { endOfChunk, repeat } from './repeat.ts';
import { FIN } from './segment.ts';
import type { Sent } from './sent.ts';
import { Joined, SynSent, type Tcb } from './tcb.ts';
import { transmit } from './transmit.ts';
import { presentThreshold } from './usage.ts';

/** Trouble that may pass, an error that will not, or a path that carries only so many octets in a packet. */
export type NetworkNotice = 'soft' | 'hard' | { readonly mtu: number };

// RFC 791: every path carries 68 octets; anything smaller would leave no room for data.
const smallestMtu = 68;

/** A notice about something this connection sent; null where no connection would listen. */
export function notice(setting: Setting, tcb: Tcb, what: NetworkNotice): Turn | null {
  if (tcb.state === 'CLOSED' || tcb.state === 'LISTEN') return null;
  const copy = tcb instanceof Joined ? Joined.of(tcb) : SynSent.of(tcb);
  const turn = new Turn(setting, copy);
  if (what === 'soft') {
    turn.find('icmp.soft');
    turn.signals.push('network-trouble');
  } else if (what === 'hard') hard(turn, copy);
  else if (copy instanceof Joined) shrink(turn, copy, Math.max(what.mtu, smallestMtu));
  return turn;
}

function hard(turn: Turn, tcb: SynSent | Joined): void {
  if (turn.profile.icmpHard === 'syn-sent-only' && tcb instanceof Joined) {
    turn.find('icmp.soft');
    turn.signals.push('network-trouble');
    return;
  }
  turn.find('icmp.hard');
  turn.close(tcb instanceof SynSent ? 'ECONNREFUSED' : 'EHOSTUNREACH');
}

// RFC 1191: what is outstanding is cut anew to the size that fits, and sent again at once.
function shrink(turn: Turn, tcb: Joined, mtu: number): void {
  const before = fullSize(turn, tcb);
  tcb.snd.mtu = Math.min(tcb.snd.mtu, mtu);
  const size = fullSize(turn, tcb);
  turn.find('opt.mtu', 'MTU', mtu, 'segment', size, 'was', before);
  if (size >= before || size <= 0) return;
  if (turn.profile.chunks) loseTooLarge(turn, tcb, size, before);
  else cutTooLarge(turn, tcb, size);
  transmit(turn, tcb);
  settleAck(turn, tcb);
}

function dataOf(entry: Sent): number {
  return entry.length - ((entry.ctl & FIN) === 0 ? 0 : 1);
}

// Segment by segment; what SACK has reported got through in spite of its size.
function cutTooLarge(turn: Turn, tcb: Joined, size: number): void {
  const pieces: Sent[] = [];
  const again: number[] = [];
  for (const entry of tcb.outstanding) {
    const data = dataOf(entry);
    if (data <= size || entry.sacked) {
      pieces.push(entry);
      continue;
    }
    for (let from = 0; from < data; from += size) {
      const last = from + size >= data;
      again.push(pieces.length);
      pieces.push(entry.piece(from, last ? entry.length - from : size, last ? entry.ctl : 0));
    }
  }
  tcb.outstanding = pieces;
  for (const index of again) repeat(turn, tcb, index);
}

// Chunk by chunk: a chunk of segments that are too large counts as lost, without any fault of the window, and repetitions
// are cut as they leave (tcp_simple_retransmit). A window that counts packets counts smaller ones now.
function loseTooLarge(turn: Turn, tcb: Joined, size: number, before: number): void {
  const { congestion } = tcb;
  if (turn.profile.windowUnit === 'packets') {
    congestion.cwnd = Math.floor(congestion.cwnd / before) * size;
    if (Number.isFinite(congestion.ssthresh)) congestion.ssthresh = Math.floor(congestion.ssthresh / before) * size;
  }
  const ends = tcb.outstanding
    .filter((entry) => !entry.sacked && dataOf(entry) > size)
    .map((entry) => endOfChunk(tcb, entry));
  if (ends.length === 0) return;
  tcb.outstanding = tcb.outstanding.map((entry) =>
    !entry.sacked && ends.includes(endOfChunk(tcb, entry)) ? entry.missing() : entry,
  );
  if (congestion.phase === 'loss') return;
  congestion.ssthresh = presentThreshold(congestion, size);
  congestion.undoLeft = -1;
  congestion.frto = false;
  congestion.recover = tcb.snd.nxt;
  congestion.recovered = true;
  congestion.phase = 'loss';
}
