// Keep-alive (RFC 9293 section 3.8.4): off unless the application asks for it.

import { due } from './clock.ts';
import type { Turn } from './outcome.ts';
import type { Joined } from './tcb.ts';
import { off } from './timers.ts';

/** Silence before the first probe. */
export function keepaliveIdle(turn: Turn, tcb: Readonly<Joined>): number {
  return tcb.socket.keepaliveIdle ?? turn.profile.keepaliveIdle;
}

/** (Re)starts the idle time from now, or stops it where keep-alive is off or the connection is past using it. */
export function startKeepalive(turn: Turn, tcb: Joined): void {
  const wanted = tcb.socket.keepalive && tcb.state !== 'SYN-RECEIVED' && tcb.state !== 'TIME-WAIT';
  tcb.timers.keepalive = wanted ? due(turn, keepaliveIdle(turn, tcb)) : off;
}

/** Something came from the peer: it lives. */
export function heard(turn: Turn, tcb: Joined): void {
  tcb.heardAt = turn.now;
  if (tcb.timers.persist !== off) tcb.repetitions = 0;
  if (tcb.keepaliveProbes > 0) {
    turn.find('keepalive.alive', 'probes', tcb.keepaliveProbes);
    tcb.keepaliveProbes = 0;
  }
  if (tcb.socket.keepalive) startKeepalive(turn, tcb);
}
