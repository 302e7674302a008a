// Which socket a segment belongs to: the connection with exactly its four numbers, else a listener on the
// port, else nobody (RFC 9293 section 3.10.7).

import type { Bucket, Host, Socket } from './host.ts';
import type { Work } from './work.ts';

const never = Number.POSITIVE_INFINITY;

// 15 bits keep the table three levels deep; sockets that share a slot are told apart by their fields. Ports are
// mostly handed out in order, and so neighbours in time are neighbours in the table.
function slot(localPort: number, remotePort: number): number {
  return (localPort + remotePort) & 0x7fff;
}

/** The connection with these four numbers, or undefined. */
export function connection(
  work: Work,
  localPort: number,
  remoteAddress: string,
  remotePort: number,
): Socket | undefined {
  const bucket = work.host.tuples.at(slot(localPort, remotePort));
  if (bucket === undefined) return undefined;
  for (const id of bucket.sockets) {
    const socket = work.at(id);
    if (socket === undefined || socket.localPort !== localPort) continue;
    if (socket.remotePort === remotePort && socket.remoteAddress === remoteAddress) return socket;
  }
  return undefined;
}

/** The same in a host as it was published. */
export function connectionOf(
  host: Host,
  localPort: number,
  remoteAddress: string,
  remotePort: number,
): Socket | undefined {
  const ids = host.tuples.at(slot(localPort, remotePort))?.sockets ?? [];
  return ids
    .map((id) => host.sockets.at(id))
    .find(
      (socket) =>
        socket?.localPort === localPort && socket.remotePort === remotePort && socket.remoteAddress === remoteAddress,
    );
}

/** The listener on this port, or undefined. */
export function listener(work: Work, localPort: number): Socket | undefined {
  return connection(work, localPort, '', 0);
}

/** Lets segments find the socket. */
export function register(work: Work, socket: Socket): void {
  const index = slot(socket.localPort, socket.remotePort);
  const sockets = work.host.tuples.at(index)?.sockets ?? [];
  const bucket: Bucket = { due: never, sockets: [...sockets, socket.id] };
  work.host.tuples = work.host.tuples.with(index, bucket);
}

/** Segments find the socket no more. */
export function unregister(work: Work, socket: Readonly<Socket>): void {
  const index = slot(socket.localPort, socket.remotePort);
  const bucket = work.host.tuples.at(index);
  if (bucket === undefined) return;
  const sockets = bucket.sockets.filter((id) => id !== socket.id);
  work.host.tuples =
    sockets.length === 0 ? work.host.tuples.without(index) : work.host.tuples.with(index, { due: never, sockets });
}
