// The scenarios that can be opened, in groups, filtered by what has been typed.

import { answers } from '../../scenario/questions.ts';
import { line as row } from '../../view/line.ts';
import type { Look } from '../../view/look.ts';
import type { Scene } from '../../view/scene.ts';
import { shelfLines } from '../../view/shelf.ts';
import { type Item, type Menu, menu, plain, strong } from './menu.ts';

/** The list of scenarios over the whole screen. */
export function scenariosMenu(scene: Scene, look: Look, filter: string, typing: boolean, line: number): Menu {
  const { words } = look;
  const { last, notice } = scene.session;
  const lines = shelfLines(scene.session.shelves, filter, look);
  const found = lines.length > 0 ? [] : answering(scene, filter);
  const resumable = last !== null && filter === '' ? last : null;
  const chosen = lines[line - (resumable === null ? 0 : 1)];
  return menu({
    title: `tcpstep  ${words.scenarios}`,
    // Whole: the name of a file alone may take half of a line.
    lead: notice?.kind === 'complaint' ? [{ text: words.complaint(notice.first, notice.more), tone: 'notice' }] : [],
    above: typing ? [] : [row(` ${words.scenarioCount(lines.length)}`, 'dim')],
    items: [
      ...(resumable === null
        ? []
        : [{ label: words.resume(resumable.id), note: words.resumeNote, intents: [{ do: 'resume' }] } as const]),
      ...lines.map(({ id, label }) => ({ label, note: '', intents: [{ do: 'choose-scenario', id } as const] })),
      ...found,
    ],
    line,
    // The whole title, and what it is about.
    told: chosen === undefined ? [] : [strong(chosen.title), plain(chosen.about)],
    tells: 4,
    asked: typing
      ? {
          label: `${words.filter}${words.colon}`,
          text: filter,
          typed: true,
          error: lines.length + found.length === 0 ? words.noMatch : '',
        }
      : null,
    begin: (letter) => [
      { do: 'typing', typing: true },
      { do: 'type', text: letter === '/' ? '' : letter },
    ],
    escape: typing
      ? [
          { do: 'type', text: '' },
          { do: 'typing', typing: false },
        ]
      : null,
    hint: words.scenarioHint,
    whole: true,
  });
}

// What was typed may be a question: then the steps that answer it.
function answering({ session }: Scene, text: string): readonly Item[] {
  const { handbook, shelves, language } = session;
  const subjects = [...shelves].map(({ subject }) => subject);
  return answers(handbook.questions, subjects)(text, 8).flatMap(({ title, at: [spot] }) =>
    spot === undefined
      ? []
      : [{ label: title[language], note: spot.scenario, intents: [{ do: 'open-spot', ...spot }] }],
  );
}
