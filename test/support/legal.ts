// Which changes of state RFC 9293 Figure 5 and its notes allow.
import type { State } from '../../source/tcp/tcb.ts';
import type { Step } from '../../source/world/outcome.ts';

/** Where a segment that arrives can lead (Figure 5; a FIN in SYN-RECEIVED: section 3.10.7.4, eighth step). */
const byArrival: Readonly<Record<State, readonly State[]>> = {
  LISTEN: [],
  'SYN-SENT': ['SYN-RECEIVED', 'ESTABLISHED'],
  'SYN-RECEIVED': ['ESTABLISHED', 'CLOSE-WAIT'],
  ESTABLISHED: ['CLOSE-WAIT'],
  'FIN-WAIT-1': ['FIN-WAIT-2', 'CLOSING'],
  'FIN-WAIT-2': ['TIME-WAIT'],
  'CLOSE-WAIT': [],
  CLOSING: ['TIME-WAIT'],
  'LAST-ACK': [],
  'TIME-WAIT': [],
  CLOSED: [],
};

/** Where a call can lead: CLOSE, or the end of the process (section 3.10.4). */
const byCall: Readonly<Record<State, readonly State[]>> = {
  LISTEN: [],
  'SYN-SENT': [],
  'SYN-RECEIVED': ['FIN-WAIT-1'],
  ESTABLISHED: ['FIN-WAIT-1'],
  'FIN-WAIT-1': [],
  'FIN-WAIT-2': [],
  'CLOSE-WAIT': ['LAST-ACK'],
  CLOSING: [],
  'LAST-ACK': [],
  'TIME-WAIT': [],
  CLOSED: [],
};

/** How a connection can begin: an OPEN, a SYN at LISTEN, or the ACK of a SYN cookie. */
const first = { call: ['LISTEN', 'SYN-SENT'], arrival: ['SYN-RECEIVED', 'ESTABLISHED'] } as const;

/**
 * Everywhere that one segment can lead. It may carry what two edges wait for: an ACK, and then a FIN (the note on FIN-WAIT-1
 * in Figure 5); and a CLOSE that was called in SYN-SENT or SYN-RECEIVED takes effect once the connection is there.
 */
export const afterArrival = (state: State): ReadonlySet<State> => {
  const once = byArrival[state];
  const twice = once.flatMap((next) => byArrival[next]);
  const calls =
    state === 'SYN-SENT' || state === 'SYN-RECEIVED' ? [...once, ...twice].flatMap((next) => byCall[next]) : [];
  return new Set([...once, ...twice, ...calls]);
};

/** Nothing arrives where everything that ended was lost. */
const arrives = (step: Step, host: number): boolean =>
  step.fates.some((fate) => fate.reason === 'delivered' && fate.flight.to.host === host);

/** The changes of state of a step that no edge allows, in words. */
export const objections = (step: Step): readonly string[] => {
  const found: string[] = [];
  for (const host of [0, 1] as const) {
    for (const [id, socket] of step.world.hosts[host].sockets.entries()) {
      const was = step.before.hosts[host].sockets.at(id)?.tcb.state;
      const is = socket.tcb.state;
      // ABORT, a reset and giving up lead to CLOSED from everywhere.
      if (was === is || is === 'CLOSED') continue;
      const arrival = arrives(step, host);
      const allowed: readonly State[] =
        was === undefined
          ? arrival
            ? first.arrival
            : first.call
          : arrival
            ? [...afterArrival(was)]
            : step.event.kind === 'decision'
              ? byCall[was]
              : [];
      if (!allowed.includes(is)) found.push(`${was ?? 'nothing'} -> ${is} by ${step.event.kind} at ${step.world.now}`);
    }
  }
  return found;
};
