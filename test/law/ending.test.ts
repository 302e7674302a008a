// Whatever happened before: once the applications are gone, both hosts forget everything in the end.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../source/session/decision.ts';
import { usualSetting, worldBefore } from '../../source/session/setting.ts';
import { Timeline } from '../../source/session/timeline.ts';
import { enough, many, profileNames, schedules } from './law.ts';

/** Two days: longer than any timer, and than all of them one after the other. */
const latest = 2 * 86_400 * 1_000_000;

/** Steps: what thousands of repetitions and probes need, and an endless exchange of ACKs would pass at once. */
const most = 20_000;

// A segment made by hand may set off an exchange of ACKs that nothing ends (RFC 1337 section 2, hazard 2); a profile
// changed by hand may have no limits; the RFC lets FIN-WAIT-2 last for ever, so a limit stands in the schedule.
const harmless = ({ action }: Decision): boolean =>
  action.kind === 'call'
    ? action.call.do !== 'tune'
    : action.tamper.do !== 'forge' && action.tamper.do !== 'edit' && action.tamper.do !== 'rule';

const at = (time: number, action: Decision['action']): Decision => ({
  at: time,
  after: null,
  action,
  by: 'scenario',
  off: false,
});

// From the beginning on, since a connection keeps the limit with which it came into FIN-WAIT-2.
const limits: readonly Decision[] = ([0, 1] as const).map((host) =>
  at(0, { kind: 'call', host, call: { do: 'tune', values: { finWait2: 60_000_000 } } }),
);

const theEnd = (time: number): readonly Decision[] => [
  at(time, { kind: 'tamper', tamper: { do: 'mend' } }),
  ...([0, 1] as const).flatMap((host) => [
    at(time, { kind: 'call', host, call: { do: 'boot' } }),
    at(time + 1, { kind: 'call', host, call: { do: 'kill' } }),
  ]),
];

describe.each(profileNames)('in profile %s', { timeout: enough }, (profile) => {
  it('every connection ends or times out: nothing goes on for ever', () => {
    fc.assert(
      fc.property(schedules(profile, harmless), ({ decisions }) => {
        const last = decisions.at(-1)?.at ?? 0;
        const course = new Timeline(worldBefore(usualSetting, profile), [
          ...limits,
          ...decisions,
          ...theEnd(last + 1_000_000),
        ]);
        const steps = course.reach(most);
        expect(steps, 'steps').toBeLessThan(most);
        const world = course.worldAt(steps);
        expect(world.now).toBeLessThan(latest);
        expect(
          [...world.hosts[0].sockets.values(), ...world.hosts[1].sockets.values()].map(({ tcb }) => tcb.state),
        ).toEqual([]);
      }),
      many(300),
    );
  });
});
