// The next step asked before it is shown, and challenges to bring about by one's own decisions.

import { goals, reachedBy } from '../../scenario/goals.ts';
import { type Quiz, quizAt } from '../../scenario/quiz.ts';
import type { Intent } from '../../session/intent.ts';
import { timelineOf } from '../../session/session.ts';
import type { Timeline } from '../../session/timeline.ts';
import { rules } from '../../tcp/rules.ts';
import type { Look } from '../../view/look.ts';
import type { Scene } from '../../view/scene.ts';
import { chief, citation } from '../../view/why.ts';
import { type Menu, menu, plain, strong } from './menu.ts';

const width = 76;

/**
 * A question about the step that comes next. A choice goes on to that step, says whether it was right and which rules
 * decided it, and the next question follows: whoever wants to look at the step first leaves with Escape.
 */
export function quizMenu(scene: Scene, look: Look, answer: number | null, line: number): Menu {
  const { words } = look;
  const { session } = scene;
  const course = timelineOf(session);
  const { index } = session.cursor;
  const { asked, right } = session.scores.quiz;
  const title = words.quizTitle(right, asked);
  const quiz = quizAt(course, answer === null ? index : index - 1);
  if (quiz === null) return nothingToAsk(course, index, title, look);
  return answer === null ? question(quiz, title, line, look) : solution(quiz, answer, scene, title, look);
}

function question(quiz: Quiz, title: string, line: number, look: Look): Menu {
  const { words } = look;
  const { language } = words;
  return menu({
    title,
    lead: [strong(quiz.question[language])],
    items: quiz.choices.map((choice, place) => ({
      label: `${place + 1} ${choice[language]}`,
      note: '',
      intents: [
        { do: 'forward' },
        { do: 'score', of: 'quiz', right: place === quiz.right },
        { do: 'open-dialog', dialog: { kind: 'quiz', answer: place, line: 0 } },
      ],
    })),
    line,
    hint: words.quizHint,
    width,
    low: true,
  });
}

// The explanation: the rules that decided the step, as whole sentences.
function solution(quiz: Quiz, answer: number, { step, session }: Scene, title: string, look: Look): Menu {
  const { words } = look;
  const { language } = words;
  const right = quiz.choices[quiz.right];
  const next = onward(timelineOf(session), session.cursor.index);
  const deciding = chief(
    (step?.findings ?? []).map((finding) => ({ finding })),
    2,
  );
  return menu({
    title,
    lead: [
      { text: quiz.question[language], tone: 'dim' },
      strong(words.scored(answer === quiz.right, right?.[language] ?? '')),
    ],
    items: next === null ? [] : [{ label: words.nextQuestion, note: '', intents: next }],
    told: deciding.map(({ finding }) =>
      plain(`${rules[finding.rule][language]} [${citation(finding, look, Number.POSITIVE_INFINITY)}]`),
    ),
    line: 0,
    hint: next === null ? words.quizOver : words.solutionHint,
    width,
    low: true,
  });
}

// What somebody or the network does could not be foreseen: on over that, or there is no more.
function nothingToAsk(course: Timeline, index: number, title: string, look: Look): Menu {
  const { words } = look;
  const next = onward(course, index);
  return menu({
    title,
    lead: [plain(next === null ? words.quizOver : words.noQuiz)],
    items: next === null ? [] : [{ label: words.nextQuestion, note: '', intents: next }],
    hint: words.escBack,
    width,
    low: true,
  });
}

/** Events that are passed over on the way to the next question. */
const patience = 40;

// To the next moment about whose future there is a question; null where there is none.
function onward(course: Timeline, from: number): readonly Intent[] | null {
  for (let index = from; index < from + patience; index++) {
    if (quizAt(course, index) !== null) {
      return [
        { do: 'go-to-event', event: index - course.openingIndex },
        { do: 'open-dialog', dialog: { kind: 'quiz', answer: null, line: 0 } },
      ];
    }
    if (course.entryAt(index + 1) === null) return null;
  }
  return null;
}

/** The challenges: where each begins, and which of them hold here. */
export function challengesMenu(scene: Scene, look: Look, line: number): Menu {
  const { words } = look;
  const { language } = words;
  const { session } = scene;
  const course = timelineOf(session);
  const chosen = goals[Math.max(0, Math.min(line, goals.length - 1))];
  return menu({
    title: words.challenges,
    items: goals.map((goal) => ({
      label: `${reachedBy(goal, course, session.cursor.index) === null ? '[ ]' : '[*]'} ${goal.title[language]}`,
      note: goal.scenario,
      intents: [{ do: 'challenge', id: goal.id, scenario: goal.scenario }],
    })),
    line,
    told: chosen === undefined ? [] : [plain(chosen.text[language])],
    hint: words.challengesHint,
    width,
  });
}
