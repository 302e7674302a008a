// TIME-WAIT TIMEOUT (RFC 9293 section 3.10.8).

import type { Turn } from '../outcome.ts';

/** 2MSL have passed: the connection is deleted. */
export function expireTimeWait(turn: Turn): void {
  turn.find('time-wait.expire');
  turn.close(null);
}
