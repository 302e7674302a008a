// What `ss -tan` (iproute2) and `netstat -tan` (net-tools) on one of the hosts would print. Sockets that are CLOSED are in
// no table of the kernel, so neither tool lists them.

import type { Host, Socket } from '../../host/host.ts';
import type { Timeline } from '../../session/timeline.ts';
import type { State } from '../../tcp/tcb.ts';

/** The table of `ss -tan`: its columns are as wide as what stands in them. */
export function ss(host: Host, course: Timeline, last: number): readonly string[] {
  const rows = listed(host).map((socket) => {
    const [received, sent] = queues(socket, course, last);
    const { local, peer } = ends(socket);
    return [ssStates[socket.tcb.state], String(received), String(sent), ...local, ...peer];
  });
  const heading = ['State', 'Recv-Q', 'Send-Q', 'Local Address', 'Port', 'Peer Address', 'Port'];
  const widths = heading.map((text, column) => Math.max(text.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[], last: string): string => {
    const left = (column: number): string => (cells[column] ?? '').padEnd(widths[column] ?? 0);
    const right = (column: number): string => (cells[column] ?? '').padStart(widths[column] ?? 0);
    return `${left(0)} ${left(1)} ${left(2)} ${right(3)}:${left(4)} ${right(5)}:${left(6)}${last}`.trimEnd();
  };
  return [line(heading, 'Process'), ...rows.map((row) => line(row, ''))];
}

/** The table of `netstat -tan`: its columns never change. */
export function netstat(host: Host, course: Timeline, last: number): readonly string[] {
  const line = (proto: string, queued: readonly [string, string], local: string, peer: string, state: string): string =>
    `${proto.padEnd(5)} ${queued[0].padStart(6)} ${queued[1].padStart(6)} ${local.padEnd(23)} ${peer.padEnd(23)} ${state}`;
  return [
    'Active Internet connections (servers and established)',
    'Proto Recv-Q Send-Q Local Address           Foreign Address         State',
    ...listed(host).map((socket) => {
      const [received, sent] = queues(socket, course, last);
      const { local, peer } = ends(socket);
      // It knows no backlog.
      const waiting = socket.tcb.state === 'LISTEN' ? 0 : sent;
      const queued = [String(received), String(waiting)] as const;
      return line('tcp', queued, local.join(':'), peer.join(':'), netstatStates[socket.tcb.state]);
    }),
  ];
}

// Those that listen first.
function listed({ sockets }: Host): readonly Socket[] {
  const all = [...sockets.values()].filter(({ tcb }) => tcb.state !== 'CLOSED');
  return [...all.filter(({ tcb }) => tcb.state === 'LISTEN'), ...all.filter(({ tcb }) => tcb.state !== 'LISTEN')];
}

function ends(socket: Socket): { readonly local: readonly string[]; readonly peer: readonly string[] } {
  const { tcb, localAddress, localPort, remoteAddress, remotePort } = socket;
  const port = String(localPort);
  if (tcb.state === 'LISTEN') return { local: ['0.0.0.0', port], peer: ['0.0.0.0', '*'] };
  return { local: [localAddress, port], peer: [remoteAddress, String(remotePort)] };
}

// As Linux counts them: a listener shows its accept queue and its backlog; elsewhere SYN and FIN count as an octet each,
// until they are acknowledged or read.
function queues({ id, tcb, listener }: Socket, course: Timeline, last: number): readonly [number, number] {
  if (listener !== null) return [listener.acceptQueue.length, listener.backlog];
  switch (tcb.state) {
    case 'CLOSED':
    case 'LISTEN':
    case 'SYN-RECEIVED':
    case 'TIME-WAIT':
      return [0, 0];
    case 'SYN-SENT':
      return [0, tcb.queue.length + 1];
    case 'ESTABLISHED':
    case 'FIN-WAIT-2':
      return [tcb.unread.length, tcb.queue.length];
    case 'FIN-WAIT-1':
      return [tcb.unread.length, tcb.queue.length + 1];
    case 'CLOSE-WAIT':
      return [tcb.unread.length + ending(id, course, last), tcb.queue.length];
    case 'CLOSING':
    case 'LAST-ACK':
      return [tcb.unread.length + ending(id, course, last), tcb.queue.length + 1];
  }
}

// The end of the stream counts until read() has told it.
function ending(socket: number, course: Timeline, last: number): 0 | 1 {
  for (const { step } of course.steps(1, last)) {
    if (step.returns.some((one) => one.socket === socket && one.result.kind === 'eof')) return 0;
  }
  return 1;
}

const ssStates: Readonly<Record<State, string>> = {
  CLOSED: 'UNCONN',
  LISTEN: 'LISTEN',
  'SYN-SENT': 'SYN-SENT',
  'SYN-RECEIVED': 'SYN-RECV',
  ESTABLISHED: 'ESTAB',
  'FIN-WAIT-1': 'FIN-WAIT-1',
  'FIN-WAIT-2': 'FIN-WAIT-2',
  'CLOSE-WAIT': 'CLOSE-WAIT',
  CLOSING: 'CLOSING',
  'LAST-ACK': 'LAST-ACK',
  'TIME-WAIT': 'TIME-WAIT',
};

const netstatStates: Readonly<Record<State, string>> = {
  CLOSED: 'CLOSE',
  LISTEN: 'LISTEN',
  'SYN-SENT': 'SYN_SENT',
  'SYN-RECEIVED': 'SYN_RECV',
  ESTABLISHED: 'ESTABLISHED',
  'FIN-WAIT-1': 'FIN_WAIT1',
  'FIN-WAIT-2': 'FIN_WAIT2',
  'CLOSE-WAIT': 'CLOSE_WAIT',
  CLOSING: 'CLOSING',
  'LAST-ACK': 'LAST_ACK',
  'TIME-WAIT': 'TIME_WAIT',
};
