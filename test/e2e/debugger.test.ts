// The debugger as a person meets it: the bundled program in a real pseudo-terminal.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { environment, octetsOf, type Pty, type PtyOptions, startPty } from './pty.ts';

vi.setConfig({ testTimeout: 60_000 });

const root = resolve(import.meta.dirname, '../..');
const program = join(root, 'dist', 'tcpstep.js');

let running: Pty[];
beforeEach(() => {
  running = [];
});
afterEach(async () => {
  for (const run of running) await run.close();
});

const start = (
  args: readonly string[],
  options: Partial<PtyOptions> = {},
  changes: Readonly<Record<string, string | undefined>> = {},
): Pty => {
  const run = startPty({ command: process.execPath, args: [program, ...args], env: environment(changes), ...options });
  running.push(run);
  return run;
};

/** Event number `at` of `of` stands in the title line. */
const atEvent =
  (at: number, of = at) =>
  (screen: string): boolean =>
    screen.split('\n')[0]?.includes(` ev ${at}/${of} `) === true;

/** The debugger on a scenario, at its opening. */
const opened = async (id: string, options: Partial<PtyOptions> = {}): Promise<Pty> => {
  const run = start([id], options);
  await run.waitFor(atEvent(0));
  await run.settle();
  run.mark();
  return run;
};

const states = (run: Pty): (string | undefined)[] =>
  [...(run.row(2).matchAll(/state +(?<state>[A-Z0-9-]+)/g) ?? [])].map((match) => match.groups?.['state']);

const step = async (run: Pty, times: number, from = 0): Promise<void> => {
  for (let event = from + 1; event <= from + times; event += 1) {
    run.press('right');
    await run.waitFor((screen) => new RegExp(` ev ${event}/`).test(screen));
  }
};

describe('the first screen', () => {
  it.each([[[]], [['hs-basic']], [['data-lost', '--lang', 'zh']]])(
    'of %j stands complete with one write, and not an octet follows until a key',
    async (args) => {
      const run = start(args);
      await run.waitForOutput((output) => output.includes('\x1b[?2026l'));
      const { length } = run.output();
      await run.settle(1_500);
      expect(run.output().slice(length)).toBe('');
      run.press('down');
      await run.waitForOutput((output) => output.length > length);
    },
  );

  it('takes keys that were pressed before it stood', async () => {
    const run = start(['hs-basic']);
    await run.waitForOutput((output) => output.includes('\x1b[?1049h'));
    run.press('right', 'right');
    run.press('right');
    await run.waitFor(atEvent(3));
  });
});

const given = { alternate: false, cursorHidden: false, bracketedPaste: false };

describe('a handshake', () => {
  it('is stepped to ESTABLISHED at both ends with five Rights', async () => {
    const run = await opened('hs-basic');
    expect(states(run)).toEqual(['CLOSED', 'LISTEN']);
    for (let time = 0; time < 5; time += 1) run.press('right');
    await run.waitFor((screen) => screen.includes('network is quiet: nothing will happen until you act'));
    expect(states(run)).toEqual(['ESTABLISHED', 'ESTABLISHED']);
  });

  it('shows the states of figure 6 after each Right', async () => {
    const run = await opened('hs-basic');
    const seen: (string | undefined)[][] = [];
    for (let event = 1; event <= 4; event += 1) {
      run.press('right');
      await run.waitFor(atEvent(event));
      seen.push(states(run));
    }
    expect(seen).toEqual([
      ['SYN-SENT', 'LISTEN'],
      ['SYN-SENT', 'SYN-RECEIVED'],
      ['ESTABLISHED', 'SYN-RECEIVED'],
      ['ESTABLISHED', 'ESTABLISHED'],
    ]);
  });

  it('survives the loss of its SYN: dropped with x, repeated after exactly one second with the RTO doubled, cited', async () => {
    const run = await opened('hs-basic');
    await step(run, 1);
    run.send('x');
    await run.waitFor((screen) => screen.includes('dropped #1 SYN'));
    expect(run.screen()).toMatch(/#1 .*dropped/);
    expect(run.screen()).toContain('by you, at 0.000s');
    expect(run.screen()).toContain('main*');

    run.press('right');
    await run.waitFor((screen) => screen.includes('t 1.000s'));
    expect(run.screen()).toMatch(/#2 .*SYN/);
    expect(run.screen()).toContain('RTX of #1');
    expect(run.screen()).toMatch(/RTO 2\.000s\*/);
    expect(run.screen()).toMatch(/RTX in 2\.000s\*/);
    expect(run.screen()).toMatch(/RTO doubles .*RFC 6298 5\.5/);
  });

  it('goes back with Left, and says where its history begins', async () => {
    const run = await opened('hs-basic');
    await step(run, 2);
    run.press('left');
    await run.waitFor(atEvent(1, 2));
    expect(states(run)).toEqual(['SYN-SENT', 'LISTEN']);
    run.press('left');
    await run.waitFor(atEvent(0, 2));
    run.press('left');
    await run.waitFor((screen) => screen.includes('start of recorded history'));
    expect(states(run)).toEqual(['CLOSED', 'LISTEN']);
  });

  it('has its dropped segment back in flight after u, and lost again after ctrl-r', async () => {
    const run = await opened('hs-basic');
    await step(run, 1);
    const before = run.row(2);
    run.send('x');
    await run.waitFor((screen) => screen.includes('dropped #1 SYN'));
    run.send('u');
    await run.waitFor((screen) => screen.includes('undone: dropped #1 SYN'));
    expect(run.row(2)).toBe(before);
    expect(run.screen()).toContain('1 in flight  0 lost');
    run.press('ctrl-r');
    await run.waitFor((screen) => screen.includes('0 in flight  1 lost'));
  });

  it('gets a branch of its own when something is decided in the past, and keeps the old future', async () => {
    const run = await opened('hs-basic');
    await step(run, 4);
    run.press('left', 'left', 'left');
    await run.waitFor(atEvent(1, 4));
    run.send('x');
    await run.waitFor((screen) => screen.includes('new branch "drop #1", the old future stays as "main"'));
    expect(run.row(0)).toContain('drop #1*');
  });
});

describe('keys', () => {
  it.each([0, 30, 150])('torn apart with pauses of %i ms still step', async (pause) => {
    const run = await opened('hs-basic');
    await run.sendTorn([...octetsOf('right')], pause);
    await run.waitFor(atEvent(1));
    await run.sendTorn([...octetsOf('left')], pause);
    await run.waitFor(atEvent(0, 1));
    expect(run.row(22)).not.toContain('dropped');
  });

  it('that come in one chunk are all applied and drawn once', async () => {
    const run = await opened('hs-basic');
    run.press('right', 'right', 'right', 'left');
    await run.waitFor(atEvent(2, 3));
    await run.settle();
    expect(run.chunks()).toBe(1);
  });

  it('that come in one chunk meet the menu that the first of them opened, and that moves between them', async () => {
    const run = await opened('hs-basic');
    run.press('right', 'return', 'down', 'down', 'return');
    await run.waitFor((screen) => screen.includes("#1'"));
  });

  it('of the segment menu act on its segment', async () => {
    const run = await opened('hs-basic');
    run.press('right', 'return');
    await run.waitFor((screen) => screen.includes('drop it') && screen.includes('seq 100'));
    run.press('down', 'down', 'return');
    await run.waitFor((screen) => screen.includes("#1'"));
    expect(run.screen()).toContain('2 in flight');
    expect(run.screen()).not.toContain('drop it');
  });

  it('choose a landing time from the delay prompt', async () => {
    const run = await opened('hs-basic');
    run.press('right');
    run.send('d');
    await run.waitFor((screen) => /\+100ms +lands t 0\.150s/.test(screen));
    run.press('down', 'return');
    await run.waitFor((screen) => screen.includes('delayed #1 SYN to t 0.150s'));
    expect(run.row(2)).toContain('0.150');
  });

  it('type an exact landing time', async () => {
    const run = await opened('hs-basic');
    run.press('right');
    run.send('d');
    await run.waitFor((screen) => screen.includes('new landing'));
    run.send('12');
    run.press('backspace');
    run.send('.2345s');
    run.press('return');
    await run.waitFor((screen) => screen.includes('delayed #1 SYN to t 1.2345s'));
  });

  it('hold a segment until it is released', async () => {
    const run = await opened('hs-basic');
    run.press('right');
    run.send('d');
    await run.waitFor((screen) => screen.includes('until I release it'));
    run.press('up', 'return');
    await run.waitFor((screen) => screen.includes('held #1 SYN'));
    run.send('r');
    await run.waitFor((screen) => screen.includes('delivered #1 SYN now'));
  });

  it('show help, then all keys, and Escape only closes them', async () => {
    const run = await opened('hs-basic');
    run.send('?');
    await run.waitFor((screen) => screen.includes('HELP'));
    run.send('?');
    await run.waitFor((screen) => screen.includes('ALL KEYS  1/2') && screen.includes('next check inside'));
    run.send('?');
    await run.waitFor((screen) => screen.includes('ALL KEYS  2/2') && screen.includes('ctrl-r'));
    run.press('escape');
    await run.waitFor(atEvent(0));
    run.press('escape');
    await run.settle(400);
    expect(atEvent(0)(run.screen())).toBe(true);
  });

  it('move the focus, zoom a pane and come back', async () => {
    const run = await opened('hs-basic');
    run.press('right');
    await run.waitFor(atEvent(1));
    run.send('4');
    await run.waitFor((screen) => screen.includes('[4 WHY]'));
    run.send('z');
    await run.waitFor((screen) => !screen.includes('CLIENT 10.0.0.1:40001'));
    expect(run.screen()).toContain('The application asked to connect');
    run.press('escape');
    await run.waitFor((screen) => screen.includes('1 CLIENT 10.0.0.1:40001'));
    run.press('tab');
    await run.waitFor((screen) => screen.includes('[5 TIME]'));
    run.press('shift-tab', 'shift-tab');
    await run.waitFor((screen) => screen.includes('[3 SERVER'));
  });

  it('play and pause', async () => {
    const run = await opened('hs-basic');
    run.press('space');
    await run.waitFor((screen) => screen.includes('ESTABLISHED') && /ev [4-9]\//.test(screen));
    run.press('space');
    await run.waitFor((screen) => screen.includes('PAUSED'));
  });
});

describe('a saved session that cannot be used', () => {
  it.each([
    ['of another version', (text: string) => text.replace('session: 1', 'session: 99'), /:1: expected session: 1/],
    [
      'edited by hand',
      (text: string) => text.replace('you drop #1', 'you drpo #1'),
      /:21: expected .*did you mean drop\?/,
    ],
    ['emptied', () => '', /:1: expected/],
  ])('%s: where and what, and the list of scenarios', async (_, spoilt, complaint) => {
    const home = mkdtempSync(join(tmpdir(), 'tcpstep-'));
    const first = start(['hs-basic'], {}, { XDG_STATE_HOME: home });
    await first.waitFor(atEvent(0));
    await step(first, 1);
    first.send('xq');
    await first.exited;
    const folder = join(home, 'tcpstep', 'sessions');
    const [name = ''] = readdirSync(folder);
    writeFileSync(join(folder, name), spoilt(readFileSync(join(folder, name), 'utf8')));
    const run = start(['--resume'], {}, { XDG_STATE_HOME: home });
    await run.waitFor((screen) => screen.includes('SCENARIOS') && complaint.test(screen.replace(/ *│\n│ */g, ' ')));
    run.send('q');
    expect(await run.exited).toEqual({ code: 0, signal: 0 });
    rmSync(home, { recursive: true });
  });
});

describe('a config file that cannot be used', () => {
  const all: readonly (readonly [what: string, text: string, told: string])[] = [
    ['with a value of another version', '{"lang": "xx"}', 'lang: expected en, zh, found "xx"'],
    ['with a setting of another version', '{"colour": 1}', 'no setting "colour"'],
    ['with an action that does not exist', '{"keys": {"dorp": ["x"]}}', 'did you mean drop?'],
    ['with a key given twice', '{"keys": {"drop": ["f"], "delay": ["f"]}}', 'already that of drop'],
    ['that is no JSON', '{"lang": "en",\n "keys" }', 'config.json:2:9: expected JSON'],
    ['of octets', '\x00\x01\xff{', 'config.json:1:1: expected JSON'],
    ['of the wrong type', '[1, 2]', 'expected an object such as {"lang": "en"}'],
    ['that is huge', ' '.repeat(200_000), 'larger than 100000 octets'],
  ];

  it.each(all)('%s is told where it is wrong, and the program opens with what is left', async (_, text, told) => {
    const home = mkdtempSync(join(tmpdir(), 't-'));
    try {
      mkdirSync(join(home, 'tcpstep'));
      writeFileSync(join(home, 'tcpstep', 'config.json'), text, 'latin1');
      const run = start(['hs-basic'], { columns: 150, rows: 24 }, { XDG_CONFIG_HOME: home });
      await run.waitFor((screen) => screen.includes(told));
      run.press('right');
      await run.waitFor(atEvent(1));
      run.send('y');
      await run.waitFor((screen) => screen.includes('duplicated #1 SYN'));
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
});

describe('without an argument', () => {
  it('the scenarios are listed, filtered and opened', async () => {
    const run = start(['--no-tour']);
    await run.waitFor((screen) => screen.includes('SCENARIOS') && screen.includes('Three-way handshake'));
    await run.settle();
    run.send('/last-ack');
    await run.waitFor((screen) => screen.includes('The last ACK is lost') && !screen.includes('Three-way handshake'));
    run.press('return');
    await run.waitFor((screen) => screen.startsWith(' last-ack-lost'));
    // The Enter that chose a scenario did not open anything else.
    await run.settle();
    expect(run.screen()).not.toContain('drop it');
  });

  it('the list speaks Chinese in a Chinese locale', async () => {
    const run = start(['--no-tour'], {}, { LANG: 'zh_CN.UTF-8' });
    await run.waitFor((screen) => screen.includes('三次握手'));
    expect(run.row(0)).toContain('场景');
  });
});

describe('the size of the terminal', () => {
  it.each([
    [39, 24],
    [80, 9],
  ])('%i x %i is too small for a screen: a note, and linear mode', async (columns, rows) => {
    const run = start(['hs-basic', '--no-tour'], { columns, rows });
    const note = `terminal ${columns}x${rows}: a screen needs 40x10, so this is linear mode`;
    await run.waitForOutput((output) => output.includes(note) && output.includes('SERVER state LISTEN'));
    run.press('right');
    await run.waitForOutput((output) => output.includes('CLIENT state SYN-SENT'));
    expect(run.modes().alternate).toBe(false);
    run.send('q');
    expect(await run.exited).toEqual({ code: 0, signal: 0 });
  });

  it('below 60 columns shows one pane at a time, and Tab goes through them', async () => {
    const run = await opened('hs-basic', { columns: 50, rows: 18 });
    await step(run, 1);
    for (const title of ['3 SERVER', '4 WHY', '5 TIME', '6 SEGMENT', '7 DECISIONS', '1 CLIENT', '2 WIRE']) {
      run.press('tab');
      await run.waitFor((screen) => screen.split('\n')[1]?.includes(`[${title}`) === true);
      const [first = '', ...rest] = run.screen().split('\n');
      expect(first).toContain(` ${title.slice(2)} `);
      expect(rest.join('\n').match(/\d (?:SERVER|WHY|TIME|SEGMENT|DECISIONS|CLIENT|WIRE)/g)).toEqual([title]);
    }
  });

  it('may become too small and large enough again while it runs', async () => {
    const run = await opened('hs-basic');
    await step(run, 2);
    run.resize(30, 8);
    await run.waitFor((screen) => screen.includes('terminal 30x8'));
    run.resize(120, 40);
    await run.waitFor((screen) => screen.includes('7 DECISIONS'));
    expect(states(run)).toEqual(['SYN-SENT', 'SYN-RECEIVED']);
    run.resize(60, 20);
    await run.waitFor((screen) => screen.includes('C SYN-SENT') && screen.includes('S SYN-RECEIVED'));
  });

  it.each([
    [60, 20],
    [80, 24],
    [120, 40],
    [200, 60],
  ])('%i x %i: the last row stays empty and no line is wrapped', async (columns, rows) => {
    const run = await opened('syn-lost', { columns, rows });
    await step(run, 4);
    await run.settle();
    const lines = run.screen().split('\n');
    expect(lines.filter((line) => line.startsWith(' syn-lost'))).toHaveLength(1);
    expect(run.row(0)).toMatch(/^ syn-lost/);
    expect(run.row(rows - 1)).toBe('');
    expect(run.row(rows - 2)).toMatch(/^ → step/);
  });
});

describe('leaving', () => {
  it.each([
    ['q', 'q'],
    ['ctrl-c', '\x03'],
  ])('with %s gives the terminal back', async (_, octets) => {
    const run = await opened('hs-basic');
    expect(run.modes().alternate).toBe(true);
    run.send(octets);
    expect(await run.exited).toEqual({ code: 0, signal: 0 });
    expect(run.modes()).toEqual(given);
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)('by %s gives the terminal back', async (signal) => {
    const run = await opened('hs-basic');
    run.kill(signal);
    await run.exited;
    expect(run.modes()).toEqual(given);
  });

  it('ctrl-c stops playing first', async () => {
    const run = await opened('last-ack-lost');
    run.press('space');
    await run.waitFor((screen) => screen.includes('PLAYING'));
    run.press('ctrl-c');
    await run.waitFor((screen) => screen.includes('PAUSED'));
    run.press('ctrl-c');
    expect((await run.exited).code).toBe(0);
  });
});

describe('octets', () => {
  it('of a step at 80x24 are few: at most 400 in the median over the first scenarios, and none while idle', async () => {
    const steps: number[] = [];
    for (const id of ['hs-basic', 'syn-lost', 'synack-lost', 'close-4', 'half-close', 'last-ack-lost']) {
      const run = await opened(id);
      for (let event = 1; event <= 10; event += 1) {
        run.mark();
        run.press('right');
        await run.waitForOutput((output) => output.length > 0);
        await run.settle();
        steps.push(run.bytes());
        if (run.screen().includes('network is quiet')) break;
      }
      run.mark();
      await run.settle(500);
      expect(run.bytes()).toBe(0);
      await run.close();
    }
    const median = steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)];
    expect(median).toBeLessThanOrEqual(400);
  });
});
