// A segment in a few cells: what it is called on the wire, in sentences and in lists.

import { ctlNames, notation, type Segment } from '../tcp/segment.ts';
import type { Flight } from '../world/wire.ts';
import type { Look } from './look.ts';

/**
 * What a segment mainly is: `SYN,ACK`, `data 536`, `FIN data 5`. With data, ACK and PSH are left out because nearly
 * every data segment has them.
 */
export function kind(segment: Segment, look: Look): string {
  const names = ctlNames(segment.ctl);
  const octets = segment.data.length;
  if (octets === 0) return names.length === 0 ? '-' : names.join(',');
  const telling = names.filter((name) => name !== 'ACK' && name !== 'PSH');
  return [...telling, look.words.data(octets)].join(' ');
}

/** The same in fewer cells: `1460 B`, `FIN 5 B`. */
export function tight(segment: Segment, look: Look): string {
  const octets = segment.data.length;
  if (octets === 0) return kind(segment, look);
  const telling = ctlNames(segment.ctl).filter((name) => name !== 'ACK' && name !== 'PSH');
  return [...telling, `${octets} B`].join(' ');
}

/** `#3`; extra copies are named after their original: `#1'`, `#1''`, and from the third on `#1'3`. */
export function idOf(flight: Flight): string {
  if (flight.copyOf === 0) return `#${flight.id}`;
  return `#${flight.copyOf}${flight.copy <= 2 ? "'".repeat(Math.max(1, flight.copy)) : `'${flight.copy}`}`;
}

/** `#3 SYN,ACK` */
export function named(flight: Flight, look: Look): string {
  return `${idOf(flight)} ${kind(flight.segment, look)}`;
}

/** The whole segment in one line of ASCII, to be copied: `#2 10.0.0.2:80 > 10.0.0.1:40001 <SEQ=300><ACK=101><CTL=SYN,ACK>`. */
export function copyable(flight: Flight): string {
  const end = ({ address, port }: Flight['from']): string => `${address}:${port}`;
  return `${idOf(flight)} ${end(flight.from)} > ${end(flight.to)} ${notation(flight.segment)}`;
}
