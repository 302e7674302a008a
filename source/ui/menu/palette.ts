// The palette: everything that can be done, with its key and why it is off, and decisions in the language of scenarios.

import type { Intent } from '../../session/intent.ts';
import type { Notice } from '../../session/notice.ts';
import { perform } from '../../session/perform.ts';
import { Misread, readPhrase, verbs } from '../../session/read.ts';
import type { Session } from '../../session/session.ts';
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
  const decided = phraseItem(scene, look, typed);
  const begun = decisionBegun(typed);
  const rows = rowsOf(session).filter((row) => row.id !== 'palette' && !/^pane-/.test(row.id));
  const found =
    begun && decided !== null ? [] : ranked(typed, rows, (row) => `${row.label[session.language]} ${row.id}`);
  const starts = typed === '' || begun ? [] : verbs.filter((verb) => verb.startsWith(typed));
  const items: readonly Item[] = [
    ...(decided === null ? [] : [decided]),
    ...starts.filter((verb) => verb === typed).map((verb) => startItem(verb, words.decisionStart)),
    ...found.map((row) => rowItem(scene, look, row)),
    ...starts.filter((verb) => verb !== typed).map((verb) => startItem(verb, words.decisionStart)),
  ];
  return menu({
    title: words.palette,
    items,
    line,
    asked: { label: ': ', text, typed: true, error: begun && decided === null ? misreading(typed, look) : '' },
    keys: new Map(),
    hint: words.paletteHint,
    width: 72,
  });
}

// Whether the first word is that of a decision and something follows it.
function decisionBegun(typed: string): boolean {
  const [first = '', ...rest] = typed.split(/\s+/);
  return verbs.includes(first) && (rest.length > 0 || first === 'cut' || first === 'mend');
}

function phraseItem(scene: Scene, look: Look, typed: string): Item | null {
  try {
    const action = readPhrase(typed);
    const off = reasonOff(scene, look, { do: 'decide', action });
    return {
      label: `${look.words.decide}  ${typed}`,
      note: off === null ? '' : look.words.offBecause(off),
      intents: off === null ? [{ do: 'close-dialog' }, { do: 'decide', action }] : null,
    };
  } catch (error) {
    if (error instanceof Misread) return null;
    throw error;
  }
}

function startItem(verb: string, note: string): Item {
  return { label: `${verb} ...`, note, intents: [{ do: 'type', text: `${verb} ` }] };
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
]);
