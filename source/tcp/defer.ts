// TCP_DEFER_ACCEPT: a listener that wakes its application only for data, and waits for it by timeouts of the SYN,ACK.

import type { Profile } from './profile.ts';

/** How many timeouts of the SYN,ACK it takes until so much time has passed (Linux inet_connection_sock.h secs_to_retrans). */
export function timeoutsIn(time: number, { initialRto, rtoMax }: Profile): number {
  let count = 1;
  let wait = initialRto;
  for (let passed = wait; passed < time && count < 255; passed += wait) {
    wait = Math.min(wait * 2, rtoMax);
    count += 1;
  }
  return count;
}
