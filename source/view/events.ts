// The events of the branch one below the other, past and known future; where something is searched for, its matches only.

import { matcher } from '../session/seek.ts';
import { branchOf } from '../session/session.ts';
import { seconds } from '../session/time.ts';
import { eventText, namer } from './event.ts';
import { blank, exactly, type Line, line, span, type Tone } from './line.ts';
import type { Look } from './look.ts';
import type { Mark, Scene } from './scene.ts';

/** Matches that are looked through on either side of the cursor. */
const reach = 400;

/** The list in exactly `height` lines of `width` cells. */
export function events(scene: Scene, look: Look, width: number, height: number): readonly Line[] {
  const { words, glyphs, ruler } = look;
  const { session } = scene;
  const { search } = session;
  const { timeline, explored } = branchOf(session);
  const name = namer(scene.passages, look);
  const { index } = session.cursor;
  const from = Math.max(timeline.openingIndex + 1, index - reach);
  const answers = search === null ? null : matcher(search, session);
  const rows: { readonly line: Line; readonly at: number }[] = [];
  let hidden = 0;
  for (const entry of timeline.steps(from, Math.min(explored, index + reach))) {
    if (answers !== null && !answers(entry, timeline)) {
      hidden += 1;
      continue;
    }
    const event = entry.index - timeline.openingIndex;
    const here = entry.index === index;
    const mark = scene.ticks.find((tick) => tick.event === event)?.mark ?? 'other';
    const tone: Tone = here ? 'strong' : entry.index > index ? 'dim' : toneOf(mark);
    rows.push({
      at: entry.index,
      line: [
        span(here ? glyphs.cursor : ' ', 'selected'),
        span(`${`${event}`.padStart(3)} `, 'dim'),
        span(`${seconds(entry.step.world.now)} `, 'dim'),
        span(eventText(entry.step, look, name), tone),
      ],
    });
  }
  if (rows.length === 0) rows.push({ at: index, line: [span(` ${words.nothingYet}`, 'dim')] });
  const foot = answers === null ? [] : [line(` / ${search}  ${words.hidden(hidden)}`, 'notice')];
  const room = height - foot.length;
  // The last one not after the cursor stands in the middle; pages would jump on every step of a long list.
  const place = Math.max(
    0,
    rows.findLastIndex((row) => row.at <= index),
  );
  const start = Math.max(0, Math.min(place - Math.floor(room / 2), rows.length - room));
  const shown = rows.slice(start, start + room).map((row) => row.line);
  while (shown.length < room) shown.push(blank);
  return [...shown, ...foot].map((one) => exactly(one, width, ruler, glyphs.ellipsis));
}

function toneOf(mark: Mark): Tone {
  return mark === 'lost' ? 'lost' : mark === 'retransmission' ? 'held' : 'plain';
}
