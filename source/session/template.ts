// Segments that nobody sent, made to fit a connection they are to meet: one forged segment per template.

import { distance } from '../tcp/seq.ts';
import type { Tcb } from '../tcp/tcb.ts';
import type { SegmentFields, Tamper } from '../world/event.ts';

/** A segment made by hand. */
export type Forged = Extract<Tamper, { do: 'forge' }>;

/** The templates in the order in which they are offered. */
export const templates = [
  'rst-exact',
  'rst-in-window',
  'rst-outside',
  'syn-in-window',
  'stale-syn',
  'stale-data',
  'data',
  'bare-fin',
  'fin',
  'ack-unsent',
  'spoofed-syn',
] as const;

/** A kind of forged segment by its name. */
export type Template = (typeof templates)[number];

/** Octets behind RCV.NXT at which a segment is still inside nearly every window. */
const inside = 10;
/** Octets that a stale segment lies behind. */
const behind = 10;

/** The segment of a template for one end and its connection; null: it has none. */
export function forged(template: Template, to: 0 | 1, tcb: Tcb | null): Forged {
  const { nxt, wnd, irs } =
    tcb !== null && 'rcv' in tcb ? tcb.rcv : ({ nxt: 0, wnd: 0, irs: 100 } satisfies Record<string, number>);
  const ack: number = tcb !== null && 'snd' in tcb ? tcb.snd.nxt : 0;
  const flying = tcb !== null && 'snd' in tcb ? distance(tcb.snd.nxt, tcb.snd.una) : 0;
  const at = (number: number, by: number): number => (number + by) >>> 0;
  const make = (fields: SegmentFields, from: Forged['from'] = to === 0 ? 'server' : 'client'): Forged => ({
    do: 'forge',
    from,
    to: to === 0 ? 'client' : 'server',
    address: null,
    port: null,
    toPort: null,
    fields,
    at: null,
  });
  const within = at(nxt, Math.min(inside, Math.max(1, wnd - 1)));
  switch (template) {
    case 'rst-exact':
      return make({ ctl: ['RST'], seq: nxt });
    case 'rst-in-window':
      return make({ ctl: ['RST'], seq: within });
    case 'rst-outside':
      return make({ ctl: ['RST'], seq: at(nxt, -1) });
    case 'syn-in-window':
      return make({ ctl: ['SYN'], seq: within });
    case 'stale-syn':
      return make({ ctl: ['SYN'], seq: at(irs, -behind) });
    case 'stale-data':
      return make({ ctl: ['ACK'], seq: at(nxt, -behind), ack, len: behind });
    case 'data':
      return make({ ctl: ['ACK'], seq: nxt, ack, len: 5 });
    case 'bare-fin':
      return make({ ctl: ['FIN'], seq: nxt });
    case 'fin':
      return make({ ctl: ['FIN', 'ACK'], seq: nxt, ack });
    case 'ack-unsent':
      return make({ ctl: ['ACK'], seq: nxt, ack: at(ack, flying + 100) });
    case 'spoofed-syn':
      return make({ ctl: ['SYN'], seq: 500 }, 'third');
  }
}
