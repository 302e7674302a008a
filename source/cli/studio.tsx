// The debugger's own screens without a terminal: drawn by the same components into the same grid of cells, on a clock
// that only the reel moves. The same reel gives the same octets on every machine.

import { Box, renderToString } from 'ink';
import type { ReactElement } from 'react';
import type { Cast, CastEvent } from '../export/cast.ts';
import { type Exhibit, type Studio, titleOf } from '../export/exhibit.ts';
import type { Frame, Picture } from '../export/picture.ts';
import type { Reel, Shot, ShownKey } from '../export/shots.ts';
import { printSession } from '../scenario/save.ts';
import type { Session } from '../session/session.ts';
import { Output, type Size } from '../terminal/output.ts';
import { type Ability, FrameReader } from '../terminal/screen.ts';
import { abilitiesOf } from '../terminal/update.ts';
import { Drawing } from '../ui/app.tsx';
import { keyText, rowOf } from '../ui/keys.ts';
import { lookOf } from '../ui/look.ts';
import { Rows } from '../ui/rows.tsx';
import { cell, type Line, span } from '../view/line.ts';
import { player } from './player.ts';

const ability: Ability = { unicode: true, colours: true };

/** Before the first screen and after the last: the cursor would only be in the way. */
const [hideCursor, showCursor] = ['\x1b[?25l', '\x1b[?25h'];

const octets: Readonly<Record<ShownKey, string>> = { right: '\x1b[C', x: 'x', d: 'd', y: 'y', r: 'r', o: 'o' };

/** A studio for screens of this size. */
export function studioOf(size: Size): Studio {
  return {
    screen: async (session) => pictureOf(<Whole session={session} size={size} />, size),
    cast: async (reel, exhibit) => castOf(reel, exhibit, size),
    film: async (reel) => filmOf(reel, size),
    player,
  };
}

function castOf(reel: Reel, { session, look }: Exhibit, size: Size): Cast {
  const events: CastEvent[] = [];
  let clock = 0;
  const output = new Output({
    size,
    ability,
    abilities: abilitiesOf('xterm'),
    write: (text) => {
      events.push({ at: clock, kind: 'output', text: events.length === 0 ? hideCursor + text : text });
    },
    now: () => clock,
  });
  for (const shot of reel.shots) {
    clock = shot.at;
    if (shot.pressed && shot.key !== null) events.push({ at: clock, kind: 'input', text: octets[shot.key] });
    output.write(frameOf(<Recorded shot={shot} size={size} />, size));
    output.draw();
    if (shot.marker !== null) events.push({ at: clock, kind: 'marker', text: shot.marker });
  }
  events.push({ at: reel.duration, kind: 'output', text: `\x1b[m\x1b[${size.rows}H${showCursor}` });
  const begun = reel.shots[0]?.session ?? session;
  return { head: { ...size, title: titleOf(session, look), session: printSession(begun) }, events };
}

function filmOf(reel: Reel, size: Size): readonly Frame[] {
  return reel.shots.map((shot) => ({ at: shot.at, picture: pictureOf(<Recorded shot={shot} size={size} />, size) }));
}

function frameOf(element: ReactElement, { columns }: Size): string {
  return renderToString(element, { columns });
}

function pictureOf(element: ReactElement, size: Size): Picture {
  return new FrameReader(ability).read(frameOf(element, size), size.columns, size.rows);
}

function Whole({ session, size: { columns, rows } }: { readonly session: Session; readonly size: Size }): ReactElement {
  return <Drawing session={session} columns={columns} rows={rows} />;
}

// The debugger never uses the last row: here it tells which key is pressed.
function Recorded({ shot, size }: { readonly shot: Shot; readonly size: Size }): ReactElement {
  return (
    <Box flexDirection='column' height={size.rows}>
      <Whole session={shot.session} size={size} />
      <Rows lines={[keyLine(shot, size)]} />
    </Box>
  );
}

function keyLine({ key, pressed, session }: Shot, { columns }: Size): Line {
  if (key === null) return [];
  const { glyphs, ruler } = lookOf(session);
  const label = rowOf(session, key)?.label[session.language] ?? '';
  const text = ` [ ${keyText(key, glyphs)} ]  ${label}`;
  return [span(cell(text, Math.min(columns - 1, ruler(text)), ruler), pressed ? 'selected' : 'dim')];
}
