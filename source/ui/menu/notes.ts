// The step in plain words: what the lesson says, every reason as a whole sentence, and what tutorials say of it.

import { rules } from '../../tcp/rules.ts';
import { captions, claims } from '../../view/lesson.ts';
import { type Line, line, wrap } from '../../view/line.ts';
import type { Look } from '../../view/look.ts';
import { sawText } from '../../view/saw.ts';
import type { Scene } from '../../view/scene.ts';
import { citation, whatHappened } from '../../view/why.ts';
import { type Menu, menu } from './menu.ts';

const width = 74;

/** Everything there is to say about the step, to be read line by line. */
export function notesMenu(scene: Scene, look: Look, at: number): Menu {
  const { words } = look;
  const { language } = words;
  const { subject } = scene.session;
  const told = (text: string, tone: Parameters<typeof line>[1] = 'plain'): readonly Line[] =>
    wrap(text, width - 4, look.ruler).map((one) => line(one, tone));
  const reasons = (scene.step?.findings ?? []).flatMap((finding, place) => {
    const saw = sawText(finding, look);
    const cite = citation(finding, look, Number.POSITIVE_INFINITY);
    return [
      ...told(`${place + 1} ${rules[finding.rule][language]}`),
      ...told(`  ${saw === '' ? '' : `${saw}   `}${cite}`),
    ];
  });
  const blocks: readonly (readonly Line[])[] = [
    scene.step === null ? [...told(subject.title[language]), ...told(subject.about[language])] : [],
    captions(scene).flatMap((text) => told(words.quoted(text))),
    reasons,
    claims(scene).flatMap((text) => told(text)),
    subject.beside.length === 0 ? [] : told(words.beside(subject.beside.join(', '))),
  ];
  const lines = blocks
    .filter((block) => block.length > 0)
    .flatMap((block, place) => (place === 0 ? block : [line(''), ...block]));
  return menu({
    title: whatHappened(scene, look),
    items: lines.map((one) => ({ label: one.map(({ text }) => text).join(''), note: '', intents: null })),
    line: at,
    hint: words.notesHint,
    width,
  });
}
