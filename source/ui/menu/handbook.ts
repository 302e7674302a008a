// What stands beside the lessons: questions with their answers, words, ports, claims of tutorials.

import { verdictText } from '../../scenario/claims.ts';
import { answers } from '../../scenario/questions.ts';
import type { Shelving } from '../../session/dialog.ts';
import type { Claim, Spot } from '../../session/handbook.ts';
import type { Intent } from '../../session/intent.ts';
import { rules } from '../../tcp/rules.ts';
import { ranked } from '../../view/fuzzy.ts';
import { claimsHere } from '../../view/lesson.ts';
import type { Look } from '../../view/look.ts';
import type { Scene } from '../../view/scene.ts';
import { type Item, type Menu, menu, type Paragraph, plain, strong } from './menu.ts';

/** One thing to look up. */
interface Article {
  readonly title: string;
  readonly note: string;
  readonly told: readonly Paragraph[];
  /** Where it can be seen; null where nowhere. */
  readonly intents: readonly Intent[] | null;
}

/** A shelf of the handbook with what has been typed to find something in it. */
export function handbookMenu(scene: Scene, look: Look, shelf: Shelving, text: string, at: number): Menu {
  const { words } = look;
  const articles = articlesOn(scene, look, shelf, text);
  const line = Math.max(0, Math.min(at, articles.length - 1));
  return menu({
    title: words.handbook[shelf],
    items: articles.map(({ title, note, intents }): Item => ({ label: title, note, intents })),
    line,
    asked: { label: '/ ', text, typed: true, error: articles.length === 0 ? words.nothingFound : '' },
    told: articles[line]?.told ?? [],
    hint: articles[line]?.intents == null ? words.handbookWordHint : words.handbookHint,
    width: 74,
  });
}

function articlesOn(scene: Scene, look: Look, shelf: Shelving, text: string): readonly Article[] {
  const { session } = scene;
  const { handbook, language } = session;
  const titled = (all: readonly Article[]): readonly Article[] => ranked(text, all, ({ title }) => title);
  switch (shelf) {
    case 'questions': {
      const asked = text.trim() !== '';
      const all = handbook.questions.map(({ id, asked: ways, answer, at }) => ({
        title: { en: ways.en[0] ?? id, zh: ways.zh[0] ?? id },
        answer,
        at,
      }));
      const found = asked ? answers(handbook.questions, [])(text, 12) : all;
      return found.map(({ title, answer, at }) => ({
        title: title[language],
        note: at[0]?.scenario ?? '',
        told: [plain(answer[language])],
        intents: at[0] === undefined ? null : [{ do: 'open-spot', ...at[0] }],
      }));
    }
    case 'words':
      return titled(
        handbook.terms.map(({ name, also, meaning }) => ({
          title: name[language] === name.en ? name.en : `${name[language]}  ${name.en}`,
          note: also.join(', '),
          told: [plain(meaning[language])],
          intents: null,
        })),
      );
    case 'ports':
      return titled(
        handbook.ports.map(({ number, service, transport, note }) => ({
          title: `${number}  ${service}`,
          note: transport,
          told: [plain(note[language])],
          intents: null,
        })),
      );
    case 'claims': {
      const here = claimsHere(scene);
      const rest = handbook.claims.filter((claim) => !here.includes(claim));
      return titled([
        ...here.map((claim) => compared(claim, look, true)),
        ...rest.map((claim) => compared(claim, look, false)),
      ]);
    }
  }
}

// The comparison: what tutorials say, the verdict, what the RFC says, what Linux does, and where it is seen.
function compared(claim: Claim, look: Look, here: boolean): Article {
  const { words } = look;
  const { language } = words;
  const { row, says, rfc9293, linux, at } = claim;
  const [first] = at;
  return {
    title: `${here ? '!' : ' '} ${row}. ${says[language]}`,
    note: first?.scenario ?? '',
    told: [
      strong(words.tutorialsSay(verdictText(claim, language), says[language])),
      plain(words.rfcSays(rfc9293[language])),
      plain(words.linuxDoes(linux[language])),
      ...(first === undefined ? [] : [{ text: words.shownIn(placeOf(first, words)), tone: 'dim' } as const]),
    ],
    intents: first === undefined ? null : [{ do: 'open-spot', ...first, claim: row }],
  };
}

function placeOf({ scenario, anchor }: Spot, { language, colon }: Look['words']): string {
  if (anchor.kind === 'time') return scenario;
  const gist = rules[anchor.rule][language];
  const [sentence = gist] = gist.split(/(?<=[.;。；])\s*/);
  return `${scenario} ${anchor.rule}${colon}${sentence}`;
}
