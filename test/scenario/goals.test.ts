// Challenges can be met, and only by doing something.
import { describe, expect, it } from 'vitest';
import { goals, goalsReached, reachedBy } from '../../source/scenario/goals.ts';
import { isChinese } from '../../source/scenario/questions.ts';
import { type Session, timelineOf } from '../../source/session/session.ts';
import { scenarioIds } from '../support/fixtures.ts';
import { opened, press } from '../support/sessions.ts';

const to = (seconds: number) => ({ do: 'go-to-time', time: seconds * 1_000_000 }) as const;

/** One way to meet each challenge, from the opening of its scenario. */
const ways: Readonly<Record<string, readonly (string | ReturnType<typeof to>)[]>> = {
  'close-wait': [to(1), 'client shutdown', to(2)],
  'half-open': [to(1), 'server crash'],
  'both-time-wait': [to(1), 'client close', 'server close', to(2)],
  'server-time-wait': [to(1), 'server close', to(2), 'client close', to(3)],
  'no-listener': ['server connect 40001 from 80', to(1)],
  'timed-out': ['forward', 'cut', 'end'],
  'three-segments': ['server tune finAck=delayed', to(2)],
  'accept-queue': [
    'server listen 81 backlog 1',
    ...['client connect 81 from 40011', 'client connect 81 from 40012', to(0.4), 'client connect 81 from 40013'],
    to(0.5),
  ],
  'syn-queue': [
    'server listen 81 backlog 0',
    'forge from third SYN seq=1 toport 81 port 1024',
    'forge from third SYN seq=1 toport 81 port 1025',
    to(1),
  ],
  'zero-window': ['client send 70000', to(1.9)],
  assassin: [to(2.5), 'forge from server RST seq=302 port 80 toport 40001', to(3)],
  corrupt: [to(1), 'server read', 'forge from client PSH,ACK seq=101 ack=301 text="evil" port 40001 toport 80', to(2)],
};

const reached = (session: Session): readonly string[] =>
  goalsReached(timelineOf(session), session.cursor.index).map(({ id }) => id);

describe('a challenge', () => {
  it.each(goals.map((goal) => [goal.id, goal] as const))(
    '%s is told in both languages and begins in a scenario',
    (_, goal) => {
      expect(scenarioIds).toContain(goal.scenario);
      for (const text of [goal.title, goal.text]) {
        expect(text.en).toMatch(/^[\x20-\x7e]+$/);
        expect(isChinese(text.zh)).toBe(true);
      }
    },
  );

  it.each(goals.map((goal) => [goal.id, goal] as const))('%s is not met by watching', (id, goal) => {
    const course = timelineOf(opened(goal.scenario));
    const last = course.reach(200);
    for (let index = course.openingIndex; index <= last; index++) expect(goal.reached(course, index), id).toBe(false);
  });

  it.each(goals.map(({ id, scenario }) => [id, scenario] as const))('%s can be met from %s', (id, scenario) => {
    const way = ways[id];
    if (way === undefined) throw new Error(`no way to ${id}`);
    expect(reached(press(opened(scenario), ...way))).toContain(id);
  });

  it('comes in a list without doubles', () => {
    expect(new Set(goals.map(({ id }) => id)).size).toBe(goals.length);
    expect(Object.keys(ways).toSorted()).toEqual(goals.map(({ id }) => id).toSorted());
  });
});

it('what was reached stays reached, from the very step on at which it happened', () => {
  const goal = goals.find(({ id }) => id === 'both-time-wait');
  if (goal === undefined) throw new Error('no such goal');
  const course = timelineOf(opened('sim-close'));
  const last = course.reach(course.openingIndex + 60);
  const at = reachedBy(goal, course, last);
  expect(at).not.toBeNull();
  // Both are CLOSED in the end, and it counts all the same.
  expect(goal.reached(course, last)).toBe(false);
  expect(goal.reached(course, at ?? 0)).toBe(true);
  expect(reachedBy(goal, course, (at ?? 0) - 1)).toBeNull();
});
