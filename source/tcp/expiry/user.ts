// USER TIMEOUT (RFC 9293 section 3.10.8).

import type { Turn } from '../outcome.ts';

/** Data stayed unacknowledged for longer than the application allows: the connection is aborted, nothing is sent. */
export function expireUser(turn: Turn): void {
  turn.find('user-timeout.expire');
  turn.close('ETIMEDOUT');
}
