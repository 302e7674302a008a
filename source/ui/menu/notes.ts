// The step in plain words: what the lesson says, every reason as a whole sentence, what tutorials say of it, the words of
// the trade that occur in it, and lessons to look at beside it.

import { claimLine } from '../../scenario/claims.ts';
import { termsIn } from '../../scenario/glossary.ts';
import type { Intent } from '../../session/intent.ts';
import { rules } from '../../tcp/rules.ts';
import { captions, claimsHere } from '../../view/lesson.ts';
import type { Look } from '../../view/look.ts';
import { sawText } from '../../view/saw.ts';
import type { Scene } from '../../view/scene.ts';
import { citation, whatHappened } from '../../view/why.ts';
import { type Item, type Menu, menu } from './menu.ts';

/** Everything there is to say about the step, to be read paragraph by paragraph; Enter opens what one is about. */
export function notesMenu(scene: Scene, look: Look, at: number): Menu {
  const { words } = look;
  const { language } = words;
  const { subject, handbook, shelves } = scene.session;
  const said = captions(scene);
  const reasons = (scene.step?.findings ?? []).map((finding, place) => {
    const saw = sawText(finding, look);
    const cite = citation(finding, look, Number.POSITIVE_INFINITY);
    return `${place + 1} ${rules[finding.rule][language]}${saw === '' ? '' : `  ${saw}`}  [${cite}]`;
  });
  const opening = scene.step === null ? [subject.title[language], subject.about[language]] : [];
  const texts = [...opening, whatHappened(scene, look), ...said, ...reasons];
  const terms = termsIn(handbook.terms, texts.join(' '), language);
  const beside = [...shelves].filter((shelf) => subject.beside.includes(shelf.subject.id));
  const blocks: readonly (readonly Item[])[] = [
    opening.map((text) => read(text)),
    said.map((text) => read(words.quoted(text))),
    reasons.map((text) => read(text)),
    claimsHere(scene).map((claim, line) =>
      read(`! ${claimLine(claim, language)}`, [
        { do: 'open-dialog', dialog: { kind: 'handbook', shelf: 'claims', text: '', line } },
      ]),
    ),
    beside.map((shelf) =>
      read(`${words.beside} ${shelf.subject.id}${words.colon}${shelf.subject.title[language]}`, [
        { do: 'choose-scenario', id: shelf.subject.id },
      ]),
    ),
    terms.map(({ name, meaning }) =>
      read(`${name[language]}${words.colon}${meaning[language]}`, [
        { do: 'open-dialog', dialog: { kind: 'handbook', shelf: 'words', text: name[language], line: 0 } },
      ]),
    ),
  ];
  return menu({
    title: whatHappened(scene, look),
    items: blocks.flat(),
    prose: true,
    line: at,
    hint: words.notesHint,
    width: 74,
  });
}

function read(text: string, intents: readonly Intent[] | null = null): Item {
  return { label: text, note: '', intents };
}
