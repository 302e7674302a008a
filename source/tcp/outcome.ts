// One connection's turn: an event meets a copy of its TCB, and what follows is collected here.

import { Finding, type Place } from './finding.ts';
import type { Profile } from './profile.ts';
import { empty } from './queue.ts';
import type { RuleId } from './rules.ts';
import { ACK, type Segment } from './segment.ts';
import type { Seq } from './seq.ts';
import type { SocketError } from './socket.ts';
import { type Closed, Joined, type Tcb } from './tcb.ts';

/** What a turn may know of the world outside the connection. */
export interface Setting {
  /** Virtual time in microseconds. */
  readonly now: number;
  readonly profile: Profile;
  readonly place: Place;
  /** In TIME-WAIT: whether a listener of this host would take a new SYN for the connection's port. */
  readonly listening: boolean;
  /** What the listener does with a child whose handshake completes now. */
  readonly admission: Admission;
  /** Whether a router marked the packet as having met congestion (RFC 3168). */
  readonly marked: boolean;
  /** Repetitions of a SYN,ACK while the listener's queue is crowded; null: as many as the profile says. */
  readonly repetitionsLeft: number | null;
  /** The TCB passed in was made in this very step and nobody else has seen it: it may be worked on in place. */
  readonly fresh: boolean;
  /** Where decisions are recorded; null while nobody will ask why (a replay over a long stretch). */
  readonly findings: Finding[] | null;
}

/** Room in the accept queue; none, with either answer to it; or a listener that waits for data first. */
export type Admission = 'open' | 'full-ignore' | 'full-reset' | 'wait-for-data';

/** The step's own copy of a connection: a new one, unless this step has made one before. */
export function ownJoined(setting: Setting, tcb: Joined): Joined {
  return setting.fresh ? tcb : Joined.of(tcb);
}

/** What the application is told outside of its calls. */
export type Signal = 'delivery-trouble' | 'network-trouble' | 'urgent';

/** How soon the peer is to be acknowledged at the end of the turn. */
export type Acknowledging = 'no' | 'delayed' | 'out-of-order' | 'now';

/** The working copy of a TCB with everything that the turn brings about. */
export class Turn {
  readonly now: number;
  readonly profile: Profile;
  readonly place: Place;
  readonly listening: boolean;
  readonly admission: Admission;
  readonly marked: boolean;
  readonly repetitionsLeft: number | null;
  readonly findings: Finding[] | null;
  /** Whether this turn entered FIN-WAIT-2, which the same segment may leave again (Figure 5, note 2). */
  passedFinWait2 = false;
  /** The connection after the turn. */
  tcb: Tcb;
  /** Segments to send, in order. */
  readonly segments: Segment[] = [];
  readonly signals: Signal[] = [];
  acknowledging: Acknowledging = 'no';
  /** The next repetition leaves even if the congestion window has no room for it. */
  repeatAnyway = false;
  /** Segments that the ACK being processed reports as delivered, by its number or by SACK. */
  delivered = 0;
  /** Those of them that were never repeated and left before the last reduction. */
  originals = 0;
  /** After a timeout new data goes before repetitions, to learn whether it came too early (RFC 5682 section 2.1 (2b)). */
  newDataFirst = false;
  /** This turn's write comes without PUSH: what does not fill a segment waits for the next one (MSG_MORE). */
  moreFollows = false;
  /** Octets of a write for which there was room; null: all of them. */
  taken: number | null = null;
  /** TIME-WAIT gives way to the SYN being processed: the lowest ISS that the new connection may take. */
  reopenFrom: Seq | null = null;

  constructor(setting: Setting, tcb: Tcb) {
    this.now = setting.now;
    this.profile = setting.profile;
    this.place = setting.place;
    this.listening = setting.listening;
    this.admission = setting.admission;
    this.marked = setting.marked;
    this.repetitionsLeft = setting.repetitionsLeft;
    this.findings = setting.findings;
    this.tcb = tcb;
  }

  /** Records a decision: the rule and, alternating, names and values of what was compared. */
  find(rule: RuleId, ...saw: readonly (string | number)[]): void {
    if (this.findings !== null) this.findings.push(new Finding(this.place, rule, saw));
  }

  /** Sends a segment. */
  emit(segment: Segment): void {
    this.segments.push(segment);
  }

  /** Whether a segment with an ACK has left in this turn, so that no separate one is needed. */
  get acknowledged(): boolean {
    return this.segments.some((segment) => (segment.ctl & ACK) !== 0);
  }

  /** Enters CLOSED and forgets the connection; the error is what the next application call gets. */
  close(error: SocketError | null): void {
    const kept = error === null || this.profile.unreadAfterReset === 'kept';
    const unread = kept && this.tcb instanceof Joined ? this.tcb.unread : empty;
    const closed: Closed = { state: 'CLOSED', error, unread };
    this.tcb = closed;
  }
}
