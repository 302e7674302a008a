// The whole screen of a session: title, panes in their frames, footer. One component for each kind of layout.

import { Box } from 'ink';
import type { ReactElement } from 'react';
import { type Pane, panes } from '../session/session.ts';
import { endpointBrief } from '../view/endpoint.ts';
import { namer } from '../view/event.ts';
import { footer } from '../view/footer.ts';
import { type Caption, edge } from '../view/frame.ts';
import { health } from '../view/health.ts';
import { exactly, type Line, span } from '../view/line.ts';
import type { Look } from '../view/look.ts';
import { noticeText } from '../view/notice.ts';
import type { Scene } from '../view/scene.ts';
import { marks } from '../view/time-line.ts';
import { title } from '../view/title.ts';
import { why } from '../view/why.ts';
import { counts, wireRemarks } from '../view/wire.ts';
import { footRank, footRows, keyOf, keys, keyText } from './keys.ts';
import type { Compact, Framed, Layout, Zoomed } from './layout.ts';
import { panels } from './panel/index.ts';
import { Row, Rows } from './rows.tsx';

interface Props<Kind> {
  readonly scene: Scene;
  readonly look: Look;
  readonly layout: Kind;
}

/** The screen in its layout. */
export function Screen({ scene, look, layout }: Props<Exclude<Layout, { kind: 'none' }>>): ReactElement {
  switch (layout.kind) {
    case 'compact':
      return <CompactScreen scene={scene} look={look} layout={layout} />;
    case 'framed':
      return <FramedScreen scene={scene} look={look} layout={layout} />;
    case 'zoomed':
      return <ZoomedScreen scene={scene} look={look} layout={layout} />;
  }
}

function caption(scene: Scene, look: Look, pane: Pane, at: number): Caption {
  const number = panes.indexOf(pane) + 1;
  return { at, text: `${number} ${panels[pane].caption(scene, look)}`, focused: scene.session.focus === pane };
}

function FramedScreen({ scene, look, layout }: Props<Framed>): ReactElement {
  const { columns, end, wire: middle, top, why: whyRows, time, decisions, segment } = layout;
  const last = columns - 1;
  const walls = [0, end + 1, end + middle + 2, last];
  const split = segment > 0 ? [0, last - segment - 1, last] : [0, last];
  const whyWidth = segment > 0 ? columns - 3 - segment : columns - 2;
  const draw = (pane: Pane, width: number, height: number, isLast: boolean): ReactElement => {
    const { Body } = panels[pane];
    return <Body scene={scene} look={look} width={width} height={height} last={isLast} zoomed={false} />;
  };
  const more = look.words.more;
  const captions = [
    caption(scene, look, 'why', 0),
    ...(segment === 0 ? [{ at: last - look.ruler(more) - 4, text: more, focused: false, hint: true }] : []),
    ...(segment > 0 ? [caption(scene, look, 'segment', last - segment - 1)] : []),
  ];
  return (
    <Box flexDirection='column'>
      <Row line={title(scene, look, columns)} />
      <Row
        line={edge(
          columns,
          [],
          walls,
          [
            caption(scene, look, 'client', 0),
            caption(scene, look, 'wire', end + 1),
            caption(scene, look, 'server', end + middle + 2),
          ],
          look,
        )}
      />
      <Box>
        {draw('client', end, top, false)}
        {draw('wire', middle, top, false)}
        {draw('server', end, top, true)}
      </Box>
      <Row line={edge(columns, walls, split, captions, look)} />
      <Box>
        {draw('why', whyWidth, whyRows, segment === 0)}
        {segment > 0 ? draw('segment', segment, whyRows, true) : null}
      </Box>
      <Row line={edge(columns, split, [0, last], [caption(scene, look, 'time', 0)], look)} />
      {draw('time', columns - 2, time, true)}
      {decisions > 0 ? (
        <>
          <Row line={edge(columns, [0, last], [0, last], [caption(scene, look, 'decisions', 0)], look)} />
          {draw('decisions', columns - 2, decisions, true)}
        </>
      ) : null}
      <Row line={foot(scene, look, columns, [0, last])} />
      {layout.health > 0 ? <Row line={health(scene, look, columns)} /> : null}
      <Row line={keysLine(scene, look, columns)} />
    </Box>
  );
}

function ZoomedScreen({ scene, look, layout }: Props<Zoomed>): ReactElement {
  const { columns, rows, pane } = layout;
  const { Body } = panels[pane];
  const walls = [0, columns - 1];
  return (
    <Box flexDirection='column'>
      <Row line={title(scene, look, columns)} />
      <Row line={edge(columns, [], walls, [caption(scene, look, pane, 0)], look)} />
      <Body scene={scene} look={look} width={columns - 2} height={rows} last zoomed />
      <Row line={foot(scene, look, columns, walls)} />
      <Row line={keysLine(scene, look, columns)} />
    </Box>
  );
}

function CompactScreen({ scene, look, layout }: Props<Compact>): ReactElement {
  const { columns } = layout;
  const half = Math.floor((columns - 1) / 2);
  const other = columns - 1 - half;
  const client = endpointBrief(scene, 0, look, half);
  const server = endpointBrief(scene, 1, look, other);
  const wall = span(look.glyphs.vertical, 'dim');
  const pair = (row: 0 | 1): Line => [...client[row], wall, ...server[row]];
  const rows: readonly Line[] = [
    title(scene, look, columns),
    pair(0),
    pair(1),
    edge(columns, [half], [], [], look),
    ...wireRemarks(scene, look, columns, layout.wire),
    edge(columns, [], [], [{ at: 0, text: look.words.why, focused: scene.session.focus === 'why' }], look),
    ...why(scene, look, columns, layout.why, 'fitting'),
    exactly([span(' '), ...counts(scene, look)], columns, look.ruler),
    exactly(marks(scene, look, columns), columns, look.ruler, look.glyphs.ellipsis),
    foot(scene, look, columns, []),
    keysLine(scene, look, columns),
  ];
  return <Rows lines={rows} />;
}

// The lowest edge carries what the last key brought about.
function foot(scene: Scene, look: Look, columns: number, up: readonly number[]): Line {
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
    const label = keys.find((row) => row.id === id)?.foot;
    const key = keyOf(session, id);
    return label === undefined || label === null || key === null
      ? []
      : [{ key: keyText(key, look.glyphs), label: label[session.language], rank: footRank(id) }];
  });
  return footer(hints, look, columns - 1);
}
