// What changed at the two ends between two worlds: the `*` marks of the screen.

import type { Socket } from '../host/host.ts';
import type { State } from '../tcp/tcb.ts';
import { timerNames } from '../tcp/timers.ts';
import type { World } from '../world/world.ts';
import { sameValue } from './decision.ts';
import { type Chosen, chosenSocket, unchosen } from './shown.ts';

/** What changed at one end. */
export interface Changes {
  /** The shown state before and after; null where it is the same. */
  readonly state: { readonly was: State; readonly is: State } | null;
  /** Names of changed fields: `snd.una`, `rto`, `timer.retransmission`, `send-queue` ... (the keys of `fieldsOf`). */
  readonly fields: ReadonlySet<string>;
}

/** What changed between two worlds at client and server. */
export function differences(before: World, after: World, chosen: Chosen = unchosen): readonly [Changes, Changes] {
  return [changes(before, after, 0, chosen), changes(before, after, 1, chosen)];
}

function changes(before: World, after: World, host: 0 | 1, chosen: Chosen): Changes {
  const [one, other] = [before.hosts[host], after.hosts[host]];
  if (one === other) return { state: null, fields: new Set() };
  const [former, present] = [chosenSocket(one, chosen), chosenSocket(other, chosen)];
  const [was, is] = [former?.tcb.state ?? 'CLOSED', present?.tcb.state ?? 'CLOSED'];
  const [old, fresh] = [fieldsOf(former), fieldsOf(present)];
  const fields = new Set<string>();
  for (const name of new Set([...old.keys(), ...fresh.keys()])) {
    if (!sameValue(old.get(name), fresh.get(name))) fields.add(name);
  }
  return { state: was === is ? null : { was, is }, fields };
}

/** Every name that `fieldsOf` may give. */
export const fieldNames: readonly string[] = [
  ...['snd.una', 'snd.nxt', 'snd.wnd', 'rcv.nxt', 'rcv.wnd', 'iss', 'irs', 'rto', 'srtt', 'rttvar', 'cwnd', 'ssthresh'],
  ...['repetitions', 'send-queue', 'unread', 'reassembly', 'pending', 'options', 'syn-queue', 'accept-queue'],
  ...timerNames.map((name) => `timer.${name}`),
];

/** The fields of a socket that an endpoint shows, by name; those its state does not have are absent. */
export function fieldsOf(socket: Socket | null): ReadonlyMap<string, unknown> {
  const fields = new Map<string, unknown>();
  if (socket === null) return fields;
  const { tcb, listener } = socket;
  fields.set('pending', socket.pending);
  fields.set('options', socket.options);
  if (listener !== null) {
    fields.set('syn-queue', listener.synQueue);
    fields.set('accept-queue', listener.acceptQueue);
  }
  if (!('snd' in tcb)) return fields;
  fields.set('iss', tcb.snd.iss);
  fields.set('snd.una', tcb.snd.una);
  fields.set('snd.nxt', tcb.snd.nxt);
  fields.set('snd.wnd', tcb.snd.wnd);
  fields.set('rto', timeout(tcb.rtt.rto, tcb.rtt.backoff));
  fields.set('srtt', tcb.rtt.srtt);
  fields.set('rttvar', tcb.rtt.rttvar);
  fields.set('cwnd', tcb.congestion.cwnd);
  fields.set('ssthresh', tcb.congestion.ssthresh);
  fields.set('repetitions', tcb.repetitions + tcb.synRepetitions);
  fields.set('send-queue', tcb.queue.length);
  for (const name of timerNames) fields.set(`timer.${name}`, tcb.timers[name]);
  if (!('rcv' in tcb)) return fields;
  fields.set('irs', tcb.rcv.irs);
  fields.set('rcv.nxt', tcb.rcv.nxt);
  fields.set('rcv.wnd', tcb.rcv.wnd);
  fields.set('unread', tcb.unread.length);
  fields.set('reassembly', tcb.reassembly);
  return fields;
}

// Only for comparing: two different pairs must not look the same.
function timeout(rto: number, backoff: number): string {
  return `${rto} ${backoff}`;
}
