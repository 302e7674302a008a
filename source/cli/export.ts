// `tcpstep export` and `tcpstep render`: a scenario or a session as a document, a capture, a recording.

import { join } from 'node:path';
import { type CastVersion, printCast } from '../export/cast.ts';
import { courseOf, type Exhibit, extentOf, mostEvents, type Studio, stemOf } from '../export/exhibit.ts';
import { type Format, formats } from '../export/index.ts';
import { reelOf } from '../export/shots.ts';
import type { Decision } from '../session/decision.ts';
import type { Language, Subject } from '../session/session.ts';
import { readTime } from '../session/time.ts';
import { shown } from '../session/words.ts';
import type { Size } from '../terminal/output.ts';
import { smallest } from '../ui/layout.ts';
import { lookOf } from '../ui/look.ts';
import { type Named, named } from './library.ts';
import { open, type Place, readPlace } from './open.ts';
import type { RecordingWish } from './record.ts';
import { known, plain, UsageError } from './usage.ts';
import { isFolder, makeFolder, refuseExisting, writeFile } from './write.ts';

/** What the help says of both commands, behind the names of all commands. */
export const exportHelp = `  Options of render and export
    -o, --output FILE   default, and -: the standard output; a file that exists is overwritten only with --force;
                        for render also a folder, in which each recording is ID.cast
    --to FORMAT         for export: ${columns(formats.map(({ name }) => name))}
    --size WxH          columns and rows of the screen (default: 80x24)
    --pace N            2 is twice as fast as one reads (default: 1)
    --cast-version V    for render and --record: 2 or 3, of asciicast (default: 2)
    --side S            client or server: the end at which a capture is taken, or that a script tests
    --until TIME        how far to go (default: as the scenario says, or until all is quiet)
    --at N              for --to screen: an event (12) or a marker of a recording (m3)`;

// At most five names to a line.
function columns(names: readonly string[]): string {
  const lines = Array.from({ length: Math.ceil(names.length / 5) }, (_, line) => names.slice(5 * line, 5 * line + 5));
  return lines.map((line) => line.join(', ')).join(`,\n${' '.repeat(24)}`);
}

/** The flags of both commands, for meow. */
export const exportFlags = {
  to: { type: 'string' },
  output: { type: 'string', shortFlag: 'o' },
  force: { type: 'boolean' },
  size: { type: 'string' },
  pace: { type: 'string' },
  castVersion: { type: 'string' },
  side: { type: 'string' },
  until: { type: 'string' },
  at: { type: 'string' },
} as const;

/** Carries out `export` or `render`; returns the exit status. Throws UsageError, Unreadable, Unwritable. */
export function exportCommand(
  command: 'export' | 'render',
  names: readonly string[],
  flags: Flags,
  common: Common,
): Promise<number> {
  const wishes = wishesOf(flags, common);
  const [name, ...more] = names;
  if (name === undefined) throw new UsageError(`${command} needs a scenario or session`);
  if (command === 'render') {
    return render(names, versionOf(flags), wishes);
  }
  if (more.length > 0) throw new UsageError('export takes one scenario or session');
  const all = formats.map((format) => format.name);
  if (flags.to === undefined) throw new UsageError(`export needs --to and a format: ${all.join(', ')}`);
  const wanted = known('format', flags.to, all);
  const format = formats.find((one) => one.name === wanted);
  if (format === undefined) throw new UsageError(`no format ${wanted}`);
  return exportTo(name, named(name), format, wishes);
}

/** What can be wished of both commands. */
interface Wishes {
  readonly profile: string | null;
  readonly language: Language;
  readonly glyphs: 'unicode' | 'ascii';
  /** Decisions more, and how they were typed. */
  readonly more: readonly Decision[];
  readonly typed: string;
  readonly size: Size;
  readonly side: 0 | 1 | null;
  readonly pace: number;
  /** As far as this time (microseconds); null: as the file says, or to the end. */
  readonly until: number | null;
  /** What to draw; null: the last event of a scenario, or where the session stands. */
  readonly at: Place | null;
  /** null: to the standard output. */
  readonly output: string | null;
  readonly force: boolean;
}

/** What all commands have in common. */
export type Common = Pick<Wishes, 'profile' | 'language' | 'glyphs' | 'more' | 'typed'>;

async function exportTo(name: string, given: Named, format: Format, wishes: Wishes): Promise<number> {
  if (wishes.output !== null) refuseExisting(wishes.output, wishes.force);
  const exhibit = exhibitOf(name, given, wishes, mostEvents);
  const content = await format.render(exhibit);
  deliver(content, format, wishes);
  return 0;
}

function versionOf({ castVersion = '2' }: Flags): CastVersion {
  return known('version of asciicast', castVersion, ['2', '3']) === '2' ? 2 : 3;
}

/** How the debugger is to record its screen. Throws UsageError for a file that must not be overwritten. */
export function recordingWish(flags: Flags & { readonly record?: string | undefined }): RecordingWish {
  const file = flags.record ?? null;
  const force = flags.force === true;
  if (file !== null) refuseExisting(file, force);
  return { file, version: versionOf(flags), force };
}

// More than an hour of reading.
const mostRecorded = 1_000;

async function render(names: readonly string[], version: CastVersion, wishes: Wishes): Promise<number> {
  const [first] = names;
  const folder = wishes.output;
  if (first !== undefined && names.length === 1 && (folder === null || !isFolder(folder))) {
    await record(first, named(first), version, wishes);
    return 0;
  }
  if (folder === null) throw new UsageError('several recordings need a folder: name it with -o');
  const all = names.map((name) => ({ name, given: named(name) }));
  const files = all.map(({ given }) => join(folder, `${stemOf(subjectOf(given).id)}.cast`));
  const twice = files.find((file, index) => files.indexOf(file) < index);
  if (twice !== undefined) throw new UsageError(`two recordings would be ${plain(twice)}`);
  for (const file of files) refuseExisting(file, wishes.force);
  makeFolder(folder);
  for (const [index, { name, given }] of all.entries()) {
    await record(name, given, version, { ...wishes, output: files[index] ?? null });
  }
  return 0;
}

async function record(name: string, given: Named, version: CastVersion, wishes: Wishes): Promise<void> {
  if (wishes.output !== null) refuseExisting(wishes.output, wishes.force);
  const exhibit = exhibitOf(name, given, wishes, mostRecorded);
  const cast = await exhibit.studio.cast(reelOf(exhibit), exhibit);
  deliver(printCast(cast, version), { name: 'cast' }, wishes);
}

function subjectOf(given: Named): Subject {
  switch (given.kind) {
    case 'scenario':
      return given.scenario.subject;
    case 'session':
      return given.saved.start.subject;
  }
}

function deliver(content: string | Uint8Array, format: Pick<Format, 'name'>, { output, force }: Wishes): void {
  if (output !== null) {
    writeFile(output, content, force);
    return;
  }
  if (typeof content !== 'string' && process.stdout.isTTY) {
    throw new UsageError(`${format.name} is no text for a terminal: name a file with -o`);
  }
  process.stdout.write(content);
}

function exhibitOf(name: string, given: Named, wishes: Wishes, most: number): Exhibit {
  const { language, glyphs, profile, side, pace, more, typed } = wishes;
  const session = open(given, profile, { language, glyphs }, null, more);
  const until = wishes.until ?? (given.kind === 'scenario' ? given.scenario.until : null);
  const course = courseOf({ session });
  const { last, extent } = extentOf(course, until, most);
  if (extent === 'limit') {
    process.stderr.write(`tcpstep: only the first ${most} events: --until TIME says how far to go\n`);
  }
  // A scenario is drawn as it ends, a session where it was left.
  const end = given.kind === 'scenario' ? { event: last - course.openingIndex } : null;
  const moment = open(given, profile, { language, glyphs }, wishes.at ?? end, more);
  const words = ['tcpstep', quoted(name)];
  if (profile !== null) words.push('--profile', profile);
  if (more.length > 0) words.push('--do', quoted(typed));
  const command = words.join(' ');
  return { session, moment, last, extent, look: lookOf(session), side, pace, command, studio: studio(wishes.size) };
}

/** The flags of both commands, as the command line has them. */
interface Flags {
  readonly to?: string | undefined;
  readonly castVersion?: string | undefined;
  readonly size?: string | undefined;
  readonly side?: string | undefined;
  readonly pace?: string | undefined;
  readonly until?: string | undefined;
  readonly at?: string | undefined;
  readonly output?: string | undefined;
  readonly force?: boolean | undefined;
}

function wishesOf(flags: Flags, common: Common): Wishes {
  return {
    ...common,
    size: sizeOf(flags.size),
    side: flags.side === undefined ? null : known('side', flags.side, ['client', 'server']) === 'client' ? 0 : 1,
    pace: paceOf(flags.pace),
    until: flags.until === undefined ? null : untilOf(flags.until),
    at: flags.at === undefined ? null : readPlace(flags.at),
    output: flags.output === '-' ? null : (flags.output ?? null),
    force: flags.force === true,
  };
}

/** Most columns and rows of a screen that nobody looks at. */
const largest = { columns: 400, rows: 200 } as const;

function sizeOf(text = '80x24'): Size {
  const parts = /^(\d{1,4})x(\d{1,4})$/.exec(text);
  const [columns, rows] = [Number(parts?.[1]), Number(parts?.[2])];
  const fits =
    columns >= smallest.columns && rows >= smallest.rows && columns <= largest.columns && rows <= largest.rows;
  if (parts === null || !fits) {
    const [least, most] = [smallest, largest].map((size) => `${size.columns}x${size.rows}`);
    throw new UsageError(`expected a size such as 80x24, from ${least} to ${most}, found ${shown(text)}`);
  }
  return { columns, rows };
}

function paceOf(text = '1'): number {
  const pace = /^\d{1,3}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (pace < 0.1 || pace > 100) throw new UsageError(`expected a pace from 0.1 to 100, found ${shown(text)}`);
  return pace;
}

function untilOf(text: string): number {
  const until = readTime(text);
  if (until === null)
    throw new UsageError(`expected a time such as 1.5s or 200ms behind --until, found ${shown(text)}`);
  return until;
}

// A word of a shell command.
function quoted(word: string): string {
  return /^[\w./@%+=:,-]+$/.test(word) ? word : `'${plain(word).replaceAll("'", `'\\''`)}'`;
}

/** Screens of that size. React, Ink and the layout of screens are loaded only for formats that show one. */
export function studio(size: Size): Studio {
  const made = async (): Promise<Studio> => {
    const { studioOf } = await import('./studio.tsx');
    return studioOf(size);
  };
  return {
    screen: async (session) => (await made()).screen(session),
    cast: async (reel, exhibit) => (await made()).cast(reel, exhibit),
    film: async (reel) => (await made()).film(reel),
    player: async () => (await made()).player(),
  };
}
