// The time line: one cell for each event of the branch, past and future, with the cursor among them.

import { phrase } from '../session/print.ts';
import { shownStates } from '../session/shown.ts';
import { seconds } from '../session/time.ts';
import type { State } from '../tcp/tcb.ts';
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

// The first cell of a page: it only moves every half page, so that most steps move nothing but the cursor.
function pageStart(event: number, cells: number): number {
  const half = Math.max(1, Math.floor(cells / 2));
  return event < cells ? 0 : (Math.floor(event / half) - 1) * half;
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

/** Cells for one event in the lanes. */
const column = 9;

const shortStates: Readonly<Record<State, string>> = {
  CLOSED: 'CLOSED',
  LISTEN: 'LISTEN',
  'SYN-SENT': 'SYN-SENT',
  'SYN-RECEIVED': 'SYN-RCVD',
  ESTABLISHED: 'ESTAB',
  'FIN-WAIT-1': 'FIN-W-1',
  'FIN-WAIT-2': 'FIN-W-2',
  'CLOSE-WAIT': 'CLOSE-W',
  CLOSING: 'CLOSING',
  'LAST-ACK': 'LAST-ACK',
  'TIME-WAIT': 'TIME-W',
};

// Three rows: the times, and what each event did at client and server.
function lanes(scene: Scene, look: Look, width: number): readonly Line[] {
  const head = 3;
  const cells = Math.floor((width - head - 1) / column);
  const first = pageStart(scene.event, cells);
  const byEvent = new Map(scene.ticks.map((tick) => [tick.event, tick]));
  const rows: [Span[], Span[], Span[]] = [
    [span(cell(' t', head, look.ruler), 'dim')],
    [span(cell(' C', head, look.ruler), 'dim')],
    [span(cell(' S', head, look.ruler), 'dim')],
  ];
  for (let event = first; event < first + cells; event++) {
    const tick = byEvent.get(event);
    const here = event === scene.event;
    const put = (row: 0 | 1 | 2, text: string, tone: Tone): void => {
      rows[row].push(span(cell(text, column, look.ruler), tone));
    };
    if (event === 0) {
      put(0, here ? '[|]' : ' |', here ? 'selected' : 'dim');
      put(1, '', 'plain');
      put(2, '', 'plain');
      continue;
    }
    if (tick === undefined) break;
    const time = seconds(tick.at);
    put(0, here ? `[${time}]` : ` ${time}`, here ? 'selected' : tick.ahead ? 'dim' : 'plain');
    const [client, server] = laneTexts(tick, look);
    put(1, ` ${client}`, client === '' ? 'plain' : toneOf(tick.mark, tick.ahead));
    put(2, ` ${server}`, server === '' ? 'plain' : toneOf(tick.mark, tick.ahead));
  }
  return rows;
}

function laneTexts(tick: Tick, look: Look): readonly [string, string] {
  const { step, mark } = tick;
  const before = shownStates(step.before);
  const after = shownStates(step.world);
  const texts: [string, string] = ['', ''];
  for (const host of [0, 1] as const) {
    if (before[host] !== after[host]) texts[host] = shortStates[after[host]];
  }
  const where = placeOf(tick);
  if (where === null) return texts;
  const sent = step.sent[0];
  const sign = signOf(mark, look);
  const lost = step.fates.find((fate) => fate.reason !== 'delivered');
  if (mark === 'lost' && lost !== undefined) texts[where] = `${sign} #${lost.flight.id}`;
  else if (mark === 'retransmission' && sent !== undefined) texts[where] = `${sign} #${sent.id}`;
  else if (texts[where] === '') texts[where] = sent === undefined ? sign : `${sign} #${sent.id}`;
  return texts;
}

// The lane in which an event shows: where it happened; for a segment acted upon, where that came from.
function placeOf(tick: Tick): 0 | 1 | null {
  const { event, fates, sent } = tick.step;
  switch (event.kind) {
    case 'arrival':
      return event.flight.to.host === -1 ? null : event.flight.to.host;
    case 'expiry':
      return event.host;
    case 'decision': {
      if (event.action.kind === 'call') return event.action.host;
      const host = fates[0]?.flight.from.host ?? sent[0]?.from.host ?? 0;
      return host === -1 ? null : host;
    }
  }
}

// What was done to the network, and what the person did besides; the latest last, and how to take one back.
function decisionsLine(scene: Scene, look: Look, width: number): Line {
  const { words } = look;
  const mine = scene.listed.filter(
    ({ decision, passed }) =>
      !decision.off && (decision.by === 'person' || (passed && decision.action.kind === 'tamper')),
  );
  const undo: Line = !scene.touched ? [] : [span(`u ${words.undo}`, 'key'), span(' ')];
  const head: Line = [span(` ${words.decided}`, 'dim')];
  const room = width - widthOf(undo, look.ruler) - widthOf(head, look.ruler) - 2;
  if (mine.length === 0) return [...head, span(words.noDecisions, 'dim')];
  const texts: Span[] = [];
  let used = 0;
  for (const one of [...mine].reverse()) {
    const text = `${seconds(one.decision.at)} ${phrase(one.decision.action)}   `;
    used += look.ruler(text);
    if (used > room) {
      texts.unshift(span(`${look.glyphs.ellipsis} `, 'dim'));
      break;
    }
    texts.unshift(span(text, one.refused !== null || !one.passed ? 'dim' : 'plain'));
  }
  return spread([...head, ...texts], undo, width, look.ruler, look.glyphs.ellipsis);
}
