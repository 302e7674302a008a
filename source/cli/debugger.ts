// The debugger on this process's terminal.

import type { Intent } from '../session/intent.ts';
import type { Errand, Session } from '../session/session.ts';
import { localeOf } from '../terminal/locale.ts';
import { openTerminal, type Terminal } from '../terminal/terminal.ts';
import { drawn, frame } from '../ui/drawing.ts';
import { noRoomText, smallest } from '../ui/layout.ts';
import type { Follow } from '../ui/live.ts';
import { lookOf } from '../ui/look.ts';
import { exportLive } from './export-live.ts';
import type { Journal } from './journal.ts';
import { leave } from './leave.ts';
import { openLinear } from './linear.ts';
import { progress } from './progress.ts';
import { Recorder, type RecordingWish } from './record.ts';
import { plain } from './usage.ts';

/**
 * Opens the debugger and resolves with the exit status when the person leaves. A terminal that is too small for a screen
 * from the start is spoken to line by line. The terminal is given back on every way out.
 */
export async function openDebugger(given: {
  /** Already begun; its dialog is the list of scenarios where none was named. */
  readonly session: Session;
  readonly glyphs: 'auto' | 'unicode' | 'ascii';
  readonly recording: RecordingWish;
  readonly journal: Journal;
  /** Milliseconds after which a lone ESC is the Escape key. */
  readonly escapeTimeout: number;
  /** Whether play leaves out everything between two events. */
  readonly lowBandwidth: boolean;
}): Promise<number> {
  const { utf8 } = localeOf(process.env);
  // A terminal that shows no Chinese is spoken to in English.
  const readable = utf8 || given.glyphs === 'unicode';
  const session = readable ? given.session : { ...given.session, language: 'en' as const };
  // A pseudo-terminal that nobody told its size has 0 columns; it is taken for 80x24.
  const columns = process.stdout.columns || 80;
  const rows = process.stdout.rows || 24;
  if (columns < smallest.columns || rows < smallest.rows) {
    const look = lookOf(session);
    const note = `${noRoomText(columns, rows, look)}${look.words.comma}${look.words.linearInstead}`;
    process.stdout.write(`${note}\n\n`);
    return openLinear(session, given.journal, given.escapeTimeout);
  }
  const { journal, escapeTimeout } = given;
  // A connection that drops or a signal ends the process before anything else can: what is not yet on the disk goes there.
  const terminal = await openTerminal({ glyphs: given.glyphs, escapeTimeout, onEnd: () => journal.end() });
  // Not by an intent: what the session has to say of config files and the like is still to be read.
  let last: Session = { ...session, recording: given.recording.file !== null, glyphs: terminal.glyphs };
  // Nobody waits for React and Ink to see the first screen. A recording begins with it: there Ink draws it.
  const first = last.recording ? null : frame(drawn(last, terminal.stdout.columns, terminal.stdout.rows));
  if (first !== null) terminal.stdout.draw(first);
  let errand = last.errand;
  const recorder = new Recorder(terminal, given.recording);
  try {
    const { interact } = await import('./interact.tsx');
    const follow: Follow = (current, tell) => {
      last = current;
      journal.follow(current);
      progress.follow(current);
      recorder.follow(current, tell);
      terminal.mouse(current.mouse);
      if (current.errand !== null && current.errand !== errand) run(current, current.errand, terminal, tell);
      errand = current.errand;
    };
    await interact(terminal, last, follow, given.lowBandwidth);
  } finally {
    recorder.end();
    journal.end();
    await terminal.leave();
  }
  leave(last, journal);
  if (recorder.last !== null) process.stderr.write(`tcpstep: recorded: ${plain(recorder.last)}\n`);
  return 0;
}

function run(session: Session, errand: Errand, terminal: Terminal, tell: (intent: Intent) => void): void {
  switch (errand.kind) {
    case 'copy':
      terminal.copy(errand.text);
      return;
    case 'export':
      exportLive(session, errand).then((notice) => tell({ do: 'told', notice }));
      return;
    case 'redraw':
      terminal.redraw();
      return;
    case 'suspend':
      terminal.suspend();
  }
}
