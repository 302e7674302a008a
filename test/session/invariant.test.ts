// What must hold of a real TCP holds, and is seen to break where a rule is taken away.
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../source/scenario/read.ts';
import { timeline } from '../../source/scenario/run.ts';
import { start } from '../../source/scenario/scenario.ts';
import { invariants, Watch } from '../../source/session/invariant.ts';
import type { Timeline } from '../../source/session/timeline.ts';
import { courseOf, scenarioIds, scenarioOf } from '../support/fixtures.ts';

const broken = (course: Timeline, until: number | null = null): readonly string[] => {
  const watch = new Watch();
  return [...course.steps(1, 400)]
    .filter(({ step }) => until === null || step.world.now <= until)
    .flatMap(({ step }) =>
      watch.next(step).map(({ host, invariant }) => `${host === 0 ? 'client' : 'server'} ${invariant}`),
    );
};

const brokenIn = (id: string, profile: string): readonly string[] =>
  broken(courseOf(id, profile), scenarioOf(id).until);

const played = (...script: readonly string[]): readonly string[] =>
  broken(timeline(start(readScenario(script.join('\n'), 'x.txt', 'x'), null)));

const connected = ['0 server listen', '0 server accept', '0 client connect', '0.5 server read', '0.5 client read'];

/** Scenarios in which harm is the lesson, and what breaks in them under rfc9293. */
const harm: Readonly<Record<string, readonly string[]>> = {
  'why2-stale-syn': ['server open-by-both', 'server open-by-both', 'server delivered-once'],
  'why2-stale-syn-firewall': ['server open-by-both', 'server open-by-both'],
  'why2-synack-lost': ['server open-by-both'],
  'why2-synack-lost-once': ['server open-by-both'],
  'isn-fixed-harm': ['server stream-equal'],
  'no-tw-lost-ack': ['server clean-close'],
  'no-tw-stale-data': ['server stream-equal'],
};

describe('invariants', () => {
  it.each(scenarioIds.filter((id) => harm[id] === undefined && scenarioOf(id).profiles.includes('rfc9293')))(
    'hold throughout %s',
    (id) => {
      expect(brokenIn(id, 'rfc9293')).toEqual([]);
    },
  );

  it.each(Object.entries(harm))('break in %s', (id, what) => {
    expect(brokenIn(id, 'rfc9293')).toEqual(what);
    expect(brokenIn(id, 'textbook')).toEqual(what);
  });

  it.each([
    ['why2-stale-syn', 'why3-stale-syn'],
    ['isn-fixed-harm', 'isn-clock-safe'],
    ['no-tw-lost-ack', 'last-ack-lost'],
    ['no-tw-stale-data', 'tw-stale-data'],
    ['why2-synack-lost-once', 'synack-lost'],
  ])('hold again where %s has its real rules back, in %s', (id, real) => {
    const [counterfactual, counterpart] = [scenarioOf(id), scenarioOf(real)];
    expect(counterfactual.subject.beside).toContain(real);
    expect(brokenIn(real, 'rfc9293')).toEqual([]);
    expect(counterpart.setting).not.toEqual(counterfactual.setting);
  });

  it.each([
    'why2-stale-syn why3-stale-syn',
    'isn-fixed-harm isn-clock-safe',
    'no-tw-lost-ack last-ack-lost',
    'no-tw-stale-data tw-stale-data',
  ])('are put to the test by the same decisions: %s', (pair) => {
    const [one, other] = pair.split(' ').map((id) => scenarioOf(id).decisions);
    expect(one).toEqual(other);
  });

  it('have a sentence each, in both languages', () => {
    for (const { en, zh } of Object.values(invariants)) {
      expect(en).toMatch(/^[\x20-\x7e]+$/);
      expect(zh).toMatch(/\p{Script=Han}/u);
    }
  });
});

describe('stream-equal', () => {
  it('holds through loss, copies and disorder', () => {
    expect(
      played(
        ...connected,
        '1 drop 30% seed 3 from client for 20s',
        '1 client send 20000',
        '1 server send 3000',
        '1.01 duplicate #5',
      ),
    ).toEqual([]);
  });

  it('breaks where data is read that nobody sent', () => {
    expect(
      played(...connected, '1 forge from client PSH,ACK seq=101 ack=301 text="evil" port 40001 toport 80'),
    ).toEqual(['server stream-equal']);
  });

  it('breaks where data was changed on its way', () => {
    expect(played(...connected, '1 client send "good"', '1 edit #4 text="evil"')).toEqual(['server stream-equal']);
  });

  it('is said once per connection', () => {
    const forged = (seq: number, at: number): string =>
      `${at} forge from client PSH,ACK seq=${seq} ack=301 text="evil" port 40001 toport 80`;
    expect(played(...connected, forged(101, 1), forged(105, 2))).toEqual(['server stream-equal']);
  });
});

describe('clean-close', () => {
  it('is not concerned with an abort before both have closed', () => {
    expect(played(...connected, '1 client close', '2 server abort')).toEqual([]);
  });

  it('is not concerned with an abort in CLOSING either, whose reset answers the repeated FIN', () => {
    const crossed = [...connected, '1 client shutdown', '1 server shutdown', '1.04 drop 100% from client for 1s'];
    expect(played(...crossed, '1.06 client abort')).toEqual([]);
  });

  it('is not concerned with a machine that stopped and started again', () => {
    const crossed = [...connected, '1 client shutdown', '1 server shutdown', '1.04 drop 100% from client for 1s'];
    expect(played(...crossed, '1.06 client crash', '1.07 client boot')).toEqual([]);
  });

  it('breaks again on a later connection of the same ports', () => {
    expect(
      played(
        'set.client: timeWait=0',
        '0 server listen',
        '0 server accept as old',
        '0 client connect from 40001 as first',
        '1 client abort on first',
        '2 server accept as new',
        '2 client connect from 40001 as second',
        '3 client shutdown on second',
        '4 server close on new',
        '4.06 drop #11',
      ),
    ).toEqual(['server clean-close']);
  });

  it('breaks where the last FIN is answered with a reset', () => {
    expect(
      played('set.client: timeWait=0', ...connected, '1 client shutdown', '2 server close', '2.06 drop #7'),
    ).toEqual(['server clean-close']);
  });
});
