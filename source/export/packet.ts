// A segment or a datagram in its IPv4 packet, octet by octet (RFC 791 section 3.1), and what a router says about one
// (RFC 792).

import { addressOctets, encode, optionLimit } from '../tcp/codec.ts';
import type { NetworkNotice } from '../tcp/notice.ts';
import { Options, optionLength } from '../tcp/options.ts';
import { has, Segment, UDP } from '../tcp/segment.ts';
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
  const ends = {
    fromAddress: flight.from.address,
    fromPort: flight.from.port,
    toAddress: flight.to.address,
    toPort: flight.to.port,
  };
  const datagram = has(flight.segment, UDP);
  const octets = datagram ? encodeDatagram(flight) : encode(withinLimit(flight.segment), ends);
  const field = datagram ? datagramChecksum : urgentPointer;
  if (flight.corrupt) spoil(octets, flight.segment.data.length > 0 ? octets.length - 1 : field + 1);
  const protocol = datagram ? udp : tcp;
  return ip(octets, { from: flight.from.address, to: flight.to.address, protocol, identification, codepoint });
}

// What is spoilt where there is no data: a field that means nothing without URG.
const urgentPointer = 18;
const datagramChecksum = 6;

// RFC 768: ports, length, and a checksum over a pseudo header as TCP has it.
function encodeDatagram({ from, to, segment }: Flight): Uint8Array {
  const octets = new Uint8Array(8 + segment.data.length);
  const view = new DataView(octets.buffer);
  view.setUint16(0, from.port);
  view.setUint16(2, to.port);
  view.setUint16(4, octets.length);
  octets.set(segment.data.bytes(), 8);
  const pseudo = [
    ...addressOctets(from.address),
    ...addressOctets(to.address),
    0,
    udp,
    octets.length >> 8,
    octets.length & 0xff,
  ];
  // 0 would say that there is none.
  view.setUint16(datagramChecksum, internetChecksum(Uint8Array.from([...pseudo, ...octets])) || 0xffff);
  return octets;
}

function spoil(octets: Uint8Array, at: number): void {
  octets[at] = (octets[at] ?? 0) ^ 1;
}

// Options put into a segment by hand may be more than a header can hold: SACK blocks give way first.
function withinLimit(segment: Segment): Segment {
  let { options } = segment;
  while (optionLength(options) > optionLimit) {
    const { mss, wscale, sackPermitted, tsVal, tsEcr, sack, unknown } = options;
    if (sack.length === 0 && unknown.length === 0) throw new RangeError('the known options fit into a header');
    const fewer = sack.length === 0 ? unknown.slice(0, -1) : unknown;
    options = new Options(mss, wscale, sackPermitted, tsVal, tsEcr, sack.slice(0, -1), fewer);
  }
  if (options === segment.options) return segment;
  const { seq, ack, ctl, wnd, up, data } = segment;
  return new Segment(seq, ack, ctl, wnd, up, data, options);
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

/** The checksum of IPv4 headers and ICMP messages (RFC 1071), the checksum field itself counting as zero. */
export function internetChecksum(octets: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < octets.length; at += 2) sum += ((octets[at] ?? 0) << 8) + (octets[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
