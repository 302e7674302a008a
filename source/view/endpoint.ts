// One end of the connection: its state, the variables of its TCB, buffers, timers, queues, and its application.

import type { Host, Listener, Pending, Socket } from '../host/host.ts';
import { shownSocket } from '../session/shown.ts';
import { seconds } from '../session/time.ts';
import { backedOff } from '../tcp/rtt.ts';
import { distance, type Seq } from '../tcp/seq.ts';
import type { Joined, SynSent, Tcb } from '../tcp/tcb.ts';
import { off, type TimerName, timerNames } from '../tcp/timers.ts';
import { callName, returned } from './call.ts';
import { blank, cell, exactly, type Line, type Span, span, type Tone } from './line.ts';
import type { Look } from './look.ts';
import type { Scene } from './scene.ts';

/** Short names of the timers, as a row has room for them. */
const timerLabels: Readonly<Record<TimerName, string>> = {
  retransmission: 'RTX',
  'tail-loss-probe': 'TLP',
  reordering: 'RACK',
  persist: 'PERSIST',
  'delayed-ack': 'DACK',
  keepalive: 'KEEP',
  'fin-wait-2': 'FW2',
  'time-wait': '2MSL',
  user: 'USER',
};

/** From this width on (cells inside the frame) a pane has bars and one row per space. */
export const wideEndpoint = 34;

/** The title of the pane: `CLIENT 10.0.0.1:40001`. */
export function endpointTitle(scene: Scene, index: 0 | 1, look: Look): string {
  const host = scene.world.hosts[index];
  const socket = shownSocket(host);
  const who = look.words.party[index === 0 ? 'client' : 'server'];
  return `${who} ${host.address}${socket === null ? '' : `:${socket.localPort}`}`;
}

/** A row with what it is about, so that a row can be marked and, in small panes, left out. */
interface Row {
  readonly line: Line;
  readonly changed: boolean;
  /** Rows of higher rank stay longer when there is little room. */
  readonly rank: number;
}

/** The pane in exactly `height` lines of `width` cells. What the last step changed bears a `*` at its right edge. */
export function endpoint(scene: Scene, index: 0 | 1, look: Look, width: number, height: number): readonly Line[] {
  const host = scene.world.hosts[index];
  const socket = shownSocket(host);
  const view = new EndpointView(scene, index, host, socket, look, width);
  const wide = width >= wideEndpoint;
  const top = wide ? view.wideRows() : view.narrowRows();
  const bottom = view.bottomRows(wide);
  const kept = keep([...top, ...bottom], height);
  const rows = [
    ...top.filter((row) => kept.has(row)),
    ...gap(height - kept.size),
    ...bottom.filter((row) => kept.has(row)),
  ];
  return rows.map((row) => {
    const body = exactly([span(' '), ...row.line], width - 1, look.ruler, look.glyphs.ellipsis);
    return [...body, row.changed ? span('*', 'changed') : span(' ')];
  });
}

/** Both ends in two lines each, for the smallest screens: state and timer, then the variables. */
export function endpointBrief(scene: Scene, index: 0 | 1, look: Look, width: number): readonly [Line, Line] {
  const host = scene.world.hosts[index];
  const view = new EndpointView(scene, index, host, shownSocket(host), look, width);
  const rows = view.briefRows();
  const finish = (row: Row): Line => [
    ...exactly([span(' '), ...row.line], width - 1, look.ruler, look.glyphs.ellipsis),
    row.changed ? span('*', 'changed') : span(' '),
  ];
  return [finish(rows[0]), finish(rows[1])];
}

function keep(rows: readonly Row[], height: number): ReadonlySet<Row> {
  const byRank = [...rows].sort((a, b) => b.rank - a.rank);
  return new Set(byRank.slice(0, height));
}

function gap(count: number): readonly Row[] {
  return Array.from({ length: Math.max(0, count) }, () => ({ line: blank, changed: false, rank: 0 }));
}

class EndpointView {
  private readonly scene: Scene;
  private readonly index: 0 | 1;
  private readonly host: Host;
  private readonly socket: Socket | null;
  private readonly look: Look;
  private readonly width: number;
  private readonly fields: ReadonlySet<string>;

  constructor(scene: Scene, index: 0 | 1, host: Host, socket: Socket | null, look: Look, width: number) {
    this.scene = scene;
    this.index = index;
    this.host = host;
    this.socket = socket;
    this.look = look;
    this.width = width;
    this.fields = noteworthy(scene, index, socket);
  }

  /** For panes of 26 cells: every row tells two things. */
  narrowRows(): readonly Row[] {
    const rows = [this.state(8), this.was(8)];
    const tcb = this.connection();
    if (tcb === null) return rows;
    const { snd } = tcb;
    const long = Math.max(snd.una, snd.nxt, 'rcv' in tcb ? tcb.rcv.nxt : 0) > 99_999;
    const flying = distance(snd.nxt, snd.una);
    rows.push(
      this.row(
        90,
        long
          ? [
              this.label('SND', 4),
              this.number(snd.una, 'snd.una', 10),
              this.label(' NXT ', 5),
              this.value(`+${flying}`, 'snd.nxt'),
            ]
          : [
              this.label('SND.UNA', 8),
              this.number(snd.una, 'snd.una', 6),
              this.label('NXT', 4),
              this.number(snd.nxt, 'snd.nxt'),
            ],
        ['snd.una', 'snd.nxt'],
      ),
      this.row(
        50,
        long
          ? [this.label('WND', 4), this.window(tcb, 5), this.label(' ISS ', 5), this.number(snd.iss, 'iss')]
          : [this.label('SND.WND', 8), this.window(tcb, 6), this.label('ISS', 4), this.number(snd.iss, 'iss')],
        ['snd.wnd', 'iss'],
      ),
    );
    if ('rcv' in tcb) {
      rows.push(
        this.row(
          80,
          long
            ? [
                this.label('RCV', 4),
                this.number(tcb.rcv.nxt, 'rcv.nxt', 10),
                this.label(' WND ', 5),
                this.number(tcb.rcv.wnd, 'rcv.wnd'),
              ]
            : [
                this.label('RCV.NXT', 8),
                this.number(tcb.rcv.nxt, 'rcv.nxt', 6),
                this.label('WND', 4),
                this.number(tcb.rcv.wnd, 'rcv.wnd'),
              ],
          ['rcv.nxt', 'rcv.wnd'],
        ),
      );
    } else {
      rows.push(this.row(80, [this.label('RCV.NXT', 8), this.label('-', 6), this.label('WND -', 5)], []));
    }
    rows.push(
      this.row(60, [...this.buffers(tcb)], ['send-queue', 'unread', 'reassembly']),
      this.row(
        55,
        [
          this.label('RTO', 4),
          this.value(`${seconds(backedOff(tcb.rtt, this.host.profile))}s`, 'rto', 8),
          ...(tcb.repetitions > 0
            ? [this.value(this.look.words.retries(tcb.repetitions), 'repetitions')]
            : [this.label('SRTT ', 5), this.value(tcb.rtt.srtt === 0 ? '-' : `${estimate(tcb.rtt.srtt)}s`, 'srtt')]),
        ],
        ['rto', 'srtt', 'rttvar', 'repetitions'],
      ),
      this.timerRow(tcb),
    );
    return rows;
  }

  /** For panes of 34 cells and more: one row per space, bars for buffers and timers. */
  wideRows(): readonly Row[] {
    const rows = [this.state(10), this.was(10)];
    const tcb = this.connection();
    if (tcb === null) return rows;
    const { snd, rtt } = tcb;
    const receive = 'rcv' in tcb ? tcb : null;
    const gapFor = (values: readonly number[]): number => Math.max(4, ...values.map((value) => `${value}`.length)) + 1;
    const first = gapFor([snd.una, receive?.rcv.nxt ?? 0, snd.iss]);
    const second = gapFor([snd.nxt, receive?.rcv.irs ?? 0]);
    const roomy = 5 + 4 + first + 4 + second + 4 + 5 <= this.width - 2;
    const nxt = roomy ? `${snd.nxt}` : `+${distance(snd.nxt, snd.una)}`;
    const pad = roomy ? second : 7;
    rows.push(
      this.row(
        90,
        [
          this.label('SND', 5),
          this.label('UNA', 4),
          this.number(snd.una, 'snd.una', first),
          this.label('NXT', 4),
          this.value(nxt, 'snd.nxt', pad),
          ...(this.width >= 5 + 4 + first + 4 + pad + 4 + 5 + 2 ? [this.label('WND', 4), this.window(tcb)] : []),
        ],
        ['snd.una', 'snd.nxt', 'snd.wnd'],
      ),
      this.row(
        80,
        receive === null
          ? [this.label('RCV', 5), this.label('NXT', 4), this.label('-', first), this.label('WND -', 5)]
          : [
              this.label('RCV', 5),
              this.label('NXT', 4),
              this.number(receive.rcv.nxt, 'rcv.nxt', first),
              this.label('WND', 4),
              this.number(receive.rcv.wnd, 'rcv.wnd'),
            ],
        ['rcv.nxt', 'rcv.wnd'],
      ),
      this.row(
        40,
        [
          this.label('', 5),
          this.label('ISS', 4),
          this.number(snd.iss, 'iss', first),
          this.label('IRS', 4),
          receive === null ? this.label('-', 1) : this.number(receive.rcv.irs, 'irs'),
        ],
        ['iss', 'irs'],
      ),
      this.row(
        60,
        [this.label('sndbuf', 7), ...this.sendBar(tcb), this.value(` ${tcb.queue.length}`, 'send-queue')],
        ['send-queue'],
      ),
      this.row(
        59,
        [
          this.label('rcvbuf', 7),
          ...this.receiveBar(tcb),
          this.value(` ${receive?.unread.length ?? 0}`, 'unread'),
          this.waitingPieces(tcb),
        ],
        ['unread', 'reassembly'],
      ),
      this.row(
        55,
        [
          this.label('RTO', 4),
          this.value(`${seconds(backedOff(rtt, this.host.profile))}s`, 'rto'),
          this.label('  SRTT ', 7),
          this.value(rtt.srtt === 0 ? '-' : `${estimate(rtt.srtt)}s`, 'srtt'),
          ...(this.width >= 42
            ? [this.label('  RTTVAR ', 9), this.value(rtt.srtt === 0 ? '-' : `${estimate(rtt.rttvar)}s`, 'rttvar')]
            : []),
        ],
        ['rto', 'srtt', 'rttvar'],
      ),
    );
    if (tcb.repetitions > 0) {
      rows.push(this.row(54, [this.value(this.look.words.retries(tcb.repetitions), 'repetitions')], ['repetitions']));
    }
    if (this.host.profile.congestion !== 'none' && receive !== null) {
      const { cwnd, ssthresh } = tcb.congestion;
      const limit = Number.isFinite(ssthresh) ? `${ssthresh}` : '-';
      rows.push(
        this.row(
          30,
          [
            this.label('cwnd', 5),
            this.number(cwnd, 'cwnd'),
            this.label('  ssthresh ', 11),
            this.value(limit, 'ssthresh'),
          ],
          ['cwnd', 'ssthresh'],
        ),
      );
    }
    const running = this.running(tcb);
    for (const [place, name] of running.entries()) rows.push(this.timerBar(tcb, name, place));
    return rows;
  }

  /** What stands at the foot of the pane: the listener's queues and the application. */
  bottomRows(wide: boolean): readonly Row[] {
    const rows: Row[] = [];
    const listener = this.listener();
    if (listener !== null) {
      const syn = `${listener.synQueue.length}/${listener.backlog}`;
      const accept = `${listener.acceptQueue.length}/${listener.backlog}`;
      const { words } = this.look;
      if (wide) {
        rows.push(
          this.row(
            70,
            [
              this.label(words.synQueue, 13),
              ...this.bar(listener.synQueue.length, listener.backlog, 8),
              this.value(` ${syn}`, 'syn-queue'),
            ],
            ['syn-queue'],
          ),
          this.row(
            69,
            [
              this.label(words.acceptQueue, 13),
              ...this.bar(listener.acceptQueue.length, listener.backlog, 8),
              this.value(` ${accept}`, 'accept-queue'),
            ],
            ['accept-queue'],
          ),
        );
      } else {
        const tone: Tone = this.fields.has('syn-queue') || this.fields.has('accept-queue') ? 'changed' : 'plain';
        rows.push(this.row(70, [span(words.queues(syn, accept), tone)], ['syn-queue', 'accept-queue']));
      }
    }
    rows.push(this.application(wide ? 10 : 6));
    return rows;
  }

  /** Two rows for the smallest screens. */
  briefRows(): readonly [Row, Row] {
    const tcb = this.connection();
    const { words } = this.look;
    const who = this.index === 0 ? 'C' : 'S';
    const listener = this.listener();
    const queues =
      listener === null
        ? ''
        : words.queuesBrief(
            `${listener.synQueue.length}/${listener.backlog}`,
            `${listener.acceptQueue.length}/${listener.backlog}`,
          );
    const timer = tcb === null ? undefined : this.running(tcb)[0];
    const left = tcb === null || timer === undefined ? queues : `${timerLabels[timer]} ${this.left(tcb.timers[timer])}`;
    const state = this.stateName();
    const first = this.row(
      100,
      [
        this.label(who, 2),
        this.value(cell(state, 13, this.look.ruler), 'state'),
        span(left, timer === undefined ? 'dim' : 'plain'),
      ],
      ['state', 'syn-queue', 'accept-queue', ...(timer === undefined ? [] : [`timer.${timer}`])],
    );
    if (tcb === null) return [first, this.application(2)];
    const long = tcb.snd.una > 99_999;
    const second = this.row(
      90,
      [
        this.label('', 2),
        this.label('U', 1),
        this.number(tcb.snd.una, 'snd.una'),
        this.label(' N', 2),
        long ? this.value(`+${distance(tcb.snd.nxt, tcb.snd.una)}`, 'snd.nxt') : this.number(tcb.snd.nxt, 'snd.nxt'),
        ...('rcv' in tcb ? [this.label('  R', 3), this.number(tcb.rcv.nxt, 'rcv.nxt')] : []),
        ...('rcv' in tcb && !long ? [this.label(' W', 2), this.number(tcb.rcv.wnd, 'rcv.wnd')] : []),
      ],
      ['snd.una', 'snd.nxt', 'rcv.nxt', 'rcv.wnd'],
    );
    return [first, second];
  }

  private connection(): SynSent | Joined | null {
    const tcb: Tcb | null = this.socket?.tcb ?? null;
    if (tcb === null || tcb.state === 'CLOSED' || tcb.state === 'LISTEN') return null;
    return tcb;
  }

  private listener(): Listener | null {
    let found: Listener | null = null;
    for (const socket of this.host.sockets.values()) {
      if (socket.tcb.state === 'LISTEN' && socket.listener !== null) found = socket.listener;
    }
    return found;
  }

  private stateName(): string {
    if (!this.host.running) return this.look.words.hostDown;
    return this.socket?.tcb.state ?? 'CLOSED';
  }

  private state(indent: number): Row {
    const changed = this.scene.changes[this.index].state !== null;
    return {
      line: [this.label(this.look.words.state, indent), span(this.stateName(), changed ? 'changed' : 'strong')],
      changed,
      rank: 100,
    };
  }

  private was(indent: number): Row {
    const was = this.scene.was[this.index];
    return this.row(20, was === null ? blank : [this.label(this.look.words.was, indent), span(was, 'dim')], []);
  }

  private timerRow(tcb: SynSent | Joined): Row {
    const running = this.running(tcb);
    const [first, second] = running;
    const { words } = this.look;
    if (first === undefined) return this.row(75, [this.label(words.timer, 8), this.label('-', 1)], []);
    const at = (name: TimerName): Span =>
      this.value(`${timerLabels[name]} ${this.left(tcb.timers[name])}`, `timer.${name}`);
    const line =
      second === undefined
        ? [
            this.label(words.timer, 8),
            this.value(`${timerLabels[first]} ${words.in(this.left(tcb.timers[first]))}`, `timer.${first}`),
          ]
        : [at(first), span('  '), at(second), ...(running.length > 2 ? [span(` +${running.length - 2}`, 'dim')] : [])];
    return this.row(
      75,
      line,
      running.map((name) => `timer.${name}`),
    );
  }

  private timerBar(tcb: SynSent | Joined, name: TimerName, place: number): Row {
    const left = tcb.timers[name] - this.scene.now;
    const whole = this.whole(tcb, name);
    const width = Math.min(20, this.width - 29);
    return this.row(
      75 - place,
      [
        this.label(place === 0 ? this.look.words.timer : '', 7),
        this.value(cell(timerLabels[name], 8, this.look.ruler), `timer.${name}`),
        span(this.left(tcb.timers[name]).padStart(8)),
        span(' '),
        ...(whole === null || width < 5 ? [] : this.bar(Math.ceil((left / whole) * width), width, width)),
      ],
      [`timer.${name}`],
    );
  }

  // How long a timer runs from its start; null where that is not known from the present.
  private whole(tcb: SynSent | Joined, name: TimerName): number | null {
    switch (name) {
      case 'retransmission':
        return backedOff(tcb.rtt, this.host.profile);
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

  private running(tcb: SynSent | Joined): readonly TimerName[] {
    return timerNames.filter((name) => tcb.timers[name] !== off).sort((a, b) => tcb.timers[a] - tcb.timers[b]);
  }

  // Always three decimals, so that a countdown changes as few cells as possible.
  private left(deadline: number): string {
    const left = Math.max(0, deadline - this.scene.now) / 1_000_000;
    return left < 1_000 ? `${left.toFixed(3)}s` : `${left.toFixed(0)}s`;
  }

  private application(indent: number): Row {
    const { words } = this.look;
    const returns = (this.scene.step?.returns ?? []).filter((one) => one.host === this.index);
    const last = returns[returns.length - 1];
    const label = this.label(words.app, indent);
    if (last !== undefined) {
      return { line: [label, span(returned(last.call, last.result), 'changed')], changed: true, rank: 95 };
    }
    const waits = this.waits();
    const text = waits === null ? '-' : words.waiting(callName(waits.call.do));
    if (waits === null) return { line: [label, span(text, 'dim')], changed: false, rank: 95 };
    return this.row(95, [label, this.value(text, 'pending')], ['pending']);
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

  private sendBar(tcb: SynSent | Joined): readonly Span[] {
    const size = tcb.socket.sendBuffer ?? this.host.profile.sendBuffer;
    return this.bar(tcb.queue.length, size, this.barWidth());
  }

  private receiveBar(tcb: SynSent | Joined): readonly Span[] {
    const size = 'rcv' in tcb ? tcb.rcv.buff : (tcb.socket.receiveBuffer ?? this.host.profile.receiveBuffer);
    return this.bar('rcv' in tcb ? tcb.unread.length + tcb.reassembly.length : 0, size, this.barWidth());
  }

  private barWidth(): number {
    return Math.max(8, Math.min(24, this.width - 20));
  }

  // A part of a whole; anything at all fills at least one cell.
  private bar(part: number, whole: number, width: number): readonly Span[] {
    const { full, empty } = this.look.glyphs;
    const filled = part <= 0 || whole <= 0 ? 0 : Math.min(width, Math.max(1, Math.round((part / whole) * width)));
    return [span('[', 'dim'), span(full.repeat(filled)), span(empty.repeat(width - filled), 'dim'), span(']', 'dim')];
  }

  // Octets in both buffers, those that wait for a gap to be filled behind a plus.
  private buffers(tcb: SynSent | Joined): readonly Span[] {
    const unread = 'rcv' in tcb ? `${tcb.unread.length}` : '0';
    const pieces = this.waitingPieces(tcb);
    const fits = tcb.queue.length < 1_000_000 && unread.length + pieces.text.length <= 3;
    return [
      this.label(fits ? 'sndbuf' : 'snd', fits ? 8 : 4),
      this.number(tcb.queue.length, 'send-queue', 6),
      this.label(fits ? 'rcvbuf' : ' rcv', fits ? 7 : 5),
      this.value(unread, 'unread'),
      pieces,
    ];
  }

  private waitingPieces(tcb: SynSent | Joined): Span {
    const held = 'rcv' in tcb ? tcb.reassembly.length : 0;
    return held === 0 ? span('') : this.value(`+${held}`, 'reassembly');
  }

  private window(tcb: SynSent | Joined, width = 0): Span {
    return 'rcv' in tcb ? this.number(tcb.snd.wnd, 'snd.wnd', width) : this.label('-', width);
  }

  private row(rank: number, line: Line, fields: readonly string[]): Row {
    return { line, changed: fields.some((field) => this.fields.has(field)), rank };
  }

  private label(text: string, width: number): Span {
    return span(cell(text, width, this.look.ruler), 'dim');
  }

  private number(value: Seq | number, field: string, width = 0): Span {
    return this.value(`${value}`, field, width);
  }

  private value(text: string, field: string, width = 0): Span {
    return span(cell(text, width, this.look.ruler), this.fields.has(field) ? 'changed' : 'plain');
  }
}

// Estimates are fractions of microseconds; a screen has room for milliseconds.
function estimate(time: number): string {
  return (time / 1_000_000).toFixed(3);
}

// A connection that has just come into being has all of its fields for the first time: those that start at nothing
// are not worth a mark.
function noteworthy(scene: Scene, index: 0 | 1, socket: Socket | null): ReadonlySet<string> {
  const { fields } = scene.changes[index];
  const before = scene.step === null ? null : shownSocket(scene.step.before.hosts[index]);
  const tcb = socket?.tcb;
  if (tcb === undefined || !('snd' in tcb) || (before !== null && 'snd' in before.tcb)) return fields;
  const dull = ['rto', 'srtt', 'rttvar', 'repetitions', 'cwnd', 'ssthresh', 'reassembly'];
  if (tcb.queue.length === 0) dull.push('send-queue');
  if (!('unread' in tcb) || tcb.unread.length === 0) dull.push('unread');
  return new Set([...fields].filter((field) => !dull.includes(field)));
}
