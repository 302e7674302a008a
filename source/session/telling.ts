// How an event is told on the screen. Whoever draws knows; searches look through it.

import type { Step } from '../world/outcome.ts';
import type { Language } from './bilingual.ts';

/** Everything that is shown of an event in the language and glyphs of a session, in no particular order. */
export type Telling = (
  step: Step,
  look: { readonly language: Language; readonly glyphs: 'unicode' | 'ascii' },
) => readonly string[];

/** Nothing is shown. */
export const untold: Telling = () => [];
