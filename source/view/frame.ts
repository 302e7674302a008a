// Frames: the horizontal lines between panes, with titles on them and the right junction at every wall.

import { cutText, type Line, type Span, span } from './line.ts';
import type { Look } from './look.ts';

/** A title on a frame line. */
export interface Caption {
  /** Cell of the wall at the left of the pane; the title begins behind it. */
  readonly at: number;
  readonly text: string;
  /** Whether its pane has the focus: then it stands in brackets. */
  readonly focused: boolean;
  /** A hint and no title. */
  readonly hint?: boolean;
}

/** A horizontal line of `width` cells with walls going up and down from it at the given cells. */
export function edge(
  width: number,
  up: readonly number[],
  down: readonly number[],
  captions: readonly Caption[],
  look: Look,
): Line {
  const { glyphs, ruler } = look;
  const junction = (at: number): string => {
    const arms = (up.includes(at) ? 1 : 0) + (down.includes(at) ? 2 : 0) + (at > 0 ? 4 : 0) + (at < width - 1 ? 8 : 0);
    return glyphs.junctions[arms] ?? glyphs.horizontal;
  };
  const stretch = (from: number, to: number): string => {
    let text = '';
    for (let at = from; at < to; at++) {
      text += up.includes(at) || down.includes(at) ? junction(at) : glyphs.horizontal;
    }
    return text;
  };
  const line: Span[] = [];
  let at = 0;
  const sorted = [...captions].sort((a, b) => a.at - b.at);
  for (const [place, caption] of sorted.entries()) {
    const end = sorted[place + 1]?.at ?? width - 1;
    if (caption.at + 1 > at) line.push(span(stretch(at, caption.at + 1), 'dim'));
    // One cell of line, a space, the title, a space.
    const room = end - caption.at - 4;
    const text = fitCaption(caption.text, room, look);
    if (caption.focused) line.push(span('[', 'selected'), span(text, 'title'), span(']', 'selected'));
    else line.push(span(' '), span(text, caption.hint === true ? 'dim' : 'title'), span(' '));
    at = caption.at + 1 + ruler(text) + 2;
  }
  line.push(span(stretch(at, width), 'dim'));
  return line;
}

function fitCaption(text: string, room: number, look: Look): string {
  if (look.ruler(text) <= room) return text;
  const { ellipsis } = look.glyphs;
  return `${cutText(text, Math.max(0, room - look.ruler(ellipsis)), look.ruler)}${ellipsis}`;
}
