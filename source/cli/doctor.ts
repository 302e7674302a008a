// `tcpstep doctor`: what the terminal can do, as a report of a fault needs it.

import { escapeTimeoutOf } from '../terminal/keyboard.ts';
import { localeOf } from '../terminal/locale.ts';
import { isInteractive, openTerminal } from '../terminal/terminal.ts';
import { smallest } from '../ui/layout.ts';

/** Variables that say what the terminal is or how it is reached. Their values are shown, control characters apart. */
const variables = [
  'TERM',
  'COLORTERM',
  'TERM_PROGRAM',
  'NO_COLOR',
  'FORCE_COLOR',
  'LC_ALL',
  'LC_CTYPE',
  'LC_MESSAGES',
  'LANG',
];

/** These hold addresses: only that they are set is told. */
const links = ['SSH_CONNECTION', 'SSH_TTY', 'TMUX', 'STY', 'MOSH_KEY', 'CI', 'INK_SCREEN_READER'];

/** Milliseconds for which the terminal's answer is waited for. */
const patience = 1_000;

/** The lines of the report. A terminal that does not answer the question for its glyphs is waited for, up to a second. */
export async function doctor(version: string): Promise<readonly string[]> {
  const { env, stdin, stdout, platform, arch, versions } = process;
  const interactive = isInteractive(stdin, stdout, env);
  const { utf8, language } = localeOf(env);
  const rows: readonly (readonly [string, string])[] = [
    ['tcpstep', version],
    ['node', `${versions.node} on ${platform} ${arch}`],
    ['screen', interactive ? 'yes' : 'no: input and output must be terminals, and TERM not dumb'],
    ['size', interactive ? `${sizeOf(stdout)} (at least ${smallest.columns}x${smallest.rows})` : 'unknown'],
    ['colours', interactive ? coloursOf(stdout, env) : 'unknown'],
    ['glyphs', interactive ? await glyphsOf() : 'unknown'],
    ['escape', `a lone ESC is the Escape key after ${escapeTimeoutOf(env)} ms`],
    ['locale', `${utf8 ? 'UTF-8' : 'ASCII'}, texts in ${language === 'zh' ? 'Chinese' : 'English'}`],
    ...variables.map((name) => [name, shown(env[name])] as const),
    ...links.map((name) => [name, env[name] === undefined ? 'not set' : 'set'] as const),
  ];
  return rows.map(([name, value]) => `${name.padEnd(18)}${value}`);
}

function sizeOf({ columns, rows }: { readonly columns: number; readonly rows: number }): string {
  return `${columns}x${rows}`;
}

function coloursOf(stdout: NodeJS.WriteStream, env: NodeJS.ProcessEnv): string {
  if ((env['NO_COLOR'] ?? '') !== '') return 'none, as NO_COLOR asks';
  return String(2 ** stdout.getColorDepth());
}

async function glyphsOf(): Promise<string> {
  if (!localeOf(process.env).utf8) return 'ascii: the locale is not UTF-8';
  const { glyphs, answered, leave } = await openTerminal({ patience });
  await leave();
  if (answered === null) return `ascii: the terminal did not answer within ${patience} ms how wide lines are`;
  const after = `as it answered after ${Math.ceil(answered)} ms`;
  if (glyphs === 'ascii') return `ascii: lines and arrows are not one cell wide, ${after}`;
  return answered > 100
    ? `unicode: lines and arrows are one cell wide, ${after}; the debugger waits 100 ms: --glyphs unicode`
    : `unicode: lines and arrows are one cell wide, ${after}`;
}

function shown(value: string | undefined): string {
  return value === undefined ? 'not set' : JSON.stringify(value.slice(0, 80).replace(/[^\x20-\x7e]/g, '?'));
}
