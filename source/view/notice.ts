// What the last key brought about, in one line.

import { conditionWords } from '../session/condition.ts';
import type { Notice } from '../session/notice.ts';
import { phrase } from '../session/print.ts';
import { seconds } from '../session/time.ts';
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
    case 'wire-view':
      return words.wireView[notice.view];
    case 'nothing-selected':
      return words.nothingSelected;
    case 'ended':
      return words.ended(name(notice.flight), words.fate(notice.reason, `${seconds(notice.at)}s`, false));
    case 'switched':
      return words.switched(notice.name);
    case 'not-understood':
      return words.notUnderstood(notice.text);
    case 'stopped':
      return notice.goal
        ? words.reachedGoal(conditionWords(notice.when))
        : words.stoppedAt(conditionWords(notice.when));
    case 'at-mark':
      return words.atMark(notice.name);
    case 'marked':
      return words.markedHere(notice.name);
    case 'no-mark':
      return notice.name === "'" ? words.noJump : words.noMark(notice.name);
    case 'match':
      return words.matched(notice.text);
    case 'no-match':
      return notice.where === 'after' ? words.noMatchAfter(notice.text) : words.noMatchBefore(notice.text);
    case 'no-search':
      return words.noSearch;
    case 'break-set':
      return words.breakSet(conditionWords(notice.when));
    case 'break-gone':
      return words.breakGone(conditionWords(notice.when));
    case 'goal-set':
      return notice.when === null ? words.noGoal : words.goalSet(conditionWords(notice.when));
    case 'complaint':
      return words.complaint(notice.first, notice.more);
    case 'lesson-over':
      return words.nextLesson(notice.next);
    case 'renamed':
      return words.renamed(notice.name);
    case 'no-branch':
      return words.noBranch(notice.name, notice.nearest);
    case 'toggled':
      return words.toggled(phrase(notice.action), notice.off);
    case 'profile':
      return words.nowProfile(notice.name);
    case 'misread':
      return words.misread(notice.found, notice.expected, notice.nearest);
    case 'copied':
      return words.copied(notice.text);
    case 'mouse':
      return words.mouse[notice.on ? 'on' : 'off'];
    case 'speed':
      return words.speed(`${notice.speed}x`);
    case 'recording':
      return words.recording[notice.what](notice.file);
    case 'exported':
      return words.exported(notice.file);
    case 'not-exported':
      return words.notExported(notice.file, words.trouble[notice.why]);
    case 'not-recorded':
      return words.notRecorded(notice.file, words.trouble[notice.why]);
  }
}
