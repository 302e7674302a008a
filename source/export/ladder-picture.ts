// The ladder diagram as SVG: time runs down, every segment is a slanted arrow from when it left to when it arrived.
// Heights are not to scale: a step down is an event, a larger one a longer wait.

import { seconds } from '../session/time.ts';
import { cutText } from '../view/line.ts';
import type { Look } from '../view/look.ts';
import type { Exhibit } from './exhibit.ts';
import { type Figure, figureOf, landed, lossOf, type Moment, type Rung } from './figure.ts';
import type { Passage } from './passages.ts';
import { escaped } from './picture.ts';

const width = 1_000;
/** Where the posts stand. */
const posts = [300, 700] as const;
const top = 84;
/** Pixels of a cell of the font below, and of the times at the edges. */
const cellWidth = 7.83;
const timeWidth = 70;

/** The diagram as an SVG document, ending in a line end. It is dark where the reader's page is. */
export function ladderPicture(exhibit: Exhibit): string {
  const figure = figureOf(exhibit);
  const { heights, bottom } = layout(figure);
  const height = bottom + 44;
  const rungs = figure.moments.flatMap((moment) =>
    moment.sent.map((rung, place) => {
      const from = (heights.get(moment.index) ?? top) + place * 20;
      return arrow(rung, slantOf(rung, from, heights, bottom), exhibit.look);
    }),
  );
  const [client, server] = figure.names;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(figure.title)}</title>`,
    `<desc>${escaped(figure.about)}</desc>`,
    `<style>${style}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    `<text class="title" x="${width / 2}" y="28" text-anchor="middle">${escaped(figure.title)}</text>`,
    ...[client, server].map((name, index) => text(posts[index === 0 ? 0 : 1], 56, name, 'middle', 'name')),
    ...posts.map((x) => `<line class="post" x1="${x}" x2="${x}" y1="66" y2="${bottom + 12}"/>`),
    ...sides(figure, heights, exhibit.look),
    // Labels above all lines.
    ...rungs.map(({ way }) => way),
    ...rungs.map(({ label }) => label),
    text(width / 2, height - 12, figure.ending, 'middle', 'dim'),
    '</svg>',
    '',
  ].join('\n');
}

const style = [
  ':root{--ink:#1d2430;--dim:#667080;--paper:#ffffff;--lost:#c02a33;--again:#9a5b00;--made:#7a3fa0}',
  '@media(prefers-color-scheme:dark){:root{--ink:#d6dae1;--dim:#8b93a1;--paper:#14171c;--lost:#f07178;--again:#e6c46c;--made:#cf94e6}}',
  'text{font:13px "DejaVu Sans Mono","Liberation Mono",Menlo,Consolas,"Noto Sans Mono CJK SC",monospace;fill:var(--ink)}',
  '.paper{fill:var(--paper)}.title{font-size:16px;font-weight:bold}.name{font-weight:bold}.state{font-weight:bold}.dim{fill:var(--dim)}',
  '.halo{paint-order:stroke;stroke:var(--paper);stroke-width:5px;stroke-linejoin:round}.post{stroke:var(--dim)}.way{stroke:var(--ink);stroke-width:1.4;fill:none}.tip{fill:var(--ink);stroke:none}',
  '.lost .way{stroke:var(--lost)}.lost .tip,.lost text{fill:var(--lost)}.again .way{stroke:var(--again)}.again .tip{fill:var(--again)}',
  '.made .way{stroke:var(--made);stroke-dasharray:6 3}.made .tip{fill:var(--made)}.flying .way{stroke-dasharray:2 4}',
].join('');

// Every moment has a height of its own; a longer wait is a larger step.
function layout(figure: Figure): { readonly heights: ReadonlyMap<number, number>; readonly bottom: number } {
  const heights = new Map<number, number>();
  let y = top;
  let before = figure.opening.at;
  for (const { index, at, sent } of figure.moments) {
    const waited = at - before;
    y += waited === 0 ? 24 : 30 + Math.min(40, Math.round(8 * Math.log10(1 + waited / 10_000)));
    heights.set(index, y);
    y += Math.max(0, sent.length - 1) * 20;
    before = at;
  }
  return { heights, bottom: y + 40 };
}

function text(x: number, y: number, content: string, anchor: 'start' | 'middle' | 'end', name = ''): string {
  const kind = name === '' ? '' : ` class="${name}"`;
  return `<text${kind} x="${x}" y="${y}" text-anchor="${anchor}">${escaped(content)}</text>`;
}

// Times, calls, timers and new states beside the posts.
function* sides(figure: Figure, heights: ReadonlyMap<number, number>, look: Look): Generator<string> {
  const [client, server] = figure.opening.states;
  yield text(posts[0] - 10, top, client, 'end', 'state');
  yield text(posts[1] + 10, top, server, 'start', 'state');
  yield text(12, top, seconds(figure.opening.at), 'start', 'dim');
  const arrivals = new Map<number, 0 | 1>();
  for (const { passage } of figure.moments.flatMap((moment) => moment.sent)) {
    const to = passage.flight.to.host;
    if (passage.end !== null && landed(passage) && to !== -1) arrivals.set(passage.end.index, to);
  }
  for (const moment of figure.moments) {
    const y = (heights.get(moment.index) ?? top) + 4;
    for (const host of [0, 1] as const) {
      if (concerns(moment, host, arrivals.get(moment.index))) yield* side(moment, host, y, look);
    }
  }
}

function concerns({ remark, changed, sent }: Moment, host: 0 | 1, arrival: 0 | 1 | undefined): boolean {
  return (
    besideOf(remark) === host ||
    changed[host] ||
    arrival === host ||
    sent.some(({ passage }) => passage.flight.from.host === host)
  );
}

// What is done on the wire stands beside the left post, dim, where no arrow runs through it.
function besideOf(remark: Moment['remark']): 0 | 1 | null {
  return remark === null ? null : (remark.host ?? 0);
}

function* side({ at, remark, states, changed }: Moment, host: 0 | 1, y: number, look: Look): Generator<string> {
  const [anchor, away] = host === 0 ? (['end', -1] as const) : (['start', 1] as const);
  const near = posts[host] + away * 10;
  yield text(host === 0 ? 12 : width - 12, y, seconds(at), host === 0 ? 'start' : 'end', 'dim');
  if (changed[host]) yield text(near, y, states[host], anchor, 'state');
  if (remark === null || besideOf(remark) !== host) return;
  const kind = remark.host === null ? 'dim' : '';
  // Behind the new state, and not as far as the time.
  const before = changed[host] ? states[host].length * cellWidth + 12 : 0;
  const room = posts[0] - 10 - before - timeWidth;
  const said = cutText(remark.text, Math.floor(room / cellWidth), look.ruler);
  yield text(round(near + away * before), y, said, anchor, kind);
}

/** Where an arrow runs: from (x1, y1) to (x2, y2), in pixels, and its angle in degrees. */
interface Slant {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly angle: number;
}

function slantOf(
  { passage, rightward }: Rung,
  y1: number,
  heights: ReadonlyMap<number, number>,
  bottom: number,
): Slant {
  const { flight, end } = passage;
  const arrives = landed(passage);
  const ended = end === null ? bottom : (heights.get(end.index) ?? bottom);
  const y2 = Math.max(arrives ? ended : Math.min(ended, y1 + 60), y1 + 16);
  // Lost ones stop on the way; what belongs to neither end begins or stops in the middle.
  const begin = flight.from.host === -1 ? 0.5 : 0;
  const stop = arrives ? 1 : flight.to.host === -1 ? 0.5 : end === null ? 0.75 : 0.62;
  const span = posts[1] - posts[0];
  const x = (part: number): number => (rightward ? posts[0] + span * part : posts[1] - span * part);
  const [x1, x2] = [x(begin), x(stop)];
  const angle = Math.atan2(y2 - y1, Math.abs(x2 - x1)) * (180 / Math.PI) * (rightward ? 1 : -1);
  return { x1, y1, x2, y2, angle };
}

function arrow(rung: Rung, slant: Slant, look: Look): { readonly way: string; readonly label: string } {
  const { passage, rightward, labels, remark } = rung;
  const { x1, y1, x2, y2, angle } = slant;
  const kind = kindsOf(passage);
  const group = kind === '' ? '<g>' : `<g class="${kind}">`;
  const said = fitting(labels, remark, Math.hypot(x2 - x1, y2 - y1) - 24, look.ruler);
  const loss = lossOf(passage, look);
  const [anchor, away] = rightward ? (['start', 1] as const) : (['end', -1] as const);
  const rise = Math.tan((Math.abs(angle) * Math.PI) / 180) * 14 - 5;
  const turned = `translate(${round(x1 + away * 14)} ${round(y1 + rise)}) rotate(${round(angle)})`;
  const head = landed(passage) || passage.end === null ? tip(x2, y2, angle, rightward) : cross(x2, y2);
  return {
    way: `${group}<path class="way" d="M${x1} ${y1}L${round(x2)} ${y2}"/>${head}</g>`,
    label: [
      group,
      `<text class="halo" transform="${turned}" text-anchor="${anchor}">${escaped(said)}</text>`,
      loss === '' ? '' : text(round(x2 + away * 12), y2 + 4, loss, anchor, 'halo'),
      '</g>',
    ].join(''),
  };
}

// The classes of an arrow: what became of the segment, and what it is.
function kindsOf(passage: Passage): string {
  const { flight, end, repeats } = passage;
  const fate = end === null ? 'flying' : landed(passage) ? '' : 'lost';
  const origin = flight.forged || flight.copyOf > 0 ? 'made' : '';
  return [fate, repeats > 0 ? 'again' : '', origin].filter((name) => name !== '').join(' ');
}

/** The longest label with the remark behind it that has room on an arrow; the shortest where none has. */
function fitting(labels: readonly string[], remark: string, room: number, ruler: Look['ruler']): string {
  const texts = labels.map((label) => (remark === '' ? label : `${label}, ${remark}`));
  return texts.find((text) => ruler(text) * cellWidth <= room) ?? texts.at(-1) ?? remark;
}

function tip(x: number, y: number, angle: number, rightward: boolean): string {
  const back = rightward ? -9 : 9;
  return `<path class="tip" transform="translate(${round(x)} ${y}) rotate(${round(angle)})" d="M0 0L${back} -4V4Z"/>`;
}

function cross(x: number, y: number): string {
  return `<path class="way" d="M${round(x - 5)} ${y - 5}l10 10m0 -10l-10 10"/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
