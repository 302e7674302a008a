// A sequence diagram for Mermaid. Its arrows are level, so each segment stands where it arrives, or where it was lost.

import { seconds } from '../session/time.ts';
import type { Look } from '../view/look.ts';
import type { Exhibit } from './exhibit.ts';
import { figureOf, lossOf, type Moment, type Rung } from './figure.ts';

/** The diagram, ending in a line end. */
export function mermaid(exhibit: Exhibit): string {
  const figure = figureOf(exhibit);
  const { look } = exhibit;
  const lines = [
    '---',
    `title: ${JSON.stringify(figure.title)}`,
    '---',
    'sequenceDiagram',
    `participant C as ${plain(figure.names[0])}`,
    `participant S as ${plain(figure.names[1])}`,
  ];
  const [client, server] = figure.opening.states;
  lines.push(`Note left of C: ${seconds(figure.opening.at)} ${client}`, `Note right of S: ${server}`);
  const ends = new Map<number, Rung[]>();
  for (const rung of figure.moments.flatMap((moment) => moment.sent)) {
    const index = rung.passage.end?.index;
    if (index !== undefined) ends.set(index, [...(ends.get(index) ?? []), rung]);
  }
  for (const moment of figure.moments) {
    lines.push(...remarks(moment));
    for (const rung of ends.get(moment.index) ?? []) lines.push(message(rung, look));
    lines.push(...states(moment));
  }
  for (const rung of figure.moments.flatMap((moment) => moment.sent)) {
    if (rung.passage.end === null) lines.push(message(rung, look));
  }
  lines.push(`Note over C,S: ${plain(figure.ending)}`);
  return `${lines.join('\n')}\n`;
}

const posts = ['C', 'S'] as const;
const sides = ['left of C', 'right of S'] as const;

function remarks({ at, remark }: Moment): readonly string[] {
  if (remark === null) return [];
  const place = remark.host === null ? 'over C,S' : sides[remark.host];
  return [`Note ${place}: ${seconds(at)} ${plain(remark.text)}`];
}

function* states({ states: after, changed }: Moment): Generator<string> {
  for (const host of [0, 1] as const) if (changed[host]) yield `Note ${sides[host]}: ${after[host]}`;
}

function message({ passage, rightward, labels, remark }: Rung, look: Look): string {
  const { end, sent } = passage;
  const [from, to] = rightward ? posts : [posts[1], posts[0]];
  const arrow = end === null ? '--)' : end.reason === 'delivered' ? '->>' : '-x';
  const times = end?.reason === 'delivered' ? `${seconds(sent.at)} → ${seconds(end.at)}` : seconds(sent.at);
  const said = [labels[0] ?? '', remark, times, lossOf(passage, look)].filter((text) => text !== '');
  return `${from}${arrow}${to}: ${plain(said.join(', '))}`;
}

// What Mermaid would take for the end of a statement, an entity or a line.
function plain(text: string): string {
  return text
    .replaceAll(';', ',')
    .replaceAll(/[\r\n]+/g, ' ')
    .replaceAll('#', '#35;');
}
