// A scenario: what a file in fixtures/scenario/ says, as a value.

import type { Caption } from '../session/caption.ts';
import type { Decision } from '../session/decision.ts';
import type { Start, Subject, Way } from '../session/session.ts';
import type { Setting } from '../session/setting.ts';
import type { Opening } from '../session/timeline.ts';

/** A scenario file as a value. */
export interface Scenario {
  readonly subject: Subject;
  /** Profiles it is meant for; the first is the usual one. Never empty. */
  readonly profiles: readonly string[];
  readonly setting: Setting;
  /** In order of time. */
  readonly decisions: readonly Decision[];
  readonly opening: Opening;
  /** What it says at some of its steps, in the order of the file. */
  readonly captions: readonly Caption[];
  /** A tour has several: its transcript shows their outcomes side by side. */
  readonly ways: readonly Way[];
  /** The transcript goes as far as this time (microseconds); null: until the network is quiet. */
  readonly until: number | null;
  /** Expected transcripts by profile, line by line. */
  readonly expected: ReadonlyMap<string, readonly string[]>;
}

/** A scenario under one profile; null: under its first. */
export function start(scenario: Scenario, profile: string | null): Start {
  return {
    subject: scenario.subject,
    profile: profile ?? scenario.profiles[0] ?? usualProfile,
    setting: scenario.setting,
    decisions: scenario.decisions,
    opening: scenario.opening,
    captions: scenario.captions,
    ways: scenario.ways,
  };
}

/** The profile of a scenario that names none. */
export const usualProfile = 'rfc9293';

/** Minutes for a scenario that does not say how long it takes. */
export const usualMinutes = 2;
