// The initial sequence number (RFC 9293 section 3.4.1).

import { type Seq, seq } from '../tcp/seq.ts';
import { hash } from './hash.ts';
import type { Work } from './work.ts';

/** ISS = M + F(addresses, ports, secret): the next one the scenario set, or by the host's rule. */
export function chooseIss(
  work: Work,
  local: { address: string; port: number },
  remote: { address: string; port: number },
): Seq {
  const { host } = work;
  const [set, ...rest] = host.issQueue;
  if (set !== undefined) {
    host.issQueue = rest;
    work.find(0, 'isn.given', 'ISS', set >>> 0);
    return seq(set);
  }
  const { isn, isnTick } = host.profile;
  const clock = isn === 'fixed' ? 0 : Math.floor((work.now * 1_000) / isnTick) % 0x1_0000_0000;
  const offset =
    isn === 'clock-and-hash' ? hash(host.secret, local.address, local.port, remote.address, remote.port) : 0;
  const iss = seq(clock + offset);
  work.find(0, 'isn.select', 'clock', clock, 'ISS', iss);
  return iss;
}

/** What a connection adds to the clock in its timestamps, so that they do not tell the time since boot. */
export function timestampOffset(
  work: Work,
  local: { address: string; port: number },
  remote: { address: string; port: number },
): number {
  return hash(work.host.secret ^ 0x5bd1e995, local.address, local.port, remote.address, remote.port) >>> 1;
}
