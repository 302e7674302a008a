// How many questions were asked and how many answered rightly.

/** A score: `right` of `asked`. */
export interface Score {
  readonly asked: number;
  readonly right: number;
}

/** What is asked of a person: the next step of a lesson, or a question of the interview drill. Each counts for itself. */
export type Exercise = 'quiz' | 'drill';

/** The score of each exercise. */
export type Scores = Readonly<Record<Exercise, Score>>;

/** Nothing asked yet. */
export const noScores: Scores = { quiz: { asked: 0, right: 0 }, drill: { asked: 0, right: 0 } };

/** The scores after one more answer. */
export function marked(scores: Scores, of: Exercise, isRight: boolean): Scores {
  const { asked, right } = scores[of];
  return { ...scores, [of]: { asked: asked + 1, right: right + (isRight ? 1 : 0) } };
}
