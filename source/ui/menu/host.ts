// What an application or an operator can do at one end.

import type { Call } from '../../host/call.ts';
import { completing, type Wanted } from '../../session/dialog.ts';
import type { Intent } from '../../session/intent.ts';
import { usual } from '../../session/print.ts';
import type { Look } from '../../view/look.ts';
import type { Scene } from '../../view/scene.ts';
import type { Action } from '../../world/event.ts';
import { type Item, type Menu, menu } from './menu.ts';
import { decision } from './segment.ts';

/** The menu of one end. */
export function hostMenu(scene: Scene, look: Look, host: 0 | 1, line: number): Menu {
  const { words } = look;
  const texts = words.hostMenu;
  const who = host === 0 ? 'client' : 'server';
  const machine = scene.world.hosts[host];
  const on = nameOf(scene, host);
  const act = (label: string, action: Action): Item => decision(scene, look, label, action);
  const call = (label: string, made: Call): Item => act(label, { kind: 'call', host, call: made });
  const ask = (label: string, lead: string, what: Wanted, usual: readonly string[], tail = ''): Item => ({
    label,
    note: lead.trimEnd(),
    intents: [{ do: 'open-dialog', dialog: completing(lead, what, usual, tail) }],
  });
  const connect = {
    do: 'connect',
    port: null,
    from: null,
    to: null,
    iss: null,
    options: {},
    payload: null,
    as: null,
  } as const;
  const listen = { do: 'listen', port: usual.port, backlog: usual.backlog, options: {}, as: null } as const;
  const running = machine.running;
  const off = words.offBecause(words.refusal['host-down']);
  const whenUp = (item: Item): Item => (running ? item : { ...item, note: off, intents: null });
  const behind = on === null ? '' : ` on ${on}`;
  const items: readonly Item[] = [
    call(texts.connect, connect),
    call(texts.second, { ...connect, as: freeNameOf(scene, host) }),
    call(texts.listen, listen),
    whenUp(ask(texts.backlog, `${who} listen backlog `, 'number', ['1', '2', '0', '128'])),
    call(texts.accept, { do: 'accept', on: null, as: null }),
    whenUp(ask(texts.send, `${who} send `, 'octets', sizes, behind)),
    whenUp(ask(texts.receive, `${who} recv `, 'octets', sizes, behind)),
    call(texts.read, { do: 'read', on }),
    call(texts.shutdown, { do: 'shutdown', on, how: 'WR' }),
    call(texts.close, { do: 'close', on }),
    call(texts.abort, { do: 'abort', on }),
    whenUp({
      label: texts.options,
      note: `${who} set`,
      intents: [{ do: 'open-dialog', dialog: { kind: 'options', host, line: 0 } }],
    }),
    whenUp(ask(texts.tune, `${who} tune `, 'setting', settings)),
    call(texts.kill, { do: 'kill' }),
    running ? call(texts.crash, { do: 'crash' }) : call(texts.boot, { do: 'boot' }),
    scene.world.wire.cut
      ? act(texts.mend, { kind: 'tamper', tamper: { do: 'mend' } })
      : act(texts.cut, { kind: 'tamper', tamper: { do: 'cut' } }),
  ];
  const other: Intent = { do: 'open-dialog', dialog: { kind: 'host', host: host === 0 ? 1 : 0, line } };
  return menu({
    title: words.hostTitle(words.party[who]),
    items,
    line,
    keys: new Map([
      ['tab', [other]],
      ['left', [other]],
      ['right', [other]],
    ]),
    hint: words.hostHint,
    width: 66,
  });
}

// A small piece, a full segment, more than the initial window.
const sizes: readonly string[] = ['5', '100', '1460', '10000'];

const settings: readonly string[] = [
  'synCookies=2',
  'delayedAck=off',
  'timeWait=60s',
  'sack=off',
  'receiveBuffer=1000',
];

// How calls name the shown connection, where they would mean another one without a name; null: they need none.
function nameOf(scene: Scene, host: 0 | 1): string | null {
  const shown = scene.sockets[host];
  if (shown === null || shown.descriptor === 0 || shown.listener !== null) return null;
  const held = [...scene.world.hosts[host].sockets.values()].filter(
    (socket) => socket.descriptor > 0 && socket.listener === null,
  );
  const latest = held.reduce((best, socket) => Math.max(best, socket.descriptor), 0);
  if (shown.descriptor === latest) return null;
  return shown.name === '' ? `fd${shown.descriptor}` : shown.name;
}

// A name for one more socket: b, c, d ...
function freeNameOf(scene: Scene, host: 0 | 1): string {
  const names = new Set([...scene.world.hosts[host].sockets.values()].map((socket) => socket.name));
  const letter = [...'bcdefghijklmnopqrstuvwxyz'].find((one) => !names.has(one));
  return letter ?? `s${scene.world.hosts[host].nextSocket}`;
}
