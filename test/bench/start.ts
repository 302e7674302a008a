// How long one waits: for the first frame, for a key, for a run without a screen; and what a long history weighs.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { environment, type Pty, startPty } from '../e2e/pty.ts';
import type { Figure } from './engine.ts';

const program = resolve(import.meta.dirname, '../../dist/tcpstep.js');

const at = (numbers: readonly number[], share: number): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * share)] ?? Number.NaN;

const ms = (number: number): string => `${number.toFixed(1)} ms`;

// In a terminal of its own as well, or it would be compared with something else.
async function bareNode(): Promise<number> {
  const from = performance.now();
  const run = startPty({ command: process.execPath, args: ['-e', '0'], env: environment() });
  await run.exited;
  const took = performance.now() - from;
  await run.close();
  return took;
}

function spawned(args: readonly string[]): number {
  const from = performance.now();
  const { error } = spawnSync(process.execPath, [...args], { stdio: 'ignore' });
  if (error !== undefined) throw error;
  return performance.now() - from;
}

function opened(args: readonly string[], env: Readonly<Record<string, string>> = environment()): Pty {
  return startPty({ command: process.execPath, args: [program, ...args], columns: 80, rows: 24, env });
}

const titled = (screen: string): boolean => screen.includes(' ev 0/0 ');

async function toFirstFrame(args: readonly string[]): Promise<number> {
  const from = performance.now();
  const run = opened(args);
  await run.waitForOutput((output) => output.includes(' ev 0/0 '));
  const took = performance.now() - from;
  run.send('q');
  await run.exited;
  await run.close();
  return took;
}

/** Start to first frame, and a run without a screen, as medians beside `node -e 0`, each in turn with the others. */
export async function starts(times: number): Promise<readonly Figure[]> {
  const bare: number[] = [];
  const screen: number[] = [];
  const headless: number[] = [];
  await toFirstFrame(['hs-basic']);
  spawned([program, 'run', 'hs-basic']);
  for (let round = 0; round < times; round++) {
    bare.push(await bareNode());
    screen.push(await toFirstFrame(['hs-basic']));
    headless.push(spawned([program, 'run', 'hs-basic']));
  }
  const node = at(bare, 0.5);
  const beside = (numbers: readonly number[]): string =>
    `${ms(at(numbers, 0.5))}, ${(at(numbers, 0.5) / node).toFixed(1)} times \`node -e 0\` (${ms(node)})`;
  return [
    { name: 'start to first frame, 80x24', value: beside(screen) },
    { name: 'tcpstep run hs-basic', value: beside(headless) },
  ];
}

// More than enough: a full segment for every event.
function longSession(folder: string, events: number): string {
  const file = join(folder, `long-${events}.txt`);
  const octets = events * 1460;
  const script = [
    'title: A long history',
    'profiles: rfc9293',
    'delay: 1ms',
    '',
    '0 server listen',
    '0 server accept',
    '0 client connect',
    'begin',
    '1 server read',
    `1 client send ${octets}`,
    '',
  ];
  writeFileSync(file, script.join('\n'));
  return file;
}

async function pressed(run: Pty, key: 'left' | 'right', pause: number): Promise<number> {
  run.mark();
  const from = performance.now();
  run.press(key);
  await run.waitForOutput((output) => output !== '');
  const took = performance.now() - from;
  await new Promise((done) => setTimeout(done, pause));
  return took;
}

const eventOf = (screen: string): number => Number(/ ev (\d+)\//.exec(screen)?.[1] ?? Number.NaN);

/** Keys that come every 4 ms, whether what they bring about is drawn by then or not: until the screen shows it. */
async function held(run: Pty, key: 'left' | 'right', count: number): Promise<readonly number[]> {
  const from = eventOf(run.screen());
  const sent: number[] = [];
  const press = async (): Promise<void> => {
    for (let index = 0; index < count; index++) {
      sent.push(performance.now());
      run.press(key);
      await new Promise((done) => setTimeout(done, 4));
    }
  };
  const times: number[] = [];
  const moved = (screen: string): number => Math.abs(eventOf(screen) - from);
  const look = async (): Promise<void> => {
    while (times.length < count) {
      await run.waitFor((screen) => moved(screen) > times.length);
      const now = performance.now();
      for (const at of sent.slice(times.length, moved(run.screen()))) times.push(now - at);
    }
  };
  await Promise.all([press(), look()]);
  return times;
}

/**
 * From a key to its frame, through a pseudo-terminal, at the end of a history of so many events; and the memory of the
 * process then (resident, as the kernel counts it).
 */
export async function keys(events: number, presses: number): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tcpstep-bench-'));
  const run = opened([longSession(folder, events)]);
  try {
    await run.waitFor(titled);
    // One jump goes no further than 20,000 events.
    for (let to = Math.min(events, 20_000); to <= events; to += 20_000) {
      run.send(`tev ${to}\r`);
      await run.waitFor((screen) => screen.includes(` ev ${to}/`), 60_000);
    }
    await run.settle();
    for (let press = 0; press < 20; press++) await pressed(run, press % 2 === 0 ? 'left' : 'right', 4);
    const times: number[] = [];
    for (let press = 0; press < presses; press++) {
      times.push(await pressed(run, press % 4 < 2 ? 'left' : 'right', 4));
    }
    const quick: number[] = [];
    for (let burst = 0; burst < presses / 8; burst++)
      quick.push(...(await held(run, burst % 2 === 0 ? 'left' : 'right', 8)));
    const name = `history of ${events} events`;
    return [
      {
        name: `keys 4 ms apart to their frames, ${name}`,
        value: `p50 ${ms(at(quick, 0.5))}, p99 ${ms(at(quick, 0.99))}`,
      },
      { name: `key to frame, ${name}`, value: `p50 ${ms(at(times, 0.5))}, p99 ${ms(at(times, 0.99))}` },
      { name: `memory of the process, ${name}`, value: `${(residentOf(run.pid) / 2 ** 20).toFixed(0)} MB` },
    ];
  } finally {
    await run.close();
    rmSync(folder, { recursive: true });
  }
}

/** What nobody should notice: octets of a screen on which nothing happens, and how long a lost connection keeps the program. */
export async function quiet(times: number): Promise<readonly Figure[]> {
  const ends: number[] = [];
  let idle = 0;
  for (let round = 0; round < times; round++) {
    const run = opened(['life']);
    try {
      await run.waitFor(titled);
      run.press('right', 'right');
      await run.waitFor((screen) => screen.includes(' ev 2/2 '));
      await run.settle();
      run.mark();
      await new Promise((done) => setTimeout(done, 1_000));
      idle += run.bytes();
      const from = performance.now();
      run.kill('SIGHUP');
      await run.exited;
      ends.push(performance.now() - from);
    } finally {
      await run.close();
    }
  }
  return [
    { name: `${times} s of a screen on which nothing happens`, value: `${idle} octets` },
    { name: 'SIGHUP to the end of the process, session kept', value: ms(at(ends, 0.5)) },
  ];
}

function residentOf(pid: number): number {
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', `${pid}`], { encoding: 'utf8' });
  return Number(stdout) * 1024;
}

/** All of these. */
export async function waits(): Promise<readonly Figure[]> {
  return [...(await starts(20)), ...(await keys(10, 400)), ...(await keys(100_000, 400)), ...(await quiet(5))];
}
