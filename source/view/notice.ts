// What the last key brought about, in one line.

import type { Notice } from '../session/notice.ts';
import { actionText } from './action.ts';
import type { Look } from './look.ts';

/** The keys that a notice may mention. */
export interface NoticeKeys {
  readonly undo: string;
  readonly forward: string;
}

/** `dropped #1 SYN.  u undo  -> see what happens` */
export function noticeText(notice: Notice, look: Look, name: (flight: number) => string, keys: NoticeKeys): string {
  const { words } = look;
  const after = `${words.undoHint(keys.undo)}  ${words.seeWhatHappens(keys.forward)}`;
  switch (notice.kind) {
    case 'start':
      return words.startOfHistory;
    case 'quiet':
      return words.quiet;
    case 'busy':
      return words.busy(notice.steps);
    case 'limit':
      return words.limit;
    case 'no-change':
      return notice.where === 'before' ? words.noChangeBefore : words.noChangeAfter;
    case 'decided':
      return `${actionText(notice.action, look, name)}${words.stop}  ${after}`;
    case 'branched':
      return `${actionText(notice.action, look, name)}${words.stop}  ${words.branched(notice.name, notice.keeps)}`;
    case 'again':
      return `${actionText(notice.action, look, name)}${words.stop}  ${words.again(notice.name)}`;
    case 'refused':
      return words.cannot(words.refusal[notice.reason]);
    case 'undone':
      return words.undone(actionText(notice.action, look, name));
    case 'redone':
      return words.redone(actionText(notice.action, look, name));
    case 'nothing-to-undo':
      return words.nothingToUndo;
    case 'nothing-to-redo':
      return words.nothingToRedo;
    case 'nothing-selected':
      return words.nothingSelected;
    case 'switched':
      return words.switched(notice.name);
    case 'not-understood':
      return words.notUnderstood(notice.text);
    case 'misread':
      return words.misread(notice.found, notice.expected, notice.nearest);
    case 'speed':
      return words.speed(`${notice.speed}x`);
  }
}
