// What selective acknowledgments say about the flight (RFC 2018 section 5, RFC 6675 section 4).

import { fullSize } from './header.ts';
import type { Block } from './options.ts';
import type { Turn } from './outcome.ts';
import { noteDelivered } from './rack.ts';
import { noteArrival } from './retire.ts';
import type { Segment } from './segment.ts';
import { after, before } from './seq.ts';
import type { Joined } from './tcb.ts';

/** What SACK blocks report that is news. */
export interface Reported {
  readonly octets: number;
  /** When the first of it left that was sent only once; -1: nothing such. */
  readonly sentAt: number;
}

/** No news. */
export const nothing: Reported = { octets: 0, sentAt: -1 };

/** Marks what the blocks report. A D-SACK block (RFC 2883) reports nothing new. */
export function recordBlocks(turn: Turn, tcb: Joined, segment: Segment): Reported {
  const blocks = segment.options.sack.filter((block) => plausible(tcb, segment, block));
  if (blocks.length === 0) return nothing;
  let news = 0;
  let sentAt = -1;
  const outstanding = tcb.outstanding.map((entry) => {
    if (entry.sacked) return entry;
    const end = entry.end;
    const covered = blocks.some((block) => !before(entry.seq, block.from) && !after(end, block.to));
    if (!covered) return entry;
    news += entry.length;
    noteArrival(turn, tcb, entry);
    if (sentAt < 0 && entry.times === 1) sentAt = entry.lastAt;
    if (turn.profile.rack) noteDelivered(turn, tcb, entry);
    return entry.received();
  });
  if (news > 0) {
    tcb.outstanding = outstanding;
    turn.find('sack.recorded', 'octets', news, 'blocks', blocks.length);
  }
  return { octets: news, sentAt };
}

// Blocks must lie between SND.UNA and SND.NXT; anything at or below the ACK is a D-SACK or old.
function plausible(tcb: Joined, segment: Segment, block: Block): boolean {
  return (
    after(block.to, segment.ack) &&
    after(block.to, tcb.snd.una) &&
    !after(block.to, tcb.snd.nxt) &&
    before(block.from, block.to)
  );
}

/**
 * IsLost of RFC 6675 section 4, for all entries at once: an entry is lost when at least `duplicateAcks`
 * separate runs, or more than `duplicateAcks - 1` full segments, above it have been received. Returns the
 * indexes newly judged lost, lowest first.
 */
export function judgeLost(turn: Turn, tcb: Joined): readonly number[] {
  const threshold = turn.profile.duplicateAcks;
  const full = fullSize(turn, tcb);
  const lost: number[] = [];
  let runs = 0;
  let octets = 0;
  let inRun = false;
  for (let index = tcb.outstanding.length - 1; index >= 0; index--) {
    const entry = tcb.outstanding[index];
    if (entry === undefined) continue;
    if (entry.sacked) {
      if (!inRun) runs += 1;
      inRun = true;
      octets += entry.length;
      continue;
    }
    inRun = false;
    const judged = runs >= threshold || octets > (threshold - 1) * full;
    if (judged && !entry.lost && entry.times === 1) lost.push(index);
  }
  return lost.reverse();
}

/** Whether the first block reports a duplicate: it lies below the ACK, or within the second block (RFC 2883 section 4). */
export function hasDsack(segment: Segment): boolean {
  const [first, second] = segment.options.sack;
  if (first === undefined) return false;
  if (!after(first.to, segment.ack)) return true;
  return second !== undefined && !before(first.from, second.from) && !after(first.to, second.to);
}
