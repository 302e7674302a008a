// The words and glyphs that a session has chosen.

import type { Session } from '../session/session.ts';
import { ascii, unicode } from '../view/glyphs.ts';
import type { Look } from '../view/look.ts';
import { en } from '../view/words/en.ts';
import { zh } from '../view/words/zh.ts';
import { ruler } from './ruler.ts';

/** How this session is drawn. */
export function lookOf(session: Pick<Session, 'language' | 'glyphs'>): Look {
  return {
    words: session.language === 'zh' ? zh : en,
    glyphs: session.glyphs === 'unicode' ? unicode : ascii,
    ruler,
  };
}
