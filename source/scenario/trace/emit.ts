// The engine's run of a trace in the trace's own format, for other programs to compare.

import type { Trace, TraceAction, TraceEvent, TraceSegment } from './trace.ts';

/** The whole file: the header of the trace, and one line per event. */
export function emit(trace: Trace, events: readonly TraceEvent[]): string {
  const header = {
    name: trace.name,
    title: trace.title,
    group: trace.group,
    kernel: 'tcpstep',
    hz: trace.hz,
    mtu: trace.mtu,
    delay_ms: trace.delay / 1_000,
    cc: trace.congestion,
    rules: trace.rules,
  };
  const lines = [...trace.actions.flatMap(actionRecord), ...events.map(eventRecord)]
    .map((record, index) => ({ record, index }))
    .sort((a, b) => a.record.t - b.record.t || rank(a.record.k) - rank(b.record.k) || a.index - b.index)
    .map(({ record }) => JSON.stringify(record));
  const head = Object.entries(header).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)},`);
  return `{\n${head.join('\n')}\n"events": [\n${lines.join(',\n')}\n]}\n`;
}

// At one time a call comes before what it brings about, and a state before the segment that it causes.
const order = ['app', 'inj', 'st', 'tx', 'poll', 'ret'];

function rank(kind: string): number {
  return order.indexOf(kind);
}

interface Line {
  readonly t: number;
  readonly k: string;
}

function actionRecord(action: TraceAction): readonly Line[] {
  if (action.k === 'wire') return [];
  const t = action.t / 1_000;
  if (action.k === 'inj') {
    const { k, side, n, from } = action;
    return [{ t, k, side, n, from, ...segmentRecord(action) } as Line];
  }
  const { k, side, a, proc, s, as, port, backlog, bind, n, how, opt } = action;
  return [
    clean({
      t,
      k,
      side,
      proc,
      a,
      do: action.do,
      s,
      as,
      port,
      backlog,
      bind,
      n,
      oob: action.oob ? 1 : null,
      how,
      opt,
      opts: action.opts.size === 0 ? null : Object.fromEntries(action.opts),
    }),
  ];
}

function eventRecord(event: TraceEvent): Line {
  const t = event.t / 1_000;
  switch (event.k) {
    case 'tx': {
      const { k, side, n, fate } = event;
      return clean({ t, k, side, n, ...segmentRecord(event), fate });
    }
    case 'st': {
      const { k, side, sk, from, to } = event;
      return clean({ t, k, side, sk, from, to });
    }
    case 'ret': {
      const { k, side, proc, a, s, result } = event;
      const flags = { ok: flag(result.ok), eof: flag(result.eof), would_block: flag(result.would_block) };
      return clean({ t, k, side, proc, a, do: event.do, s, ...result, ...flags });
    }
    case 'poll': {
      const { k, side, proc, s, poll } = event;
      return clean({ t, k, side, proc, poll, s });
    }
  }
}

function flag(value: true | undefined): 1 | null {
  return value === true ? 1 : null;
}

function segmentRecord(segment: TraceSegment): object {
  const { fl, seq, seqOf, seqAbs, ack, ackOf, ackAbs, len, win, opt, urg, ecn, flow, abs } = segment;
  const options = Object.keys(opt).length === 0 ? null : { ...opt, ...(opt.sok === true ? { sok: 1 } : {}) };
  return { fl, seq, seqOf, seqAbs, ack, ackOf, ackAbs, len, win, opt: options, urg, ecn, flow, abs };
}

// The format leaves out what is not there.
function clean(record: Line & Readonly<Record<string, unknown>>): Line {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== null && value !== undefined),
  ) as Line & Record<string, unknown>;
}
