// How few octets an update takes, against the fewest possible, on the screens the program is made for.
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { FrameReader } from '../../source/terminal/screen.ts';
import { normal } from '../../source/terminal/style.ts';
import { update } from '../../source/terminal/update.ts';
import { smallest } from './smallest.ts';

vi.setConfig({ testTimeout: 60_000 });

const bold = (text: string): string => `\x1b[1m${text}\x1b[22m`;
const dim = (text: string): string => `\x1b[2m${text}\x1b[22m`;
const red = (text: string): string => `\x1b[31m${text}\x1b[39m`;

/** Two endpoints, the wire between them, the reasons and the time line: 80 columns, 22 rows, as after `steps` steps. */
const frame = (steps: number): string => {
  const states = ['SYN-SENT', 'SYN-SENT', 'SYN-SENT', 'ESTABLISHED', 'ESTABLISHED', 'FIN-WAIT-1'];
  const client = states[steps % states.length] ?? '';
  const server = (states[(steps + 4) % states.length] ?? '').replace('SYN-SENT', 'LISTEN');
  const star = (position: number): string => (steps % 3 === position ? red('*') : ' ');
  const pane = (left: string, wire: string, right: string): string =>
    `│ ${left.padEnd(23)}${star(left.length % 3)}│ ${wire.padEnd(23)}│ ${right.padEnd(23)}${star(right.length % 3)}│`;
  const why = [
    'first check RST: not set',
    'second check ACK: acceptable',
    'third check SYN: set, RCV.NXT = 101, IRS = 100',
  ];
  const line = Array.from({ length: 20 }, (_, at) => (at === steps % 20 ? '[S]' : at < steps % 20 ? 'S' : '.')).join(
    ' ',
  );
  return [
    ` hs-basic  1/45   t ${steps}.050s   ev ${steps}/${steps}   main   rfc9293   PAUSED`,
    `┌1 ${bold('CLIENT')}${'─'.repeat(18)}┬2 WIRE${'─'.repeat(18)}┬3 ${bold('SERVER')}${'─'.repeat(18)}┐`,
    pane(`state ${client}`, `#${steps} ==SYN==>`, `state ${server}`),
    pane(`SND.UNA ${100 + steps}`, `  seq ${100 + steps}  len 0`, `SND.UNA ${300 + steps}`),
    pane(`RCV.NXT ${300 + steps}`, `  lands t ${steps}.100s`, `RCV.NXT ${100 + steps}`),
    pane('ISS 100  IRS 300', `#${steps - 1} --ACK-->`, 'ISS 300  IRS 100'),
    pane(`timer RTX in ${(steps % 4) + 1}.000s`, '', `SYN queue ${steps % 2}/4`),
    pane('app connect() waiting', `${steps % 2} in flight  0 lost`, `accept queue ${steps % 3}/4`),
    `├4 WHY ev ${steps}: ${steps % 2 === 0 ? 'CLIENT' : 'SERVER'} received #${steps}${'─'.repeat(30)}┤`,
    ...why
      .slice(0, 1 + (steps % 3))
      .map((reason, index) => `│ ${index + 1} ${reason.padEnd(50)} ${dim('RFC 9293 3.10.7.4')}`),
    ...Array.from({ length: 3 - (steps % 3) }, () => '│'),
    `├5 TIME${'─'.repeat(60)}┤`,
    `│ ${line}`,
    `└${'─'.repeat(77)}┘`,
    ' x drop  d delay  y dup  r deliver now  i inject  a app...  m mark',
  ].join('\n');
};

describe('an update', () => {
  const reader = new FrameReader({ unicode: true, colours: true });
  const read = (text: string) => reader.read(text, 80, 24);

  it('takes at most 1.25 times the fewest octets in every step of a session, and 1.05 times over all', () => {
    let pen = update(undefined, read(frame(1)), { row: undefined, column: undefined, style: normal }).pen;
    let fewest = 0;
    let taken = 0;
    for (let step = 1; step <= 40; step += 1) {
      const before = read(frame(step));
      const after = read(frame(step + 1));
      const least = smallest(before, after, pen);
      const made = update(before, after, pen);
      const octets = Buffer.byteLength(made.text);
      expect(octets / least, `step ${step}: ${octets} octets, ${least} would do`).toBeLessThanOrEqual(1.25);
      fewest += least;
      taken += octets;
      pen = made.pen;
    }
    expect(taken / fewest).toBeLessThanOrEqual(1.05);
  });

  it('is no longer than 1.25 times and some octets on any two rows', () => {
    const row = fc
      .array(
        fc.tuple(
          fc.constantFrom('', '\x1b[31m', '\x1b[1m', '\x1b[7m', '\x1b[m'),
          fc.array(fc.constantFrom(...'ab  -中│'), { maxLength: 9 }).map((glyphs) => glyphs.join('')),
        ),
        { maxLength: 6 },
      )
      .map((parts) => `${parts.map((part) => part.join('')).join('')}\x1b[m`);
    fc.assert(
      fc.property(row, row, (one, two) => {
        const before = reader.read(one, 40, 3);
        const after = reader.read(two, 40, 3);
        const pen = { row: 0, column: 0, style: normal };
        const least = smallest(before, after, pen);
        const octets = Buffer.byteLength(update(before, after, pen).text);
        expect(octets).toBeLessThanOrEqual(least * 1.25 + 6);
      }),
      { numRuns: 500 },
    );
  });
});
