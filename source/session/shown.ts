// What an endpoint shows: the one socket of a host that the RFC's figures would draw.

import type { Host, Socket } from '../host/host.ts';
import type { State } from '../tcp/tcb.ts';
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

/** The state that a host shows; CLOSED where it has neither a connection nor a listener. */
export function shownState(host: Host): State {
  return shownSocket(host)?.tcb.state ?? 'CLOSED';
}

/** The states of client and server, as a line of the RFC's figures has them. */
export function shownStates(world: World): readonly [State, State] {
  return [shownState(world.hosts[0]), shownState(world.hosts[1])];
}
