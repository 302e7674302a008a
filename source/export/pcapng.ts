// A capture for Wireshark and tcpdump: pcapng (draft-ietf-opsawg-pcapng, to whose sections the comments point), one
// interface per end of the wire.
// The comments of its first block carry the session, so that the capture can be opened as one.

import { printSession } from '../scenario/save.ts';
import { fromText } from '../tcp/octets.ts';
import { type Captured, captured } from './capture.ts';
import { inChinese, inEnglish } from './commentary.ts';
import { courseOf, type Exhibit, titleOf } from './exhibit.ts';
import { nameOf } from './words.ts';

const sectionHeader = 0x0a0d0d0a;
const interfaceDescription = 1;
const enhancedPacket = 6;
const byteOrderMagic = 0x1a2b3c4d;
/** Packets begin with their IP header (LINKTYPE_RAW). */
const linkType = 101;

/** Seconds since 1970 that are time 0: 2000-01-01. Wireshark measures no round trip from a packet of time 0 itself. */
const epoch = 946_684_800;

/** Option codes (section 3.5 and that of each block), by block. */
const option = {
  end: 0,
  comment: 1,
  application: 4,
  interfaceName: 2,
  interfaceDescription: 3,
  interfaceAddress: 4,
  resolution: 9,
  offset: 14,
  flags: 2,
  packetId: 5,
} as const;

/** Before the session in a comment: one of several, because an option holds at most 65535 octets. */
const sessionMark = 'tcpstep session ';
const commentLimit = 60_000;

/** The capture of everything from time 0 to the last event, at both ends or at one. */
export function pcapng(exhibit: Exhibit): Uint8Array {
  const { side, last, look } = exhibit;
  const course = courseOf(exhibit);
  const world = course.worldAt(0);
  const hosts = ([0, 1] as const).filter((host) => side === null || side === host);
  const say = look.words.language === 'zh' ? inChinese(look) : inEnglish;
  const blocks = [sectionBlock(exhibit), ...hosts.map((host) => interfaceBlock(host, world.hosts[host].address))];
  for (const packet of captured(course, last, say)) {
    const place = hosts.indexOf(packet.host);
    if (place >= 0) blocks.push(packetBlock(packet, place));
  }
  return joined(blocks);
}

// Section 4.1: the Section Header Block.
function sectionBlock({ session, look }: Exhibit): Uint8Array {
  return block(sectionHeader, [
    little(byteOrderMagic, 4),
    // Version 1.0.
    little(1, 2),
    little(0, 2),
    // Length of the section: not said.
    little(0xffff_ffff, 4),
    little(0xffff_ffff, 4),
    textOption(option.comment, titleOf(session, look)),
    ...sessionComments(printSession(session)).map((text) => textOption(option.comment, text)),
    textOption(option.application, 'tcpstep'),
    endOfOptions,
  ]);
}

// Section 4.2: an Interface Description Block.
function interfaceBlock(host: 0 | 1, address: string): Uint8Array {
  return block(interfaceDescription, [
    little(linkType, 2),
    little(0, 2),
    // Packets are whole.
    little(0, 4),
    textOption(option.interfaceName, nameOf(host)),
    textOption(option.interfaceDescription, `what the ${nameOf(host)} sends and receives`),
    octetOption(option.interfaceAddress, addressAndMask(address)),
    // Microseconds.
    octetOption(option.resolution, Uint8Array.of(6)),
    octetOption(option.offset, joined([little(epoch, 4), little(0, 4)])),
    endOfOptions,
  ]);
}

// Section 4.3: an Enhanced Packet Block.
function packetBlock(packet: Captured, place: number): Uint8Array {
  const { octets } = packet;
  return block(enhancedPacket, [
    little(place, 4),
    little(Math.floor(packet.at / 2 ** 32), 4),
    little(packet.at >>> 0, 4),
    little(octets.length, 4),
    little(octets.length, 4),
    padded(octets),
    textOption(option.comment, packet.comment),
    octetOption(option.flags, little(packet.direction === 'in' ? 1 : 2, 4)),
    octetOption(option.packetId, joined([little(packet.flight, 4), little(0, 4)])),
    endOfOptions,
  ]);
}

/** The session in as many comments as it takes. */
function sessionComments(text: string): readonly string[] {
  const parts: string[] = [];
  for (let from = 0; from < text.length; ) {
    // A character of a text takes at most three octets per UTF-16 unit.
    let to = Math.min(text.length, from + commentLimit / 3);
    const pair = text.charCodeAt(to - 1);
    if (pair >= 0xd800 && pair < 0xdc00) to -= 1;
    parts.push(text.slice(from, to));
    from = to;
  }
  return parts.map((part, index) => `${sessionMark}${index + 1}/${parts.length}\n${part}`);
}

function addressAndMask(address: string): Uint8Array {
  return Uint8Array.from([...address.split('.').map(Number), 255, 255, 255, 0]);
}

// ---- writing

function little(value: number, size: 2 | 4): Uint8Array {
  const octets = new Uint8Array(size);
  for (let at = 0; at < size; at++) octets[at] = (value >>> (8 * at)) & 0xff;
  return octets;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function padded(octets: Uint8Array): Uint8Array {
  return octets.length % 4 === 0 ? octets : joined([octets, new Uint8Array(4 - (octets.length % 4))]);
}

function octetOption(code: number, value: Uint8Array): Uint8Array {
  return joined([little(code, 2), little(value.length, 2), padded(value)]);
}

function textOption(code: number, text: string): Uint8Array {
  return octetOption(code, fromText(text).bytes());
}

const endOfOptions: Uint8Array = little(option.end, 4);

// Section 3.1: the length of a block stands at both of its ends.
function block(type: number, parts: readonly Uint8Array[]): Uint8Array {
  const body = joined(parts);
  const length = little(body.length + 12, 4);
  return joined([little(type, 4), length, body, length]);
}

// ---- reading

/** What a file that begins as a capture holds of a session. */
export interface Carried {
  /** The saved session, as text. */
  readonly session: string;
  /** Where the file is damaged, in words; null: it is whole. */
  readonly damage: string | null;
}

/** Whether octets begin as a pcapng file does. */
export function isPcapng(octets: Uint8Array): boolean {
  return octets.length >= 4 && new DataView(octets.buffer, octets.byteOffset).getUint32(0) === sectionHeader;
}

/**
 * The session that a capture carries; a text on what is wrong where it carries none. A capture that is cut off or
 * damaged behind its first block still carries it.
 */
export function readPcapng(octets: Uint8Array): Carried | { readonly wrong: string } {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  if (octets.length < 12) return { wrong: 'this capture is cut off in its first block' };
  const little = view.getUint32(8, true) === byteOrderMagic;
  if (!little && view.getUint32(8) !== byteOrderMagic)
    return { wrong: 'expected a capture in pcapng, its first block is damaged' };
  const length = sizeOfBlock(view, 0, little);
  if (length === null) return { wrong: 'this capture is cut off or damaged in its first block' };
  const session = sessionIn(commentsOf(octets, view, 24, length - 4, little));
  if (session === null)
    return { wrong: 'this capture carries no session: only those that tcpstep wrote can be opened' };
  return { session, damage: damageOf(view, length, little) };
}

/** The length of the block that begins at `at`; null where there is no whole one. */
function sizeOfBlock(view: DataView, at: number, little: boolean): number | null {
  if (at + 12 > view.byteLength) return null;
  const length = view.getUint32(at + 4, little);
  if (length < 12 || length % 4 !== 0 || at + length > view.byteLength) return null;
  return view.getUint32(at + length - 4, little) === length ? length : null;
}

function damageOf(view: DataView, from: number, little: boolean): string | null {
  let packets = 0;
  for (let at = from; at < view.byteLength; ) {
    const length = sizeOfBlock(view, at, little);
    if (length === null) return `it is cut off or damaged after ${packets} packets, at octet ${at}`;
    if (view.getUint32(at, little) === enhancedPacket) packets += 1;
    at += length;
  }
  return null;
}

function commentsOf(octets: Uint8Array, view: DataView, from: number, to: number, little: boolean): readonly string[] {
  const comments: string[] = [];
  const decoder = new TextDecoder();
  for (let at = from; at + 4 <= to; ) {
    const [code, length] = [view.getUint16(at, little), view.getUint16(at + 2, little)];
    if (code === option.end || at + 4 + length > to) break;
    if (code === option.comment) comments.push(decoder.decode(octets.subarray(at + 4, at + 4 + length)));
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  return comments;
}

function sessionIn(comments: readonly string[]): string | null {
  const parts = comments.filter((comment) => comment.startsWith(sessionMark));
  const whole = parts.every((part, index) => part.startsWith(`${sessionMark}${index + 1}/${parts.length}\n`));
  return parts.length === 0 || !whole ? null : parts.map((part) => part.slice(part.indexOf('\n') + 1)).join('');
}
