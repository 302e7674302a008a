// The header of the selected segment as the RFC draws it (RFC 9293 section 3.1), with its fields filled in.

import { optionLength } from '../tcp/options.ts';
import { has, type Segment, UDP } from '../tcp/segment.ts';
import { headerTable, tableWidth } from './header.ts';
import { blank, cell, exactly, type Line, span } from './line.ts';
import type { Look } from './look.ts';
import type { Passage, Scene } from './scene.ts';
import { named } from './segment-label.ts';
import { detailsOf } from './wire.ts';

/** The title of the pane. */
export function segmentTitle(scene: Scene, look: Look): string {
  const chosen = scene.selected ?? scene.passages.at(-1) ?? null;
  return chosen === null ? look.words.segment : `${look.words.segment} ${named(chosen.flight, look)}`;
}

// Bits in the order of the header, from the left.
const bits = [
  ['C', 128],
  ['E', 64],
  ['U', 32],
  ['A', 16],
  ['P', 8],
  ['R', 4],
  ['S', 2],
  ['F', 1],
] as const;

/** The control bits as they stand in the header: `...A..S.`. */
export function bitsOf(segment: Segment): string {
  return bits.map(([letter, bit]) => ((segment.ctl & bit) === 0 ? '.' : letter)).join('');
}

/** The pane in exactly `height` lines of `width` cells (at least 36). */
export function segment(scene: Scene, look: Look, width: number, height: number): readonly Line[] {
  const lines = shown(scene, look, width, height);
  const drawn: Line[] = lines.slice(0, height);
  while (drawn.length < height) drawn.push(blank);
  return drawn.map((one) => exactly(one, width, look.ruler, look.glyphs.ellipsis));
}

// Where there is room every field with its octets and its meaning, below the diagram or in its place.
function shown(scene: Scene, look: Look, width: number, height: number): readonly Line[] {
  const passage = scene.selected ?? scene.passages.at(-1);
  if (passage === undefined) return [[span(` ${look.words.noSegment}`, 'dim')]];
  if (width < tableWidth) return diagram(passage, look, width);
  const table = headerTable(passage, scene, look);
  if (has(passage.flight.segment, UDP) || diagramHeight + table.length > height) return table;
  return [...diagram(passage, look, width).slice(0, diagramHeight), ...table];
}

/** Lines of the diagram without what stands below it. */
const diagramHeight = 9;

function diagram(passage: Passage, look: Look, width: number): Line[] {
  const { flight } = passage;
  if (has(flight.segment, UDP)) return datagram(passage, look, width);
  const one = flight.segment;
  const { words } = look;
  const { edge, two, row, heading } = pens(look, width);
  const offset = (20 + optionLength(one.options)) / 4;
  const lines: Line[] = [
    heading,
    edge(2 + 8, 4 + 8 + 2, 2 + 4),
    two(`${words.fieldNames.from} ${flight.from.port}`, `${words.fieldNames.to} ${flight.to.port}`),
    edge(1 + 2 + 8, 4 + 8 + 1, 1 + 2 + 4),
    row(`seq ${one.seq}`),
    row((one.ctl & 16) === 0 ? 'ack -' : `ack ${one.ack}`),
    edge(1 + 2 + 8, 4 + 8 + 2, 1 + 2 + 4),
    two(`off ${offset}  ${bitsOf(one)}`, `wnd ${one.wnd}`),
    edge(1 + 8, 4 + 8 + 1, 1 + 4),
  ];
  if ((one.ctl & 32) !== 0) lines.push([span(` urg +${one.up}`)]);
  lines.push([span(` ${words.fieldNames.options} `, 'dim'), span(optionsOf(one) || words.fieldNames.none)]);
  lines.push([span(` ${words.fieldNames.data} `, 'dim'), span(dataOf(one) || words.fieldNames.none)]);
  for (const text of detailsOf(passage, look).slice(1)) lines.push([span(` ${text}`)]);
  return lines;
}

// What draws 32 bits in as many cells as there are, in halves.
function pens(
  look: Look,
  width: number,
): {
  readonly heading: Line;
  readonly edge: (left: number, middle: number, right: number) => Line;
  readonly two: (a: string, b: string) => Line;
  readonly row: (text: string) => Line;
} {
  const { glyphs, ruler } = look;
  const half = Math.floor((width - 5) / 2);
  const whole = 2 * half + 1;
  const h = glyphs.horizontal;
  const corner = (arms: number): string => glyphs.junctions[arms] ?? '+';
  const edge = (left: number, middle: number, right: number): Line => [
    span(` ${corner(left)}${h.repeat(half)}${corner(middle)}${h.repeat(half)}${corner(right)}`, 'dim'),
  ];
  const wall = span(glyphs.vertical, 'dim');
  const middle = (text: string, room: number): string => {
    const before = Math.max(0, Math.floor((room - ruler(text)) / 2));
    return cell(' '.repeat(before) + text, room, ruler);
  };
  const two = (a: string, b: string): Line => [
    span(' '),
    wall,
    span(middle(a, half)),
    wall,
    span(middle(b, half)),
    wall,
  ];
  const row = (text: string): Line => [span(' '), wall, span(middle(text, whole)), wall];
  const heading: Line = [span(` 0${cell('', half - 2, ruler)}15 16${cell('', half - 4, ruler)}31`, 'dim')];
  return { heading, edge, two, row };
}

// The eight octets of UDP's header (RFC 768).
function datagram(passage: Passage, look: Look, width: number): Line[] {
  const { flight } = passage;
  const { words } = look;
  const { edge, two, heading } = pens(look, width);
  const { data } = flight.segment;
  return [
    heading,
    edge(2 + 8, 4 + 8 + 2, 2 + 4),
    two(`${words.fieldNames.from} ${flight.from.port}`, `${words.fieldNames.to} ${flight.to.port}`),
    two(`length ${8 + data.length}`, 'checksum'),
    edge(1 + 8, 4 + 8 + 1, 1 + 4),
    [span(` ${words.fieldNames.data} `, 'dim'), span(dataOf(flight.segment) || words.fieldNames.none)],
    ...detailsOf(passage, look)
      .slice(1)
      .map((text): Line => [span(` ${text}`)]),
  ];
}

function optionsOf(one: Segment): string {
  const { options } = one;
  return [
    ...(options.mss === null ? [] : [`mss ${options.mss}`]),
    ...(options.wscale === null ? [] : [`wscale ${options.wscale}`]),
    ...(options.sackPermitted ? ['sackOK'] : []),
    ...(options.tsVal === null ? [] : [`TS ${options.tsVal}/${options.tsEcr}`]),
    ...options.sack.map((block) => `sack ${block.from}-${block.to}`),
  ].join(' ');
}

// So many octets and the first of them, as text where they are text.
function dataOf(one: Segment): string {
  const { data } = one;
  if (data.length === 0) return '';
  const first = [...data.cut(0, Math.min(data.length, 8)).bytes()];
  const printable = first.every((octet) => octet >= 0x20 && octet < 0x7f);
  const text = printable
    ? JSON.stringify(String.fromCharCode(...first))
    : first.map((octet) => octet.toString(16).padStart(2, '0')).join(' ');
  return `${data.length}: ${text}${data.length > 8 ? ' ..' : ''}`;
}
