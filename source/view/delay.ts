// When a delayed segment could land: the choices of the delay prompt, each with its exact time.

import { shownSocket } from '../session/shown.ts';
import { seconds } from '../session/time.ts';
import { backedOff } from '../tcp/rtt.ts';
import { off } from '../tcp/timers.ts';
import type { Flight } from '../world/wire.ts';
import { cell } from './line.ts';
import type { Look } from './look.ts';
import type { Scene } from './scene.ts';

/** One choice. */
export interface Landing {
  readonly label: string;
  /** New landing time in microseconds; null: not before it is released. */
  readonly until: number | null;
}

/** The choices for a segment: by fixed times, by the sender's timeout, and until released. */
export function landings(scene: Scene, flight: Flight, look: Look): readonly Landing[] {
  const { words, ruler } = look;
  const due = Number.isFinite(flight.due) ? flight.due : scene.now;
  const choices: (readonly [string, number | null])[] = [
    ['+10ms', due + 10_000],
    ['+100ms', due + 100_000],
    ['+500ms', due + 500_000],
  ];
  const host = flight.from.host === -1 ? null : scene.world.hosts[flight.from.host];
  const tcb = host === null ? null : (shownSocket(host)?.tcb ?? null);
  if (host !== null && tcb !== null && 'timers' in tcb) {
    choices.push([words.presets.rto, due + backedOff(tcb.rtt, host.profile)]);
    // A little after the timer, so that the repetition is on its way first.
    if (tcb.timers.retransmission !== off && tcb.timers.retransmission + 10_000 > due) {
      choices.push([words.presets.pastRto, tcb.timers.retransmission + 10_000]);
    }
  }
  choices.push([words.presets.release, null]);
  return choices.map(([name, until]) => ({
    label: until === null ? name : `${cell(name, 14, ruler)}${words.lands(`${seconds(until)}s`)}`,
    until,
  }));
}
