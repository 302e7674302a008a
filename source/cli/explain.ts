// `tcpstep explain`: a question in English or Chinese, its answer in a few lines, and the steps that show it.

import { answers, type Found, isChinese } from '../scenario/questions.ts';
import { timeline } from '../scenario/run.ts';
import { type Scenario, start } from '../scenario/scenario.ts';
import { type Anchor, indexOfAnchor } from '../session/caption.ts';
import type { Handbook } from '../session/handbook.ts';
import type { Language } from '../session/session.ts';
import { ruler } from '../ui/ruler.ts';
import { wrap } from '../view/line.ts';

const width = 78;

/** The most lessons that are offered for one question. */
const most = 8;

/** Lines for people, in the language of the question; null where nothing fits. */
export function explain(
  words: string,
  { questions }: Pick<Handbook, 'questions'>,
  scenarios: readonly Scenario[],
  language: Language,
): readonly string[] | null {
  const subjects = scenarios.map(({ subject }) => subject);
  const [best, ...others] = answers(questions, subjects)(words);
  if (best === undefined) return null;
  const speaking: Language = isChinese(words) ? 'zh' : language;
  const shelf = new Map(scenarios.map((scenario) => [scenario.subject.id, scenario]));
  const shown = new Set<string>();
  const lines = [best.title[speaking], '', ...wrap(best.answer[speaking], width, ruler), ''];
  lines.push(...lessons(best, shelf, shown, speaking));
  // Only what fits nearly as well is worth a look.
  const near = others.filter(({ score }) => score > best.score / 2);
  const more = near.flatMap((one) => lessons(one, shelf, shown, speaking));
  if (more.length > 0) lines.push('', speaking === 'zh' ? '另见' : 'See also', ...more);
  return lines;
}

// One line per lesson that has not been named yet: its id, its title, and how to open it at the step.
function lessons(
  { at }: Found,
  shelf: ReadonlyMap<string, Scenario>,
  shown: Set<string>,
  language: Language,
): readonly string[] {
  const lines: string[] = [];
  for (const { scenario: id, anchor } of at) {
    const scenario = shelf.get(id);
    if (scenario === undefined || shown.has(id) || shown.size >= most) continue;
    shown.add(id);
    const title = cut(scenario.subject.title[language], 40);
    lines.push(`  ${padded(title, 40)}  ${commandFor(scenario, anchor)}`);
  }
  return lines;
}

/** How a lesson is opened at a step: `tcpstep old-dup-syn --at 4`. */
export function commandFor(scenario: Scenario, anchor: Anchor | null): string {
  const { id } = scenario.subject;
  if (anchor === null) return `tcpstep ${id}`;
  const found = scenario.profiles
    .map((profile) => {
      const course = timeline(start(scenario, profile));
      const index = indexOfAnchor(course, anchor);
      return { profile, event: index === null ? 0 : index - course.openingIndex };
    })
    .find(({ event }) => event > 0);
  if (found === undefined) return `tcpstep ${id}`;
  const profile = found.profile === scenario.profiles[0] ? '' : ` --profile ${found.profile}`;
  return `tcpstep ${id}${profile} --at ${found.event}`;
}

function cut(text: string, cells: number): string {
  return ruler(text) <= cells ? text : `${wrap(text, cells - 3, ruler)[0] ?? ''}...`;
}

function padded(text: string, cells: number): string {
  return text + ' '.repeat(Math.max(0, cells - ruler(text)));
}
