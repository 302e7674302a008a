// How a branch ends, in a few words.

import type { Outcome } from '../session/outcome.ts';
import { seconds } from '../session/time.ts';
import type { Look } from './look.ts';

/** `both CLOSED at 242.050s`, `C ETIMEDOUT at 127.000s`, `still busy at 12.000s` */
export function outcomeText({ states, at, errors, quiet }: Outcome, look: Look): string {
  const { words } = look;
  const [client, server] = states;
  const when = `${seconds(at)}s`;
  const told = errors.map(({ host, error, at: time }) => `${host === 0 ? 'C' : 'S'} ${error} ${seconds(time)}s`);
  const end = client === server ? words.bothEnd(client, when) : words.endsIn(client, server, when);
  return [quiet ? end : words.stillBusy(when), ...told].join(words.comma);
}
