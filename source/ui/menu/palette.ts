// The palette: everything that can be done, with its key and why it is off, and decisions in the language of scenarios.

import { commandOf, commands, conditionExamples, examples } from '../../session/command.ts';
import type { Intent } from '../../session/intent.ts';
import type { Notice } from '../../session/notice.ts';
import { perform } from '../../session/perform.ts';
import { readPhrase, verbs } from '../../session/read.ts';
import type { Session } from '../../session/session.ts';
import { Misread } from '../../session/words.ts';
import { namer } from '../../view/event.ts';
import { ranked } from '../../view/fuzzy.ts';
import type { Look } from '../../view/look.ts';
import { noticeText } from '../../view/notice.ts';
import type { Scene } from '../../view/scene.ts';
import { type KeyRow, keysOf, keyText, rowsOf } from '../keys.ts';
import { misreading } from './ask.ts';
import { type Item, type Menu, menu } from './menu.ts';

/** The palette with what has been typed into it. */
export function paletteMenu(scene: Scene, look: Look, text: string, line: number): Menu {
  const { words } = look;
  const { session } = scene;
  const typed = text.trim();
  const meant = typedItem(scene, look, typed);
  const begun = hasBegun(text);
  const rows = rowsOf(session).filter((row) => row.id !== 'palette' && !/^pane-/.test(row.id));
  const found = meant !== null ? [] : ranked(typed, rows, (row) => `${row.label[session.language]} ${row.id}`);
  const starts: readonly Item[] = begun
    ? []
    : [
        ...ranked(typed, commands, ({ word, gist }) => `${word} ${gist[session.language]}`).map((one) =>
          startItem(one.word, `${one.word} ${one.usage}`, one.gist[session.language]),
        ),
        ...verbs
          .filter((verb) => verb.startsWith(typed))
          .map((verb) => startItem(verb, `${verb} ...`, words.decisionStart)),
      ];
  // What has been begun and says nothing yet: lines that go on like it.
  const likely =
    begun && meant === null
      ? [...examples, ...['break', 'goal'].flatMap((word) => conditionExamples.map((one) => `${word} ${one}`))]
          .filter((one) => one.startsWith(typed))
          .flatMap((one) => exampleItem(scene, look, one))
      : [];
  const said = typed.toLowerCase();
  const exact = (item: Item): boolean => item.label.split(' ')[0] === typed;
  const saying = ({ label, note }: Item): boolean => `${label} ${note}`.toLowerCase().includes(said);
  const acts = found
    .map((row) => ({ row, item: rowItem(scene, look, row) }))
    .filter(({ row, item }) => saying(item) || !leaves.has(row.id))
    .map(({ item }) => item);
  const others = [...acts, ...starts.filter((item) => !exact(item))];
  // What begins as it was typed comes before what has it somewhere, and that before what only has its letters.
  const rank = (item: Item): number => (typed !== '' && item.label.startsWith(typed) ? 0 : saying(item) ? 1 : 2);
  const items: readonly Item[] = [
    ...(meant === null ? [] : [meant]),
    ...likely,
    ...starts.filter(exact),
    ...others.toSorted((a, b) => rank(a) - rank(b)),
  ];
  return menu({
    title: words.palette,
    items,
    line,
    asked: {
      label: ': ',
      text,
      typed: true,
      error: begun && meant === null && found.length === 0 ? misreading(() => meaningOf(typed), look) : '',
    },
    hint: words.paletteHint,
    width: 72,
  });
}

// Nobody leaves by letters that happen to occur in this order.
const leaves: ReadonlySet<string> = new Set(['quit', 'stop']);

// Whether the first word is that of a command or decision, and something follows it.
function hasBegun(text: string): boolean {
  const [, first = '', blank = ''] = /^\s*(\S+)(\s*)/.exec(text) ?? [];
  if (first === 'cut' || first === 'mend') return true;
  return blank !== '' && (verbs.includes(first) || commands.some(({ word }) => word === first));
}

// What a typed line means. Throws Misread.
function meaningOf(typed: string): Intent {
  const command = commandOf(typed);
  // `mark` is a command with a letter, and a decision about a segment.
  const both = command !== null && verbs.includes(command.command.word) && !/^[A-Za-z]?$/.test(command.rest);
  if (command !== null && !both) return command.command.read(command.rest);
  return { do: 'decide', action: readPhrase(typed) };
}

function typedItem(scene: Scene, look: Look, typed: string): Item | null {
  try {
    const intent = meaningOf(typed);
    const off = reasonOff(scene, look, intent);
    const label = intent.do === 'decide' ? `${look.words.decide}  ${typed}` : typed;
    return {
      label,
      note: off === null ? '' : look.words.offBecause(off),
      intents: off === null ? [{ do: 'close-dialog' }, intent] : null,
    };
  } catch (error) {
    if (error instanceof Misread) return null;
    throw error;
  }
}

function exampleItem(scene: Scene, look: Look, line: string): readonly Item[] {
  const item = typedItem(scene, look, line);
  return item === null ? [] : [{ ...item, label: line }];
}

function startItem(word: string, label: string, note: string): Item {
  return { label, note, intents: [{ do: 'type', text: `${word} ` }] };
}

function rowItem(scene: Scene, look: Look, row: KeyRow): Item {
  const { session } = scene;
  const bare: Session = { ...session, dialog: { kind: 'none' } };
  const intent = row.intent(bare);
  const off = intent === null ? look.words.notHere : reasonOff(scene, look, intent);
  const [key] = keysOf(session, row);
  const pressed = key === undefined ? '' : keyText(key, look.glyphs);
  return {
    label: row.label[session.language],
    note: off === null ? pressed : look.words.offBecause(off),
    intents: intent === null || off !== null ? null : [{ do: 'close-dialog' }, intent],
  };
}

// Why an intent would bring nothing about, as the session itself would say it; null where it would.
function reasonOff(scene: Scene, look: Look, intent: Intent): string | null {
  if (!cheap.has(intent.do)) return null;
  const { notice } = perform({ ...scene.session, dialog: { kind: 'none' } }, intent);
  if (notice === null || !refusing.has(notice.kind)) return null;
  if (notice.kind === 'refused') return look.words.refusal[notice.reason];
  return noticeText(notice, look, namer(scene.passages, look), { undo: 'u', forward: look.glyphs.right });
}

// Intents that are tried out to see whether they would do something: none of them goes far.
const cheap: ReadonlySet<Intent['do']> = new Set([
  'forward',
  'back',
  'drop',
  'duplicate',
  'release',
  'swap',
  'corrupt',
  'decide',
  'undo',
  'redo',
]);

const refusing: ReadonlySet<Notice['kind']> = new Set([
  'start',
  'quiet',
  'limit',
  'refused',
  'nothing-to-undo',
  'nothing-to-redo',
  'nothing-selected',
  'ended',
]);
