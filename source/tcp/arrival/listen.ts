// SEGMENT ARRIVES, state LISTEN (RFC 9293 section 3.10.7.2). The listener stays as it is; a SYN makes a child.

import { beginCongestion, beginRoundTrip } from '../begin.ts';
import { startTimer } from '../departure.ts';
import { agreeOnOptions, establish, expectAfterSyn } from '../establish.ts';
import { resetTo, synAckFrom } from '../header.ts';
import type { Turn } from '../outcome.ts';
import { ACK, FIN, has, RST, type Segment, SYN } from '../segment.ts';
import { Sent } from '../sent.ts';
import { add, type Seq } from '../seq.ts';
import type { SocketOptions } from '../socket.ts';
import { Joined } from '../tcb.ts';

/** What the listener gives a child: its own options, an initial sequence number and a timestamp offset. */
export interface Birth {
  readonly socket: SocketOptions;
  readonly iss: () => Seq;
  readonly tsOffset: number;
}

/** The checks of LISTEN (section 3.10.7.2) in the RFC's order; on a SYN the turn's TCB becomes the child in SYN-RECEIVED. */
export function arriveListen(turn: Turn, segment: Segment, birth: Birth): void {
  // First, the RST bit.
  if (has(segment, RST)) {
    turn.find('listen.rst-ignored');
    return;
  }
  turn.find('check.rst-clear');
  // Second, the ACK bit. (Where SYN cookies are out, host/listener.ts has looked at it before.)
  if (has(segment, ACK)) {
    turn.find('listen.ack-reset', 'SEG.ACK', segment.ack);
    turn.emit(resetTo(segment));
    return;
  }
  turn.find('check.ack-absent');
  // Third, the SYN bit; fourth, what should not come here.
  if (!has(segment, SYN) || (has(segment, FIN) && turn.profile.synFin === 'drop')) {
    turn.find('listen.drop');
    return;
  }
  acceptSyn(turn, segment, birth);
}

function acceptSyn(turn: Turn, segment: Segment, birth: Birth): void {
  const iss = birth.iss();
  const child = new Joined(
    iss,
    segment.seq,
    'SYN-RECEIVED',
    birth.socket,
    beginRoundTrip(turn, iss),
    beginCongestion(turn),
    birth.tsOffset,
  );
  turn.tcb = child;
  expectAfterSyn(turn, child);
  child.queueFrom = add(iss, turn.profile.synOccupies);
  child.pushedTo = child.queueFrom;
  child.passive = true;
  child.heardAt = turn.now;
  child.sackOk = turn.profile.sack;
  child.tsOk = turn.profile.timestamps;
  agreeOnOptions(turn, child, segment);
  child.snd.wnd = segment.wnd;
  child.snd.maxWnd = segment.wnd;
  child.snd.wl1 = segment.seq;
  if (segment.data.length > 0 || has(segment, FIN)) keepText(turn, child, segment);
  child.snd.nxt = add(iss, turn.profile.synOccupies);
  child.outstanding = [new Sent(iss, turn.profile.synOccupies, SYN, turn.now)];
  child.waitingSince = turn.now;
  child.rtt.timedEnd = child.snd.nxt;
  child.rtt.timedAt = turn.now;
  turn.find('listen.syn-accept', 'SEG.SEQ', segment.seq, 'RCV.NXT', child.rcv.nxt, 'ISS', iss);
  turn.emit(synAckFrom(turn, child));
  startTimer(turn, child);
  if (turn.profile.handshake === 2) {
    turn.find('syn-rcvd.two-way', 'ISS', iss);
    establish(turn, child, segment);
  }
}

// Data (and a FIN) may come with the SYN; they count, but the application gets them only once ESTABLISHED.
function keepText(turn: Turn, child: Joined, segment: Segment): void {
  if (turn.profile.synText === 'drop') {
    turn.find('syn.text-dropped', 'octets', segment.data.length);
    return;
  }
  const room = Math.min(segment.data.length, child.rcv.wnd);
  child.unread = child.unread.append(segment.data.cut(0, room));
  child.rcv.nxt = add(child.rcv.nxt, room);
  child.rcv.wnd -= room;
  if (has(segment, FIN) && room === segment.data.length) child.rcv.fin = child.rcv.nxt;
  turn.find('syn.text-queued', 'octets', room);
}
