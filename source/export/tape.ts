// A tape for VHS (github.com/charmbracelet/vhs): the same session typed into a real terminal. It waits for the number of
// each event on the screen, which is there once and only once, and never for a time.

import { eventNumbers } from '../session/session.ts';
import { type Exhibit, titleOf } from './exhibit.ts';
import { reelOf, type Shot } from './shots.ts';

/** The tape, ending in a line end. */
export function tape(exhibit: Exhibit): string {
  const { session, look, command } = exhibit;
  const { subject } = session;
  const { shots, duration } = reelOf(exhibit);
  const lines = [
    `# ${titleOf(session, look)}`,
    `# vhs ${subject.id}.tape`,
    `Output ${subject.id}.gif`,
    'Require tcpstep',
    'Set Shell bash',
    'Set FontSize 18',
    'Set Width 1000',
    'Set Height 640',
    'Set WaitTimeout 30s',
    'Hide',
    `Type ${quoted(`${command} --lang ${session.language} --glyphs ${look.glyphs.name}`)}`,
    'Enter',
    waitFor(shots[0], exhibit),
    'Show',
  ];
  const steps = shots.filter((shot) => !shot.pressed);
  for (const [index, shot] of steps.entries()) {
    if (index > 0) lines.push('Right', waitFor(shot, exhibit));
    lines.push(`Sleep ${(steps[index + 1]?.at ?? duration) - shot.at}ms`);
  }
  lines.push('Hide', 'Type "q"', '');
  return lines.join('\n');
}

// `ev 3/5 `: the blank keeps 5 from being the beginning of 51.
function waitFor(shot: Shot | undefined, { look }: Exhibit): string {
  if (shot === undefined) return '';
  const { at, explored } = eventNumbers(shot.session);
  return `Wait+Screen /${look.words.event} ${at}\\/${explored} /`;
}

function quoted(text: string): string {
  const mark = ['"', "'", '`'].find((one) => !text.includes(one));
  return mark === undefined ? `"${text.replaceAll('"', '')}"` : `${mark}${text}${mark}`;
}
