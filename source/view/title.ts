// The first line of the screen: what is open, when it is, and on which branch.

import { seconds } from '../session/time.ts';
import { cell, exactly, type Line, span, spread, widthOf } from './line.ts';
import type { Look } from './look.ts';
import type { Scene } from './scene.ts';

/**
 * `hs-basic   t 0.050s   ev 2/4   main*   rfc9293   PAUSED` with the way to help at its right end; behind the event the
 * name of the pane that is shown alone ('': none is).
 */
export function title(scene: Scene, look: Look, width: number, alone = ''): Line {
  const { words, ruler, glyphs } = look;
  const { session } = scene;
  const roomy = width >= 76;
  const gap = roomy ? '  ' : ' ';
  const wounded = (scene.wounds ?? []).length > 0;
  // Every field keeps its place while time goes by: only digits change.
  const time = cell(`t ${seconds(scene.now)}s`, roomy ? 10 : 8, ruler);
  const event = cell(`${words.event} ${scene.event}/${scene.events}`, roomy ? 8 : 6, ruler);
  const branch: Line = [span(`${scene.branch}${scene.touched ? '*' : ''}`), span(gap)];
  const profile: Line = [span(session.profile, 'dim'), span(gap)];
  const only: Line = alone === '' ? [] : [span(alone, 'title'), span(gap)];
  const state = span(
    session.playing ? words.playing(`${session.speed}x`) : words.paused,
    session.playing ? 'notice' : 'dim',
  );
  const left = (between: Line, doing: Line = [state]): Line => [
    span(` ${session.subject.id}`, 'title'),
    span(gap),
    span(time),
    span(gap),
    span(event),
    span(gap),
    ...between,
    // Only where there is no line for it below.
    ...(wounded ? [span(`! ${words.brokenMark}`, 'lost'), span(gap)] : []),
    ...doing,
    ...(session.recording ? [span(' REC', 'lost')] : []),
    span(' '),
  ];
  const right: Line = [span(words.titleHelp, 'key'), span(' ')];
  // The name of the branch is also that of its tree: it gives way before the profile, which rules all that is seen.
  // The frame names the pane too: that comes last.
  const fitting = [[...only, ...branch, ...profile], [...only, ...profile], only, profile, []].find(
    (between) => widthOf([...left(between), ...right], ruler) <= width,
  );
  // Where not even that fits, whether it plays is seen by itself.
  return exactly(
    spread(fitting === undefined ? left([], []) : left(fitting), right, width, ruler, glyphs.ellipsis),
    width,
    ruler,
    glyphs.ellipsis,
  );
}
