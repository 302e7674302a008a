// A question with its usual answers: the highlighted one is meant until something is typed.

import { conditionExamples } from '../../session/command.ts';
import { readCondition } from '../../session/condition.ts';
import type { Question } from '../../session/dialog.ts';
import type { Intent } from '../../session/intent.ts';
import { readPhrase } from '../../session/read.ts';
import { seconds } from '../../session/time.ts';
import { Misread } from '../../session/words.ts';
import { landings } from '../../view/delay.ts';
import { line as row } from '../../view/line.ts';
import type { Look } from '../../view/look.ts';
import type { Scene } from '../../view/scene.ts';
import { named } from '../../view/segment-label.ts';
import { type Menu, menu } from './menu.ts';

/** A usual answer: what it is, and what would have to be typed for it. */
interface Answer {
  readonly label: string;
  readonly text: string;
}

/** A question as a menu; null where what it is about is no longer there. */
export function askMenu(scene: Scene, look: Look, question: Question, typed: string | null, line: number): Menu | null {
  const { words } = look;
  const answers = answersTo(scene, look, question);
  if (answers === null) return null;
  const text = typed ?? answers[Math.max(0, Math.min(line, answers.length - 1))]?.text ?? '';
  const error = typed === null || typed.trim() === '' ? '' : wrong(question, typed, look);
  const submit = (answer: string): readonly Intent[] => [{ do: 'type', text: answer }, { do: 'submit' }];
  return menu({
    title: titleOf(scene, look, question),
    above: aboveOf(scene, look, question),
    items: answers.map((answer) => ({
      label: answer.label,
      note: '',
      intents: submit(answer.text),
    })),
    line: typed === null ? line : -1,
    asked: { label: labelOf(look, question), text, typed: typed !== null, error },
    enter: text.trim() === '' || error !== '' ? [] : submit(text),
    hint: words.askHint,
    width: 58,
  });
}

function titleOf(scene: Scene, look: Look, question: Question): string {
  const { words } = look;
  switch (question.of) {
    case 'delay': {
      const passage = scene.passages.find((one) => one.flight.id === question.flight);
      return words.delayTitle(passage === undefined ? `#${question.flight}` : named(passage.flight, look));
    }
    case 'go-to':
      return words.goTo;
    case 'search':
      return words.search;
    case 'rename':
      return words.renameTitle(question.branch);
    case 'break':
      return words.breaks;
    case 'decision':
      return words.wanted[question.what];
  }
}

function labelOf(look: Look, question: Question): string {
  const { words } = look;
  switch (question.of) {
    case 'delay':
      return `${words.newLanding}  `;
    case 'go-to':
      return 't ';
    case 'search':
      return '/ ';
    case 'rename':
      return `${words.newName}  `;
    case 'break':
      return ':break ';
    case 'decision':
      return question.lead;
  }
}

function aboveOf(scene: Scene, look: Look, question: Question): Menu['above'] {
  if (question.of !== 'delay') return [];
  const flight = scene.passages.find((one) => one.flight.id === question.flight)?.flight;
  if (flight === undefined) return [];
  const due = Number.isFinite(flight.due) ? `t ${seconds(flight.due)}s` : look.words.untilReleased;
  return [row(` ${look.words.landsNow}  ${due}`, 'dim')];
}

function answersTo(scene: Scene, look: Look, question: Question): readonly Answer[] | null {
  const { words } = look;
  switch (question.of) {
    case 'delay': {
      const passage = scene.passages.find((one) => one.flight.id === question.flight);
      if (passage === undefined) return null;
      return landings(scene, passage.flight, look).map(({ label, until }) => ({
        label,
        text: until === null ? 'hold' : `${seconds(until)}s`,
      }));
    }
    case 'go-to':
      return words.places.map(([text, label]) => ({ text, label }));
    case 'search':
      return ['flags=RST', 'state=TIME-WAIT', 'rtx', 'loss', 'retransmission', 'accept'].map((text) => ({
        text,
        label: text,
      }));
    case 'rename':
      return [{ text: question.branch, label: question.branch }];
    case 'break':
      return conditionExamples.map((text) => ({ text, label: text }));
    case 'decision':
      return question.usual.map((text) => ({ text, label: text }));
  }
}

// What is wrong with a typed answer, as far as that can be told before it is meant.
function wrong(question: Question, text: string, look: Look): string {
  switch (question.of) {
    case 'decision':
      return misreading(() => readPhrase(`${question.lead}${text}${question.tail}`.trim()), look);
    case 'break':
      return misreading(() => readCondition(text.trim()), look);
    case 'delay':
    case 'go-to':
    case 'rename':
    case 'search':
      return '';
  }
}

/** What a reader does not understand; '' where it does. */
export function misreading(read: () => unknown, look: Look): string {
  try {
    read();
    return '';
  } catch (error) {
    if (error instanceof Misread) return look.words.misread(error.found, error.expected, error.nearest);
    throw error;
  }
}
