// Linear mode: the same session, the same keys, the same menus, as lines of text that are only ever appended.

import type { Session } from '../session/session.ts';
import { namer } from '../view/event.ts';
import { textOf } from '../view/line.ts';
import { movedOn, spoken } from '../view/linear.ts';
import type { Look } from '../view/look.ts';
import { noticeText } from '../view/notice.ts';
import { type Scene, sceneOf } from '../view/scene.ts';
import { footOf, footRows, keyOf, keyText, rowsOf } from './keys.ts';
import { lookOf } from './look.ts';
import { menuOf } from './menu/index.ts';
import type { Menu } from './menu/menu.ts';
import { panels } from './panel/index.ts';

/** What is said when a session begins. */
export function spokenFirst(session: Session): readonly string[] {
  const scene = sceneOf(session);
  const look = lookOf(session);
  const block = session.dialog.kind === 'none' ? [...spoken(scene, look), keysSpoken(scene, look)] : null;
  return [...noticeSpoken(session, scene, look), ...(block ?? menuSpoken(scene, look))];
}

/** What is said when a session has become another: nothing where nothing can be told. */
export function spokenChange(before: Session, after: Session): readonly string[] {
  if (before === after) return [];
  const scene = sceneOf(after);
  const look = lookOf(after);
  const notice = after.notice === before.notice ? [] : noticeSpoken(after, scene, look);
  const block = movedOn(before, after) && after.dialog.kind === 'none' ? ['', ...spoken(scene, look)] : [];
  return [...block, ...notice, ...dialogChange(before, after, scene, look), ...otherChange(before, after, scene, look)];
}

function noticeSpoken(session: Session, scene: Scene, look: Look): readonly string[] {
  const { notice } = session;
  if (notice === null) return [];
  if (notice.kind === 'copied') return [notice.text];
  if (notice.kind === 'mouse' || notice.kind === 'wire-view') return [look.words.spokenScreenOnly];
  const keys = { undo: keyOf(session, 'undo') ?? '', forward: named('forward', session, look) };
  return [noticeText(notice, look, namer(scene.passages, look), keys)];
}

function dialogChange(before: Session, after: Session, scene: Scene, look: Look): readonly string[] {
  if (before.dialog === after.dialog) return [];
  if (after.dialog.kind === 'none') return before.dialog.kind === 'none' ? [] : [look.words.spokenClosed];
  if (after.dialog.kind === 'help') return helpSpoken(after, look);
  const menu = menuOf(scene, look);
  if (menu === null) return [];
  const former = before.dialog.kind === after.dialog.kind ? menuOf(sceneOf(before), lookOf(before)) : null;
  if (former === null || former.title !== menu.title) return menuSpoken(scene, look);
  if (menu.asked !== null && menu.asked.text !== former.asked?.text && menu.asked.typed) {
    const matches = menu.items.length === former.items.length ? [] : [look.words.spokenItems(menu.items.length)];
    return [`${menu.asked.text}${menu.asked.error === '' ? '' : `  ${menu.asked.error}`}`, ...matches];
  }
  return [itemSpoken(menu, menu.line, look), ...toldOf(menu)];
}

// What else a key can change that a screen would show: the focus, the selected segment, the highlighted finding.
function otherChange(before: Session, after: Session, scene: Scene, look: Look): readonly string[] {
  const { words } = look;
  if (before.focus !== after.focus) return [words.spokenPane(panels[after.focus].name(look))];
  if (before.selection !== after.selection && scene.selected !== null) {
    return [words.spokenSelected(namer(scene.passages, look)(scene.selected.flight.id))];
  }
  if (before.language !== after.language) return [words.spokenLanguage];
  if (before.zoomed !== after.zoomed || before.recording !== after.recording) return [words.spokenScreenOnly];
  if (before.playing !== after.playing) return [after.playing ? words.playing(`${after.speed}x`) : words.paused];
  return [];
}

/** A menu with all it offers, each item with the digit that chooses it. */
export function menuSpoken(scene: Scene, look: Look): readonly string[] {
  const menu = menuOf(scene, look);
  if (menu === null) return [];
  return [
    '',
    look.words.spokenMenu(menu.title, menu.items.length),
    ...menu.lead.map(({ text }) => text),
    ...(menu.heads === null ? [] : [menu.heads.join('  ')]),
    ...menu.above.map((line) => textOf(line).trim()).filter((text) => text !== ''),
    ...(menu.asked === null ? [] : [`${menu.asked.label}${menu.asked.text}`]),
    ...menu.items.map((_, place) => itemSpoken(menu, place, look)),
    ...toldOf(menu),
    menu.hint,
  ];
}

function toldOf({ told }: Menu): readonly string[] {
  return (told ?? []).map(({ text }) => text);
}

function itemSpoken(menu: Menu, place: number, look: Look): string {
  const item = menu.items[place];
  if (item === undefined) return '';
  const texts = [item.label.trim(), item.right?.trim() ?? '', item.note.trim()].filter((text) => text !== '');
  return `${place + 1}${look.words.colon}${texts.join(look.words.comma)}${place === menu.line ? ` ${look.words.spokenHere}` : ''}`;
}

function helpSpoken(session: Session, look: Look): readonly string[] {
  return [
    '',
    look.words.helpAll,
    ...rowsOf(session)
      .filter((row) => row.keys.length > 0)
      .map((row) => `${row.keys.map(spell).join(', ')}${look.words.colon}${row.label[session.language]}`),
    look.words.helpBack,
  ];
}

// The keys that matter now, by names that can be heard.
function keysSpoken(scene: Scene, look: Look): string {
  const { session } = scene;
  const hints = footRows(session, session.notice?.kind === 'quiet').flatMap((id) => {
    const label = footOf(session, id);
    const key = keyOf(session, id);
    return label === null || key === null ? [] : [`${spell(key)} ${label[session.language]}`];
  });
  return look.words.spokenKeys(hints);
}

function named(id: string, session: Session, look: Look): string {
  const key = keyOf(session, id);
  return key === null ? '' : keyText(key, look.glyphs);
}

/** The name of a key as it is said: signs by their names. */
export function spell(key: string): string {
  return signs[key] ?? key;
}

const signs: Readonly<Record<string, string>> = {
  '?': 'question mark',
  ':': 'colon',
  '}': 'closing brace',
  '{': 'opening brace',
  '.': 'full stop',
  ',': 'comma',
  "'": 'apostrophe',
  '/': 'slash',
  '+': 'plus',
  '-': 'minus',
  '=': 'equals',
  esc: 'Escape',
  enter: 'Enter',
};
