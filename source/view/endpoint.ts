// One end of the connection: its state, the variables of its TCB, buffers, timers, queues, and its application.
// Every row has its place and shows `-` where there is nothing, so that a step changes values and moves nothing.

import type { Host, Listener, Pending, Socket } from '../host/host.ts';
import { chosenSocket } from '../session/shown.ts';
import { secondsIn } from '../session/time.ts';
import { timerLabels } from '../session/timer-label.ts';
import { backedOff } from '../tcp/rtt.ts';
import { distance } from '../tcp/seq.ts';
import type { Joined, SynSent } from '../tcp/tcb.ts';
import { off, type TimerName, timerNames } from '../tcp/timers.ts';
import { atOnce, callName, returned } from './call.ts';
import { blank, cell, exactly, type Line, type Span, span } from './line.ts';
import type { Look } from './look.ts';
import type { Scene } from './scene.ts';

/** From this width on (cells inside the frame) a pane has bars and one row per space. */
const wideFrom = 34;

/** The title of the pane: `CLIENT 10.0.0.1:40001`. */
export function endpointTitle(scene: Scene, index: 0 | 1, look: Look): string {
  const host = scene.world.hosts[index];
  const socket = scene.sockets[index];
  const who = look.words.party[index === 0 ? 'client' : 'server'];
  const connections = [...host.sockets.values()].filter(({ remotePort }) => remotePort !== 0);
  const at = connections.findIndex((one) => one.id === socket?.id);
  const place = connections.length < 2 || at < 0 ? '' : ` ${at + 1}/${connections.length}`;
  // Where there are several, which of them it is matters more than the address.
  if (place !== '') return `${who} :${socket?.localPort ?? ''}${place}`;
  return `${who} ${host.address}${socket === null ? '' : `:${socket.localPort}`}`;
}

/** A row; those of higher rank stay longer when there is little room. */
interface Row {
  readonly line: Line;
  readonly rank: number;
}

/** The pane in exactly `height` lines of `width` cells. A value that the last step changed bears a `*`. */
export function endpoint(scene: Scene, index: 0 | 1, look: Look, width: number, height: number): readonly Line[] {
  const view = new EndpointView(scene, index, look, width, former(scene, index, look, width));
  const wide = width >= wideFrom;
  const top = wide ? view.wideRows() : view.narrowRows();
  const bottom = view.bottomRows(wide);
  const byRank = [...top, ...bottom].sort((a, b) => b.rank - a.rank);
  const kept = new Set(byRank.slice(0, height));
  const gap = Array.from({ length: height - kept.size }, () => blank);
  const lines = [
    ...top.filter((row) => kept.has(row)).map((row) => row.line),
    ...gap,
    ...bottom.filter((row) => kept.has(row)).map((row) => row.line),
  ];
  return lines.map((line) => exactly([span(' '), ...line], width, look.ruler, look.glyphs.ellipsis));
}

/** One end in two lines, for the smallest screens: state and timer, then the variables. */
export function endpointBrief(scene: Scene, index: 0 | 1, look: Look, width: number): readonly [Line, Line] {
  const [first, second] = new EndpointView(scene, index, look, width, former(scene, index, look, width)).briefRows();
  const finish = (line: Line): Line => exactly([span(' '), ...line], width, look.ruler, look.glyphs.ellipsis);
  return [finish(first), finish(second)];
}

class EndpointView {
  private readonly scene: Scene;
  private readonly index: 0 | 1;
  private readonly host: Host;
  private readonly socket: Socket | null;
  private readonly look: Look;
  private readonly width: number;
  private readonly former: ReadonlyMap<string, string> | null;
  /** What each value looks like, by its name. */
  readonly texts = new Map<string, string>();
  /** The connection, or null in CLOSED and LISTEN. */
  private readonly tcb: SynSent | Joined | null;
  /** The connection once both sequence spaces are known. */
  private readonly joined: Joined | null;

  /** `former`: what the values looked like before the step; null: nothing is marked. */
  constructor(scene: Scene, index: 0 | 1, look: Look, width: number, former: ReadonlyMap<string, string> | null) {
    this.scene = scene;
    this.index = index;
    this.host = scene.world.hosts[index];
    this.socket = scene.sockets[index];
    this.look = look;
    this.width = width;
    this.former = former;
    const tcb = this.socket?.tcb;
    this.tcb = tcb === undefined || tcb.state === 'CLOSED' || tcb.state === 'LISTEN' ? null : tcb;
    this.joined = this.tcb !== null && 'rcv' in this.tcb ? this.tcb : null;
  }

  /** For panes of 26 cells: every row tells two things. */
  narrowRows(): readonly Row[] {
    const { tcb, joined, look } = this;
    const una = tcb?.snd.una ?? 0;
    const long = Math.max(una, tcb?.snd.nxt ?? 0, joined?.rcv.nxt ?? 0) > 99_999;
    const flying = tcb === null ? 0 : distance(tcb.snd.nxt, tcb.snd.una);
    const unread = this.unread();
    const short = unread.length <= 4;
    return [
      this.state(8),
      this.was(8),
      long
        ? this.row(90, 'SND', this.una(11), ' NXT', this.value(`+${flying}`, 'snd.nxt'))
        : this.row(90, 'SND.UNA', this.una(7), 'NXT', this.nxt()),
      long
        ? this.row(50, 'WND', this.window(6), 'ISS', this.iss())
        : this.row(50, 'SND.WND', this.window(7), 'ISS', this.iss()),
      long
        ? this.row(80, 'RCV', this.received(11), 'WND', this.offered())
        : this.row(80, 'RCV.NXT', this.received(7), 'WND', this.offered()),
      short
        ? this.row(60, 'sndbuf', ` ${this.unacknowledged(7)}`, 'rcvbuf', unread)
        : this.row(60, 'snd', this.unacknowledged(7), 'rcv', unread),
      this.row(55, 'RTO', this.timeout(8), ...this.roundTrip()),
      this.row(75, cell(look.words.timer, 7, look.ruler), this.timersInRow()),
    ];
  }

  /** For panes of 34 cells and more: one row per space, bars for buffers and timers. */
  wideRows(): readonly Row[] {
    const { tcb, joined } = this;
    const digits = (...values: readonly (number | undefined)[]): number =>
      Math.max(4, ...values.map((value) => `${value ?? 0}`.length)) + 2;
    const first = digits(tcb?.snd.una, joined?.rcv.nxt, tcb?.snd.iss);
    const second = digits(tcb?.snd.nxt, joined?.rcv.wnd, joined?.rcv.irs);
    // Under the send space the receive space, under the numbers the initial ones.
    const roomy = this.width >= 10 + first + 4 + second + 4 + 6;
    const flying = tcb === null ? '-' : `+${distance(tcb.snd.nxt, tcb.snd.una)}`;
    const nxt = this.width >= 10 + first + 4 + second ? this.nxt() : this.value(flying, 'snd.nxt');
    const rows = [
      this.state(10),
      this.was(10),
      this.row(
        90,
        'SND  UNA',
        this.una(first),
        'NXT',
        cell(nxt, second, this.look.ruler),
        ...(roomy ? ['WND', this.window(0)] : []),
      ),
      this.row(80, 'RCV  NXT', this.received(first), 'WND', this.offered()),
      this.row(40, '     ISS', this.iss(first), 'IRS', this.value(joined === null ? '-' : `${joined.rcv.irs}`, 'irs')),
      ...(roomy ? [] : [this.row(45, 'SND  WND', this.window(0))]),
      { rank: 60, line: [span('sndbuf ', 'dim'), ...this.sendBar(), span(` ${this.unacknowledged(0)}`)] },
      { rank: 59, line: [span('rcvbuf ', 'dim'), ...this.receiveBar(), span(` ${this.unread()}`)] },
      this.row(55, 'RTO', this.timeout(9), ...this.roundTrip()),
    ];
    if (this.host.profile.congestion !== 'none') {
      const congestion = joined?.congestion;
      const threshold = congestion !== undefined && Number.isFinite(congestion.ssthresh) ? congestion.ssthresh : '-';
      rows.push(
        this.row(
          30,
          'cwnd',
          this.value(`${congestion?.cwnd || '-'}`, 'cwnd', 8),
          'ssthresh',
          this.value(`${threshold}`, 'ssthresh'),
        ),
      );
    }
    const running = this.running();
    if (running.length === 0) rows.push(this.row(75, this.look.words.timer, '-'));
    for (const [place, name] of running.entries()) rows.push(this.timerBar(name, place));
    return rows;
  }

  /** What stands at the foot of the pane: the listener's queues and the application. */
  bottomRows(wide: boolean): readonly Row[] {
    const rows: Row[] = [];
    const listener = this.listener();
    const { words, ruler } = this.look;
    if (listener !== null) {
      const [syn, accept] = this.queues(listener);
      if (wide) {
        const label = (text: string): Span => span(cell(text, 13, ruler), 'dim');
        const { backlog, synQueue, acceptQueue } = listener;
        rows.push(
          { rank: 70, line: [label(words.synQueue), ...this.bar(synQueue.length, backlog, 8), span(` ${syn}`)] },
          {
            rank: 69,
            line: [label(words.acceptQueue), ...this.bar(acceptQueue.length, backlog, 8), span(` ${accept}`)],
          },
        );
      } else {
        const [first, second] = words.queues;
        rows.push(this.row(70, first, cell(syn, 6, ruler), second, accept));
      }
    }
    const label = cell(words.app, wide ? 9 : 5, ruler);
    const text = this.application();
    // An error is worth more than the word before it.
    const room = this.width - 2 - ruler(label) - ruler(text) >= 0;
    rows.push(room ? this.row(95, label, text) : this.row(95, '', text));
    return rows;
  }

  /** Two rows for the smallest screens. */
  briefRows(): readonly [Line, Line] {
    const { tcb, joined } = this;
    const { words } = this.look;
    const who = span(this.index === 0 ? 'C ' : 'S ', 'dim');
    const state = this.stateSpan(14);
    const [timer] = this.running();
    const listener = this.listener();
    const queues = listener === null ? '' : words.queuesBrief(...this.queues(listener));
    const first: Line = [who, state, span(tcb === null || timer === undefined ? queues : this.timer(timer))];
    if (tcb === null) return [first, [span('  '), span(this.application())]];
    const long = tcb.snd.una > 99_999;
    const nxt = long ? this.value(`+${distance(tcb.snd.nxt, tcb.snd.una)}`, 'snd.nxt') : this.nxt();
    const received = joined === null ? '' : ` RCV ${this.received(0)}`;
    return [first, [span(`  UNA ${this.una(0)} NXT ${nxt}${received}`)]];
  }

  private state(indent: number): Row {
    return {
      rank: 100,
      line: [span(cell(this.look.words.state, indent, this.look.ruler), 'dim'), this.stateSpan(0)],
    };
  }

  private stateSpan(width: number): Span {
    const { state } = this.scene.changes[this.index];
    const name = this.host.running ? (this.socket?.tcb.state ?? 'CLOSED') : this.look.words.hostDown;
    const text = cell(`${name}${state === null ? '' : '*'}`, width, this.look.ruler);
    return span(text, 'strong');
  }

  private was(indent: number): Row {
    const was = this.scene.was[this.index];
    return {
      rank: 20,
      line: [span(cell(this.look.words.was, indent, this.look.ruler), 'dim'), span(was ?? '-')],
    };
  }

  private una(width: number): string {
    return this.value(this.tcb === null ? '-' : `${this.tcb.snd.una}`, 'snd.una', width);
  }

  private nxt(): string {
    return this.value(this.tcb === null ? '-' : `${this.tcb.snd.nxt}`, 'snd.nxt');
  }

  private window(width: number): string {
    return this.value(this.joined === null ? '-' : `${this.joined.snd.wnd}`, 'snd.wnd', width);
  }

  private iss(width = 0): string {
    return this.value(this.tcb === null ? '-' : `${this.tcb.snd.iss}`, 'iss', width);
  }

  private received(width: number): string {
    return this.value(this.joined === null ? '-' : `${this.joined.rcv.nxt}`, 'rcv.nxt', width);
  }

  private offered(): string {
    return this.value(this.joined === null ? '-' : `${this.joined.rcv.wnd}`, 'rcv.wnd');
  }

  private unacknowledged(width: number): string {
    return this.value(this.tcb === null ? '-' : `${this.tcb.queue.length}`, 'send-queue', width);
  }

  // Octets that the application has not read, and behind a plus those that wait for a gap to be filled.
  private unread(): string {
    if (this.joined === null) return '-';
    const waiting = this.joined.reassembly.length;
    const unread = this.value(`${this.joined.unread.length}`, 'unread');
    return waiting === 0 ? unread : `${unread}+${this.value(`${waiting}`, 'reassembly')}`;
  }

  private timeout(width: number): string {
    const { tcb } = this;
    // A space and a mark have to go behind it.
    return this.value(tcb === null ? '-' : `${secondsIn(backedOff(tcb.rtt, this.host.profile), 5)}s`, 'rto', width);
  }

  // While something is being repeated the estimate stands still: then the repetitions are told.
  private roundTrip(): readonly string[] {
    const { tcb } = this;
    if (tcb !== null && tcb.repetitions > 0) {
      return ['', this.value(this.look.words.retries(tcb.repetitions), 'repetitions')];
    }
    const estimated = tcb !== null && tcb.rtt.srtt > 0;
    const srtt = this.value(estimated ? `${estimate(tcb.rtt.srtt)}s` : '-', 'srtt', this.width >= 42 ? 8 : 0);
    if (this.width < 42) return ['SRTT', srtt];
    return ['SRTT', srtt, 'RTTVAR', this.value(estimated ? `${estimate(tcb.rtt.rttvar)}s` : '-', 'rttvar')];
  }

  private timersInRow(): string {
    const [first, second, ...others] = this.running();
    if (first === undefined) return '-';
    if (second === undefined) {
      const { words } = this.look;
      return this.value(`${timerLabels[first]} ${words.in(this.left(first))}`, `timer.${first}`);
    }
    return `${this.timer(first)} ${this.timer(second)}${others.length > 0 ? ` +${others.length}` : ''}`;
  }

  private timer(name: TimerName): string {
    return this.value(`${timerLabels[name]} ${this.left(name)}`, `timer.${name}`);
  }

  private timerBar(name: TimerName, place: number): Row {
    const { words, ruler } = this.look;
    const whole = this.whole(name);
    const width = Math.min(5, this.width - 29);
    const left = (this.tcb?.timers[name] ?? 0) - this.scene.now;
    const changed = this.changed(`timer.${name}`, '') ? '*' : ' ';
    return {
      rank: 75 - place,
      line: [
        span(cell(place === 0 ? words.timer : '', 7, ruler), 'dim'),
        span(`${cell(timerLabels[name], 8, ruler)}${this.left(name).padStart(8)}${changed}`),
        ...(whole === null || width < 5 ? [] : this.bar(Math.floor((1 - left / whole) * width), width, width)),
      ],
    };
  }

  // How long a timer runs from its start; null where that is not known from the present.
  private whole(name: TimerName): number | null {
    switch (name) {
      case 'retransmission':
        return this.tcb === null ? null : backedOff(this.tcb.rtt, this.host.profile);
      case 'time-wait':
        return this.host.profile.timeWait;
      case 'delayed-ack':
        return this.host.profile.ackDelay;
      case 'fin-wait-2':
        return this.host.profile.finWait2;
      case 'tail-loss-probe':
      case 'reordering':
      case 'persist':
      case 'keepalive':
      case 'user':
        return null;
    }
  }

  private running(): readonly TimerName[] {
    const { tcb } = this;
    if (tcb === null) return [];
    return timerNames.filter((name) => tcb.timers[name] !== off).sort((a, b) => tcb.timers[a] - tcb.timers[b]);
  }

  // Always three decimals, so that a countdown changes as few cells as possible.
  private left(name: TimerName): string {
    const left = Math.max(0, (this.tcb?.timers[name] ?? 0) - this.scene.now) / 1_000_000;
    return left < 1_000 ? `${left.toFixed(3)}s` : `${left.toFixed(0)}s`;
  }

  private application(): string {
    const { words } = this.look;
    const { step } = this.scene;
    // What a call returned at once stands where it is said that it was called.
    const told = step === null ? null : atOnce(step);
    const returns = (step?.returns ?? []).filter((one) => one.host === this.index && one !== told);
    const last = returns[returns.length - 1];
    if (last !== undefined) return `${returned(last.call, last.result)}*`;
    const waits = this.waits();
    return waits === null ? '-' : this.value(words.waiting(callName(waits.call.do)), 'pending');
  }

  // What the application waits for: on the connection first, on the listener otherwise.
  private waits(): Pending | null {
    const own = this.socket?.pending[0];
    if (own !== undefined) return own;
    for (const socket of this.host.sockets.values()) {
      const [first] = socket.pending;
      if (first !== undefined) return first;
    }
    return null;
  }

  private listener(): Listener | null {
    let found: Listener | null = null;
    for (const socket of this.host.sockets.values()) {
      if (socket.tcb.state === 'LISTEN' && socket.listener !== null) found = socket.listener;
    }
    return found;
  }

  private queues({ synQueue, acceptQueue, backlog }: Listener): readonly [string, string] {
    return [
      this.value(`${synQueue.length}/${backlog}`, 'syn-queue'),
      this.value(`${acceptQueue.length}/${backlog}`, 'accept-queue'),
    ];
  }

  private sendBar(): readonly Span[] {
    const { tcb } = this;
    const size = tcb?.socket.sendBuffer ?? this.host.profile.sendBuffer;
    return this.bar(tcb?.queue.length ?? 0, size, this.barWidth());
  }

  private receiveBar(): readonly Span[] {
    const { joined } = this;
    const size = joined?.rcv.buff ?? this.host.profile.receiveBuffer;
    return this.bar(joined === null ? 0 : joined.unread.length + joined.reassembly.length, size, this.barWidth());
  }

  private barWidth(): number {
    return Math.max(8, Math.min(24, this.width - 20));
  }

  // A part of a whole; anything at all fills at least one cell.
  private bar(part: number, whole: number, width: number): readonly Span[] {
    const filled = part <= 0 || whole <= 0 ? 0 : Math.min(width, Math.max(1, Math.round((part / whole) * width)));
    return [span(`[${cell(this.look.glyphs.full.repeat(filled), width, this.look.ruler)}]`)];
  }

  // Labels and values in turn, a space behind each label.
  private row(rank: number, ...parts: readonly string[]): Row {
    return {
      rank,
      line: parts.map((part, place) => (place % 2 === 0 ? span(part === '' ? '' : `${part} `, 'dim') : span(part))),
    };
  }

  private value(text: string, field: string, width = 0): string {
    this.texts.set(field, text);
    return cell(this.changed(field, text) ? `${text}*` : text, width, this.look.ruler);
  }

  // A countdown changes all the time: a timer is marked when it was set. Everything else is marked when it looks
  // different, unless it has only come into being with its usual value.
  private changed(field: string, text: string): boolean {
    if (this.former === null) return false;
    if (field.startsWith('timer.')) return this.scene.changes[this.index].fields.has(field);
    const before = this.former.get(field) ?? '-';
    if (text === before || text === '-') return false;
    return before !== '-' || !(text === '0' || usual.has(field));
  }
}

// Estimates are fractions of microseconds; a screen has room for milliseconds.
function estimate(time: number): string {
  return (time / 1_000_000).toFixed(3);
}

// Fields that every connection starts with, at the value its profile gives them.
const usual: ReadonlySet<string> = new Set(['rto', 'srtt', 'rttvar', 'repetitions', 'cwnd', 'ssthresh']);

// What the values of an end looked like before the last step; null at the opening.
function former(scene: Scene, index: 0 | 1, look: Look, width: number): ReadonlyMap<string, string> | null {
  if (scene.step === null) return null;
  const { before: world } = scene.step;
  const sockets = [
    chosenSocket(world.hosts[0], scene.session.shown),
    chosenSocket(world.hosts[1], scene.session.shown),
  ] as const;
  const before = new EndpointView({ ...scene, world, sockets }, index, look, width, null);
  if (width >= wideFrom) before.wideRows();
  else before.narrowRows();
  before.bottomRows(width >= wideFrom);
  return before.texts;
}
