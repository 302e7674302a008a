// The sockets of both hosts, as ss(8) lists them. Choosing one shows it in the pane of its end.

import type { Host, Socket } from '../../host/host.ts';
import { seconds } from '../../session/time.ts';
import { timerLabels } from '../../session/timer-label.ts';
import { off, timerNames } from '../../tcp/timers.ts';
import { cell, line as row } from '../../view/line.ts';
import type { Look } from '../../view/look.ts';
import type { Scene } from '../../view/scene.ts';
import { type Item, type Menu, menu } from './menu.ts';
import { toolKeys } from './tool.ts';

/** The table of sockets. */
export function socketsMenu(scene: Scene, look: Look, line: number): Menu {
  const { words } = look;
  const items = scene.world.hosts.flatMap((host) =>
    [...host.sockets.values()].map((socket) => itemOf(scene, look, host, socket)),
  );
  const hosts = scene.world.hosts.flatMap((host) => [...host.sockets.values()].map(() => host.index));
  return menu({
    title: words.sockets,
    keys: toolKeys(hosts[Math.max(0, Math.min(line, hosts.length - 1))] ?? 1),
    above: [row(`   ${columns(['', 'State', 'Recv-Q', 'Send-Q', 'Port', 'Peer', 'Name', 'Timer'], look)}`, 'dim')],
    items,
    line,
    hint: words.socketsHint,
    width: 78,
  });
}

const widths = [3, 13, 7, 7, 7, 16, 6, 14] as const;

function columns(texts: readonly string[], look: Look): string {
  return texts.map((text, place) => cell(text, widths[place] ?? 0, look.ruler)).join('');
}

function itemOf(scene: Scene, look: Look, host: Host, socket: Socket): Item {
  const { tcb, listener } = socket;
  const end = (address: string, port: number): string => (port === 0 ? '*' : `${address}:${port}`);
  // ss shows the length of the accept queue and the backlog for a listener.
  const queues =
    listener !== null
      ? [listener.acceptQueue.length, listener.backlog]
      : ['unread' in tcb ? tcb.unread.length : 0, 'queue' in tcb ? tcb.queue.length : 0];
  const shown = scene.sockets[host.index]?.id === socket.id;
  const chosen = scene.session.shown[host.index] === socket.id;
  return {
    label: columns(
      [
        `${host.index === 0 ? 'C' : 'S'}${shown ? '*' : ''}`,
        tcb.state,
        ...queues.map(String),
        `:${socket.localPort}`,
        end(socket.remoteAddress, socket.remotePort),
        socket.name !== '' ? socket.name : socket.descriptor > 0 ? `fd${socket.descriptor}` : '-',
        timerText(scene, socket),
      ],
      look,
    ),
    note: '',
    // The chosen one is let go again: the usual one is shown.
    intents: [
      { do: 'close-dialog' },
      { do: 'show-socket', host: host.index, socket: chosen ? null : socket.id },
      { do: 'focus', pane: host.index === 0 ? 'client' : 'server' },
    ],
  };
}

function timerText(scene: Scene, { tcb }: Socket): string {
  if (!('timers' in tcb)) return '';
  const [first] = timerNames.filter((name) => tcb.timers[name] !== off).sort((a, b) => tcb.timers[a] - tcb.timers[b]);
  return first === undefined ? '' : `${timerLabels[first]} ${seconds(Math.max(0, tcb.timers[first] - scene.now))}s`;
}
