// OPEN, active (RFC 9293 section 3.10.1). The passive one only makes a listener, which host/ keeps.

import { beginCongestion, beginRoundTrip } from '../begin.ts';
import { startTimer, startUserTimeout } from '../departure.ts';
import { synFrom } from '../header.ts';
import type { Octets } from '../octets.ts';
import { type Setting, Turn } from '../outcome.ts';
import { PSH, SYN } from '../segment.ts';
import { Sent } from '../sent.ts';
import { add, type Seq } from '../seq.ts';
import type { SocketOptions } from '../socket.ts';
import { closed, SynSent } from '../tcb.ts';

/** Sends a SYN, with data where the profile permits that, and enters SYN-SENT. */
export function open(setting: Setting, socket: SocketOptions, iss: Seq, tsOffset: number, data: Octets): Turn {
  const turn = new Turn(setting, closed);
  const tcb = new SynSent(iss, socket, beginRoundTrip(turn, iss), beginCongestion(turn), tsOffset);
  turn.tcb = tcb;
  tcb.tsOk = turn.profile.timestamps;
  tcb.sackOk = turn.profile.sack;
  tcb.queue = tcb.queue.append(data);
  tcb.queueFrom = add(iss, turn.profile.synOccupies);
  tcb.pushedTo = add(tcb.queueFrom, data.length);
  const onSyn =
    turn.profile.dataOnSyn === 'send' ? data.cut(0, Math.min(data.length, turn.profile.mssDefault)) : data.cut(0, 0);
  const length = turn.profile.synOccupies + onSyn.length;
  tcb.snd.nxt = add(iss, length);
  tcb.outstanding = [new Sent(iss, length, SYN | (onSyn.length > 0 ? PSH : 0), turn.now)];
  tcb.waitingSince = turn.now;
  tcb.rtt.timedEnd = tcb.snd.nxt;
  tcb.rtt.timedAt = turn.now;
  turn.find('open.active', 'ISS', iss, 'SND.NXT', tcb.snd.nxt);
  turn.emit(synFrom(turn, tcb, onSyn));
  startTimer(turn, tcb);
  startUserTimeout(turn, tcb);
  return turn;
}
