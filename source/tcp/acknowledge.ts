// When and how the peer is acknowledged (RFC 9293 section 3.8.6.3).

import { settleAdaptive } from './adaptive-ack.ts';
import { due } from './clock.ts';
import { fullSize, segmentFrom } from './header.ts';
import { none } from './octets.ts';
import type { Turn } from './outcome.ts';
import { adapts } from './quick-ack.ts';
import type { RuleId } from './rules.ts';
import { distance } from './seq.ts';
import type { Joined } from './tcb.ts';
import { off } from './timers.ts';

/** Sends `<SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>` now. */
export function acknowledgeNow(turn: Turn, tcb: Joined): void {
  turn.emit(segmentFrom(turn, tcb, tcb.snd.nxt, 0, none));
  turn.acknowledging = 'no';
}

/**
 * Answers a segment that was not used, with the rule that made it unusable. At most one such ACK per
 * `challengeInterval` leaves for segments without data (RFC 5961 section 7).
 */
export function challenge(
  turn: Turn,
  tcb: Joined,
  rule: RuleId,
  data: number,
  ...saw: readonly (string | number)[]
): void {
  turn.find(rule, ...saw);
  const { challengeInterval } = turn.profile;
  if (challengeInterval > 0 && data === 0) {
    if (turn.now - tcb.rcv.challengedAt < challengeInterval) {
      turn.find('challenge.rate-limited', 'since last', turn.now - tcb.rcv.challengedAt);
      return;
    }
    tcb.rcv.challengedAt = turn.now;
  }
  acknowledgeNow(turn, tcb);
}

/** Asks for an acknowledgment at the end of the turn: at once for the reason given. */
export function wantAck(turn: Turn, rule: RuleId, ...saw: readonly (string | number)[]): void {
  turn.acknowledging = 'now';
  turn.find(rule, ...saw);
}

/** Data in sequence has arrived: decides whether its acknowledgment may wait. */
export function wantDataAck(turn: Turn, tcb: Joined): void {
  const { profile } = turn;
  if (turn.acknowledging === 'now') return;
  const full = Math.min(fullSize(turn, tcb), tcb.rcv.mss - (tcb.tsOk ? 12 : 0));
  const pending = distance(tcb.rcv.nxt, tcb.rcv.ackSent);
  if (!profile.delayedAck) wantAck(turn, 'ack.immediate');
  else if (tcb.socket.quickAck === true) wantAck(turn, 'ack.quick', 'TCP_QUICKACK', 1);
  else if (pending >= profile.ackEvery * full)
    wantAck(turn, 'ack.delay-second', 'unacknowledged', pending, 'full segment', full);
  else turn.acknowledging = 'delayed';
}

/** Settles at the end of a turn what is still to be acknowledged. */
export function settleAck(turn: Turn, tcb: Joined): void {
  if (turn.acknowledging === 'no') return;
  if (adapts(turn.profile)) {
    settleAdaptive(turn, tcb);
    return;
  }
  if (turn.acknowledged) return;
  if (turn.acknowledging === 'now') {
    acknowledgeNow(turn, tcb);
    return;
  }
  if (tcb.timers['delayed-ack'] === off) {
    const delay = turn.profile.ackDelay;
    tcb.timers['delayed-ack'] = due(turn, delay);
    turn.find('ack.delay', 'delay', delay);
  }
}
