// Ephemeral ports: which are free towards a destination, and what a connection in TIME-WAIT blocks.

import { Joined } from '../tcp/tcb.ts';
import { connection } from './demultiplex.ts';
import type { Socket } from './host.ts';
import type { Work } from './work.ts';

/** A port for a connection, or the connection in TIME-WAIT that it may replace; null: none is free. */
export interface PortChoice {
  readonly port: number;
  readonly replaces: Socket | null;
}

/** The wanted port, or the next free ephemeral one; null with the reason found. */
export function choosePort(
  work: Work,
  wanted: number | null,
  remoteAddress: string,
  remotePort: number,
): PortChoice | null {
  if (wanted !== null) return tryPort(work, wanted, remoteAddress, remotePort, true);
  const { host } = work;
  const [low, high] = host.profile.ports;
  const count = high - low + 1;
  const start = host.nextPort;
  let blocked = 0;
  for (let offset = 0; offset < count; offset++) {
    const port = low + ((start - low + offset) % count);
    const choice = tryPort(work, port, remoteAddress, remotePort, false);
    if (choice === null) {
      blocked += 1;
      continue;
    }
    host.nextPort = low + ((port - low + 1) % count);
    return choice;
  }
  work.find(0, 'port.exhausted', 'ports', count, 'in use', blocked);
  return null;
}

function tryPort(
  work: Work,
  port: number,
  remoteAddress: string,
  remotePort: number,
  explain: boolean,
): PortChoice | null {
  const taken = connection(work, port, remoteAddress, remotePort);
  if (taken === undefined) return { port, replaces: null };
  const { tcb } = taken;
  if (tcb instanceof Joined && tcb.state === 'TIME-WAIT') {
    const { timeWaitReuse } = work.host.profile;
    const aged = work.now - tcb.heardAt;
    if (timeWaitReuse !== null && tcb.tsOk && aged >= timeWaitReuse) return { port, replaces: taken };
    if (explain) work.find(taken.id, 'port.time-wait', 'port', port);
    return null;
  }
  if (explain) work.find(taken.id, 'open.refused-exists', 'port', port);
  return null;
}
