// How willingly a connection acknowledges, where that follows the traffic (Linux tcp_input.c and tcp_output.c): so many
// ACKs at once, a delay after that, and whether both sides talk in turns.

import { ticksAt } from './clock.ts';
import type { Turn } from './outcome.ts';
import type { Profile } from './profile.ts';
import type { Joined } from './tcb.ts';
import { off } from './timers.ts';

/** Whether the delay of an ACK adapts: it has a floor and a ceiling that differ. */
export function adapts(profile: Profile): boolean {
  return profile.delayedAck && profile.ackDelay !== profile.ackDelayMin;
}

/** A connection is ESTABLISHED: the time between arrivals counts from now (tcp_finish_connect). */
export function beginAdapting(turn: Turn, tcb: Joined): void {
  tcb.dataAt = turn.now;
  if (tcb.socket.quickAck === false) tcb.interactive = true;
}

/** As many ACKs at once as half of the window has segments, two at least (tcp_incr_quickack). */
export function addQuick(tcb: Joined, most: number): void {
  const segment = tcb.memory?.segment ?? tcb.rcv.mss;
  const count = Math.floor(tcb.rcv.offered / (2 * segment)) || 2;
  tcb.quickAcks = Math.max(tcb.quickAcks, Math.min(count, most));
}

/** The peer needs to hear soon: the next segments are acknowledged at once (tcp_enter_quickack_mode). */
export function enterQuick(turn: Turn, tcb: Joined, most: number): void {
  if (!adapts(turn.profile)) return;
  addQuick(tcb, most);
  tcb.interactive = false;
  tcb.ackDelay = turn.profile.ackDelayMin;
}

/** An ACK leaves with whatever segment: nothing waits any more (tcp_event_ack_sent). */
export function acknowledgmentLeaves(turn: Turn, tcb: Joined): void {
  const scheduled = tcb.timers['delayed-ack'] !== off || turn.acknowledging !== 'no';
  tcb.pushed = 0;
  tcb.merging = false;
  turn.acknowledging = 'no';
  if (tcb.quickAcks === 0) return;
  if (scheduled && tcb.quickAcks === 1) tcb.ackDelay = turn.profile.ackDelayMin;
  if (scheduled) tcb.quickAcks -= 1;
}

/** Data leaves soon after data came: request and response (tcp_event_data_sent). */
export function dataLeaves(turn: Turn, tcb: Joined): void {
  const { tick } = turn.profile;
  const gap = (ticksAt(turn.profile, turn.now) - ticksAt(turn.profile, tcb.dataAt)) * tick;
  if (tcb.dataAt >= 0 && gap < tcb.ackDelay) tcb.interactive = true;
}

/** Nothing came for an ACK to ride on: the exchange is slower than it seemed (tcp_delack_timer_handler). */
export function missed(turn: Turn, tcb: Joined): void {
  if (tcb.merging) return;
  if (tcb.interactive) {
    tcb.interactive = false;
    tcb.ackDelay = turn.profile.ackDelayMin;
  } else tcb.ackDelay = Math.min(tcb.ackDelay * 2, tcb.rtt.rto);
}
