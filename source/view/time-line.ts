// The time line: one cell for each event of the branch, past and future, with the cursor among them.

import { phrase } from '../session/print.ts';
import { seconds } from '../session/time.ts';
import { blank, cell, exactly, type Line, type Span, span, spread, type Tone, widthOf } from './line.ts';
import type { Look } from './look.ts';
import type { Mark, Scene, Tick } from './scene.ts';

/** The pane in exactly `height` lines of `width` cells: marks and decisions, or with more room a lane for each end. */
export function timeLine(scene: Scene, look: Look, width: number, height: number): readonly Line[] {
  const rows =
    height >= 4 && width >= 76
      ? [...lanes(scene, look, width), [span(` ${legendText(look)}`, 'dim')]]
      : [marks(scene, look, width), decisionsLine(scene, look, width)];
  const shown = rows.slice(0, height);
  while (shown.length < height) shown.push(blank);
  return shown.map((row) => exactly(row, width, look.ruler, look.glyphs.ellipsis));
}

function signOf(mark: Mark, look: Look): string {
  switch (mark) {
    case 'lost':
      return look.glyphs.cross;
    case 'retransmission':
      return 'R';
    case 'change':
      return 'o';
    case 'sent':
      return 'S';
    case 'other':
      return look.glyphs.dot;
  }
}

function toneOf(mark: Mark, ahead: boolean): Tone {
  if (ahead) return 'dim';
  switch (mark) {
    case 'lost':
      return 'lost';
    case 'retransmission':
      return 'held';
    case 'change':
    case 'sent':
    case 'other':
      return 'plain';
  }
}

function legendText(look: Look): string {
  const { legend, here } = look.words;
  return [
    `[ ] ${here}`,
    `${signOf('change', look)} ${legend.change}`,
    `${signOf('sent', look)} ${legend.sent}`,
    `${signOf('lost', look)} ${legend.lost}`,
    `${signOf('retransmission', look)} ${legend.retransmission}`,
  ].join('  ');
}

// The first cell of a page: it only moves every two thirds of a page, so that most steps move nothing but the cursor.
function pageStart(event: number, cells: number): number {
  const turn = Math.max(1, Math.ceil((cells * 2) / 3));
  return event < cells ? 0 : Math.ceil((event + 1 - cells) / turn) * turn;
}

/** One row: `S o[o]. . x R` and what the marks mean. Cell 0 is the opening. */
export function marks(scene: Scene, look: Look, width: number): Line {
  const meaning = legendText(look);
  const explained = width - look.ruler(meaning) - 4 >= 24;
  const cells = Math.floor(((explained ? width - look.ruler(meaning) - 3 : width - 2) - 1) / 2);
  const first = pageStart(scene.event, cells);
  const byEvent = new Map(scene.ticks.map((tick) => [tick.event, tick]));
  const row: Span[] = [];
  for (let event = first; event < first + cells; event++) {
    const tick = byEvent.get(event);
    const here = event === scene.event;
    const after = event === scene.event + 1;
    if (tick === undefined && event > 0 && !after) break;
    row.push(span(here ? '[' : after ? ']' : ' '));
    if (event === 0) row.push(span('|', 'dim'));
    else if (tick !== undefined) row.push(span(signOf(tick.mark, look), toneOf(tick.mark, tick.ahead)));
  }
  if (scene.event === first + cells - 1) row.push(span(']'));
  const line: Line = [span(' '), ...row];
  return explained ? spread(line, [span(meaning, 'dim'), span(' ')], width, look.ruler) : line;
}

/** Cells for one event in the lanes, and events for one time above them. */
const [column, spacing] = [3, 3];

// Three rows: times, and beneath what each event was, at client or at server. Everything keeps its place as events are
// added: a step writes one sign, moves the brackets, and now and then adds a time.
function lanes(scene: Scene, look: Look, width: number): readonly Line[] {
  const head = 3;
  const cells = Math.floor((width - head - 1) / column);
  const first = pageStart(scene.event, cells);
  const byEvent = new Map(scene.ticks.map((tick) => [tick.event, tick]));
  const times: Span[] = [span(cell(' t', head, look.ruler), 'dim')];
  const rows: readonly [Span[], Span[]] = [
    [span(cell(' C', head, look.ruler), 'dim')],
    [span(cell(' S', head, look.ruler), 'dim')],
  ];
  const free = ' '.repeat(column);
  for (let event = first; event < first + cells; event++) {
    const tick = byEvent.get(event);
    if (tick === undefined && event > 0) break;
    const here = event === scene.event;
    const sign = tick === undefined ? '|' : signOf(tick.mark, look);
    const tone = tick === undefined ? 'dim' : toneOf(tick.mark, tick.ahead);
    const marked = [span(here ? '[' : ' '), span(sign, tone), span(here ? ']' : ' ')];
    for (const host of [0, 1] as const) {
      // The opening is everybody's.
      rows[host].push(...(tick === undefined || placeOf(tick) === host ? marked : [span(free)]));
    }
    if ((event - first) % spacing === 0) {
      const at = tick === undefined ? '' : ` ${seconds(tick.at)}`;
      times.push(span(cell(at, column * spacing, look.ruler), tick?.ahead === true ? 'dim' : 'plain'));
    }
  }
  return [times, ...rows];
}

// The lane in which an event shows: where it happened; for a segment acted upon, where that came from.
function placeOf(tick: Tick): 0 | 1 {
  const { event, fates, sent } = tick.step;
  const known = (host: 0 | 1 | -1): 0 | 1 => (host === 1 ? 1 : 0);
  switch (event.kind) {
    case 'arrival':
      return known(event.flight.to.host === -1 ? event.flight.from.host : event.flight.to.host);
    case 'expiry':
      return event.host;
    case 'decision':
      if (event.action.kind === 'call') return event.action.host;
      return known(fates[0]?.flight.from.host ?? sent[0]?.from.host ?? 0);
  }
}

// What was done to the network, and what the person did besides; the latest last, and how to take one back. What the
// scenario could not do any more is told where it happens, and in the list of decisions.
function decisionsLine(scene: Scene, look: Look, width: number): Line {
  const { words } = look;
  const mine = scene.listed.filter(
    ({ decision, passed, refused }) =>
      !decision.off && (decision.by === 'person' || (passed && refused === null && decision.action.kind === 'tamper')),
  );
  const undo: Line = !scene.touched ? [] : [span(`u ${words.undo}`, 'key'), span(' ')];
  const head: Line = [span(` ${words.decided}`, 'dim')];
  const room = width - widthOf(undo, look.ruler) - widthOf(head, look.ruler) - 2;
  if (mine.length === 0) return [...head, span(words.noDecisions, 'dim')];
  const texts: Span[] = [];
  let used = 0;
  for (const one of [...mine].reverse()) {
    const told = `${seconds(one.decision.at)} ${phrase(one.decision.action)}`;
    const text = `${one.refused === null ? told : `(${told})`}   `;
    used += look.ruler(text);
    if (used > room) {
      texts.unshift(span(`${look.glyphs.ellipsis} `, 'dim'));
      break;
    }
    texts.unshift(span(text, one.refused !== null || !one.passed ? 'dim' : 'plain'));
  }
  return spread([...head, ...texts], undo, width, look.ruler, look.glyphs.ellipsis);
}
