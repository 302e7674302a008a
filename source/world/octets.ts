// A segment or a datagram as the octets that it is on the wire, without the packet around it (RFC 9293 section 3.1, RFC 768).

import { addressOctets, encode, optionLimit } from '../tcp/codec.ts';
import { Options, optionLength } from '../tcp/options.ts';
import { has, Segment, UDP } from '../tcp/segment.ts';
import type { Flight } from './wire.ts';

const udp = 17;

/** The octets of a flight, its checksum right. A corrupt one has one bit changed after its checksum was made. */
export function octetsOf(flight: Flight): Uint8Array {
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
  return octets;
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

/** The checksum of IPv4 headers and ICMP messages (RFC 1071), the checksum field itself counting as zero. */
export function internetChecksum(octets: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < octets.length; at += 2) sum += ((octets[at] ?? 0) << 8) + (octets[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
