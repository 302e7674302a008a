// The wire as a ladder: both ends as posts, every segment as a rung, with the time at which it left beside the
// post it left from and the time at which it came beside the other. Each post read downwards is that end's history:
// what leaves at the moment that stands above it bears no time of its own.

import { secondsIn } from '../session/time.ts';
import { ACK, has } from '../tcp/segment.ts';
import { cell, exactly, type Line, type Span, span } from './line.ts';
import type { Look } from './look.ts';
import type { Passage, Scene } from './scene.ts';
import { idOf, kind } from './segment-label.ts';
import { arrow, detailsOf, listed, rightward, type WireRow } from './wire.ts';

/** From this width on (cells inside the frame) there is room for a ladder. */
export const wideLadder = 38;

/** Cells for a time beside a post. */
const margin = 8;

/** The ladder in exactly `height` lines of `width` cells: rungs, the selected segment in words, and a count. */
export function ladder(scene: Scene, look: Look, width: number, height: number): readonly Line[] {
  // The time that stood last at either post, left and right: it is not said again.
  let [left, right] = ['', ''];
  const rows = scene.passages.flatMap((passage) => {
    const known = rightward(passage.flight) ? left : right;
    const leaves = secondsIn(passage.flight.sentAt, margin - 1);
    const comes = arrival(passage, look).text;
    [left, right] = rightward(passage.flight) ? [leaves, comes] : [comes, leaves];
    return rung(passage, leaves === known, scene, look, width);
  });
  // The posts go down as far as there is room.
  return listed(rows, between(look, width, ''), scene, look, width, height, 1);
}

function rung(passage: Passage, again: boolean, scene: Scene, look: Look, width: number): readonly WireRow[] {
  const { flight, fate } = passage;
  const chosen = flight.id === scene.selected?.flight.id;
  const inner = width - 2 * margin - 3;
  const right = rightward(flight);
  const post = span(look.glyphs.vertical, 'dim');
  const drawn = (silent: boolean): Line => {
    const left = span(silent ? '' : secondsIn(flight.sentAt, margin - 1));
    const came = arrival(passage, look);
    return [
      span(chosen ? look.glyphs.cursor : ' '),
      flush(right ? left : came, margin - 1, look),
      span(' '),
      post,
      ...arrow(passage, label(passage, look, inner - 4), inner, look),
      post,
      span(' '),
      right ? came : left,
    ];
  };
  const telling = (fate?.byPerson === true && fate.reason !== 'delivered') || passage.repeats > 0 || flight.copyOf > 0;
  const remark = telling ? detailsOf(passage, look, true).slice(1, 2) : [];
  return [
    { line: drawn(again), first: drawn(false), flight: flight.id },
    ...remark.map((text) => ({ line: between(look, width, text), flight: flight.id })),
  ];
}

// The longest of the texts that fits on the shaft.
function label(passage: Passage, look: Look, width: number): string {
  const { flight } = passage;
  const { segment } = flight;
  const name = `${idOf(flight)} ${kind(segment, look)}`;
  const ack = has(segment, ACK) ? ` ack=${segment.ack}` : '';
  const wishes = [`${name} seq=${segment.seq}${ack}`, `${name}${ack}`, name];
  return wishes.find((wish) => look.ruler(wish) <= width) ?? name;
}

function arrival(passage: Passage, look: Look): Span {
  const { flight, fate } = passage;
  const { fateShort } = look.words;
  if (fate !== null) {
    return fate.reason === 'delivered' ? span(secondsIn(fate.at, margin - 1)) : span(fateShort[fate.reason], 'lost');
  }
  if (!Number.isFinite(flight.due)) return span(fateShort.held, 'held');
  return span(secondsIn(flight.due, margin - 1));
}

function flush(piece: Span, width: number, look: Look): Span {
  const room = width - look.ruler(piece.text);
  return room > 0 ? span(' '.repeat(room) + piece.text, piece.tone) : piece;
}

// A line between the posts with a remark.
function between(look: Look, width: number, text: string): Line {
  const inner = width - 2 * margin - 3;
  const post = span(look.glyphs.vertical, 'dim');
  const body = exactly(
    [span(cell(text === '' ? '' : `   ${text}`, inner, look.ruler), 'dim')],
    inner,
    look.ruler,
    look.glyphs.ellipsis,
  );
  return [span(' '.repeat(margin + 1)), post, ...body, post];
}
