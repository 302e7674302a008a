// What an endpoint shows: the one socket of a host that the RFC's figures would draw.

import type { Host, Socket } from '../host/host.ts';
import type { State } from '../tcp/tcb.ts';
import type { Flight } from '../world/wire.ts';
import type { World } from '../world/world.ts';

/**
 * The socket that stands for a host: its latest connection that is not CLOSED, a half-open child of a listener
 * included; without one, its latest listener; without that, null. (RFC 9293 turns a listening TCB into the
 * connection; here the listener stays and has children, and this is where both accounts meet.)
 */
export function shownSocket(host: Host): Socket | null {
  let listener: Socket | null = null;
  for (const socket of host.sockets.backwards()) {
    if (socket.tcb.state === 'LISTEN') listener ??= socket;
    else if (socket.tcb.state !== 'CLOSED') return socket;
  }
  return listener;
}

/** The sockets that a person has chosen to see, by their ids; null: the usual one. */
export type Chosen = readonly [client: number | null, server: number | null];

/** Nobody has chosen any. */
export const unchosen: Chosen = [null, null];

/** The socket chosen at a host, as long as there is one with this id; else the usual one. */
export function chosenSocket(host: Host, chosen: Chosen): Socket | null {
  const id = chosen[host.index];
  return (id === null ? undefined : host.sockets.at(id)) ?? shownSocket(host);
}

/** The states of the chosen sockets of client and server. */
export function chosenStates(world: World, chosen: Chosen): readonly [State, State] {
  const [client, server] = world.hosts;
  return [chosenSocket(client, chosen)?.tcb.state ?? 'CLOSED', chosenSocket(server, chosen)?.tcb.state ?? 'CLOSED'];
}

/** The state in which a host takes a segment: that of its connection, of a listener on the port, or CLOSED. */
export function receivingState(host: Host, { from, to }: Flight): State {
  let listener: State = 'CLOSED';
  for (const { localPort, remotePort, remoteAddress, tcb } of host.sockets.values()) {
    if (localPort !== to.port) continue;
    if (remotePort === from.port && remoteAddress === from.address && tcb.state !== 'CLOSED') return tcb.state;
    if (tcb.state === 'LISTEN') listener = 'LISTEN';
  }
  return listener;
}

/** The state that a host shows; CLOSED where it has neither a connection nor a listener. */
export function shownState(host: Host): State {
  return shownSocket(host)?.tcb.state ?? 'CLOSED';
}

/** The states of client and server, as a line of the RFC's figures has them. */
export function shownStates(world: World): readonly [State, State] {
  return [shownState(world.hosts[0]), shownState(world.hosts[1])];
}
