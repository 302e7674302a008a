// The persist timer: probe a closed window for as long as it takes (RFC 9293 section 3.8.6.1).

import { due } from '../clock.ts';
import { startPersist } from '../departure.ts';
import { segmentFrom } from '../header.ts';
import { none } from '../octets.ts';
import type { Turn } from '../outcome.ts';
import { FIN, PSH } from '../segment.ts';
import { Sent } from '../sent.ts';
import { add, distance } from '../seq.ts';
import { finWaits, type Joined, unsent, usableWindow } from '../tcb.ts';

/** Sends a probe, or what little the window allows when it is open but was thought too small. */
export function expirePersist(turn: Turn, tcb: Joined): void {
  const { snd } = tcb;
  const { profile } = turn;
  if (unansweredForTooLong(turn, tcb)) {
    turn.find('rto.give-up', 'probes', tcb.repetitions, 'silent', turn.now - tcb.heardAt);
    turn.close('ETIMEDOUT');
    return;
  }
  const usable = usableWindow(tcb);
  if (usable > 0 && tcb.outstanding.length === 0 && unsent(tcb) > 0) {
    sendLittle(turn, tcb, usable);
    return;
  }
  turn.find('persist.probe', 'SND.WND', snd.wnd, 'probe', tcb.windowProbes + 1);
  if (profile.probeData === 0) turn.emit(segmentFrom(turn, tcb, add(snd.una, -1), 0, none));
  else probeWithOctet(turn, tcb);
  tcb.windowProbes += 1;
  tcb.repetitions += 1;
  startPersist(turn, tcb);
}

// MUST-37 keeps a connection for as long as its probes are answered. Where they are not, the peer is as gone as one
// that does not acknowledge data, and the same limit holds (R2). `repetitions` counts the probes since it was heard.
function unansweredForTooLong(turn: Turn, tcb: Joined): boolean {
  const { profile } = turn;
  if (profile.probeGiveUp !== null) return tcb.repetitions >= profile.probeGiveUp;
  const limit = tcb.owned ? profile.dataGiveUp : profile.orphanGiveUp;
  switch (limit.after) {
    case 'repetitions':
    case 'retries':
      return tcb.repetitions >= limit.count;
    case 'first-transmission':
    case 'first-repetition':
      return tcb.repetitions > 0 && turn.now - tcb.heardAt >= limit.time;
  }
}

// One octet beyond the window (or the FIN); it occupies sequence space and is the same one in every probe.
function probeWithOctet(turn: Turn, tcb: Joined): void {
  const { snd } = tcb;
  const fin = unsent(tcb) === 0 && tcb.outstanding.length === 0 && finWaits(tcb);
  const [again] = tcb.outstanding;
  if (again !== undefined) {
    const finBit = again.ctl & FIN;
    const data = tcb.queue.peek(distance(again.seq, tcb.queueFrom), again.length - (finBit === 0 ? 0 : 1));
    turn.emit(segmentFrom(turn, tcb, again.seq, finBit | (data.length > 0 ? PSH : 0), data));
    tcb.outstanding = [again.again(turn.now), ...tcb.outstanding.slice(1)];
    return;
  }
  if (fin) tcb.finSeq = snd.nxt;
  const data = fin ? none : tcb.queue.peek(distance(snd.nxt, tcb.queueFrom), 1);
  const ctl = fin ? FIN : PSH;
  turn.emit(segmentFrom(turn, tcb, snd.nxt, ctl, data));
  tcb.outstanding = [new Sent(snd.nxt, 1, ctl, turn.now)];
  tcb.waitingSince = turn.now;
  snd.nxt = add(snd.nxt, 1);
}

// RFC 9293 section 3.8.6.2.1 (4): the override timeout of sender SWS avoidance.
function sendLittle(turn: Turn, tcb: Joined, usable: number): void {
  const { snd } = tcb;
  const size = Math.min(usable, unsent(tcb));
  const data = tcb.queue.peek(distance(snd.nxt, tcb.queueFrom), size);
  turn.find('send.data', 'SND.NXT', snd.nxt, 'octets', size);
  turn.emit(segmentFrom(turn, tcb, snd.nxt, PSH, data));
  tcb.outstanding = [new Sent(snd.nxt, size, PSH, turn.now)];
  tcb.waitingSince = turn.now;
  snd.nxt = add(snd.nxt, size);
  tcb.timers.retransmission = due(turn, tcb.rtt.rto);
}
