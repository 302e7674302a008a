// FIN-WAIT-2 of a connection that no process holds any more; no RFC limits it, kernels do.

import type { Turn } from '../outcome.ts';

/** Forgets the connection without a word. */
export function expireFinWait2(turn: Turn): void {
  turn.find('fin-wait-2.timeout');
  turn.close(null);
}
