// The wire as a list: every segment with what became of it. A lost one stays, with its reason.

import { seconds } from '../session/time.ts';
import { ACK, ctlNames, has } from '../tcp/segment.ts';
import type { Flight } from '../world/wire.ts';
import type { Arrow } from './glyphs.ts';
import { cell, exactly, type Line, type Span, span, type Tone } from './line.ts';
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

/** The list in exactly `height` lines of `width` cells; the last line counts. */
export function wire(scene: Scene, look: Look, width: number, height: number): readonly Line[] {
  const blocks = scene.passages.map((passage) => block(passage, scene, look, width));
  const chosen = scene.passages.findIndex((passage) => passage.flight.id === scene.selected?.flight.id);
  const lines = windowed(blocks, chosen, height - 1);
  if (lines.length === 0) lines.push([span(` ${look.words.nothingYet}`, 'dim')]);
  const fitted = lines.map((line) => exactly(line, width, look.ruler, look.glyphs.ellipsis));
  while (fitted.length < height - 1) fitted.push([span(' '.repeat(width))]);
  return [...fitted, exactly([span(' '), ...counts(scene, look)], width, look.ruler, look.glyphs.ellipsis)];
}

/** What a segment takes in a list: its own line, what must be said about it, and what may be said if there is room. */
export interface Block {
  readonly head: Line;
  readonly must: readonly Line[];
  readonly may: readonly Line[];
}

/** As many blocks as fit into `room` lines: the latest ones, and always the chosen one. */
export function windowed(blocks: readonly Block[], chosen: number, room: number): Line[] {
  let last = blocks.length - 1;
  let used = 0;
  let first = blocks.length;
  const size = (index: number): number => 1 + (blocks[index]?.must.length ?? 0);
  if (chosen >= 0) {
    // The chosen one is kept; then later ones, then earlier ones.
    used = size(chosen);
    first = chosen;
    last = chosen;
    while (last + 1 < blocks.length && used + size(last + 1) <= room) used += size(++last);
  }
  while (first > 0 && used + size(first - 1) <= room) used += size(--first);
  let spare = room - used;
  const out: Line[] = [];
  for (let index = first; index <= last; index++) {
    const one = blocks[index];
    if (one === undefined) continue;
    out.push(one.head, ...one.must);
    if (one.may.length > 0 && one.may.length <= spare) {
      out.push(...one.may);
      spare -= one.may.length;
    }
  }
  return out.slice(0, room);
}

function block(passage: Passage, scene: Scene, look: Look, width: number): Block {
  const { flight, fate } = passage;
  const chosen = flight.id === scene.selected?.flight.id;
  const note = noteOf(passage, look);
  const id = cell(idOf(flight), 4, look.ruler);
  const noteWidth = 7;
  const room = width - 5 - noteWidth - 1;
  const name = kind(flight.segment, look);
  const short = look.ruler(name) + 3 <= room ? name : tight(flight.segment, look);
  const shaft = arrow(passage, short, room, look);
  const head: Line = [
    chosen ? span(look.glyphs.cursor, 'selected') : span(' '),
    span(id, chosen ? 'strong' : 'plain'),
    ...shaft,
    span(' '),
    note,
  ];
  const details = detailsOf(passage, look, true).map((text): Line => [span(`   ${text}`, 'dim')]);
  if (chosen) return { head, must: details, may: [] };
  const telling = fate !== null && fate.reason !== 'delivered';
  return { head, must: [], may: telling ? details.slice(-1) : [] };
}

/** `2 in flight  1 lost` */
export function counts(scene: Scene, look: Look): Line {
  const { words } = look;
  const flying = scene.passages.filter((passage) => passage.fate === null).length;
  const lost = scene.passages.filter((passage) => passage.fate !== null && passage.fate.reason !== 'delivered').length;
  return [
    span(words.flying(flying), flying > 0 ? 'flight' : 'dim'),
    span('  '),
    span(words.lost(lost), lost > 0 ? 'lost' : 'dim'),
    ...(scene.forgotten > 0 ? [span(`  ${words.earlier(scene.forgotten)}`, 'dim')] : []),
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
    return span(seconds(flight.due), 'flight');
  }
  return fate.reason === 'delivered' ? span(seconds(fate.at), 'dim') : span(fateShort[fate.reason], 'lost');
}

/**
 * An arrow of exactly `width` cells with a text on its shaft: `==SYN====>` in flight, `--SYN----->` delivered,
 * `--SYN--x` lost, `..SYN....>` held.
 */
export function arrow(passage: Passage, text: string, width: number, look: Look): readonly Span[] {
  const { fate, flight } = passage;
  const { glyphs, ruler } = look;
  const right = rightward(flight);
  const tone = toneOf(passage);
  const drawn: Arrow = tone === 'flight' ? glyphs.flying : tone === 'held' ? glyphs.held : glyphs.landed;
  const lost = fate !== null && fate.reason !== 'delivered';
  const tip = lost ? glyphs.cross : right ? drawn.right : drawn.left;
  const label = exactly([span(text)], Math.min(ruler(text), width - 2), ruler, glyphs.ellipsis)
    .map((piece) => piece.text)
    .join('');
  // A lost segment does not reach the other side.
  const reach = lost ? Math.max(ruler(label) + 3, Math.ceil(width * 0.7)) : width;
  const rest = Math.max(0, Math.min(reach, width) - ruler(label) - 1);
  const before = Math.max(1, Math.min(2, Math.floor(rest / 2)));
  const after = rest - before;
  const missing = ' '.repeat(Math.max(0, width - before - ruler(label) - Math.max(0, after) - 1));
  const shaft = (count: number): Span => span(drawn.shaft.repeat(Math.max(0, count)), tone);
  const pieces = right
    ? [shaft(before), span(label, tone), shaft(after), span(tip, tone), span(missing)]
    : [span(missing), span(tip, tone), shaft(after), span(label, tone), shaft(before)];
  return pieces.filter((piece) => piece.text !== '');
}

/** The numbers of a segment in the order of its header. */
export function numbers(flight: Flight): string {
  const { segment } = flight;
  const ack = has(segment, ACK) ? ` ack ${segment.ack}` : '';
  const len = segment.data.length > 0 ? ` len ${segment.data.length}` : '';
  return `seq ${segment.seq}${ack}${len}`;
}

/** What there is to say about a segment beside its arrow; `brief` where the reason of a loss stands there already. */
export function detailsOf(passage: Passage, look: Look, brief = false): readonly string[] {
  const { flight, fate, repeats } = passage;
  const { words } = look;
  const details: string[] = [numbers(flight)];
  if (flight.segment.data.length > 0) details[0] = `${numbers(flight)} ${ctlNames(flight.segment.ctl).join(',')}`;
  const origin = [
    ...(repeats > 0 ? [words.repeats(`#${repeats}`)] : []),
    ...(flight.copyOf > 0 ? [words.copyOf(`#${flight.copyOf}`)] : []),
    ...(flight.forged ? [words.forged] : []),
    ...(flight.corrupt ? [words.corrupt] : []),
  ];
  if (origin.length > 0) details.push(origin.join(', '));
  if (fate !== null && brief && fate.reason === 'dropped') {
    details.push(words.at(`${seconds(fate.at)}s`, fate.byPerson));
  } else if (fate !== null) details.push(words.fate(fate.reason, `${seconds(fate.at)}s`, fate.byPerson));
  else if (Number.isFinite(flight.due)) details.push(words.lands(`${seconds(flight.due)}s`));
  else details.push(words.untilReleased);
  return details;
}
