// Whatever is decided: the same decisions make the same history, back and forward again is the same world,
// and the list can be written down and read again.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transcript } from '../../source/export/transcript.ts';
import { printScenario } from '../../source/scenario/print.ts';
import { readScenario } from '../../source/scenario/read.ts';
import type { Scenario } from '../../source/scenario/scenario.ts';
import { usualSetting, worldBefore } from '../../source/session/setting.ts';
import { Timeline } from '../../source/session/timeline.ts';
import { decisions } from '../support/arbitrary.ts';
import { expectSame } from '../support/same.ts';
import { courseOf, enough, hold, many, patience, profileNames, schedules, stepsOf } from './law.ts';

describe.each(profileNames)('in profile %s', { timeout: enough }, (profile) => {
  it('two runs of the same decisions are equal, frozen or not', () => {
    fc.assert(
      fc.property(schedules(profile), (schedule) => {
        const once = courseOf(schedule);
        const again = new Timeline(worldBefore(usualSetting, profile), schedule.decisions);
        again.reach(patience);
        expectSame(stepsOf(again), stepsOf(once));
      }),
      many(200),
    );
  });

  it('back and forward again is the same world, wherever one goes', () => {
    fc.assert(
      fc.property(schedules(profile), fc.array(fc.nat(patience), { maxLength: 10 }), (schedule, places) => {
        const straight = courseOf(schedule);
        const wandering = new Timeline(worldBefore(usualSetting, profile), schedule.decisions);
        for (const place of places) {
          const index = Math.min(place, straight.reached);
          expectSame(wandering.worldAt(index), straight.worldAt(index));
        }
      }),
      many(200),
    );
  });

  it('a fork at any point is the course that has those decisions from the beginning', () => {
    fc.assert(
      fc.property(schedules(profile), decisions(4), fc.nat(60), (schedule, more, place) => {
        const course = courseOf(schedule);
        const index = course.reach(place);
        const position = course.positionAt(index);
        const { now } = course.worldAt(index);
        const count = course.countAt(index);
        const added = more.map((decision) => ({
          ...decision,
          at: now + decision.at,
          after: decision.at === 0 ? count : decision.after,
        }));
        const list = [...schedule.decisions.slice(0, position), ...added];
        const fork = course.fork(list, index);
        const fresh = new Timeline(worldBefore(usualSetting, profile), list);
        // Nothing added may come before the point: its time is that of the point, its place behind what has happened.
        if (fresh.positionAt(index) !== fork.positionAt(index)) return;
        fork.reach(patience);
        expectSame(stepsOf(fork), [...fresh.steps(1, Math.min(patience, fork.reached))]);
      }),
      many(200),
    );
  });

  it('the transcript can be printed, without control characters', () => {
    hold(
      schedules(profile),
      (course) => {
        for (const line of transcript(course, 20_000_000)) expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      },
      100,
    );
  });
});

it('a list of decisions written as a scenario is read as the same scenario', () => {
  fc.assert(
    // A file without any decision is refused: nothing would happen in it.
    fc.property(
      decisions(20).filter(({ length }) => length > 0),
      fc.nat(20),
      (list, place) => {
        const position = Math.min(place, list.length);
        const scenario: Scenario = {
          subject: {
            id: 'x',
            title: { en: 'X', zh: '甲' },
            about: { en: 'a', zh: 'b' },
            group: 'own',
            lesson: 13.1,
            cites: ['RFC 9293 §3.5'],
            minutes: 3,
            beside: ['hs-basic'],
          },
          profiles: ['linux', 'rfc9293'],
          setting: { ...usualSetting, seed: 7, delay: [50_000, 40_000], values: { timeWait: 0, sack: false } },
          decisions: list,
          opening: { position, at: list[position]?.at ?? list.at(-1)?.at ?? 0 },
          captions: [
            { anchor: { kind: 'time', at: 50_000, place: 2 }, text: { en: 'a "b', zh: '甲' } },
            { anchor: { kind: 'rule', rule: 'rto.fire', nth: 1 }, text: { en: 'c', zh: 'c' } },
          ],
          ways: [{ name: 'other', title: { en: 'Other', zh: '另' }, decisions: [] }],
          until: 130_000_000,
          expected: new Map([['linux', ['0.000 client CLOSED, server CLOSED', '  indented']]]),
        };
        expect(readScenario(printScenario(scenario), 'x.txt', 'x')).toEqual(scenario);
      },
    ),
    many(500),
  );
});
