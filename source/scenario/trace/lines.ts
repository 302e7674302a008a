// Segments of a trace in one line each.

import type { TraceSegment } from './trace.ts';

/** Flags, numbers, length, window and options: `SA 0/1 win 65160 mss 1460 ws 7 sok ts`. */
export function segmentText(segment: TraceSegment): string {
  const { opt } = segment;
  const words = [
    segment.flow ?? '',
    segment.fl,
    numbers(segment),
    segment.len > 0 ? `len ${segment.len}` : '',
    `win ${segment.win}`,
    opt.mss === undefined ? '' : `mss ${opt.mss}`,
    opt.ws === undefined ? '' : `ws ${opt.ws}`,
    opt.sok === undefined ? '' : 'sok',
    opt.ts === undefined ? '' : 'ts',
    opt.sack === undefined ? '' : `sack ${opt.sack.map(([from, to]) => `${from ?? '?'}-${to ?? '?'}`).join(' ')}`,
    segment.urg === null ? '' : `urg ${segment.urg}`,
  ];
  return words.filter((word) => word !== '').join(' ');
}

function numbers({ seq, seqOf, seqAbs, ack, ackOf, ackAbs }: TraceSegment): string {
  const first = seq === null ? `#${seqAbs ?? '?'}` : `${seq}${seqOf === null ? '' : `:${seqOf}`}`;
  if (ack === null && ackAbs === null) return first;
  return `${first}/${ack === null ? `#${ackAbs}` : `${ack}${ackOf === null ? '' : `:${ackOf}`}`}`;
}
