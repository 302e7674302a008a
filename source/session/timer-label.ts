// The timers as the screen calls them, and as a person may: `RTX`, `2MSL`.

import type { TimerName } from '../tcp/timers.ts';

/** Short names of the timers, as a row has room for them. */
export const timerLabels: Readonly<Record<TimerName, string>> = {
  retransmission: 'RTX',
  'tail-loss-probe': 'TLP',
  reordering: 'RACK',
  persist: 'PERSIST',
  'delayed-ack': 'DACK',
  keepalive: 'KEEP',
  'fin-wait-2': 'FW2',
  'time-wait': '2MSL',
  user: 'USER',
};
