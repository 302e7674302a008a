// The interview drill: a question is asked, thought about or tried out, and only then answered and shown.

import { drill } from '../../scenario/quiz.ts';
import type { Question } from '../../session/handbook.ts';
import type { Intent } from '../../session/intent.ts';
import type { Look } from '../../view/look.ts';
import type { Scene } from '../../view/scene.ts';
import { type Item, type Menu, menu, strong } from './menu.ts';

/** The question at a place of the drill; its answer once it is asked for. */
export function drillMenu(scene: Scene, look: Look, place: number, shown: boolean, line: number): Menu {
  const { words } = look;
  const { language } = words;
  const { handbook, scores } = scene.session;
  const questions = drill(handbook.questions);
  const at = Math.max(0, Math.min(place, questions.length - 1));
  const question = questions[at];
  if (question === undefined) return menu({ title: words.drill, items: [], hint: words.escBack });
  const asked = question.asked[language][0] ?? question.id;
  return menu({
    title: `${words.drill}  ${at + 1}/${questions.length}${words.drillScore(scores.drill.right, scores.drill.asked)}`,
    lead: [
      strong(asked),
      { text: shown ? question.answer[language] : words.drillThink, tone: shown ? 'plain' : 'dim' },
    ],
    items: shown ? answered(question, at, questions.length, look) : unanswered(question, at, questions.length, look),
    line,
    hint: words.drillHint,
    width: 70,
  });
}

function unanswered(question: Question, at: number, count: number, look: Look): readonly Item[] {
  const { words } = look;
  const [spot] = question.at;
  return [
    { label: words.drillShow, note: '', intents: [to(at, true)] },
    ...(spot === undefined
      ? []
      : [item(words.drillTry, spot.scenario, [{ do: 'open-spot', scenario: spot.scenario, anchor: null }])]),
    ...others(at, count, look),
  ];
}

function answered(question: Question, at: number, count: number, look: Look): readonly Item[] {
  const { words } = look;
  const next = to((at + 1) % count, false);
  return [
    ...question.at.map((spot) => item(words.drillSee, spot.scenario, [{ do: 'open-spot', ...spot }])),
    item(words.drillKnew[0], '', [{ do: 'score', of: 'drill', right: true }, next]),
    item(words.drillKnew[1], '', [{ do: 'score', of: 'drill', right: false }, next]),
  ];
}

function others(at: number, count: number, look: Look): readonly Item[] {
  const { words } = look;
  return [
    item(words.nextQuestion, '', [to((at + 1) % count, false)]),
    ...(at === 0 ? [] : [item(words.lastQuestion, '', [to(at - 1, false)])]),
  ];
}

function to(place: number, shown: boolean): Intent {
  return { do: 'open-dialog', dialog: { kind: 'drill', place, shown, line: 0 } };
}

function item(label: string, note: string, intents: readonly Intent[]): Item {
  return { label, note, intents };
}
