// A segment or a datagram in its IPv4 packet, octet by octet (RFC 791 section 3.1), and what a router says about one
// (RFC 792).

import { addressOctets } from '../tcp/codec.ts';
import type { NetworkNotice } from '../tcp/notice.ts';
import { has, UDP } from '../tcp/segment.ts';
import { internetChecksum, octetsOf } from '../world/octets.ts';
import type { Flight } from '../world/wire.ts';

/** How a network treats a packet for ECN (RFC 3168): not capable, capable, met congestion. */
export type Codepoint = 'not-ect' | 'ect' | 'ce';

const codepoints: Readonly<Record<Codepoint, number>> = { 'not-ect': 0, ect: 2, ce: 3 };

const headerLength = 20;
const tcp = 6;
const udp = 17;
const icmp = 1;

/**
 * The packet of a flight, its checksums right. A corrupt one has one bit changed after the checksum of its segment was
 * made. `identification` is the same for copies of one packet.
 */
export function packetOf(flight: Flight, identification: number, codepoint: Codepoint): Uint8Array {
  const datagram = has(flight.segment, UDP);
  const octets = octetsOf(flight);
  const protocol = datagram ? udp : tcp;
  return ip(octets, { from: flight.from.address, to: flight.to.address, protocol, identification, codepoint });
}

/** Where the routers of the simulated network are (RFC 5737). */
const router = '192.0.2.254';

/** The ICMP message by which a router tells the sender of `packet` what became of it. */
export function noticeOf(packet: Uint8Array, sender: string, what: NetworkNotice): Uint8Array {
  const quoted = packet.subarray(0, headerLength + 8);
  const message = new Uint8Array(8 + quoted.length);
  const view = new DataView(message.buffer);
  // Destination unreachable: host, port, or fragmentation needed (RFC 1191 section 4).
  view.setUint8(0, 3);
  if (what === 'soft') view.setUint8(1, 1);
  else if (what === 'hard') view.setUint8(1, 3);
  else {
    view.setUint8(1, 4);
    view.setUint16(6, what.mtu);
  }
  message.set(quoted, 8);
  view.setUint16(2, internetChecksum(message));
  return ip(message, { from: router, to: sender, protocol: icmp, identification: 0, codepoint: 'not-ect' });
}

interface Envelope {
  readonly from: string;
  readonly to: string;
  readonly protocol: number;
  readonly identification: number;
  readonly codepoint: Codepoint;
}

function ip(payload: Uint8Array, { from, to, protocol, identification, codepoint }: Envelope): Uint8Array {
  const packet = new Uint8Array(headerLength + payload.length);
  const view = new DataView(packet.buffer);
  view.setUint8(0, 0x45);
  view.setUint8(1, codepoints[codepoint]);
  // What a segment made by hand has beyond 65535 octets no packet could carry: as for offloaded ones, no length is given.
  view.setUint16(2, packet.length > 0xffff ? 0 : packet.length);
  view.setUint16(4, identification & 0xffff);
  view.setUint16(6, 0x4000);
  view.setUint8(8, 64);
  view.setUint8(9, protocol);
  packet.set(addressOctets(from), 12);
  packet.set(addressOctets(to), 16);
  view.setUint16(10, internetChecksum(packet.subarray(0, headerLength)));
  packet.set(payload, headerLength);
  return packet;
}
