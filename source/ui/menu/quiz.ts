// The next step asked before it is shown, and challenges to bring about by one's own decisions.

import { goals } from '../../scenario/goals.ts';
import { quizAt } from '../../scenario/quiz.ts';
import { timelineOf } from '../../session/session.ts';
import { line as row, wrap } from '../../view/line.ts';
import type { Look } from '../../view/look.ts';
import type { Scene } from '../../view/scene.ts';
import { type Menu, menu } from './menu.ts';

const width = 62;

/** A question about the step that comes next; a choice goes on to that step and says whether it was right. */
export function quizMenu(scene: Scene, look: Look, line: number): Menu {
  const { words } = look;
  const { language } = words;
  const { session } = scene;
  const quiz = quizAt(timelineOf(session), session.cursor.index);
  const { asked, right } = session.score;
  const title = words.quizTitle(right, asked);
  if (quiz === null) return menu({ title, above: [row(` ${words.noQuiz}`)], items: [], hint: words.escBack, width });
  const answer = quiz.choices[quiz.right];
  return menu({
    title,
    above: [...wrap(quiz.question[language], width - 2, look.ruler).map((text) => row(` ${text}`, 'strong')), row('')],
    items: quiz.choices.map((choice, place) => ({
      label: `${place + 1} ${choice[language]}`,
      note: '',
      intents: [
        { do: 'close-dialog' },
        { do: 'forward' },
        { do: 'score', right: place === quiz.right, answer: answer ?? choice },
      ],
    })),
    line,
    hint: words.quizHint,
    width,
  });
}

/** The challenges: where each begins, and which of them hold here. */
export function challengesMenu(scene: Scene, look: Look, line: number): Menu {
  const { words } = look;
  const { language } = words;
  const { session } = scene;
  const course = timelineOf(session);
  const chosen = goals[Math.max(0, Math.min(line, goals.length - 1))];
  const text = chosen === undefined ? '' : chosen.text[language];
  return menu({
    title: words.challenges,
    items: goals.map(({ id, title, scenario, reached }) => ({
      label: `${reached(course, session.cursor.index) ? '[*]' : '[ ]'} ${title[language]}`,
      note: scenario,
      intents: [{ do: 'challenge', id, scenario }],
    })),
    line,
    below: [row(''), ...wrap(text, width - 2, look.ruler).map((one) => row(` ${one}`))],
    hint: words.challengesHint,
    width,
  });
}
