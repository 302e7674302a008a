// How the congestion window answers to ACKs, duplicates and timeouts (RFC 5681, RFC 6582, RFC 6675, RFC 6937).

import {
  avoid,
  avoidByPackets,
  type Congestion,
  growCubic,
  reducedThreshold,
  rememberCubic,
  slowStart,
  slowStartByPackets,
} from './congestion.ts';
import { inNetwork, markAllLost, markLost, pipe } from './flight.ts';
import { fullSize } from './header.ts';
import type { Turn } from './outcome.ts';
import { markOverdue } from './rack.ts';
import { judgeLost } from './scoreboard.ts';
import type { Segment } from './segment.ts';
import { after, atOrAfter, distance } from './seq.ts';
import { judgeDuplicate, judgeTimeout, remember, undoRecovery } from './spurious.ts';
import type { Joined, Sending } from './tcb.ts';
import { off } from './timers.ts';
import { isUsedUp } from './usage.ts';

type Algorithm = 'none' | 'tahoe' | 'reno' | 'cubic';

function algorithmOf(turn: Turn, tcb: Readonly<Sending>): Algorithm {
  if (turn.profile.congestion === 'none') return 'none';
  return tcb.socket.congestion ?? turn.profile.congestion;
}

/** An ACK moved SND.UNA by so many octets; `news` octets were reported by SACK besides. */
export function respondToAck(turn: Turn, tcb: Joined, segment: Segment, acknowledged: number, news: number): void {
  const { congestion, snd } = tcb;
  const algorithm = algorithmOf(turn, tcb);
  if (algorithm === 'none') return;
  const smss = fullSize(turn, tcb);
  const byPackets = turn.profile.windowUnit === 'packets';
  if (byPackets && !tcb.sackOk) countArrivals(turn, tcb);
  switch (congestion.phase) {
    case 'open':
      congestion.duplicates = 0;
      grow(turn, tcb, acknowledged, smss);
      if (tcb.sackOk) enterIfLost(turn, tcb, algorithm, smss);
      return;
    case 'loss':
      congestion.duplicates = 0;
      switch (judgeTimeout(turn, tcb, segment, news > 0)) {
        case 'spurious':
          break;
        case 'try-new-data':
          turn.newDataFirst = true;
          break;
        case 'none':
          if (atOrAfter(snd.una, congestion.recover)) congestion.phase = 'open';
          else if (tcb.sackOk) markJudged(turn, tcb);
      }
      grow(turn, tcb, acknowledged, smss);
      return;
    case 'recovery':
      if (undoRecovery(turn, tcb, segment)) grow(turn, tcb, acknowledged, smss);
      else if (byPackets && !tcb.sackOk) continueByPackets(turn, tcb, smss);
      else if (!atOrAfter(snd.una, congestion.recover)) {
        if (tcb.sackOk) continueSackRecovery(turn, tcb, acknowledged + news, smss, true);
        else partial(turn, tcb, acknowledged, smss);
      } else {
        leaveRecovery(turn, tcb, smss);
        if (byPackets) grow(turn, tcb, acknowledged, smss);
      }
  }
}

// Without SACK, and with packets counted: the next hole, or the end, once something above the old state is
// acknowledged (RFC 6582 section 3.2).
function continueByPackets(turn: Turn, tcb: Joined, smss: number): void {
  const { congestion, snd } = tcb;
  if (after(snd.una, congestion.recover)) {
    leaveRecovery(turn, tcb, smss);
    growByPackets(turn, tcb, algorithmOf(turn, tcb), smss);
    return;
  }
  const ends = snd.una === congestion.recover;
  if (!ends) markLost(tcb, 0);
  reduceProportionally(turn, tcb, turn.delivered * smss, smss, ends);
  turn.find('cc.partial-ack', 'SND.UNA', snd.una, 'recover', congestion.recover, 'cwnd', congestion.cwnd);
}

/** An ACK that repeats SND.UNA while something is in flight; `flight` was in flight when it arrived. */
export function respondToDuplicate(turn: Turn, tcb: Joined, flight: number, news: number): void {
  const { congestion } = tcb;
  const algorithm = algorithmOf(turn, tcb);
  if (algorithm === 'none') return;
  const smss = fullSize(turn, tcb);
  const byPackets = turn.profile.windowUnit === 'packets';
  if (!byPackets || tcb.sackOk) congestion.duplicates += 1;
  else if (congestion.phase !== 'loss' || after(tcb.snd.nxt, congestion.recover)) countDuplicate(turn, tcb);
  switch (congestion.phase) {
    case 'open':
      if (
        congestion.duplicates >= (congestion.tolerance || turn.profile.duplicateAcks) &&
        !(tcb.sackOk && turn.profile.rack)
      )
        enterRecovery(turn, tcb, algorithm, flight, smss);
      else if (tcb.sackOk) enterIfLost(turn, tcb, algorithm, smss);
      return;
    case 'recovery':
      if (tcb.sackOk) continueSackRecovery(turn, tcb, news, smss, false);
      else if (byPackets) {
        if (turn.delivered > 0) reduceProportionally(turn, tcb, turn.delivered * smss, smss, false);
      } else {
        congestion.cwnd += smss;
        turn.find('cc.inflate', 'duplicate ACKs', congestion.duplicates, 'cwnd', congestion.cwnd);
      }
      return;
    case 'loss':
      if (judgeDuplicate(turn, tcb) === 'none' && tcb.sackOk) markJudged(turn, tcb);
  }
}

/** Linux tcp_max_reordering. */
const mostTolerance = 300;

// Without SACK a duplicate ACK stands for one more segment that has arrived, as long as that leaves one missing.
function countDuplicate(turn: Turn, tcb: Joined): void {
  const { congestion, outstanding } = tcb;
  const missing = Math.max(outstanding.filter(({ lost, times }) => lost || times > 1).length, 1);
  if (congestion.duplicates + missing >= outstanding.length) {
    // More duplicates than anything in flight could cause: the network mixes up the order (tcp_check_reno_reordering).
    congestion.tolerance = Math.min(outstanding.length, mostTolerance);
    turn.find('cc.reordering', 'duplicate ACKs', congestion.duplicates + 1, 'in flight', outstanding.length);
    return;
  }
  congestion.duplicates += 1;
  turn.delivered = 1;
}

// An ACK covers the segment that was missing, and those that duplicates had told of already (tcp_remove_reno_sacks).
function countArrivals(turn: Turn, tcb: Joined): void {
  const { congestion } = tcb;
  const acknowledged = turn.delivered;
  turn.delivered = Math.max(acknowledged - congestion.duplicates, 1);
  congestion.duplicates = Math.max(congestion.duplicates - Math.max(acknowledged - 1, 0), 0);
}

function grow(turn: Turn, tcb: Joined, acknowledged: number, smss: number): void {
  const { congestion } = tcb;
  const algorithm = algorithmOf(turn, tcb);
  if (turn.profile.windowUnit === 'packets') {
    growByPackets(turn, tcb, algorithm, smss);
    return;
  }
  if (congestion.cwnd < congestion.ssthresh) {
    slowStart(congestion, acknowledged, smss);
    turn.find('cc.slow-start', 'cwnd', congestion.cwnd, 'ssthresh', congestion.ssthresh);
  } else if (algorithm === 'cubic') {
    growCubic(congestion, acknowledged, smss, turn.now, tcb.rtt.srtt);
    turn.find('cc.cubic', 'cwnd', congestion.cwnd, 'ssthresh', congestion.ssthresh);
  } else {
    avoid(congestion, smss);
    turn.find('cc.avoidance', 'cwnd', congestion.cwnd, 'ssthresh', congestion.ssthresh);
  }
}

function growByPackets(turn: Turn, tcb: Joined, algorithm: Algorithm, smss: number): void {
  const { congestion } = tcb;
  if (!isUsedUp(congestion, smss)) {
    turn.find('cc.unused', 'cwnd', congestion.cwnd, 'most out', congestion.mostOut * smss);
    return;
  }
  let acknowledged = turn.delivered * smss;
  if (congestion.cwnd < congestion.ssthresh) {
    acknowledged = slowStartByPackets(congestion, acknowledged);
    turn.find('cc.slow-start', 'cwnd', congestion.cwnd, 'ssthresh', congestion.ssthresh);
  }
  if (acknowledged === 0) return;
  if (algorithm === 'cubic') {
    growCubic(congestion, acknowledged, smss, turn.now, tcb.rtt.srtt);
    turn.find('cc.cubic', 'cwnd', congestion.cwnd, 'ssthresh', congestion.ssthresh);
    return;
  }
  avoidByPackets(congestion, acknowledged, smss);
  turn.find('cc.avoidance', 'cwnd', congestion.cwnd, 'ssthresh', congestion.ssthresh);
}

// RFC 6675 section 5 (2): loss may be known before the third duplicate.
function enterIfLost(turn: Turn, tcb: Joined, algorithm: 'tahoe' | 'reno' | 'cubic', smss: number): void {
  if (turn.profile.rack) {
    if (markOverdue(turn, tcb)) enterRecovery(turn, tcb, algorithm, distance(tcb.snd.nxt, tcb.snd.una), smss);
    return;
  }
  const [first] = judgeLost(turn, tcb);
  if (first === 0) enterRecovery(turn, tcb, algorithm, distance(tcb.snd.nxt, tcb.snd.una), smss);
}

// What is halved: the flight, or the window in whole segments, of which an odd one is left out.
function halvedFrom(turn: Turn, congestion: Readonly<Congestion>, flight: number, smss: number): number {
  return turn.profile.reductionOf === 'flight' ? flight : Math.floor(congestion.cwnd / smss / 2) * 2 * smss;
}

function enterRecovery(
  turn: Turn,
  tcb: Joined,
  algorithm: 'tahoe' | 'reno' | 'cubic',
  flight: number,
  smss: number,
): void {
  const { congestion, snd } = tcb;
  // RFC 6582 section 3.2 step 2: duplicates caused by our own repetitions must not start another recovery.
  if (!tcb.sackOk && congestion.recovered && !after(snd.una, congestion.recover)) return;
  remember(turn, tcb, congestion.ssthresh);
  const halved = halvedFrom(turn, congestion, flight, smss);
  congestion.ssthresh = reducedThreshold(congestion, algorithm, halved, smss);
  if (algorithm === 'cubic') rememberCubic(congestion, smss);
  congestion.recover = snd.nxt;
  congestion.recovered = true;
  turn.repeatAnyway = true;
  if (algorithm === 'tahoe') {
    congestion.phase = 'loss';
    congestion.cwnd = smss;
    markAllLost(tcb);
    turn.find('cc.tahoe', 'ssthresh', congestion.ssthresh, 'cwnd', smss);
    return;
  }
  congestion.phase = 'recovery';
  congestion.rescued = false;
  congestion.prrDelivered = 0;
  congestion.prrOut = 0;
  congestion.prrFlight = turn.profile.reductionOf === 'window' ? congestion.priorCwnd : flight;
  tcb.timers['tail-loss-probe'] = off;
  if (tcb.sackOk) {
    if (!turn.profile.rack) {
      markLost(tcb, 0);
      for (const index of judgeLost(turn, tcb)) markLost(tcb, index);
    }
    congestion.cwnd = congestion.ssthresh;
    turn.find('cc.fast-retransmit', 'duplicate ACKs', congestion.duplicates, 'ssthresh', congestion.ssthresh);
    turn.find('cc.sack-recovery', 'pipe', pipe(tcb), 'cwnd', congestion.cwnd);
    const byPackets = turn.profile.windowUnit === 'packets';
    if (turn.profile.proportionalReduction)
      reduceProportionally(turn, tcb, byPackets ? turn.delivered * smss : smss, smss, false);
    return;
  }
  markLost(tcb, 0);
  if (turn.profile.windowUnit === 'packets') reduceProportionally(turn, tcb, turn.delivered * smss, smss, false);
  else congestion.cwnd = congestion.ssthresh + turn.profile.duplicateAcks * smss;
  turn.find(
    'cc.fast-retransmit',
    'duplicate ACKs',
    congestion.duplicates,
    'ssthresh',
    congestion.ssthresh,
    'cwnd',
    congestion.cwnd,
  );
}

function markJudged(turn: Turn, tcb: Joined): boolean {
  if (turn.profile.rack) return markOverdue(turn, tcb);
  const judged = judgeLost(turn, tcb);
  for (const index of judged) markLost(tcb, index);
  return judged.length > 0;
}

function continueSackRecovery(turn: Turn, tcb: Joined, octets: number, smss: number, advanced: boolean): void {
  const more = markJudged(turn, tcb);
  const byPackets = turn.profile.windowUnit === 'packets';
  const delivered = byPackets ? turn.delivered * smss : octets;
  const progress = !more && (advanced || !byPackets);
  if (turn.profile.proportionalReduction && delivered > 0) reduceProportionally(turn, tcb, delivered, smss, progress);
  turn.find('cc.sack-recovery', 'pipe', pipe(tcb), 'cwnd', tcb.congestion.cwnd);
}

// RFC 6937: as much leaves as arrives, in the proportion of the new window to the old flight.
function reduceProportionally(turn: Turn, tcb: Joined, delivered: number, smss: number, progress: boolean): void {
  const { congestion } = tcb;
  congestion.prrDelivered += delivered;
  const inFlight = inNetwork(turn, tcb);
  let count: number;
  if (inFlight > congestion.ssthresh) {
    const share = (congestion.prrDelivered * congestion.ssthresh) / Math.max(congestion.prrFlight, smss);
    count = Math.ceil(share / smss) * smss - congestion.prrOut;
  } else {
    const limit = Math.max(congestion.prrDelivered - congestion.prrOut, delivered) + (progress ? smss : 0);
    count = Math.min(congestion.ssthresh - inFlight, limit);
  }
  congestion.cwnd = inFlight + Math.max(count, congestion.prrOut === 0 ? smss : 0);
}

// RFC 6582 section 3.2 step 3: the first hole is filled, the ACK shows the next one.
function partial(turn: Turn, tcb: Joined, acknowledged: number, smss: number): void {
  const { congestion } = tcb;
  congestion.cwnd -= acknowledged;
  if (acknowledged >= smss) congestion.cwnd += smss;
  turn.find('cc.partial-ack', 'SND.UNA', tcb.snd.una, 'recover', congestion.recover, 'cwnd', congestion.cwnd);
  markLost(tcb, 0);
  turn.repeatAnyway = true;
}

function leaveRecovery(turn: Turn, tcb: Joined, smss: number): void {
  const { congestion } = tcb;
  const flight = distance(tcb.snd.nxt, tcb.snd.una);
  const whole = tcb.sackOk || turn.profile.windowUnit === 'packets';
  congestion.cwnd = whole ? congestion.ssthresh : Math.min(congestion.ssthresh, Math.max(flight, smss) + smss);
  congestion.phase = 'open';
  congestion.duplicates = 0;
  turn.find('cc.recovery-exit', 'recover', congestion.recover, 'cwnd', congestion.cwnd);
}

/** The retransmission timer expired (RFC 5681 section 3.1): threshold halved once for each segment, window of one segment. */
export function respondToTimeout(turn: Turn, tcb: Joined, first: boolean): void {
  const { congestion, snd } = tcb;
  const algorithm = algorithmOf(turn, tcb);
  // Duplicates enough, and all the same it took a timeout: too many were waited for (tcp_enter_loss).
  if (congestion.phase === 'open' && congestion.duplicates >= turn.profile.duplicateAcks) congestion.tolerance = 0;
  markAllLost(tcb);
  turn.repeatAnyway = true;
  if (algorithm === 'none') {
    congestion.phase = 'loss';
    return;
  }
  const smss = fullSize(turn, tcb);
  const reduced = congestion.phase === 'recovery' && after(congestion.recover, snd.una);
  if (first && !(reduced && turn.profile.timeoutInRecovery === 'keeps')) {
    remember(turn, tcb, congestion.ssthresh);
    const halved = halvedFrom(turn, congestion, distance(snd.nxt, snd.una), smss);
    congestion.ssthresh = reducedThreshold(congestion, algorithm, halved, smss);
    if (algorithm === 'cubic') rememberCubic(congestion, smss);
  }
  congestion.cwnd = smss;
  // RFC 5682 section 2.1 (1): not where another recovery was under way.
  congestion.frto = turn.profile.frto && (congestion.phase === 'open' || !first);
  congestion.phase = 'loss';
  congestion.duplicates = 0;
  congestion.recover = snd.nxt;
  congestion.recovered = true;
  turn.find('cc.rto', 'ssthresh', congestion.ssthresh, 'cwnd', congestion.cwnd);
}

/** The peer echoes congestion: halve once per round trip and confirm with CWR (RFC 3168 section 6.1.2). */
export function respondToCongestionEcho(turn: Turn, tcb: Joined, flight: number): void {
  const { congestion, snd } = tcb;
  const algorithm = algorithmOf(turn, tcb);
  if (algorithm === 'none' || congestion.phase !== 'open') return;
  if (congestion.recovered && !after(snd.una, congestion.recover)) return;
  const smss = fullSize(turn, tcb);
  congestion.ssthresh = reducedThreshold(congestion, algorithm, halvedFrom(turn, congestion, flight, smss), smss);
  congestion.cwnd = Math.max(congestion.ssthresh, smss);
  congestion.recover = snd.nxt;
  congestion.recovered = true;
  tcb.cwrPending = true;
  turn.find('ecn.reduce', 'ssthresh', congestion.ssthresh, 'cwnd', congestion.cwnd);
}

/** What the reordering timer has judged lost is repaired like any other loss (RFC 8985 section 6.3). */
export function enterOverdueRecovery(turn: Turn, tcb: Joined): void {
  const algorithm = algorithmOf(turn, tcb);
  if (algorithm === 'none' || tcb.congestion.phase !== 'open') return;
  enterRecovery(turn, tcb, algorithm, distance(tcb.snd.nxt, tcb.snd.una), fullSize(turn, tcb));
}
