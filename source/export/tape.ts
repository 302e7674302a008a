// A tape for VHS (github.com/charmbracelet/vhs): the same session typed into a real terminal. It waits for the number of
// each event on the screen, which is there once and only once, and never for a time.

import { eventNumbers, type Session } from '../session/session.ts';
import { type Exhibit, stemOf, titleOf } from './exhibit.ts';
import { reelOf } from './shots.ts';

/** The tape, ending in a line end. */
export function tape(exhibit: Exhibit): string {
  const { session, look, command } = exhibit;
  const { subject } = session;
  const { shots, duration } = reelOf(exhibit);
  const [first] = shots;
  // A name in a tape has no blanks.
  const stem = stemOf(subject.id).replaceAll(' ', '_');
  const lines = [
    `# ${titleOf(session, look)}`,
    `# vhs ${stem}.tape`,
    `Output ${stem}.gif`,
    'Require tcpstep',
    'Set Shell bash',
    'Set FontSize 18',
    'Set Width 1000',
    'Set Height 640',
    'Set WaitTimeout 30s',
    'Hide',
    `Type ${quoted(`${command} --lang ${session.language} --glyphs ${look.glyphs.name}`)}`,
    'Enter',
    waitFor(session, exhibit),
    ...(session.cursor.index === first?.session.cursor.index ? [] : ['Type "g"', waitFor(first?.session, exhibit)]),
    'Show',
  ];
  const steps = shots.filter((shot) => !shot.pressed);
  for (const [index, shot] of steps.entries()) {
    if (index > 0) lines.push('Right', waitFor(shot.session, exhibit));
    lines.push(`Sleep ${(steps[index + 1]?.at ?? duration) - shot.at}ms`);
  }
  lines.push('Hide', 'Type "q"', '');
  return lines.join('\n');
}

// `ev 3/5 `: the blank keeps 5 from being the beginning of 51.
function waitFor(session: Session | undefined, { look }: Exhibit): string {
  if (session === undefined) return '';
  const { at, explored } = eventNumbers(session);
  return `Wait+Screen /${look.words.event} ${at}\\/${explored} /`;
}

function quoted(text: string): string {
  const mark = ['"', "'", '`'].find((one) => !text.includes(one));
  return mark === undefined ? `"${text.replaceAll('"', '')}"` : `${mark}${text}${mark}`;
}
