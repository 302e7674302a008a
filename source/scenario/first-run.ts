// The first run: three prompts in the first lesson, and then the person knows most of the program.

import type { Bilingual } from '../session/bilingual.ts';
import { branchOf, type Session } from '../session/session.ts';
import { shownStates } from '../session/shown.ts';

/** The lesson in which a first run begins. */
export const firstLesson = 'hs-basic';

/** What to do next, for somebody who sees the program for the first time. */
export interface Prompt {
  /** 1 to 3. */
  readonly number: number;
  readonly text: Bilingual;
  /** Whether nothing is asked for any more. */
  readonly last: boolean;
}

const prompts = {
  begin: { en: 'Press Right. The client will send SYN.', zh: '按右方向键，客户端将发送 SYN。' },
  on: { en: 'Right again, until both ends are ESTABLISHED.', zh: '继续按右方向键，直到两端都是 ESTABLISHED。' },
  drop: {
    en: 'Now go Left until SYN is in flight, then press x.',
    zh: '现在按左方向键回到 SYN 在途中的时刻，然后按 x。',
  },
  see: { en: 'It is lost. Right: see who notices.', zh: '已丢失。按右方向键，看看谁会发现。' },
  done: {
    en: 'That is most of it. s lessons, K questions, ? keys, : all else, q quits: nothing is lost.',
    zh: '用法大致就是这些。s 课程，K 提问，? 按键，: 其他一切，q 退出：什么都不会丢失。',
  },
} as const satisfies Record<string, Bilingual>;

/** The prompt for where somebody stands in the first lesson; null in any other. */
export function promptAt(session: Session): Prompt | null {
  if (session.subject.id !== firstLesson) return null;
  const { timeline, explored } = branchOf(session);
  const { index } = session.cursor;
  const lost = timeline.decisions.some(
    ({ by, off, action }) => by === 'person' && !off && action.kind === 'tamper' && action.tamper.do === 'drop',
  );
  if (lost) {
    const repeated = timeline.search(timeline.openingIndex, index - timeline.openingIndex, ({ step }) =>
      step.findings.some(({ rule }) => rule === 'syn-sent.rtx' || rule === 'syn-rcvd.rtx'),
    );
    return { number: 3, text: repeated === null ? prompts.see : prompts.done, last: repeated !== null };
  }
  const open = shownStates(timeline.worldAt(explored)).every((state) => state === 'ESTABLISHED');
  if (open) return { number: 2, text: prompts.drop, last: false };
  return { number: 1, text: index === timeline.openingIndex ? prompts.begin : prompts.on, last: false };
}
