// The options of a socket with their present values; what is on or off is switched, other values are asked for.

import { completing } from '../../session/dialog.ts';
import { optionNotation } from '../../session/value.ts';
import { defaultOptions, type SocketOptions } from '../../tcp/socket.ts';
import type { Look } from '../../view/look.ts';
import type { Scene } from '../../view/scene.ts';
import { type Menu, menu } from './menu.ts';
import { decision } from './segment.ts';

/** The options of the shown socket of one end. */
export function optionsMenu(scene: Scene, look: Look, host: 0 | 1, line: number): Menu {
  const { words } = look;
  const who = host === 0 ? 'client' : 'server';
  const options = scene.sockets[host]?.options ?? defaultOptions;
  return menu({
    title: words.optionsTitle(words.party[who]),
    items: names.map((name) => {
      const value = options[name];
      const label = `${name}  ${printed(options, name)}`;
      if (typeof value === 'boolean') {
        const call = { do: 'set', on: null, options: { [name]: !value } } as const;
        return decision(scene, look, label, { kind: 'call', host, call });
      }
      const lead = `${who} set ${name}=`;
      const usual = [...new Set([printed(options, name), ...examples[name], ...optionNotation[name].words])];
      return { label, note: lead, intents: [{ do: 'open-dialog', dialog: completing(lead, 'value', usual) }] };
    }),
    line,
    hint: words.menuHint,
    width: 62,
  });
}

const names = Object.keys(defaultOptions).filter((name): name is keyof SocketOptions =>
  Object.hasOwn(optionNotation, name),
);

// Values that show something soon.
const examples: { readonly [Name in keyof SocketOptions]: readonly string[] } = {
  nodelay: [],
  cork: [],
  quickAck: [],
  keepalive: [],
  keepaliveIdle: ['10s', '2h'],
  keepaliveInterval: ['1s', '75s'],
  keepaliveProbes: ['3', '9'],
  userTimeout: ['5s', '30s'],
  linger: ['0', '5'],
  linger2: ['1s', '60s'],
  receiveBuffer: ['1000', '65535'],
  sendBuffer: ['1000', '16384'],
  maxSegment: ['536', '1460'],
  reuseAddress: [],
  deferAccept: ['1s', '5s'],
  urgentInline: [],
  synRetries: ['1', '6'],
  congestion: [],
};

function printed<Name extends keyof SocketOptions>(options: SocketOptions, name: Name): string {
  return optionNotation[name].print(options[name]);
}
