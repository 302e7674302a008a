// What stands beside the lessons: questions with their answers, the interview drill, words, ports, claims of tutorials.

import { claimLine } from '../../scenario/claims.ts';
import { answers } from '../../scenario/questions.ts';
import { drill } from '../../scenario/quiz.ts';
import type { Anchor } from '../../session/caption.ts';
import type { Shelving } from '../../session/dialog.ts';
import { ranked } from '../../view/fuzzy.ts';
import { blank, type Line, line as row, wrap } from '../../view/line.ts';
import type { Look } from '../../view/look.ts';
import type { Scene } from '../../view/scene.ts';
import { type Item, type Menu, menu } from './menu.ts';

/** One thing to look up. */
interface Article {
  readonly title: string;
  readonly note: string;
  readonly text: string;
  /** Where it can be seen; null where nowhere. */
  readonly at: { readonly scenario: string; readonly anchor: Anchor | null } | null;
}

const width = 74;
/** Lines that an answer has. */
const told = 6;

/** A shelf of the handbook with what has been typed to find something in it. */
export function handbookMenu(scene: Scene, look: Look, shelf: Shelving, text: string, at: number): Menu {
  const { words } = look;
  const articles = articlesOn(scene, shelf, text);
  const line = Math.max(0, Math.min(at, articles.length - 1));
  const chosen = articles[line];
  const lines: Line[] =
    chosen === undefined ? [] : wrap(chosen.text, width - 2, look.ruler).map((one) => row(` ${one}`));
  const shown = lines.slice(0, told);
  while (shown.length < told) shown.push(blank);
  return menu({
    title: words.handbook[shelf],
    items: articles.map(
      ({ title, note, at: spot }): Item => ({
        label: title,
        note,
        intents: spot === null ? null : [{ do: 'open-spot', scenario: spot.scenario, anchor: spot.anchor }],
      }),
    ),
    line,
    asked: { label: '/ ', text, typed: true, error: articles.length === 0 ? words.nothingFound : '' },
    below: [blank, ...shown],
    hint: words.handbookHint,
    width,
  });
}

function articlesOn({ session }: Scene, shelf: Shelving, text: string): readonly Article[] {
  const { handbook, language } = session;
  const titled = (all: readonly Article[]): readonly Article[] => ranked(text, all, ({ title }) => title);
  switch (shelf) {
    case 'questions': {
      const found = answers(handbook.questions, [])(text, 12);
      const all = handbook.questions.map((question) => ({
        title: question.asked[language][0] ?? question.id,
        note: question.at[0]?.scenario ?? '',
        text: question.answer[language],
        at: question.at[0] ?? null,
      }));
      if (text.trim() === '') return all;
      return found.map(({ title, answer, at }) => ({
        title: title[language],
        note: at[0]?.scenario ?? '',
        text: answer[language],
        at: at[0] ?? null,
      }));
    }
    case 'drill':
      return titled(
        drill(handbook.questions).map((question) => ({
          title: `${question.drill ?? ''}. ${question.asked[language][0] ?? question.id}`,
          note: question.at[0]?.scenario ?? '',
          text: question.answer[language],
          at: question.at[0] ?? null,
        })),
      );
    case 'words':
      return titled(
        handbook.terms.map(({ name, also, meaning }) => ({
          title: name[language] === name.en ? name.en : `${name[language]}  ${name.en}`,
          note: also.join(', '),
          text: meaning[language],
          at: null,
        })),
      );
    case 'ports':
      return titled(
        handbook.ports.map(({ number, service, transport, note }) => ({
          title: `${number}  ${service}`,
          note: transport,
          text: note[language],
          at: null,
        })),
      );
    case 'claims':
      return titled(
        handbook.claims.map((claim) => ({
          title: `${claim.row}. ${claim.says[language]}`,
          note: claim.verdicts.join(''),
          text: claimLine(claim, language),
          at: claim.at[0] ?? null,
        })),
      );
  }
}
