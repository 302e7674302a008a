// Two hosts, a wire and a clock. A world is a value: a step makes the next one.

import { type Host, host } from '../host/host.ts';
import type { Profile } from '../tcp/profile.ts';
import { Wire } from './wire.ts';

/** The whole simulated world at one moment. */
export class World {
  /** Virtual time in microseconds since the start. */
  now: number;
  /** Seed of everything that looks random. */
  seed: number;
  /** Client and server. */
  hosts: readonly [Host, Host];
  wire: Wire;
  /** Id of the next segment to be sent. */
  nextFlight: number;
  /** Events so far. */
  events: number;

  constructor(from: Readonly<World>) {
    this.now = from.now;
    this.seed = from.seed;
    this.hosts = from.hosts;
    this.wire = from.wire;
    this.nextFlight = from.nextFlight;
    this.events = from.events;
  }
}

/** What a world starts from. */
export interface Beginning {
  readonly profile: Profile;
  readonly seed: number;
  /** One-way delays in microseconds, client to server and back. */
  readonly delay: readonly [number, number];
  /** Initial sequence numbers of client and server, used up in order before the profile's rule applies. */
  readonly iss: readonly [readonly number[], readonly number[]];
  readonly addresses: readonly [string, string];
  /** First ephemeral port of each host; null: the profile's. */
  readonly ports: readonly [number | null, number | null];
  /** Values of the profile that differ on one host. */
  readonly overrides: readonly [Partial<Profile>, Partial<Profile>];
}

/** A world at time 0 in which nothing has happened. */
export function world(beginning: Beginning): World {
  const hosts = ([0, 1] as const).map((index) => {
    const profile = withFirstPort({ ...beginning.profile, ...beginning.overrides[index] }, beginning.ports[index]);
    const made = host(index, beginning.addresses[index], profile, (beginning.seed + 0x9e3779b9 * (index + 1)) >>> 0);
    made.issQueue = beginning.iss[index];
    made.nextPort = beginning.ports[index] ?? made.nextPort;
    return made;
  });
  const wire = new Wire();
  wire.delay = beginning.delay;
  wire.lifetime = beginning.profile.msl;
  const [client, server] = hosts;
  if (client === undefined || server === undefined) throw new Error('a world has two hosts');
  return new World({ now: 0, seed: beginning.seed, hosts: [client, server], wire, nextFlight: 1, events: 0 });
}

// A scenario that names the first port moves the range there, as large as it was.
function withFirstPort(profile: Profile, port: number | null): Profile {
  if (port === null) return profile;
  const [low, high] = profile.ports;
  return { ...profile, ports: [port, Math.min(port + high - low, 0xffff)] };
}
