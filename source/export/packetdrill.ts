// A packetdrill script of one side (github.com/google/packetdrill): the same calls and the same arriving packets put to
// a real kernel, which then has to send what the engine sent. What a script cannot do stands in it as a comment.

import type { NetworkNotice } from '../tcp/notice.ts';
import type { Options } from '../tcp/options.ts';
import { ACK, has, type Segment, SYN, UDP, URG } from '../tcp/segment.ts';
import type { Step } from '../world/outcome.ts';
import type { Flight } from '../world/wire.ts';
import { courseOf, type Exhibit } from './exhibit.ts';
import { calls } from './packetdrill-calls.ts';
import { passagesOf } from './passages.ts';
import { headline, nameOf } from './words.ts';

/** The script of `exhibit.side`, or of the end that opens the connection; it ends in a line end. */
export function packetdrill(exhibit: Exhibit): string {
  const { session, last } = exhibit;
  const course = courseOf(exhibit);
  const host = exhibit.side ?? openerOf(exhibit);
  const { subject, profile } = session;
  const events: string[] = [];
  const connection = new Connection(host);
  const passages = passagesOf(course, 1, last);
  for (const { step, position } of course.steps(1, last)) {
    const at = timeOf(step.world.now);
    const who = position === null ? null : (course.decisions[position]?.by ?? null);
    const lines = [
      ...arrivals(step, host, connection, (id) => passages.get(id)?.flight),
      ...calls(step, host),
      ...departures(step, host, connection),
    ];
    if (lines.length > 0) events.push(`// ${headline(step, who)}`, ...lines.map((line) => line.replace('@', at)), '');
  }
  return [
    `// ${subject.title.en} (${subject.id}, ${profile}), as the ${nameOf(host)} meets it.`,
    '// Run as root: packetdrill FILE',
    '--tolerance_usecs=100000',
    `\`sysctl -q ${connection.sysctls().join(' ')}\``,
    '',
    ...events,
  ].join('\n');
}

// Without a wish the side with a life of its own: the first that sends anything.
function openerOf(exhibit: Exhibit): 0 | 1 {
  const course = courseOf(exhibit);
  for (const { step } of course.steps(1, exhibit.last)) {
    for (const flight of step.sent) {
      if (!flight.forged && flight.from.host !== -1) return flight.from.host;
    }
  }
  return 0;
}

function timeOf(time: number): string {
  const whole = Math.floor(time / 1_000_000);
  return `${whole}.${String(time - whole * 1_000_000).padStart(6, '0')}`;
}

// ---- packets

/** The one connection that a script is about: its ports, and the sequence numbers that count as 0. */
class Connection {
  private readonly host: 0 | 1;
  private ports: readonly [own: number, other: number] | null = null;
  private ownBase: number | null = null;
  private otherBase: number | null = null;
  private options: Options | null = null;

  constructor(host: 0 | 1) {
    this.host = host;
  }

  /** Whether a flight belongs to it; the first one that is asked about decides which it is. */
  holds({ from, to, segment }: Flight): boolean {
    if (has(segment, UDP)) return false;
    const [own, other] = to.host === this.host ? [to.port, from.port] : [from.port, to.port];
    this.ports ??= [own, other];
    return this.ports[0] === own && this.ports[1] === other;
  }

  /** A packet as packetdrill writes it: `S. 0:0(0) ack 1 <mss 1460>`. */
  line(flight: Flight, inbound: boolean): string {
    const { segment } = flight;
    if (inbound) this.otherBase ??= segment.seq;
    else {
      this.ownBase ??= segment.seq;
      if (has(segment, SYN)) this.options ??= segment.options;
    }
    const base = (inbound ? this.otherBase : this.ownBase) ?? 0;
    const start = (segment.seq - base) >>> 0;
    const acknowledged = (inbound ? this.ownBase : this.otherBase) ?? (segment.ack - 1) >>> 0;
    const ack = has(segment, ACK) ? ` ack ${(segment.ack - acknowledged) >>> 0}` : '';
    const win = inbound ? ` win ${segment.wnd}` : '';
    const urg = has(segment, URG) ? ` urg ${segment.up}` : '';
    const options = optionWords(segment.options, acknowledged);
    const ecn = inbound && flight.marked ? ' [ce]' : '';
    const said = `${start}:${start + segment.data.length}(${segment.data.length})${ack}${win}${urg}`;
    return `@ ${inbound ? '<' : '>'}${ecn} ${flagWords(segment)} ${said}${options} // #${flight.id}`;
  }

  /** What a router says about a packet that was sent: `icmp unreachable frag_needed mtu 600 [1:1461(1460)]`. */
  notice({ segment }: Flight, what: NetworkNotice): string {
    const code =
      what === 'soft' ? 'host_unreachable' : what === 'hard' ? 'port_unreachable' : `frag_needed mtu ${what.mtu}`;
    const start = (segment.seq - (this.ownBase ?? segment.seq)) >>> 0;
    return `@ < icmp unreachable ${code} [${start}:${start + segment.data.length}(${segment.data.length})]`;
  }

  /** Settings of a Linux kernel under which its SYN offers what the engine's offered. */
  sysctls(): readonly string[] {
    const { options } = this;
    const on = (wanted: boolean): number => (wanted ? 1 : 0);
    return [
      `net.ipv4.tcp_timestamps=${on(options?.tsVal != null)}`,
      `net.ipv4.tcp_sack=${on(options?.sackPermitted === true)}`,
      `net.ipv4.tcp_window_scaling=${on(options?.wscale != null)}`,
      'net.ipv4.tcp_syncookies=0',
    ];
  }
}

const flagLetters: readonly (readonly [bit: number, letter: string])[] = [
  [1, 'F'],
  [2, 'S'],
  [4, 'R'],
  [8, 'P'],
  [32, 'U'],
  [64, 'E'],
  [128, 'W'],
];

function flagWords({ ctl }: Segment): string {
  const letters = flagLetters.map(([bit, letter]) => ((ctl & bit) === 0 ? '' : letter)).join('');
  const words = `${letters}${(ctl & ACK) === 0 ? '' : '.'}`;
  return words === '' ? '-' : words;
}

// In the order in which they stand in the header.
function optionWords(options: Options, acknowledged: number): string {
  const { mss, wscale, sackPermitted, tsVal, tsEcr, sack } = options;
  const words: string[] = [];
  if (mss !== null) words.push(`mss ${mss}`);
  if (sackPermitted) words.push(...(tsVal === null ? ['nop', 'nop'] : []), 'sackOK');
  else if (tsVal !== null) words.push('nop', 'nop');
  if (tsVal !== null) words.push(`TS val ${tsVal} ecr ${tsEcr}`);
  if (wscale !== null) words.push('nop', `wscale ${wscale}`);
  if (sack.length > 0) {
    const blocks = sack.map(({ from, to }) => `${(from - acknowledged) >>> 0}:${(to - acknowledged) >>> 0}`);
    words.push('nop', 'nop', `sack ${blocks.join(' ')}`);
  }
  return words.length === 0 ? '' : ` <${words.join(',')}>`;
}

function* arrivals(
  { event, fates }: Step,
  host: 0 | 1,
  connection: Connection,
  sentAs: (id: number) => Flight | undefined,
): Generator<string> {
  for (const { flight, reason } of fates) {
    if (reason === 'delivered' && flight.to.host === host) {
      if (connection.holds(flight)) yield connection.line(flight, true);
      else yield `// not of this connection: #${flight.id}`;
    }
    if (reason === 'corrupt' && flight.to.host === host) yield `// #${flight.id} arrives with a wrong checksum`;
    if (reason === 'refused' && flight.from.host === host) {
      const decided = event.kind === 'decision' && event.action.kind === 'tamper' ? event.action.tamper : null;
      const what = decided?.do === 'refuse' ? decided.what : flight.refusal;
      if (what !== null) yield connection.notice(sentAs(flight.id) ?? flight, what);
    }
  }
}

function* departures({ sent }: Step, host: 0 | 1, connection: Connection): Generator<string> {
  for (const flight of sent) {
    if (flight.from.host !== host || flight.forged || flight.copyOf !== 0) continue;
    if (connection.holds(flight)) yield connection.line(flight, false);
    else yield `// not of this connection: #${flight.id}`;
  }
}
