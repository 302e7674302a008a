// UDP beside TCP, on the same wire (RFC 768): a port, a datagram, nothing else. It is here for comparison: what it does
// not do is the lesson.

import { fromText, pattern } from '../tcp/octets.ts';
import { noOptions } from '../tcp/options.ts';
import { Segment, UDP } from '../tcp/segment.ts';
import { seq } from '../tcp/seq.ts';
import type { Call, CallName, Result } from './call.ts';
import type { Packet, Work } from './work.ts';

/** Takes datagrams on a port; EADDRINUSE where that is done already. */
export function bind(work: Work, port: number): void {
  if (work.host.bound.includes(port)) {
    work.find(0, 'open.port-in-use', 'port', port);
    answer(work, 'bind', { kind: 'error', error: 'EADDRINUSE' });
    return;
  }
  work.host.bound = [...work.host.bound, port];
  work.find(0, 'udp.bound', 'port', port);
  answer(work, 'bind', { kind: 'ok' });
}

/** The most octets of one datagram: 65,535 less the headers of IPv4 and UDP. */
const largest = 65_507;

/** Sends one datagram and forgets it. The first one binds an ephemeral port; EINVAL for more than fits into one. */
export function sendTo(work: Work, call: Extract<Call, { do: 'sendto' }>): void {
  const { host } = work;
  const data = 'text' in call.payload ? fromText(call.payload.text) : pattern(0, call.payload.octets);
  if (data.length > largest) {
    answer(work, 'sendto', { kind: 'error', error: 'EINVAL' });
    return;
  }
  const fromPort = host.bound[0] ?? host.nextPort;
  if (host.bound.length === 0) {
    const [low, high] = host.profile.ports;
    host.bound = [fromPort];
    host.nextPort = fromPort >= high ? low : fromPort + 1;
  }
  const packet: Packet = {
    fromAddress: host.address,
    fromPort,
    toAddress: work.peerAddress,
    toPort: call.port,
    segment: new Segment(seq(0), seq(0), UDP, 0, 0, data, noOptions),
  };
  work.packets.push(packet);
  work.find(0, 'udp.sent', 'from', fromPort, 'to', call.port);
  answer(work, 'sendto', { kind: 'octets', count: data.length });
}

/** A datagram has come: to the application, if one takes it. */
export function receiveDatagram(work: Work, { toPort, segment }: Packet): void {
  if (!work.host.bound.includes(toPort)) {
    work.find(0, 'udp.nobody', 'port', toPort);
    return;
  }
  work.find(0, 'udp.delivered', 'port', toPort, 'octets', segment.data.length);
  work.deliveries.push({ host: work.host.index, socket: 0, octets: segment.data });
}

function answer(work: Work, call: CallName, result: Result): void {
  work.returns.push({ host: work.host.index, socket: 0, name: '', call, result });
}
