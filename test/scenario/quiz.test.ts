// The next step asked before it is shown.
import { describe, expect, it } from 'vitest';
import { isChinese } from '../../source/scenario/questions.ts';
import { drill, type Quiz, quizAt } from '../../source/scenario/quiz.ts';
import { shownStates } from '../../source/session/shown.ts';
import type { Timeline } from '../../source/session/timeline.ts';
import { ctlNames } from '../../source/tcp/segment.ts';
import { courseOf, scenarioIds, scenarioOf } from '../support/fixtures.ts';
import { handbook } from '../support/handbook.ts';

/** Every question that a scenario asks on its way, from its opening on. */
const asked = (id: string, profile: string | null = null): readonly (readonly [Timeline, Quiz])[] => {
  const course = courseOf(id, profile);
  const last = Math.min(course.reach(course.openingIndex + 60), course.openingIndex + 60);
  return Array.from({ length: last - course.openingIndex }, (_, at) =>
    quizAt(course, course.openingIndex + at),
  ).flatMap((quiz) => (quiz === null ? [] : [[course, quiz] as const]));
};

const right = ({ choices, right: place }: Quiz): string => choices[place]?.en ?? '';

const everything = scenarioIds.filter((id) => scenarioOf(id).ways.length === 0).flatMap((id) => asked(id));

describe('a question about the next step', () => {
  it('has two to four different choices and exactly one right one, in both languages', () => {
    expect(everything.length).toBeGreaterThan(300);
    for (const [, quiz] of everything) {
      const { choices, question } = quiz;
      expect(choices.length).toBeGreaterThanOrEqual(2);
      expect(choices.length).toBeLessThanOrEqual(4);
      expect(new Set(choices.map(({ en }) => en)).size).toBe(choices.length);
      expect(new Set(choices.map(({ zh }) => zh)).size).toBe(choices.length);
      expect(quiz.right).toBeGreaterThanOrEqual(0);
      expect(quiz.right).toBeLessThan(choices.length);
      expect(question.en).toMatch(/^[\x20-\x7e]+$/);
      expect(isChinese(question.zh)).toBe(true);
    }
  });

  it('is of every kind somewhere', () => {
    expect(new Set(everything.map(([, { kind }]) => kind))).toEqual(
      new Set(['state', 'segment', 'who', 'application']),
    );
  });

  it('asks for what really comes', () => {
    for (const [course, quiz] of everything) {
      const step = course.stepAt(quiz.index);
      if (step === null) throw new Error('a question about nothing');
      if (quiz.kind === 'state') expect(shownStates(step.world)).toContain(right(quiz));
      if (quiz.kind === 'who')
        expect(right(quiz)).toBe(step.event.kind === 'expiry' && step.event.host === 0 ? 'the client' : 'the server');
      if (quiz.kind === 'segment') {
        const [first] = step.sent;
        expect(right(quiz)).toMatch(
          first === undefined ? /^nothing$/ : new RegExp(`^${ctlNames(first.segment.ctl).join(',')}`),
        );
      }
    }
  });

  it('is the same at the same moment, and does not always put the right choice at one place', () => {
    expect(asked('hs-basic').map(([, quiz]) => quiz)).toEqual(asked('hs-basic').map(([, quiz]) => quiz));
    expect(new Set(everything.map(([, quiz]) => quiz.right)).size).toBeGreaterThan(2);
  });

  it('is not asked where a person or the scenario does something to the network, nor at the end', () => {
    const course = courseOf('syn-lost');
    expect(quizAt(course, course.openingIndex + 1)).toBeNull();
    expect(quizAt(course, course.reach(100))).toBeNull();
  });

  it('asks who notices the lost SYN', () => {
    const course = courseOf('syn-lost');
    const quiz = quizAt(course, course.openingIndex + 2);
    expect(quiz?.question.en).toBe('Nothing arrives for a while. Who acts next?');
    expect(quiz === null ? '' : right(quiz)).toBe('the client');
  });
});

describe('the interview drill', () => {
  it('goes through its questions in their order', () => {
    const order = drill(handbook.questions);
    expect(order.length).toBeGreaterThan(9);
    expect(order.map(({ drill: place }) => place)).toEqual(order.map((_, index) => index + 1));
    expect(order[5]?.asked.zh[0]).toBe('如果第三次握手丢失了，客户端服务端会如何处理？');
  });
});
