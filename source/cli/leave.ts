// What is said when a session has been left, on the terminal as it was before.

import type { Session } from '../session/session.ts';
import { shared } from '../ui/menu/share.ts';
import type { Journal } from './journal.ts';
import { plain } from './usage.ts';

/** What is said when a session is left: how to go on with it, and the line that was asked for. */
export function leave(session: Session, journal: Journal): void {
  if (journal.trouble !== null) process.stderr.write(`tcpstep: ${plain(journal.trouble)}\n`);
  if (journal.file !== null) process.stderr.write('tcpstep: kept; tcpstep --resume goes on with it\n');
  if (session.shared) process.stdout.write(`${shared(session).line}\n`);
}
