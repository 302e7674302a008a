// The numbers that a rule compared, as short text.

import { seconds } from '../session/time.ts';
import type { Finding } from '../tcp/finding.ts';
import type { Look } from './look.ts';

// Names of values that are times in microseconds; everything else is a sequence number or a count.
const times: ReadonlySet<string> = new Set([
  'RTO',
  'SRTT',
  'RTTVAR',
  'R',
  'RTT',
  'wait',
  'delay',
  'idle',
  'since last',
  'since first',
  'until',
  'due',
  'age',
  'MSL',
  '2MSL',
  'limit',
  'time',
  'after',
  'elapsed',
  'TIME-WAIT',
]);

/** `RTO 2.000s  SND.UNA 100`: as many whole pairs as fit into `width` cells. */
export function sawText(finding: Finding, look: Look, width = Number.POSITIVE_INFINITY): string {
  let text = '';
  // A former value is of the kind of the value before it.
  let kind = '';
  for (let index = 0; index + 1 < finding.saw.length; index += 2) {
    const name = `${finding.saw[index]}`;
    if (name !== 'was') kind = name;
    const value = finding.saw[index + 1];
    const shown =
      typeof value === 'number' && times.has(kind) && Number.isFinite(value)
        ? `${seconds(Math.round(value))}s`
        : `${value}`;
    const next = `${text}${text === '' ? '' : '  '}${look.words.saw[name] ?? name} ${shown}`;
    if (look.ruler(next) > width) break;
    text = next;
  }
  return text;
}
