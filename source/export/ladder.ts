// The ladder diagram as plain text, a line per segment as in the figures of the RFC: the time and the state at the
// end it left, the segment, the state and the time at the end it came to.

import { seconds } from '../session/time.ts';
import { cell, cutText } from '../view/line.ts';
import type { Look } from '../view/look.ts';
import { idOf } from '../view/segment-label.ts';
import type { Exhibit } from './exhibit.ts';
import { figureOf, landed, lossOf, type Moment, type Rung } from './figure.ts';

/** Cells of the columns: a time (more where one is longer), a state, the arrow. 80 in all. */
const widths = { time: 8, state: 12, arrow: 34 } as const;

/** How a ladder is drawn. */
interface Style {
  readonly look: Look;
  /** Cells of a time. */
  readonly time: number;
}

/** The ladder, ending in a line end. */
export function ladder(exhibit: Exhibit): string {
  const figure = figureOf(exhibit);
  const { look } = exhibit;
  const times = [figure.opening, ...figure.moments].map(({ at }) => seconds(at).length);
  const style: Style = { look, time: Math.max(widths.time, ...times) };
  const indexOf = new Map(figure.moments.map((moment) => [moment.index, moment] as const));
  const lines = [figure.title, ''];
  const [left, right] = figure.names;
  const room = widths.state + 2 + widths.arrow + widths.state;
  const gap = Math.max(2, room - look.ruler(left) - look.ruler(right));
  lines.push(`${' '.repeat(style.time + 2)}${left}${' '.repeat(gap)}${right}`);
  lines.push(row(style, [seconds(figure.opening.at), figure.opening.states[0], '', figure.opening.states[1], '']));
  for (const moment of figure.moments) {
    if (moment.remark !== null || moment.sent.length === 0) lines.push(...remarkLine(moment, style));
    for (const rung of moment.sent) lines.push(...rungLines(rung, moment, indexOf, style));
  }
  lines.push(`${' '.repeat(style.time + 2)}${figure.ending}`);
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

type Cells = readonly [time: string, state: string, arrow: string, state: string, time: string];

function row({ look: { ruler }, time }: Style, [from, left, arrow, right, to]: Cells): string {
  const flush = (text: string, width: number): string => ' '.repeat(Math.max(0, width - ruler(text))) + text;
  return [
    flush(from, time),
    '  ',
    cell(left, widths.state, ruler),
    ' ',
    cell(arrow, widths.arrow, ruler),
    ' ',
    flush(right, widths.state),
    '  ',
    to,
  ].join('');
}

// An event that sends nothing is told where it changed a state, or has a name of its own.
function remarkLine({ at, remark, states, changed }: Moment, style: Style): readonly string[] {
  const { look } = style;
  const silent = remark === null;
  if (silent && !changed[0] && !changed[1]) return [];
  const text = remark?.text ?? '';
  if (remark?.host === 1) {
    const shown = cutText(text, widths.arrow, look.ruler);
    const flush = ' '.repeat(Math.max(0, widths.arrow - look.ruler(shown))) + shown;
    return [row(style, ['', changed[0] ? states[0] : '', flush, states[1], seconds(at)])];
  }
  // What an arrival changed stands on the line of the segment that arrived.
  if (silent) return [];
  const middle =
    remark.host === null ? `(${cutText(text, widths.arrow - 2, look.ruler)})` : cutText(text, widths.arrow, look.ruler);
  return [row(style, [seconds(at), remark.host === 0 ? states[0] : '', middle, changed[1] ? states[1] : '', ''])];
}

function rungLines(rung: Rung, moment: Moment, moments: ReadonlyMap<number, Moment>, style: Style): readonly string[] {
  const { look } = style;
  const { passage, rightward, remark } = rung;
  const { end, flight } = passage;
  const arrived = end !== null && landed(passage) ? moments.get(end.index) : undefined;
  const from = rightward ? 0 : 1;
  const near: readonly [string, string] = [seconds(moment.at), flight.from.host === from ? moment.states[from] : ''];
  const far: readonly [string, string] =
    arrived === undefined ? ['', fateCell(rung, look)] : [seconds(arrived.at), arrived.states[1 - from] ?? ''];
  const arrow = shaft(rung, look);
  const main = rightward
    ? row(style, [near[0], near[1], arrow, far[1], far[0]])
    : row(style, [far[0], far[1], arrow, near[1], near[0]]);
  const said = [remark, lossOf(passage, look)].filter((text) => text !== '').join(', ');
  return said === ''
    ? [main]
    : [main, row(style, ['', '', `  ${cutText(said, widths.arrow - 2, look.ruler)}`, '', ''])];
}

function fateCell({ passage }: Rung, look: Look): string {
  const { end, flight } = passage;
  const { fateShort } = look.words;
  if (end === null) return Number.isFinite(flight.due) ? '' : fateShort.held;
  return end.reason === 'delivered' ? '' : fateShort[end.reason];
}

/** The arrow with the longest label that fits on it. */
function shaft({ passage, rightward, labels }: Rung, look: Look): string {
  const { glyphs, ruler } = look;
  const { end, flight } = passage;
  const lost = end !== null && !landed(passage);
  const flying = end === null;
  const {
    shaft: stroke,
    left,
    right,
  } = flying ? (Number.isFinite(flight.due) ? glyphs.flying : glyphs.held) : glyphs.landed;
  const tip = lost ? glyphs.cross : rightward ? right : left;
  // A lost segment does not reach the other post.
  const length = lost ? widths.arrow - 6 : widths.arrow;
  const label = labels.find((text) => ruler(text) + 6 <= length) ?? idOf(flight);
  const free = length - 1 - ruler(label) - 2;
  const [before, after] = [stroke.repeat(2), stroke.repeat(Math.max(1, free - 2))];
  const gap = ' '.repeat(widths.arrow - length);
  return rightward ? `${before} ${label} ${after}${tip}${gap}` : `${gap}${tip}${after} ${label} ${before}`;
}
