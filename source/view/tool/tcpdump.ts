// What `tcpdump -n` on one of the hosts would have printed (tcpdump 4.99, print-tcp.c): one line for each segment that
// leaves or arrives there, numbers relative to the first of the connection, as tcpdump counts without -S.

import type { Timeline } from '../../session/timeline.ts';
import { ACK, CWR, ECE, FIN, has, PSH, RST, type Segment, SYN, UDP, URG } from '../../tcp/segment.ts';
import type { Flight } from '../../world/wire.ts';
import { seenIn } from '../wireshark.ts';

/** Every line up to the event `last`, in order. */
export function tcpdump(course: Timeline, host: 0 | 1, last: number): readonly string[] {
  const known = new Map<string, Numbers>();
  const lines: string[] = [];
  for (const { step } of course.steps(1, last)) {
    for (const seen of seenIn(step)) {
      if (seen.host === host) lines.push(`${clock(step.world.now)} IP ${packet(seen.flight, known)}`);
    }
  }
  return lines;
}

/** The numbers that the two directions of a connection are counted from; `from` is whose first segment was seen. */
interface Numbers {
  readonly from: string;
  readonly seq: number;
  readonly ack: number;
}

function packet(flight: Flight, known: Map<string, Numbers>): string {
  const { from, to, segment } = flight;
  const [here, there] = [`${from.address}.${from.port}`, `${to.address}.${to.port}`];
  const text = has(segment, UDP)
    ? datagram(segment.data.length, [from.port, to.port])
    : tcp(segment, here, there, known, [from.port, to.port]);
  return `${here} > ${there}: ${text}`;
}

// A datagram to the port of DNS that is shorter than its header is no question.
function datagram(length: number, ports: readonly number[]): string {
  if (ports.includes(53) && length < 12) return `domain [length ${length} < 12] (invalid)`;
  return `UDP, length ${length}`;
}

function tcp(
  segment: Segment,
  here: string,
  there: string,
  known: Map<string, Numbers>,
  ports: readonly number[],
): string {
  const { ctl, wnd, up, data } = segment;
  const acked = has(segment, ACK);
  const name = [here, there].toSorted().join(' ');
  const first = known.get(name);
  let seq: number = segment.seq;
  let ack: number = segment.ack;
  let base = { seq: 0, ack: 0 };
  if (acked && (first === undefined || has(segment, SYN))) {
    // Its own numbers are printed as they are, and those that follow are counted from them.
    const from = first?.from ?? here;
    known.set(name, from === here ? { from, seq, ack: ack - 1 } : { from, seq: ack - 1, ack: seq });
  } else if (acked && first !== undefined) {
    base = first.from === here ? first : { seq: first.ack, ack: first.seq };
    seq = (seq - base.seq) >>> 0;
    ack = (ack - base.ack) >>> 0;
  }
  const parts = [`Flags [${flags(ctl)}]`];
  if (data.length > 0) parts.push(`seq ${seq}:${(seq + data.length) >>> 0}`);
  else if ((ctl & (SYN | FIN | RST)) !== 0) parts.push(`seq ${seq}`);
  if (acked) parts.push(`ack ${ack}`);
  parts.push(`win ${wnd}`);
  if (has(segment, URG)) parts.push(`urg ${up}`);
  const given = options(segment, base);
  if (given !== '') parts.push(`options [${given}]`);
  return `${parts.join(', ')}, length ${data.length}${content(segment, ports)}`;
}

// In the order of their bits, with a full stop for ACK.
const letters = [
  [FIN, 'F'],
  [SYN, 'S'],
  [RST, 'R'],
  [PSH, 'P'],
  [ACK, '.'],
  [URG, 'U'],
  [ECE, 'E'],
  [CWR, 'W'],
] as const;

function flags(ctl: number): string {
  const set = letters.filter(([bit]) => (ctl & bit) !== 0).map(([, letter]) => letter);
  return set.length === 0 ? 'none' : set.join('');
}

// As they stand in the header, the padding between them included.
function options({ options: given }: Segment, base: { readonly ack: number }): string {
  const { mss, wscale, sackPermitted, tsVal, tsEcr, sack, unknown } = given;
  const texts: string[] = [];
  if (mss !== null) texts.push(`mss ${mss}`);
  if (sackPermitted) texts.push(...(tsVal === null ? ['nop', 'nop'] : []), 'sackOK');
  else if (tsVal !== null) texts.push('nop', 'nop');
  if (tsVal !== null) texts.push(`TS val ${tsVal} ecr ${tsEcr}`);
  if (wscale !== null) texts.push('nop', `wscale ${wscale}`);
  if (sack.length > 0) {
    const blocks = sack.map(({ from, to }) => `{${(from - base.ack) >>> 0}:${(to - base.ack) >>> 0}}`);
    texts.push('nop', 'nop', `sack ${sack.length} ${blocks.join('')}`);
  }
  for (const kind of unknown) texts.push(`unknown-${kind}`);
  return texts.join(',');
}

// The port says what is carried; the first line of a request is shown.
function content({ data }: Segment, ports: readonly number[]): string {
  if (data.length === 0 || !ports.some((port) => port === 80 || port === 8080 || port === 3128)) return '';
  const text = String.fromCharCode(...data.cut(0, Math.min(data.length, 80)).bytes());
  const [line = ''] = text.split(/\r?\n/);
  if (!/^(?:(?:GET|HEAD|PUT|POST|DELETE|OPTIONS|TRACE|CONNECT) |HTTP\/)/.test(line)) return ': HTTP';
  return `: HTTP: ${line}${text.includes('\n') ? '' : ' [|http]'}`;
}

// `00:01:02.000500`
function clock(at: number): string {
  const seconds = Math.floor(at / 1_000_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3_600) % 24, Math.floor(seconds / 60) % 60];
  return `${two(hours)}:${two(minutes)}:${two(seconds % 60)}.${String(at % 1_000_000).padStart(6, '0')}`;
}
