// The wire as a list: every segment with what became of it. A lost one stays, with its reason.

import { seconds } from '../session/time.ts';
import { ACK, has, UDP } from '../tcp/segment.ts';
import { add } from '../tcp/seq.ts';
import type { Flight } from '../world/wire.ts';
import type { Arrow } from './glyphs.ts';
import { blank, cell, exactly, type Line, type Span, span, type Tone } from './line.ts';
import type { Look } from './look.ts';
import type { Passage, Scene } from './scene.ts';
import { idOf, kind, tight } from './segment-label.ts';

/** The title of the pane. */
export function wireTitle(scene: Scene, look: Look): string {
  const { wire } = scene.world;
  const [there, back] = wire.delay;
  const { words } = look;
  return `${words.wire}  ${wire.cut ? words.cableCut : words.oneWay(briefly(there), briefly(back))}`;
}

function briefly(time: number): string {
  return time < 1_000_000 ? `${time / 1_000}ms` : `${seconds(time).replace(/\.?0+$/, '')}s`;
}

/** The list in exactly `height` lines of `width` cells: segments, the selected one in words, and a count. */
export function wire(scene: Scene, look: Look, width: number, height: number): readonly Line[] {
  const rows = scene.passages.flatMap((passage) => entry(passage, scene, look, width));
  if (rows.length === 0) rows.push({ line: [span(` ${look.words.nothingYet}`, 'dim')], flight: 0 });
  return listed(rows, blank, scene, look, width, height);
}

/** The list in exactly `height` lines of `width` cells (50 and more), with what there is to say beside each segment. */
export function wireRemarks(scene: Scene, look: Look, width: number, height: number): readonly Line[] {
  const rows = scene.passages.map((passage): WireRow => {
    const lost = passage.fate !== null && passage.fate.reason !== 'delivered';
    const details = detailsOf(passage, look, true);
    const origin = hasOrigin(passage);
    const remark = lost ? details[details.length - 1] : origin ? details[1] : details[0];
    const [line] = entry(passage, scene, look, 36);
    return { line: [...(line?.line ?? blank), span(`   ${remark ?? ''}`)], flight: passage.flight.id };
  });
  if (rows.length === 0) rows.push({ line: [span(` ${look.words.nothingYet}`, 'dim')], flight: 0 });
  const shown = paged(rows, scene.selected?.flight.id ?? 0, height).map(({ line }) => line);
  while (shown.length < height) shown.push(blank);
  return shown.map((line) => exactly(line, width, look.ruler, look.glyphs.ellipsis));
}

/** A line of a list and the segment it belongs to. */
export interface WireRow {
  readonly line: Line;
  /** What it looks like at the top of a page, if not the same. */
  readonly first?: Line;
  readonly flight: number;
}

/** From this width on there is room for more than the shortest form. */
const roomy = 30;

/**
 * The list above, filled up with `filler`; the selected segment and the count below; in exactly `height` lines.
 * `telling` lines tell its numbers, and where it comes from if that does not stand in the list.
 */
export function listed(
  rows: readonly WireRow[],
  filler: Line,
  scene: Scene,
  look: Look,
  width: number,
  height: number,
  telling: 1 | 2 = 2,
): readonly Line[] {
  const chosen = scene.selected;
  const below = height >= 6 ? telling : 0;
  const room = height - 1 - below;
  const shown = paged(rows, chosen?.flight.id ?? 0, room).map(({ line, first }, place) =>
    place === 0 ? (first ?? line) : line,
  );
  while (shown.length < room) shown.push(filler);
  if (below > 0) {
    const told = chosen ?? latest(scene);
    const [numbers = '', ...others] = told === null ? [] : detailsOf(told, look);
    shown.push([span(` ${numbers}`)]);
    // What became of it stands beside its arrow.
    if (telling > 1) shown.push([span(` ${told !== null && hasOrigin(told) ? (others[0] ?? '') : ''}`)]);
  }
  shown.push([span(' '), ...counts(scene, look)]);
  return shown.map((line) => exactly(line, width, look.ruler, look.glyphs.ellipsis));
}

function hasOrigin({ flight, repeats }: Passage): boolean {
  return repeats > 0 || flight.copyOf > 0 || flight.forged || flight.corrupt;
}

// With nothing on the wire, the segment that the last event was about, or the latest.
function latest(scene: Scene): Passage | null {
  const event = scene.step?.event;
  const landed = event?.kind === 'arrival' ? event.flight.id : null;
  return scene.passages.find((passage) => passage.flight.id === landed) ?? scene.passages.at(-1) ?? null;
}

// The page of the list that ends with the latest segment, or the one that shows the chosen one. Pages overlap by
// a third and leave room at their end, so that the list stands still from step to step.
function paged(rows: readonly WireRow[], chosen: number, room: number): readonly WireRow[] {
  if (rows.length <= room) return rows;
  const turn = Math.max(1, Math.ceil((room * 2) / 3));
  const place = rows.findIndex((row) => row.flight === chosen);
  let start = Math.ceil((rows.length - room) / turn) * turn;
  if (place >= 0 && place < start) start = Math.floor(place / turn) * turn;
  return rows.slice(start, start + room);
}

function entry(passage: Passage, scene: Scene, look: Look, width: number): readonly WireRow[] {
  const { flight, fate } = passage;
  const chosen = flight.id === scene.selected?.flight.id;
  const note = noteOf(passage, look);
  const called = idOf(flight);
  const id = cell(called, Math.max(4, look.ruler(called) + (flight.copyOf > 0 ? 1 : 0)), look.ruler);
  const noteWidth = 7;
  const room = width - 1 - look.ruler(id) - noteWidth - 1;
  const name = kind(flight.segment, look);
  const text = look.ruler(name) + 3 <= room ? name : tight(flight.segment, look);
  const line: Line = [
    span(`${chosen ? look.glyphs.cursor : ' '}${id}`),
    ...arrow(passage, text, room, look, width < roomy),
    span(' '),
    span(cell(note.text, noteWidth, look.ruler), note.tone),
  ];
  // Why it was lost stands beside the arrow; only what a person did is told with its time.
  if (fate === null || !fate.byPerson || fate.reason === 'delivered') return [{ line, flight: flight.id }];
  const reason = detailsOf(passage, look, true).slice(-1);
  return [line, ...reason.map((text): Line => [span(`   ${text}`, 'dim')])].map((one) => ({
    line: one,
    flight: flight.id,
  }));
}

/** `2 in flight  1 lost` */
export function counts(scene: Scene, look: Look): Line {
  const { words } = look;
  const flying = scene.passages.filter((passage) => passage.fate === null).length;
  const lost = scene.passages.filter((passage) => passage.fate !== null && passage.fate.reason !== 'delivered').length;
  return [
    span(`${words.flying(flying)}  ${words.lost(lost)}`),
    ...(scene.forgotten > 0 ? [span(`  ${words.earlier(scene.forgotten)}`)] : []),
  ];
}

/** The tone of a segment by what became of it. */
export function toneOf(passage: Passage): Tone {
  if (passage.fate === null) return Number.isFinite(passage.flight.due) ? 'flight' : 'held';
  return passage.fate.reason === 'delivered' ? 'delivered' : 'lost';
}

/** Whether a segment goes from left to right, towards the server. */
export function rightward(flight: Flight): boolean {
  if (flight.to.host === 1) return true;
  if (flight.to.host === 0) return false;
  return flight.from.host === 0;
}

// What stands beside the arrow: when it lands, or why it never will.
function noteOf(passage: Passage, look: Look): Span {
  const { fate, flight } = passage;
  const { fateShort } = look.words;
  if (fate === null) {
    if (!Number.isFinite(flight.due)) return span(fateShort.held, 'held');
    return span(seconds(flight.due));
  }
  return fate.reason === 'delivered' ? span(seconds(fate.at)) : span(fateShort[fate.reason], 'lost');
}

/**
 * An arrow of exactly `width` cells with a text on its shaft: `--SYN====>` in flight, `--SYN----->` delivered,
 * `--SYN--x` lost, `..SYN....>` held. A short one begins at its sender's side and ends soon after its text. Between
 * flight and delivery only the head changes.
 */
export function arrow(passage: Passage, text: string, width: number, look: Look, short = false): readonly Span[] {
  const { fate, flight } = passage;
  const { glyphs, ruler } = look;
  const right = rightward(flight);
  const tone = toneOf(passage);
  const { shaft } = tone === 'held' ? glyphs.held : glyphs.landed;
  const head: Arrow = tone === 'flight' ? glyphs.flying : tone === 'held' ? glyphs.held : glyphs.landed;
  const lost = fate !== null && fate.reason !== 'delivered';
  const tip = lost ? glyphs.cross : right ? head.right : head.left;
  const label = exactly([span(text)], Math.min(ruler(text), width - 2), ruler, glyphs.ellipsis)
    .map((piece) => piece.text)
    .join('');
  // A short one is as long as it must be; of the long ones a lost segment does not reach the other side.
  const long = lost ? Math.max(ruler(label) + 3, Math.ceil(width * 0.7)) : width;
  const reach = short ? ruler(label) + 5 : long;
  const rest = Math.max(0, Math.min(reach, width) - ruler(label) - 1);
  const before = Math.max(1, Math.min(2, Math.floor(rest / 2)));
  const after = Math.max(0, rest - before);
  const front = Math.min(after, 2);
  const missing = ' '.repeat(Math.max(0, width - before - ruler(label) - after - 1));
  const empty = missing === '' ? [] : [span(missing)];
  const [body, end] = [tone === 'flight' ? 'plain' : tone, head.shaft.repeat(front)];
  return right
    ? [
        span(`${shaft.repeat(before)}${label}${shaft.repeat(after - front)}`, body),
        span(`${end}${tip}`, tone),
        ...empty,
      ]
    : [
        ...empty,
        span(`${tip}${end}`, tone),
        span(`${shaft.repeat(after - front)}${label}${shaft.repeat(before)}`, body),
      ];
}

// The numbers of a segment in the order of its header (a datagram has ports only); data as tcpdump writes it, from the first octet to the one after the last.
function numbers({ segment, from, to }: Flight): string {
  if (has(segment, UDP)) return `port ${from.port} > ${to.port}`;
  const ack = has(segment, ACK) ? ` ack ${segment.ack}` : '';
  const end = segment.data.length > 0 ? `:${add(segment.seq, segment.data.length)}` : '';
  return `seq ${segment.seq}${end}${ack}`;
}

/** What there is to say about a segment beside its arrow; `brief` where the reason of a loss stands there already. */
export function detailsOf(passage: Passage, look: Look, brief = false): readonly string[] {
  const { flight, fate, repeats } = passage;
  const { words } = look;
  const details: string[] = [numbers(flight)];
  const origin = [
    ...(repeats > 0 ? [words.repeats(`#${repeats}`)] : []),
    ...(flight.copyOf > 0 ? [words.copyOf(`#${flight.copyOf}`)] : []),
    ...(flight.forged ? [words.forged] : []),
    ...(flight.corrupt ? [words.corrupt] : []),
  ];
  if (origin.length > 0) details.push(origin.join(', '));
  if (fate !== null && brief && fate.reason !== 'delivered') {
    details.push(words.at(`${seconds(fate.at)}s`, fate.byPerson));
  } else if (fate !== null) details.push(words.fate(fate.reason, `${seconds(fate.at)}s`, fate.byPerson));
  else if (Number.isFinite(flight.due)) details.push(words.lands(`${seconds(flight.due)}s`));
  else details.push(words.untilReleased);
  return details;
}
