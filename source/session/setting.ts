// The circumstances of a scenario: addresses, delays, initial sequence numbers, values that differ from the profile.

import type { CitedProfile, Profile } from '../tcp/profile.ts';
import { linux } from '../tcp/profiles/linux.ts';
import { rfc9293 } from '../tcp/profiles/rfc9293.ts';
import { textbook } from '../tcp/profiles/textbook.ts';
import { type World, world } from '../world/world.ts';

/** Every profile, by name, in the order in which they are offered. */
export const profiles: ReadonlyMap<string, CitedProfile> = new Map(
  [textbook, rfc9293, linux].map((profile) => [profile.name, profile]),
);

/** What a scenario lays down about one host. */
export interface EndSetting {
  readonly address: string;
  /** First ephemeral port; null: the profile's. */
  readonly port: number | null;
  /** Initial sequence numbers, used up in order before the profile's rule applies. */
  readonly iss: readonly number[];
  /** Values that differ from the profile on this host only. */
  readonly values: Partial<Profile>;
}

/** What a scenario lays down before anything happens. */
export interface Setting {
  readonly seed: number;
  /** One-way delays in microseconds, client to server and back. */
  readonly delay: readonly [number, number];
  readonly ends: readonly [EndSetting, EndSetting];
  /** Values that differ from the profile on both hosts. */
  readonly values: Partial<Profile>;
}

/** The circumstances of a scenario that says nothing of them: those of RFC 9293's figures, and 50 ms each way. */
export const usualSetting: Setting = {
  seed: 1,
  delay: [50_000, 50_000],
  ends: [
    { address: '10.0.0.1', port: 40_001, iss: [100], values: {} },
    { address: '10.0.0.2', port: null, iss: [300], values: {} },
  ],
  values: {},
};

/** The world of a setting under a profile, at time 0. Throws RangeError for a profile that does not exist. */
export function worldBefore(setting: Setting, profile: string): World {
  const cited = profiles.get(profile);
  if (cited === undefined) throw new RangeError(`no profile ${profile}`);
  const [client, server] = setting.ends;
  return world({
    profile: { ...cited.values, ...setting.values },
    seed: setting.seed,
    delay: setting.delay,
    iss: [client.iss, server.iss],
    addresses: [client.address, server.address],
    ports: [client.port, server.port],
    overrides: [client.values, server.values],
  });
}
