import { expect, it } from 'vitest';
import { marked, noScores } from '../../source/session/score.ts';

it('a score counts what was asked and what was right, each exercise for itself', () => {
  const scores = marked(marked(marked(noScores, 'quiz', true), 'quiz', false), 'drill', false);
  expect(scores).toEqual({ quiz: { asked: 2, right: 1 }, drill: { asked: 1, right: 0 } });
});
