// The time-sequence plot of one direction: segments by the time at which they left and the numbers they carry, the
// acknowledgments that came back, and the edge of the window they opened.

import { timelineOf } from '../session/session.ts';
import { seconds } from '../session/time.ts';
import { ACK, has, length, SYN } from '../tcp/segment.ts';
import { distance, type Seq } from '../tcp/seq.ts';
import { Canvas } from './canvas.ts';
import { blank, exactly, type Line, span } from './line.ts';
import type { Look } from './look.ts';
import type { Scene } from './scene.ts';
import { axisOf } from './time-axis.ts';

/** A segment that left, an acknowledgment that came, a segment that was lost. */
interface Point {
  readonly kind: 'sent' | 'again' | 'lost' | 'acknowledged' | 'window';
  readonly at: number;
  /** Numbers counted from the initial one. */
  readonly from: number;
  readonly to: number;
}

/** Events that are looked through. */
const most = 2_000;

/** The plot in exactly `height` lines of `width` cells. */
export function plot(scene: Scene, look: Look, width: number, height: number): readonly Line[] {
  const { words, ruler, glyphs } = look;
  const both = [pointsOf(scene, 0), pointsOf(scene, 1)] as const;
  // The end that sends more is the one worth watching, unless a pane of the other one was left with a choice.
  const span_ = (points: readonly Point[]): number => Math.max(0, ...points.map((point) => point.to));
  const host = span_(both[1]) > span_(both[0]) ? 1 : 0;
  const points = both[host];
  const from = words.party[host === 0 ? 'client' : 'server'];
  const to = words.party[host === 0 ? 'server' : 'client'];
  const heading = (cut: boolean): Line => {
    const sign = signs(look);
    const kinds = ['sent', 'again', 'lost', ...(cut ? (['cut'] as const) : []), 'acknowledged', 'window'] as const;
    // Without what there is no room for, the least telling first.
    const texts = kinds.map((one) => `  ${one === 'cut' ? cutSign : sign[one]} ${words.plotted[one]}`);
    const head = ` ${from} ${glyphs.becomes} ${to} `;
    while (texts.length > 0 && ruler(head + texts.join('')) > width) texts.pop();
    return [span(head + texts.join(''), 'dim')];
  };
  if (points.length === 0) {
    const lines: Line[] = [heading(false), [span(` ${words.nothingYet}`, 'dim')]];
    while (lines.length < height) lines.push(blank);
    return lines.slice(0, height).map((one) => exactly(one, width, ruler, glyphs.ellipsis));
  }
  const margin = Math.max(6, `${span_(points)}`.length + 2);
  const rows = height - 3;
  const columns = width - margin - 2;
  const first = Math.min(...points.map((point) => point.at));
  const last = Math.max(scene.now, ...points.map((point) => point.at));
  const numbers = points.filter((point) => point.kind !== 'window').map((point) => point.to);
  const top = Math.max(1, ...numbers);
  const axis = axisOf([first, last, ...points.map((point) => point.at)], columns);
  const column = (at: number): number => margin + 1 + axis.cell(at);
  const row = (number: number): number => rows - 1 - Math.round((Math.min(number, top) / top) * (rows - 1));
  const canvas = new Canvas(width, rows + 2, look);
  canvas.path([
    [0, margin],
    [rows, margin],
    [rows, width - 2],
  ]);
  canvas.text(0, 1, `${top}`.padStart(margin - 2), 'dim');
  canvas.text(rows - 1, 1, '0'.padStart(margin - 2), 'dim');
  const times: Label[] = [];
  const label = (at: number, from: number): void => {
    const text = `${seconds(at)}s`;
    const to = from + ruler(text);
    if (times.every((one) => to < one.from || one.to < from)) times.push({ text, from, to });
  };
  label(first, margin);
  label(last, width - 1 - ruler(`${seconds(last)}s`));
  for (const cut of axis.cuts) {
    const [left, right] = [margin + 2 + cut.first, margin + cut.last];
    canvas.text(rows, left, cutSign.repeat(Math.ceil((right - left + 1) / 2)).slice(0, right - left + 1), 'notice');
    label(cut.from, left - ruler(`${seconds(cut.from)}s`));
    label(cut.to, right + 1);
  }
  for (const { text, from } of times) canvas.text(rows + 1, from, text, 'dim');
  // What matters more is drawn last.
  for (const kind of ['window', 'acknowledged', 'sent', 'again', 'lost'] as const) {
    for (const point of points.filter((one) => one.kind === kind)) {
      for (let at = row(point.to); at <= row(point.from); at++) {
        if (kind !== 'window' || point.to <= top) canvas.text(at, column(point.at), signs(look)[kind], tones[kind]);
      }
    }
  }
  const lines = [heading(axis.cuts.length > 0), ...canvas.lines()];
  return lines.slice(0, height).map((one) => exactly(one, width, ruler, glyphs.ellipsis));
}

/** What a silence that is left out looks like on the axis. */
const cutSign = '//';

/** A time beneath the axis, and the columns that it takes. */
interface Label {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const tones = { sent: 'plain', again: 'held', lost: 'lost', acknowledged: 'flight', window: 'dim' } as const;

function signs(look: Look): Readonly<Record<Point['kind'], string>> {
  return { sent: 'S', again: 'R', lost: look.glyphs.cross, acknowledged: 'a', window: 'w' };
}

// What one end sent on the connection it shows, and what was acknowledged to it.
function pointsOf(scene: Scene, host: 0 | 1): readonly Point[] {
  const { session } = scene;
  const tcb = scene.sockets[host]?.tcb;
  const timeline = timelineOf(session);
  const points: Point[] = [];
  const port = scene.sockets[host]?.localPort;
  let iss: Seq | null = tcb !== undefined && 'snd' in tcb ? tcb.snd.iss : null;
  let highest = -1;
  const last = session.cursor.index;
  for (const { step } of timeline.steps(Math.max(1, last - most), last)) {
    for (const flight of step.sent) {
      const { segment, from } = flight;
      if (from.host !== host || flight.forged || flight.copyOf !== 0 || length(segment) === 0) continue;
      if (port !== undefined && from.port !== port) continue;
      if (iss === null && has(segment, SYN)) iss = segment.seq;
      if (iss === null) continue;
      const begin = distance(segment.seq, iss);
      const end = begin + length(segment);
      points.push({ kind: end <= highest ? 'again' : 'sent', at: flight.sentAt, from: begin, to: end });
      highest = Math.max(highest, end);
    }
    for (const { flight, reason } of step.fates) {
      const { segment } = flight;
      if (iss === null) continue;
      if (flight.from.host === host && reason !== 'delivered' && length(segment) > 0 && !flight.forged) {
        const begin = distance(segment.seq, iss);
        points.push({ kind: 'lost', at: step.world.now, from: begin, to: begin + length(segment) });
      }
      if (flight.to.host === host && reason === 'delivered' && has(segment, ACK)) {
        const acknowledged = distance(segment.ack, iss);
        const at = step.world.now;
        points.push({ kind: 'acknowledged', at, from: acknowledged, to: acknowledged });
        points.push({ kind: 'window', at, from: acknowledged + segment.wnd, to: acknowledged + segment.wnd });
      }
    }
  }
  return points.filter((point) => point.from >= 0);
}
