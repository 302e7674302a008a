// What a lesson says, and where.
import { describe, expect, it } from 'vitest';
import { captionsAt, indexOfAnchor } from '../../source/session/caption.ts';
import { timelineOf } from '../../source/session/session.ts';
import { courseOf, scenarioOf } from '../support/fixtures.ts';
import { opened, press } from '../support/sessions.ts';

const said = (id: string, profile: string | null = null): readonly (string | null)[] => {
  const course = courseOf(id, profile);
  const { captions } = scenarioOf(id);
  const last = course.reach(course.openingIndex + 30);
  return Array.from({ length: last - course.openingIndex + 1 }, (_, event) => {
    const [first] = captionsAt(course, captions, course.openingIndex + event);
    return first === undefined ? null : first.text.en.slice(0, 22);
  });
};

describe('a caption', () => {
  it('stands at the event that cites its rule', () => {
    expect(said('hs-basic')).toEqual([
      null,
      'The client has its con',
      'The server has heard t',
      'The client knows both ',
      'Only this third segmen',
    ]);
  });

  it('stands at its time, and there at its place', () => {
    const course = courseOf('sim-open');
    const { openingIndex } = course;
    const { captions } = scenarioOf('sim-open');
    expect(captions.map(({ anchor }) => indexOfAnchor(course, anchor))).toEqual([openingIndex + 3, openingIndex + 5]);
    expect(indexOfAnchor(course, { kind: 'time', at: 50_000, place: 2 })).toBe(openingIndex + 4);
    expect(indexOfAnchor(course, { kind: 'time', at: 50_000, place: 3 })).toBeNull();
    expect(indexOfAnchor(course, { kind: 'time', at: 50_001, place: 1 })).toBeNull();
  });

  it('of a rule stands at the event meant among those that cite it', () => {
    const course = courseOf('filtered', 'textbook');
    const at = (nth: number) => {
      const index = indexOfAnchor(course, { kind: 'rule', rule: 'syn-sent.rtx', nth });
      return index === null ? null : course.worldAt(index).now / 1_000_000;
    };
    expect([1, 2, 3, 4, 5, 6, 7].map(at)).toEqual([1, 3, 7, 15, 31, 63, null]);
  });

  it('is the same step under every profile that has it', () => {
    expect(said('hs-basic', 'linux')).toEqual(said('hs-basic', 'textbook'));
  });

  it('is silent once a person has taken the lesson elsewhere, and speaks again on the old way', () => {
    const captionsOf = (...keys: readonly string[]) => {
      const session = press(opened('hs-basic'), ...keys);
      return captionsAt(timelineOf(session), session.captions, session.cursor.index);
    };
    expect(captionsOf('forward')).toHaveLength(1);
    expect(captionsOf('forward', 'drop')).toEqual([]);
    expect(captionsOf('forward', 'drop', 'forward')).toEqual([]);
    expect(captionsOf('forward', 'drop', 'undo')).toHaveLength(1);
  });
});
