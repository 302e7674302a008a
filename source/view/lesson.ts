// What the lesson has to say at a step: the first run's prompt, the challenge, its captions, claims of tutorials.

import { bites, claimBrief, claimLine, claimsAt } from '../scenario/claims.ts';
import { promptAt } from '../scenario/first-run.ts';
import { goals, reachedBy } from '../scenario/goals.ts';
import { captionsAt } from '../session/caption.ts';
import type { Claim } from '../session/handbook.ts';
import { timelineOf } from '../session/session.ts';
import { type Line, line, type Tone, wrap } from './line.ts';
import type { Look } from './look.ts';
import type { Scene } from './scene.ts';

/** From so many rows on there is room for what tutorials say. */
const roomy = 11;

/** Lines for a text where there is little room. */
const least = 2;

/** What is to be said before the reasons, in lines of `width` cells; `height` is what the whole pane has. */
export function lessonLines(scene: Scene, look: Look, width: number, height: number): readonly Line[] {
  if (height < 4) return [];
  const { language, quoted } = look.words;
  const { session } = scene;
  const told = (text: string, most: number, tone: Tone): readonly Line[] => {
    const texts = wrap(text, width - 2 - look.ruler(look.glyphs.ellipsis), look.ruler);
    const cut = texts.length > most ? look.glyphs.ellipsis : '';
    return texts.slice(0, most).map((one, place) => line(` ${one}${place === most - 1 ? cut : ''}`, tone));
  };
  const prompt = session.tour ? promptAt(session) : null;
  if (prompt !== null) return told(prompt.text[language], least, 'notice');
  // Where there is room every sentence is told to its end.
  const most = height >= roomy ? 6 : least;
  const lines = [...challenge(scene, look)].flatMap(({ text, tone }) => told(text, most, tone));
  for (const text of captions(scene)) {
    if (lines.length >= most) break;
    lines.push(...told(quoted(text), most - lines.length, 'plain'));
  }
  const [claim] = height >= roomy ? claimsHere(scene) : [];
  if (claim !== undefined) lines.push(...told(`! ${claimLine(claim, language)}`, 4, 'dim'));
  return lines;
}

/** What the lesson says at the event at the cursor. */
export function captions({ session }: Scene): readonly string[] {
  const { language } = session;
  return captionsAt(timelineOf(session), session.captions, session.cursor.index).map(({ text }) => text[language]);
}

/** What tutorials say of the step in one line, where `height` rows have no room for whole sentences. */
export function claimLines(scene: Scene, look: Look, height: number): readonly Line[] {
  if (height >= roomy || scene.session.tour || scene.checks !== null) return [];
  const [claim] = claimsHere(scene);
  // What is true as it stands needs no word here, unless somebody has come to see it.
  if (claim === undefined || !(bites(claim) || claim.row === scene.session.pointed)) return [];
  return [line(` ${claimBrief(claim, look.words.language)}`)];
}

/** The claims of tutorials that bite at the step; the one that was asked for first, then what most calls for a word. */
export function claimsHere({ session, step }: Pick<Scene, 'session' | 'step'>): readonly Claim[] {
  if (step === null) return [];
  const { handbook, subject, cursor, pointed } = session;
  const here = claimsAt(handbook.claims, subject.id, timelineOf(session), cursor.index);
  return here.toSorted((a, b) => Number(b.row === pointed) - Number(a.row === pointed));
}

function* challenge(scene: Scene, look: Look): Generator<{ readonly text: string; readonly tone: Tone }> {
  const { session } = scene;
  const goal = goals.find(({ id }) => id === session.challenge);
  if (goal === undefined) return;
  const course = timelineOf(session);
  const at = reachedBy(goal, course, session.cursor.index);
  const event = at === null ? null : at - course.openingIndex;
  yield {
    text: look.words.challengeLine(goal.text[look.words.language], event),
    tone: event === null ? 'notice' : 'strong',
  };
}
