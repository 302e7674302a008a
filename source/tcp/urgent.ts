// Urgent data as the application meets it (RFC 9293 section 3.8.5): how much of it is still ahead of the reader.

import type { Profile } from './profile.ts';
import { add, after, atOrBefore, distance } from './seq.ts';
import type { Joined } from './tcb.ts';

/** Octets from the next one to be read up to the urgent pointer; 0 when nothing urgent is ahead (MUST-33). */
export function distanceToUrgent(tcb: Readonly<Joined>): number {
  return Math.max(0, distance(tcb.rcv.up, add(tcb.rcv.nxt, -tcb.unread.length)));
}

/** Whether the octet before RCV.UP is read apart from the stream here (one octet out of band, as BSD began it). */
function apart(tcb: Readonly<Joined>, profile: Profile): boolean {
  return profile.urgentData === 'out-of-band' && !tcb.socket.urgentInline && after(tcb.rcv.up, add(tcb.rcv.irs, 1));
}

/** How far an ordinary read gets: octets before the mark, or how many to skip because the reader stands on it. */
export function beforeUrgent(tcb: Readonly<Joined>, profile: Profile): { readonly most: number; readonly skip: 0 | 1 } {
  const { rcv, unread } = tcb;
  if (!apart(tcb, profile)) return { most: unread.length, skip: 0 };
  const mark = distance(add(rcv.up, -1), add(rcv.nxt, -unread.length));
  if (mark < 0 || mark >= unread.length) return { most: unread.length, skip: 0 };
  return mark === 0 ? { most: unread.length - 1, skip: 1 } : { most: mark, skip: 0 };
}

/** What a read of urgent data finds: the octet, an error where nothing urgent is to be read, or nothing yet. */
export function readUrgent(tcb: Readonly<Joined>, profile: Profile): 'octet' | 'EINVAL' | 'wait' {
  if (!apart(tcb, profile) || tcb.urgentRead) return 'EINVAL';
  return atOrBefore(tcb.rcv.up, tcb.rcv.nxt) ? 'octet' : 'wait';
}
