// Whoever presses G in a lesson comes to its end, and sees there what it has led to.
import { describe, expect, it } from 'vitest';
import { sceneOf } from '../../source/view/scene.ts';
import { scenarioIds, scenarioOf } from '../support/fixtures.ts';
import { opened, press } from '../support/sessions.ts';

const lessons = scenarioIds.flatMap((id) => scenarioOf(id).profiles.map((profile) => [id, profile] as const));

describe('a lesson', () => {
  it.each(lessons)('%s under %s comes to rest', (id, profile) => {
    const end = press(opened(id, profile), 'end');
    expect(end.notice).toEqual({ kind: 'quiet' });
  });

  it.each([
    ['why2-stale-syn', 'delivered-once'],
    ['isn-fixed-harm', 'stream-equal'],
    ['no-tw-lost-ack', 'clean-close'],
    ['no-tw-stale-data', 'stream-equal'],
  ])('without a rule, %s, has at its end broken %s', (id, invariant) => {
    const wounds = sceneOf(press(opened(id), 'end')).wounds ?? [];
    expect(wounds.map((wound) => wound.invariant)).toContain(invariant);
  });

  it.each(['why3-stale-syn', 'isn-clock-safe', 'last-ack-lost', 'tw-stale-data'])(
    'with the rule, %s, nothing is broken',
    (id) => {
      expect(sceneOf(press(opened(id), 'end')).wounds).toEqual([]);
    },
  );
});
