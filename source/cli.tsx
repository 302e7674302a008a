// The command line: arguments in, a debugger on the terminal or text out.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from 'meow';
import { sessionFor } from './cli/begin.ts';
import { checkAll } from './cli/check.ts';
import { completion, type Grammar, type Shell, shells } from './cli/completion.ts';
import { readConfig, readEscapeTimeout } from './cli/config.ts';
import { openDebugger } from './cli/debugger.ts';
import { doctor } from './cli/doctor.ts';
import { explain } from './cli/explain.ts';
import { exportCommand, exportFlags, exportHelp, recordingWish } from './cli/export.ts';
import { handbook } from './cli/handbook.ts';
import { Journal, savedSessions, sessionsFolder } from './cli/journal.ts';
import { named, scenarioIds, scenarios } from './cli/library.ts';
import { openLinear } from './cli/linear.ts';
import { listJson, listLines } from './cli/list.ts';
import { readPlace } from './cli/open.ts';
import { complain, keyLines } from './cli/print-keys.ts';
import { run } from './cli/run.ts';
import { applicable, type Command, hint, known, UsageError } from './cli/usage.ts';
import { Unwritable, whyNot } from './cli/write.ts';
import { formats } from './export/index.ts';
import { readDo } from './scenario/share.ts';
import { Unreadable } from './scenario/unreadable.ts';
import type { Decision } from './session/decision.ts';
import type { Language } from './session/session.ts';
import { profiles } from './session/setting.ts';
import { shown } from './session/words.ts';
import { escapeTimeoutOf } from './terminal/keyboard.ts';
import { localeOf } from './terminal/locale.ts';
import { isInteractive } from './terminal/terminal.ts';

const help = `
  Usage
    $ tcpstep [SCENARIO] [--at N]    step through it; without one, choose from the list
    $ tcpstep list [--json]          every scenario: id, title, group, profiles
    $ tcpstep explain WORDS...       a question in English or Chinese: the answer, and the steps that show it
    $ tcpstep run SCENARIO...        print what happens and why; no terminal needed
    $ tcpstep check TRACE.json...    replay recorded kernel traces, and tell where the engine differs
    $ tcpstep render SCENARIO        record it without a terminal: an asciicast, the same octets every time
    $ tcpstep export SCENARIO        turn it into a document, a picture, a capture: see --to
    $ tcpstep completion SHELL       a script for bash, zsh or fish: source <(tcpstep completion bash)
    $ tcpstep doctor                 what this terminal can do, for reports of faults

  A SCENARIO is an id from the list, or a file: a scenario, a saved session, or a recording or capture made by tcpstep.

  Options
    --profile P     ${[...profiles.keys()].join(', ')}: whose TCP it is (default: the scenario's first)
    --format F      text or json, for run and check: JSON is one object per line
    --emit DIR      for check: write the engine's own trace of each into this folder
    --lang L        en or zh (default: by LC_ALL, LC_MESSAGES, LANG; en for render and export)
    --glyphs G      auto, unicode or ascii: how frames are drawn (default: auto, what the terminal can show)
    --resume        go on with the session that was left last (every decision is kept as it is made)
    --do LINES      decisions more, as in a scenario, with ; between them: --do '0 drop #1; 1.05 client send 5'
    --linear        lines of text, one block per step, for screen readers and dumb terminals; the keys are the same
    --no-tour       not to be shown around at the first start
    --print-keys    every action with its keys, those of the config file included
    --esc-timeout MS  how long a lone ESC may still become an arrow (default: 25, over SSH 100)
    --low-bandwidth play draws events only, nothing between them (no timer counts down): for slow and paid links
    --record FILE   record the screen into this asciicast from the beginning (R starts and stops it at any time)
    --help, --version

${exportHelp}

  Exit status
    0 fine, 1 a run or a trace differs from what its file says, 2 wrong usage or an unreadable file
`;

/** Words that are no scenario. */
const commands = ['list', 'explain', 'run', 'check', 'render', 'export', 'completion', 'doctor'] as const;

const flags = {
  profile: { type: 'string' },
  format: { type: 'string' },
  emit: { type: 'string' },
  lang: { type: 'string' },
  glyphs: { type: 'string' },
  json: { type: 'boolean' },
  escTimeout: { type: 'string' },
  lowBandwidth: { type: 'boolean' },
  record: { type: 'string' },
  resume: { type: 'boolean' },
  do: { type: 'string' },
  linear: { type: 'boolean' },
  tour: { type: 'boolean', default: true },
  printKeys: { type: 'boolean' },
  ...exportFlags,
} as const;

/** What a flag is for. */
const about: Readonly<Record<keyof typeof flags, readonly Command[]>> = {
  profile: ['debugger', 'run', 'render', 'export'],
  format: ['run', 'check'],
  emit: ['check'],
  lang: ['debugger', 'list', 'explain', 'render', 'export', 'print-keys'],
  glyphs: ['debugger', 'render', 'export'],
  json: ['list'],
  lowBandwidth: ['debugger'],
  record: ['debugger'],
  resume: ['debugger'],
  do: ['debugger', 'run', 'render', 'export'],
  linear: ['debugger'],
  tour: ['debugger'],
  escTimeout: ['debugger'],
  printKeys: ['print-keys'],
  to: ['export'],
  output: ['render', 'export'],
  force: ['debugger', 'render', 'export'],
  size: ['render', 'export'],
  pace: ['render', 'export'],
  castVersion: ['debugger', 'render'],
  side: ['export'],
  until: ['render', 'export'],
  at: ['debugger', 'export'],
};

const flagNames: readonly string[] = [...Object.keys(flags), 'help', 'version'].map(dashed);

// `castVersion` as it is typed: `--cast-version`. `--no-tour` comes as `tour: false`.
function dashed(name: string): string {
  return name === 'tour' ? '--no-tour' : `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

process.on('uncaughtException', fault);
// Without `await` at the top: the bundle is loaded with `require`.
main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    if (!(error instanceof UsageError || error instanceof Unreadable || error instanceof Unwritable)) fault(error);
    process.stderr.write(`tcpstep: ${error.message}\n`);
    process.exitCode = 2;
  },
);

// Node would print the line where it happened, which in the bundle is most of the program.
function fault(error: unknown): never {
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `tcpstep: a fault of tcpstep itself, please report it with what tcpstep doctor prints\n${told.replace(/[^\n\P{Cc}]/gu, '?')}\n`,
  );
  process.exit(1);
}

async function main(): Promise<number> {
  // Whoever reads our output may stop reading: no reason to complain.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    process.stderr.write(`tcpstep: standard output: ${whyNot(error)}\n`);
    process.exit(2);
  });
  const cli = await readArguments();
  for (const flag of Object.keys(cli.flags)) {
    const name = dashed(flag);
    if (!flagNames.includes(name)) {
      throw new UsageError(
        `unknown flag ${shown(name)}: expected one of ${flagNames.join(', ')}${hint(name, flagNames)}`,
      );
    }
  }
  const { flags, input } = cli;
  if ('help' in flags) return print([cli.help]);

  const wanted = flags.profile === undefined ? null : known('profile', flags.profile, [...profiles.keys()]);
  const format = known('format', flags.format ?? 'text', ['text', 'json']);
  const glyphs = known('kind of glyphs', flags.glyphs ?? 'auto', ['auto', 'unicode', 'ascii']);
  const locale = localeOf(process.env);
  const spoken: Language | null =
    flags.lang === undefined ? null : known<Language>('language', flags.lang, ['en', 'zh']);
  const more = flags.do === undefined ? [] : readDo(flags.do);
  const escapeTimeout = flags.escTimeout === undefined ? null : readEscapeTimeout(flags.escTimeout);
  // What is printed for others to read is the same whatever a person has laid down for the debugger.
  const profile = wanted;
  const language: Language = spoken ?? locale.language;
  const given = Object.entries(flags)
    .filter(([name, value]) => value !== undefined && value !== (name === 'tour'))
    .map(([name]) => dashed(name));
  const uses = new Map(Object.entries(about).map(([name, commands]) => [dashed(name), commands]));
  if (flags.printKeys === true) {
    applicable('print-keys', given, uses);
    const config = readConfig();
    complain(config.complaints);
    return print(keyLines(config.keys, spoken ?? config.language ?? locale.language));
  }

  const [command, ...names] = input;
  // Without a screen the debugger's flags mean nothing, and yet what is typed every day need not be changed for a pipe.
  const screen = flags.linear === true || (process.stdin.isTTY && process.stdout.isTTY);
  applicable(commands.find((name) => name === command) ?? (screen ? 'debugger' : 'no screen'), given, uses);
  if (command === 'list') {
    if (names.length > 0) throw new UsageError('list takes no names');
    return print(flags.json === true ? [listJson(scenarios())] : listLines(scenarios(), language));
  }
  if (command === 'run') {
    if (names.length === 0) throw new UsageError('run needs at least one scenario (tcpstep list shows them)');
    return runAll(names, profile, format, more);
  }
  if (command === 'explain') {
    if (names.length === 0) throw new UsageError('explain needs a question, for example: why not two handshakes');
    const lines = explain(names.join(' '), handbook(), scenarios(), language);
    if (lines !== null) return print(lines);
    process.stderr.write('tcpstep: nothing here answers that; tcpstep list shows every lesson\n');
    return 1;
  }
  if (command === 'completion') {
    const [shell, ...more] = names;
    if (shell === undefined || more.length > 0) throw new UsageError(`completion needs a shell: ${shells.join(', ')}`);
    return print(completion(knownShell(shell), grammar()));
  }
  if (command === 'doctor') {
    if (names.length > 0) throw new UsageError('doctor takes no names');
    return print(await doctor(version()));
  }
  if (command === 'check') {
    if (names.length === 0)
      throw new UsageError('check needs at least one trace, a JSON file of the recording harness');
    const { lines, status } = checkAll(names, format, flags.emit ?? null);
    print(lines);
    return status;
  }
  if (command === 'export' || command === 'render') {
    // The same on every machine, whatever its locale.
    return exportCommand(command, names, flags, {
      profile,
      language: flags.lang === undefined ? 'en' : language,
      glyphs: glyphs === 'auto' ? 'unicode' : glyphs,
      more,
      typed: flags.do ?? '',
    });
  }
  if (names.length > 0) throw new UsageError(`expected one scenario, found ${input.length}; run takes several`);
  if (flags.resume === true && command !== undefined) throw new UsageError('--resume takes no scenario');
  // A terminal that cannot draw, or whose person listens, is spoken to line by line.
  const hearing = process.env['INK_SCREEN_READER'] === 'true' || process.env['TERM'] === 'dumb';
  const terminals = process.stdin.isTTY && process.stdout.isTTY;
  const linear = flags.linear === true || (hearing && terminals);
  if (flags.record !== undefined && (linear || !isInteractive(process.stdin, process.stdout, process.env))) {
    throw new UsageError('--record needs a screen; tcpstep render makes recordings without one');
  }
  if (!linear && !isInteractive(process.stdin, process.stdout, process.env)) {
    return command === undefined && flags.resume !== true
      ? print(listLines(scenarios(), language))
      : runAll([command ?? latestSession()], profile, format, more);
  }

  const recording = recordingWish(flags);
  const config = readConfig();
  const { session, file } = sessionFor(command, {
    profile: wanted ?? config.profile,
    more,
    resume: flags.resume === true,
    place: flags.at === undefined ? null : readPlace(flags.at),
    language: spoken ?? config.language ?? locale.language,
    config,
    tour: flags.tour !== false && !linear,
  });
  const waiting = escapeTimeout ?? config.escapeTimeout ?? escapeTimeoutOf(process.env);
  const journal = new Journal(sessionsFolder(), file);
  if (linear) return openLinear(session, journal, waiting);
  return openDebugger({
    session,
    glyphs: flags.glyphs === undefined ? (config.glyphs ?? glyphs) : glyphs,
    recording,
    journal,
    escapeTimeout: waiting,
    lowBandwidth: flags.lowBandwidth === true || config.lowBandwidth,
  });
}

// The latest saved session, for output that is no screen. Throws UsageError where there is none.
function latestSession(): string {
  const [file] = savedSessions();
  if (file === undefined) throw new UsageError('there is no session to go on with');
  return file;
}

function knownShell(name: string): Shell {
  const wanted = known('shell', name, shells);
  return shells.find((shell) => shell === wanted) ?? 'bash';
}

/** What a shell can complete. */
function grammar(): Grammar {
  const values: Readonly<Record<string, readonly string[]>> = {
    '--profile': [...profiles.keys()],
    '--format': ['text', 'json'],
    '--lang': ['en', 'zh'],
    '--glyphs': ['auto', 'unicode', 'ascii'],
    '--to': formats.map(({ name }) => name),
    '--side': ['client', 'server'],
    '--cast-version': ['2', '3'],
  };
  return {
    commands,
    flags: new Map(flagNames.map((name) => [name, values[name] ?? null])),
    scenarios: scenarioIds(),
  };
}

/** The version of the package, as `--version` has it. */
function version(): string {
  const text = readFileSync(join(import.meta.dirname, '../package.json'), 'utf8');
  return /"version": "([^"]+)"/.exec(text)?.[1] ?? 'unknown';
}

/** The arguments as meow reads them. */
type Arguments = Pick<Result<typeof flags>, 'flags' | 'input' | 'help'>;

async function readArguments(): Promise<Arguments> {
  const words = process.argv.slice(2);
  // Without flags there is nothing to read, and no need to wait for the library (20 ms).
  if (!words.some((word) => word.startsWith('-'))) return { flags: {} as Arguments['flags'], input: words, help };
  const { default: meow } = await import('meow');
  try {
    return meow(help, {
      importMeta: import.meta,
      pkg: { version: version() },
      description: false,
      helpIndent: 0,
      flags,
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The exit status. */
function runAll(
  names: readonly string[],
  profile: string | null,
  format: 'text' | 'json',
  more: readonly Decision[],
): number {
  const found = names.map((name) => named(name));
  let status = 0;
  for (const [index, given] of found.entries()) {
    const { title, lines, difference } = run(given, profile, format, more);
    if (found.length > 1 && format === 'text') print([`${index === 0 ? '' : '\n'}${title}`]);
    print(lines);
    if (difference !== null) {
      process.stderr.write(`tcpstep: ${difference}\n`);
      status = 1;
    }
  }
  return status;
}

function print(lines: Iterable<string>): number {
  process.stdout.write(`${[...lines].join('\n')}\n`);
  return 0;
}
