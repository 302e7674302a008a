// Traces read: untrusted JSON, one object with a header and a list of events.

import { type Json, parseJson } from './json.ts';
import type { Fire } from './phase.ts';
import type {
  Side,
  Trace,
  TraceAction,
  TraceCall,
  TraceEvent,
  TraceOptions,
  TraceReturn,
  TraceSegment,
  TraceWire,
} from './trace.ts';

/** Whether a text is JSON (and not a scenario or a saved session). */
export function isTrace(text: string): boolean {
  return /^\ufeff?\s*\{/.test(text);
}

/** The harness looks at quiet sockets this often: what became of them may have happened so much earlier. */
const sampling = 50_000;

/** Reads a trace. `file` is its name for error messages. Throws Unreadable. */
export function readTrace(text: string, file: string): Trace {
  const json = parseJson(text.replace(/^\ufeff/, ''), file);
  const actions: TraceAction[] = [];
  const events: TraceEvent[] = [];
  const fires: Fire[] = [];
  // Connection and side -> when anything last happened to it; segment -> its connection.
  const busy = new Map<string, number>();
  const flows = new Map<number, string>();
  const departures = new Map<number, number>();
  const transits: number[] = [];
  let end = 0;
  for (const line of json.at('events').list()) {
    const t = time(line.at('t'));
    end = Math.max(end, t);
    switch (line.at('k').text()) {
      case 'app':
        actions.push(readCall(line, t));
        break;
      case 'wire':
        actions.push(readWire(line, t));
        break;
      case 'inj':
        actions.push({
          k: 'inj',
          t,
          side: side(line.at('side')),
          n: line.at('n').whole(),
          from: line.at('from').text(),
          ...readSegment(line),
        });
        break;
      case 'rx': {
        const n = line.at('n').whole();
        busy.set(`${side(line.at('side'))} ${flows.get(n) ?? ''}`, t);
        const left = departures.get(n);
        if (left !== undefined) transits.push(t - left);
        departures.delete(n);
        break;
      }
      case 'tx': {
        const from = side(line.at('side'));
        const flow = flowName(line.at('flow'));
        flows.set(line.at('n').whole(), flow);
        if (!line.at('fate').given) departures.set(line.at('n').whole(), t);
        const before = busy.get(`${from} ${flow}`);
        busy.set(`${from} ${flow}`, t);
        const why = line.at('why').maybe((word) => word.text()) ?? '';
        if (why.startsWith('timer') && before !== undefined) fires.push({ t, idle: t - before, unseen: 0 });
        events.push({
          k: 'tx',
          t,
          side: side(line.at('side')),
          n: line.at('n').whole(),
          fate: line.at('fate').maybe((fate) => fate.text()),
          retx: line.at('retx').given,
          ...readSegment(line),
        });
        break;
      }
      case 'st': {
        const [from, to] = [line.at('from').text(), line.at('to').text()];
        const sk = line.at('sk').text();
        const before = sk === 'main' ? busy.get(`${side(line.at('side'))} `) : undefined;
        if (to === 'CLOSED' && before !== undefined) fires.push({ t, idle: t - before, unseen: sampling });
        events.push({ k: 'st', t, side: side(line.at('side')), sk, from, to });
        break;
      }
      case 'ret':
        if (line.at('a').given) events.push(readReturn(line, t));
        break;
      case 'poll':
        events.push({
          k: 'poll',
          t,
          side: side(line.at('side')),
          proc: line.at('proc').maybe((proc) => proc.text()),
          s: line.at('s').text(),
          poll: line
            .at('poll')
            .list()
            .map((word) => word.text()),
        });
        break;
    }
  }
  return {
    ...readHeader(json),
    mainPorts: mainPorts(actions, events),
    actions,
    events,
    fires,
    transit: median(transits),
    end,
  };
}

function median(numbers: readonly number[]): number | null {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? null;
}

// The connection that a segment belongs to, whichever way it goes.
function flowName(json: Json): string {
  const flow = json.maybe((word) => word.text()) ?? '';
  return flow.split('>').sort().join('-');
}

function readHeader(json: Json): Omit<Trace, 'mainPorts' | 'actions' | 'events' | 'fires' | 'transit' | 'end'> {
  return {
    name: json.at('name').text(),
    title: json.at('title').maybe((title) => title.text()) ?? '',
    group: json.at('group').maybe((group) => group.text()) ?? '',
    kernel: json.at('kernel').maybe((kernel) => kernel.text()) ?? '',
    hz: json.at('hz').maybe((hz) => hz.whole(1, 10_000)) ?? 250,
    mtu: json.at('mtu').maybe((mtu) => mtu.whole(68, 65_535)) ?? 1_500,
    delay: json.at('delay_ms').maybe(time) ?? 10_000,
    congestion: json.at('cc').maybe((name) => name.text()) ?? 'reno',
    rules: json.at('rules').maybe((rules) => rules.list().map((rule) => Object.fromEntries(plain(rule)))) ?? [],
    sysctl: { c: sysctls(json, 'c'), s: sysctls(json, 's') },
  };
}

function plain(json: Json): readonly (readonly [string, unknown])[] {
  return json.entries().map(([name, { value }]) => [name, value] as const);
}

// What the scenario set stands beside what the harness found in force, which it lists for the usual names only.
function sysctls(json: Json, which: Side): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  for (const table of ['sysctl_set', 'sysctl_in_force']) {
    for (const scope of ['both', which]) {
      const values = json.at(table).at(scope);
      if (!values.given) continue;
      for (const [name, value] of values.entries()) {
        all.set(name, typeof value.value === 'number' ? String(value.value) : value.text());
      }
    }
  }
  return all;
}

/** Milliseconds in the file, microseconds here. */
function time(json: Json): number {
  return Math.round(json.number() * 1_000);
}

function side(json: Json): Side {
  const { value } = json;
  return value === 'c' || value === 's' ? value : json.fail('c or s');
}

function readSegment(line: Json): TraceSegment {
  const number = (name: string): number | null => line.at(name).maybe((json) => json.whole(-0x8000_0000));
  const word = (name: string): string | null => line.at(name).maybe((json) => json.text());
  return {
    fl: line.at('fl').text(),
    seq: number('seq'),
    seqOf: word('seqOf'),
    seqAbs: number('seqAbs'),
    ack: number('ack'),
    ackOf: word('ackOf'),
    ackAbs: number('ackAbs'),
    len: line.at('len').whole(0, 65_535),
    win: line.at('win').whole(0, 65_535),
    opt: readOptions(line.at('opt')),
    urg: number('urg'),
    ecn: word('ecn'),
    flow: word('flow'),
    abs: line.at('abs').maybe((abs) => pair(abs, (value) => value.whole())) ?? [0, 0],
  };
}

function readOptions(json: Json): TraceOptions {
  if (!json.given) return {};
  let options: TraceOptions = {};
  if (json.at('mss').given) options = { ...options, mss: json.at('mss').whole(0, 65_535) };
  if (json.at('ws').given) options = { ...options, ws: json.at('ws').whole(0, 255) };
  if (json.at('sok').given) options = { ...options, sok: true };
  if (json.at('ts').given) options = { ...options, ts: pair(json.at('ts'), (value) => value.number()) };
  if (json.at('sack').given) {
    const edge = (value: Json): number | null => value.maybe((given) => given.number());
    options = {
      ...options,
      sack: json
        .at('sack')
        .list()
        .map((block) => pair(block, edge)),
    };
  }
  return options;
}

function pair<T>(json: Json, read: (json: Json) => T): readonly [T, T] {
  const [first, second, ...others] = json.list();
  if (first === undefined || second === undefined || others.length > 0) return json.fail('two values');
  return [read(first), read(second)];
}

const callFields: readonly string[] = [
  ...['t', 'k', 'side', 'proc', 'a', 'do', 's', 'as', 'port', 'backlog', 'bind', 'reuse', 'n', 'oob', 'how'],
  ...['opt', 'opts'],
];

function readCall(line: Json, t: number): TraceCall {
  const number = (name: string): number | null => line.at(name).maybe((json) => json.whole());
  const word = (name: string): string | null => line.at(name).maybe((json) => json.text());
  const opts = line.at('opts').maybe((json) => json.entries()) ?? [];
  return {
    k: 'app',
    t,
    side: side(line.at('side')),
    proc: word('proc'),
    a: line.at('a').whole(),
    do: line.at('do').text(),
    s: word('s'),
    as: word('as'),
    port: number('port'),
    backlog: number('backlog'),
    bind: number('bind'),
    reuse: number('reuse') !== 0,
    n: number('n'),
    oob: line.at('oob').given && line.at('oob').value !== 0 && line.at('oob').value !== false,
    how: word('how'),
    opt: word('opt'),
    opts: new Map(opts.map(([name, json]) => [name, typeof json.value === 'string' ? json.value : json.number()])),
    unknown: line.entries().flatMap(([name]) => (callFields.includes(name) ? [] : [name])),
  };
}

function readWire(line: Json, t: number): TraceWire {
  return {
    k: 'wire',
    t,
    do: line.at('do').text(),
    side: line.at('side').maybe(side),
    name: line.at('name').maybe((name) => name.text()),
  };
}

function readReturn(line: Json, t: number): TraceEvent {
  const number = (name: string): number | null => line.at(name).maybe((json) => json.whole());
  let result: TraceReturn = {};
  for (const name of ['ok', 'eof', 'would_block'] as const) {
    if (line.at(name).given) result = { ...result, [name]: true };
  }
  for (const name of ['n', 'sent', 'queued'] as const) {
    if (line.at(name).given) result = { ...result, [name]: number(name) ?? 0 };
  }
  for (const name of ['err', 'new', 'peer'] as const) {
    if (line.at(name).given) result = { ...result, [name]: line.at(name).text() };
  }
  const { value } = line.at('v');
  if (typeof value === 'number' || typeof value === 'string') result = { ...result, v: value };
  return {
    k: 'ret',
    t,
    side: side(line.at('side')),
    proc: line.at('proc').maybe((proc) => proc.text()),
    a: line.at('a').whole(),
    do: line.at('do').text(),
    s: line.at('s').maybe((name) => name.text()),
    result,
  };
}

const usualPorts = { c: 40_000, s: 8_080 } as const;

// The header does not name the main pair; it is the one whose segments carry no `flow`. Where some do, the first
// connect with a port of its own that no flow names is on it.
function mainPorts(actions: readonly TraceAction[], events: readonly TraceEvent[]): Trace['mainPorts'] {
  const flows = new Set(events.map((event) => (event.k === 'tx' ? event.flow : null)));
  if (!flows.has(null) && events.some((event) => event.k === 'tx')) return usualPorts;
  for (const action of actions) {
    if (action.k !== 'app' || action.do !== 'connect' || action.bind === null || action.bind === 0) continue;
    if (action.port === null) continue;
    const ports = action.side === 'c' ? { c: action.bind, s: action.port } : { c: action.port, s: action.bind };
    const there = `c:${ports.c}>s:${ports.s}`;
    if (!flows.has(there) && !flows.has(`s:${ports.s}>c:${ports.c}`)) return ports;
  }
  return usualPorts;
}
