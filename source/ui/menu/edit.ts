// The fields of a segment on its way, each to be changed; the checksum is made right again.

import { completing } from '../../session/dialog.ts';
import { ctlNames } from '../../tcp/segment.ts';
import type { Look } from '../../view/look.ts';
import type { Scene } from '../../view/scene.ts';
import { named } from '../../view/segment-label.ts';
import type { Tamper } from '../../world/event.ts';
import { type Item, type Menu, menu } from './menu.ts';
import { decision } from './segment.ts';

/** The fields of a segment that is on the wire; null where it is not. */
export function editMenu(scene: Scene, look: Look, flight: number, line: number): Menu | null {
  const passage = scene.passages.find((one) => one.flight.id === flight);
  if (passage === undefined || passage.fate !== null) return null;
  const { words } = look;
  const { segment } = passage.flight;
  const { options } = segment;
  const field = (name: string, value: string, ...usual: readonly string[]): Item => ({
    label: `${name}  ${value}`,
    note: `edit #${flight} ${name}=`,
    intents: [{ do: 'open-dialog', dialog: completing(`edit #${flight} ${name}=`, 'value', [value, ...usual]) }],
  });
  const deed = (label: string, tamper: Tamper): Item => decision(scene, look, label, { kind: 'tamper', tamper });
  const flags = ctlNames(segment.ctl).join(',') || 'none';
  const near = (value: number): readonly string[] => [1, -1].map((by) => `${(value + by) >>> 0}`);
  const items: readonly Item[] = [
    {
      label: `flags  ${flags}`,
      note: `edit #${flight} SYN,ACK`,
      intents: [
        {
          do: 'open-dialog',
          dialog: completing(`edit #${flight} `, 'flags', [
            flags,
            'SYN',
            'SYN,ACK',
            'ACK',
            'FIN,ACK',
            'RST',
            'RST,ACK',
            'none',
          ]),
        },
      ],
    },
    field('seq', `${segment.seq}`, ...near(segment.seq)),
    field('ack', `${segment.ack}`, ...near(segment.ack)),
    field('wnd', `${segment.wnd}`, '0', '100'),
    field('len', `${segment.data.length}`, '0', '5'),
    // What it carries is told by its length; a text of one's own is only an offer.
    { ...field('text', '"hello"'), label: 'text ...' },
    field('up', `${segment.up}`),
    field('mss', `${options.mss ?? 'none'}`),
    field('wscale', `${options.wscale ?? 'none'}`),
    field('tsVal', `${options.tsVal ?? 'none'}`),
    field('tsEcr', `${options.tsEcr}`),
    deed(words.menu.corrupt, { do: 'corrupt', flight }),
    deed(words.menu.mark, { do: 'mark', flight }),
    deed(words.menu.refuseSoft, { do: 'refuse', flight, what: 'soft' }),
    deed(words.menu.refuseHard, { do: 'refuse', flight, what: 'hard' }),
    {
      label: words.menu.refuseSize,
      note: `refuse #${flight} mtu `,
      intents: [{ do: 'open-dialog', dialog: completing(`refuse #${flight} mtu `, 'number', ['600', '1400', '68']) }],
    },
  ];
  return menu({
    title: words.editTitle(named(passage.flight, look)),
    items,
    line,
    hint: words.menuHint,
    width: 60,
  });
}
