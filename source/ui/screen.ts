// The whole screen of a session as lines: title, panes in their frames, footer. One function for each kind of layout.

import { type Pane, panes } from '../session/session.ts';
import { endpointBrief } from '../view/endpoint.ts';
import { namer } from '../view/event.ts';
import { footer } from '../view/footer.ts';
import { type Caption, edge } from '../view/frame.ts';
import { health } from '../view/health.ts';
import { claimsHere } from '../view/lesson.ts';
import { exactly, type Line, span } from '../view/line.ts';
import type { Look } from '../view/look.ts';
import { noticeText } from '../view/notice.ts';
import type { Scene } from '../view/scene.ts';
import { marks } from '../view/time-line.ts';
import { title } from '../view/title.ts';
import { why } from '../view/why.ts';
import { counts, wireRemarks } from '../view/wire.ts';
import { footOf, footRank, footRows, keyOf, keyText } from './keys.ts';
import type { Compact, Framed, Layout, Zoomed } from './layout.ts';
import { panels } from './panel/index.ts';

/** The screen in its layout, a line for each row but the last. */
export function screen(scene: Scene, look: Look, layout: Exclude<Layout, { kind: 'none' }>): readonly Line[] {
  switch (layout.kind) {
    case 'compact':
      return compactScreen(scene, look, layout);
    case 'framed':
      return framedScreen(scene, look, layout);
    case 'zoomed':
      return zoomedScreen(scene, look, layout);
  }
}

function caption(scene: Scene, look: Look, pane: Pane, at: number): Caption {
  const number = panes.indexOf(pane) + 1;
  return { at, text: `${number} ${panels[pane].caption(scene, look)}`, focused: scene.session.focus === pane };
}

/** A pane in the width that it has inside its walls. */
interface Placed {
  readonly pane: Pane;
  readonly width: number;
}

// Panes side by side: a wall before each line of each, and one at the right edge.
function beside(
  scene: Scene,
  look: Look,
  placed: readonly Placed[],
  room: { readonly height: number; readonly zoomed: boolean },
): readonly Line[] {
  const wall = span(look.glyphs.vertical, 'dim');
  const bodies = placed.map(({ pane, width }) => panels[pane].lines(scene, look, { width, ...room }));
  return Array.from({ length: room.height }, (_, row) => [
    ...bodies.flatMap((lines) => [wall, ...(lines[row] ?? [])]),
    wall,
  ]);
}

function framedScreen(scene: Scene, look: Look, layout: Framed): readonly Line[] {
  const { columns, end, wire: middle, top, why: whyRows, time, decisions, segment } = layout;
  const last = columns - 1;
  const walls = [0, end + 1, end + middle + 2, last];
  const split = segment > 0 ? [0, last - segment - 1, last] : [0, last];
  const whyWidth = segment > 0 ? columns - 3 - segment : columns - 2;
  const row = (placed: readonly Placed[], height: number): readonly Line[] =>
    beside(scene, look, placed, { height, zoomed: false });
  const more = look.words.more;
  const captions = [
    caption(scene, look, 'why', 0),
    ...(segment === 0 ? [{ at: last - look.ruler(more) - 4, text: more, focused: false, hint: true }] : []),
    ...(segment > 0 ? [caption(scene, look, 'segment', last - segment - 1)] : []),
  ];
  const topCaptions = [
    caption(scene, look, 'client', 0),
    caption(scene, look, 'wire', end + 1),
    caption(scene, look, 'server', end + middle + 2),
  ];
  const ends: readonly Placed[] = [
    { pane: 'client', width: end },
    { pane: 'wire', width: middle },
    { pane: 'server', width: end },
  ];
  const reasons: Placed = { pane: 'why', width: whyWidth };
  return [
    title(scene, look, columns),
    edge(columns, [], walls, topCaptions, look),
    ...row(ends, top),
    edge(columns, walls, split, captions, look),
    ...row(segment > 0 ? [reasons, { pane: 'segment', width: segment }] : [reasons], whyRows),
    edge(columns, split, [0, last], [caption(scene, look, 'time', 0)], look),
    ...row([{ pane: 'time', width: columns - 2 }], time),
    ...(decisions > 0
      ? [
          edge(columns, [0, last], [0, last], [caption(scene, look, 'decisions', 0)], look),
          ...row([{ pane: 'decisions', width: columns - 2 }], decisions),
        ]
      : []),
    foot(scene, look, columns, [0, last]),
    ...(layout.health > 0 ? [health(scene, look, columns)] : []),
    keysLine(scene, look, columns),
  ];
}

function zoomedScreen(scene: Scene, look: Look, layout: Zoomed): readonly Line[] {
  const { columns, rows, pane } = layout;
  const walls = [0, columns - 1];
  return [
    title(scene, look, columns, panels[pane].name(look)),
    edge(columns, [], walls, [caption(scene, look, pane, 0)], look),
    ...beside(scene, look, [{ pane, width: columns - 2 }], { height: rows, zoomed: true }),
    foot(scene, look, columns, walls),
    keysLine(scene, look, columns),
  ];
}

// Where there is no room to tell them, a hint says that tutorials have something to say of the step.
function whyCaptions(scene: Scene, look: Look, columns: number): readonly Caption[] {
  const title: Caption = { at: 0, text: look.words.why, focused: scene.session.focus === 'why' };
  if (claimsHere(scene).length === 0) return [title];
  const { tutorialsHint: text } = look.words;
  return [title, { at: columns - look.ruler(text) - 5, text, focused: false, hint: true }];
}

function compactScreen(scene: Scene, look: Look, layout: Compact): readonly Line[] {
  const { columns } = layout;
  const half = Math.floor((columns - 1) / 2);
  const other = columns - 1 - half;
  const client = endpointBrief(scene, 0, look, half);
  const server = endpointBrief(scene, 1, look, other);
  const wall = span(look.glyphs.vertical, 'dim');
  const pair = (row: 0 | 1): Line => [...client[row], wall, ...server[row]];
  return [
    title(scene, look, columns),
    pair(0),
    pair(1),
    edge(columns, [half], [], [], look),
    ...wireRemarks(scene, look, columns, layout.wire),
    edge(columns, [], [], whyCaptions(scene, look, columns), look),
    ...why(scene, look, columns, layout.why, 'fitting'),
    exactly([span(' '), ...counts(scene, look)], columns, look.ruler),
    exactly(marks(scene, look, columns), columns, look.ruler, look.glyphs.ellipsis),
    foot(scene, look, columns, []),
    keysLine(scene, look, columns),
  ];
}

/** The lowest edge of a screen, with walls going up from it: it carries what the last key brought about. */
export function foot(scene: Scene, look: Look, columns: number, up: readonly number[]): Line {
  const { notice } = scene.session;
  if (notice === null) return edge(columns, up, [], [], look);
  const text = noticeText(notice, look, namer(scene.passages, look), { undo: 'u', forward: look.glyphs.right });
  const room = columns - 6;
  const [shown] = [exactly([span(text, 'notice')], Math.min(room, look.ruler(text)), look.ruler, look.glyphs.ellipsis)];
  const drawn = edge(
    columns,
    up,
    [],
    [{ at: 0, text: shown.map((piece) => piece.text).join(''), focused: false }],
    look,
  );
  return drawn.map((piece) => (piece.tone === 'title' ? span(piece.text, 'notice') : piece));
}

function keysLine(scene: Scene, look: Look, columns: number): Line {
  const { session } = scene;
  const atEnd = session.notice?.kind === 'quiet';
  const hints = footRows(session, atEnd).flatMap((id) => {
    const label = footOf(session, id);
    const key = keyOf(session, id);
    return label === null || key === null
      ? []
      : [{ key: keyText(key, look.glyphs), label: label[session.language], rank: footRank(id) }];
  });
  return footer(hints, look, columns - 1);
}
