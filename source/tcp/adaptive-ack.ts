// Acknowledgments whose delay follows the traffic (Linux tcp_input.c, tcp_output.c, tcp_timer.c): at once while a
// stream begins, later as often as data comes, and waiting for data to ride on where both sides talk.

import { due, ticksAt } from './clock.ts';
import { affordable, growWindow, hold, measure, measureByEcho, measureByWindow } from './free-memory.ts';
import { segmentFrom, timestamp } from './header.ts';
import { none } from './octets.ts';
import type { Turn } from './outcome.ts';
import { addQuick } from './quick-ack.ts';
import { end, has, PSH, type Segment } from './segment.ts';
import { distance } from './seq.ts';
import type { Joined } from './tcb.ts';
import { off } from './timers.ts';

/** Duplicate ACKs that leave at once although further ones may be merged (TCP_FASTRETRANS_THRESH). */
const promptDuplicates = 3;

/** Segments from which data has been kept in the receive buffer, in order or not. */
export function noteKept(turn: Turn, tcb: Joined, segment: Segment, inOrder: boolean): void {
  const { memory } = tcb;
  const octets = segment.data.length;
  if (turn.acknowledging === 'no') turn.acknowledging = inOrder ? 'delayed' : 'out-of-order';
  if (memory !== null) {
    if (inOrder) {
      measureByEcho(tcb, memory, segment, timestamp(turn.now, tcb));
      hold(tcb, memory, end(segment), octets);
    }
    measure(tcb, memory, octets, has(segment, PSH));
    if (inOrder) measureByWindow(turn, tcb, memory);
  }
  if (inOrder) adapt(turn, tcb);
  // Without SACK the window stands still while something is missing, so that ACKs are seen to be duplicates.
  if (memory !== null && (inOrder ? octets >= leastGrowth : tcb.sackOk)) {
    growWindow(tcb, memory, octets, turn.profile.receiveBufferMax);
  }
  // What came out of order is counted only after that (tcp_data_queue_ofo).
  if (memory !== null && !inOrder) hold(tcb, memory, end(segment), octets);
}

/** Segments smaller than this do not open the window further (tcp_event_data_recv). */
const leastGrowth = 128;

// The time between arrivals of data, counted in ticks, sets the delay.
function adapt(turn: Turn, tcb: Joined): void {
  const { ackDelayMin, quickAcks, tick } = turn.profile;
  if (tcb.ackDelay === 0) {
    addQuick(tcb, quickAcks);
    tcb.ackDelay = ackDelayMin;
  } else {
    const gap = (ticksAt(turn.profile, turn.now) - ticksAt(turn.profile, tcb.dataAt)) * tick;
    const half = Math.floor(tcb.ackDelay / tick / 2) * tick;
    if (gap <= ackDelayMin / 2) tcb.ackDelay = half + ackDelayMin / 2;
    else if (gap < tcb.ackDelay) tcb.ackDelay = Math.min(half + gap, tcb.rtt.rto);
    else if (gap > tcb.rtt.rto) addQuick(tcb, quickAcks);
  }
  tcb.dataAt = turn.now;
}

/** Settles at the end of a turn what is still to be acknowledged (__tcp_ack_snd_check). */
export function settleAdaptive(turn: Turn, tcb: Joined): void {
  const { rcv } = tcb;
  const pending = distance(rcv.nxt, rcv.ackSent);
  const segment = tcb.memory?.segment ?? rcv.mss;
  if (pending > segment && (tcb.unread.length === 0 || advances(tcb))) {
    turn.find('ack.delay-second', 'unacknowledged', pending, 'full segment', segment);
  } else if (tcb.quickAcks > 0 && !tcb.interactive) turn.find('ack.quick', 'quick ACKs left', tcb.quickAcks);
  else if (turn.acknowledging !== 'now') {
    if (tcb.reassembly.pieces.length === 0) return delay(turn, tcb);
    if (merges(turn, tcb)) return;
  }
  turn.emit(segmentFrom(turn, tcb, tcb.snd.nxt, 0, none));
}

// The right edge of the window would move by as much as has arrived.
function advances(tcb: Joined): boolean {
  return tcb.memory === null || affordable(tcb, tcb.memory) >= tcb.rcv.offered;
}

// After a few prompt duplicates of an ACK further ones wait a little, to be sent as one.
function merges(turn: Turn, tcb: Joined): boolean {
  const { mergeDuplicates } = turn.profile;
  if (mergeDuplicates === null || !tcb.sackOk) return false;
  if (tcb.duplicatesFrom !== tcb.rcv.nxt) {
    tcb.duplicatesFrom = tcb.rcv.nxt;
    tcb.duplicatesSent = 0;
  }
  if (tcb.duplicatesSent < promptDuplicates) {
    tcb.duplicatesSent += 1;
    return false;
  }
  if (tcb.merging) return true;
  tcb.merging = true;
  const own = (tcb.memory?.rtt ?? 0) / 8;
  const trip = own > 0 && tcb.rtt.srtt > 0 ? Math.min(tcb.rtt.srtt, own) : Math.max(tcb.rtt.srtt, own);
  const wait = Math.round(Math.min(mergeDuplicates.most, trip * mergeDuplicates.share));
  tcb.timers['delayed-ack'] = turn.now + Math.max(wait, 1);
  turn.find('ack.merge', 'wait', wait);
  return true;
}

/** Largest delay where neither side seems to wait for the other. */
const idleDelay = 500_000;

// tcp_send_delayed_ack
function delay(turn: Turn, tcb: Joined): void {
  const { ackDelay, ackDelayMin, tick } = turn.profile;
  let wait = tcb.ackDelay;
  if (wait > ackDelayMin) {
    let most = tcb.interactive || tcb.pushed > 0 ? ackDelay : idleDelay;
    if (tcb.rtt.srtt > 0) most = Math.min(most, Math.max(Math.ceil(tcb.rtt.srtt / tick) * tick, ackDelayMin));
    wait = Math.min(wait, most);
  }
  wait = Math.min(wait, ackDelay - tick);
  const running = tcb.timers['delayed-ack'];
  if (running !== off && running <= turn.now + wait / 4) {
    turn.find('ack.delay-ends', 'left', running - turn.now);
    turn.emit(segmentFrom(turn, tcb, tcb.snd.nxt, 0, none));
    return;
  }
  const at = due(turn, Math.max(wait, turn.profile.clockOffset === null ? tick : 0));
  if (at >= running) return;
  tcb.timers['delayed-ack'] = at;
  turn.find('ack.delay', 'delay', at - turn.now);
}

/**
 * After a read of `copied` octets (tcp_cleanup_rbuf): whether an ACK is due that the arrival had left waiting, or
 * that announces a window at least twice as large.
 */
export function dueAfterReading(turn: Turn, tcb: Joined, copied: number): boolean {
  const { rcv, memory } = tcb;
  if (tcb.timers['delayed-ack'] !== off) {
    const pending = distance(rcv.nxt, rcv.ackSent);
    const segment = memory?.segment ?? rcv.mss;
    const small = tcb.pushed > 1 || (tcb.pushed === 1 && !tcb.interactive);
    const emptied = memory === null ? tcb.unread.length === 0 : memory.used === 0;
    if (pending > segment || (copied > 0 && small && emptied)) {
      turn.find('ack.after-read', 'unacknowledged', pending, 'full segment', segment);
      return true;
    }
  }
  if (copied === 0 || memory === null || tcb.rcv.fin !== null) return false;
  const open = Math.max(rcv.wnd, 0);
  if (2 * open > memory.clamp) return false;
  const wanted = affordable(tcb, memory);
  if (wanted === 0 || wanted < 2 * open) return false;
  turn.find('wnd.update-sent', 'RCV.WND', open, 'becomes', wanted);
  return true;
}
