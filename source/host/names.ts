// Which socket the application means: by the name it gave, or the one it opened last.

import { hash } from './hash.ts';
import type { Socket } from './host.ts';
import type { Work } from './work.ts';

function slot(name: string): number {
  return hash(0, name) & 0x7fff;
}

/** The application now holds this socket (connected, listening or accepted), under its name if it has one. */
export function hold(work: Work, socket: Readonly<Socket>): void {
  const { host } = work;
  if (socket.listener !== null) host.latestListener = socket.id;
  else host.latestConnection = socket.id;
  if (socket.name === '') return;
  const index = slot(socket.name);
  const sockets = host.names.at(index)?.sockets ?? [];
  host.names = host.names.with(index, { due: Number.POSITIVE_INFINITY, sockets: [...sockets, socket.id] });
}

/** The application lets go of the socket; its name is free. */
export function letGo(work: Work, socket: Readonly<Socket>): void {
  if (socket.name === '') return;
  const { host } = work;
  const index = slot(socket.name);
  const sockets = (host.names.at(index)?.sockets ?? []).filter((id) => id !== socket.id);
  host.names =
    sockets.length === 0
      ? host.names.without(index)
      : host.names.with(index, { due: Number.POSITIVE_INFINITY, sockets });
}

/** The socket held under a name, the newest where several have it; without such a name `fd4` is that descriptor. */
export function named(work: Work, name: string): Socket | undefined {
  let best: Socket | undefined;
  for (const id of work.host.names.at(slot(name))?.sockets ?? []) {
    const socket = work.at(id);
    if (socket === undefined || socket.name !== name || socket.descriptor === 0) continue;
    if (best === undefined || socket.descriptor > best.descriptor) best = socket;
  }
  return best ?? described(work, name);
}

// Applications hold sockets without a name of their own, such as those that accept() returned.
function described(work: Work, name: string): Socket | undefined {
  const descriptor = Number(/^fd(\d{1,9})$/.exec(name)?.[1] ?? 0);
  if (descriptor === 0) return undefined;
  for (const socket of work.sockets()) if (socket.descriptor === descriptor) return socket;
  return undefined;
}

/** The listener or connection that the application opened last and still holds. */
export function latest(work: Work, listening: boolean): Socket | undefined {
  const id = listening ? work.host.latestListener : work.host.latestConnection;
  const known = id === 0 ? undefined : work.at(id);
  if (known !== undefined && known.descriptor > 0) return known;
  let best: Socket | undefined;
  for (const socket of work.sockets()) {
    if (socket.descriptor === 0 || (socket.listener !== null) !== listening) continue;
    if (best === undefined || socket.descriptor > best.descriptor) best = socket;
  }
  return best;
}
