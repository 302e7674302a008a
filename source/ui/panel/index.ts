// All panels, by pane: how each is titled, and its lines.

import type { Pane } from '../../session/session.ts';
import { decisionList, decisionsTitle } from '../../view/decision-list.ts';
import { endpoint, endpointTitle } from '../../view/endpoint.ts';
import type { Line } from '../../view/line.ts';
import type { Look } from '../../view/look.ts';
import type { Scene } from '../../view/scene.ts';
import { segment, segmentTitle } from '../../view/segment.ts';
import { timeLine } from '../../view/time-line.ts';
import { why } from '../../view/why.ts';
import { wireTitle } from '../../view/wire.ts';
import { wireLines } from './wire.ts';

/** The room of a panel: cells inside the frame. */
export interface Room {
  readonly width: number;
  readonly height: number;
  /** Whether it has the screen for itself. */
  readonly zoomed: boolean;
}

/** One panel. It owns nothing. */
export interface Panel {
  /** In one word. */
  readonly name: (look: Look) => string;
  readonly caption: (scene: Scene, look: Look) => string;
  /** `height` lines of `width` cells each. */
  readonly lines: (scene: Scene, look: Look, room: Room) => readonly Line[];
}

/** How each pane is titled and drawn. */
export const panels: Readonly<Record<Pane, Panel>> = {
  client: {
    name: ({ words }) => words.party.client,
    caption: (scene, look) => endpointTitle(scene, 0, look),
    lines: (scene, look, { width, height }) => endpoint(scene, 0, look, width, height),
  },
  wire: { name: ({ words }) => words.wire, caption: wireTitle, lines: wireLines },
  server: {
    name: ({ words }) => words.party.server,
    caption: (scene, look) => endpointTitle(scene, 1, look),
    lines: (scene, look, { width, height }) => endpoint(scene, 1, look, width, height),
  },
  why: {
    name: ({ words }) => words.why,
    caption: (_, look) => look.words.why,
    lines: (scene, look, { width, height, zoomed }) => why(scene, look, width, height, zoomed ? 'full' : 'fitting'),
  },
  time: {
    name: ({ words }) => words.time,
    caption: (_, look) => look.words.time,
    lines: (scene, look, { width, height }) => timeLine(scene, look, width, height),
  },
  segment: {
    name: ({ words }) => words.segment,
    caption: segmentTitle,
    lines: (scene, look, { width, height }) => segment(scene, look, width, height),
  },
  decisions: {
    name: ({ words }) => words.decisions,
    caption: decisionsTitle,
    lines: (scene, look, { width, height }) => decisionList(scene, look, width, height),
  },
};
