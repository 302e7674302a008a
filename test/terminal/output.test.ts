import { describe, expect, it } from 'vitest';
import { Output, type TapEvent } from '../../source/terminal/output.ts';
import { FrameReader } from '../../source/terminal/screen.ts';
import { looksOf, startEmulator } from './emulator.ts';

const ability = { unicode: true, colours: true };

/** Both turns of the event loop after which frames are drawn, and one more. */
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

const open = (columns = 20, rows = 4) => {
  const written: string[] = [];
  let clock = 1000;
  const output = new Output({
    size: { columns, rows },
    ability,
    write: (text) => written.push(text),
    now: () => clock,
  });
  return {
    output,
    written,
    pass: (milliseconds: number) => {
      clock += milliseconds;
    },
  };
};

describe('frames', () => {
  it('of one turn of the event loop are one write of the newest', async () => {
    const { output, written } = open();
    output.write('one');
    output.write('two');
    await turns();
    expect(written).toEqual(['\x1b[m\x1b[H\x1b[2Jtwo']);
  });

  it('that look like the last one are no write', async () => {
    const { output, written } = open();
    output.write('one');
    await turns();
    output.write('two');
    output.write('one');
    await turns();
    expect(written).toHaveLength(1);
  });

  it('are kept back while more keys are to come, and the newest is drawn at once after that', async () => {
    const { output, written } = open();
    output.hold();
    output.write('one');
    output.write('two');
    await turns();
    expect(written).toEqual([]);
    output.release();
    expect(written).toEqual(['\x1b[m\x1b[H\x1b[2Jtwo']);
    await turns();
    expect(written).toHaveLength(1);
  });

  it('are not what Ink writes to wait, and to show the cursor', async () => {
    const { output, written } = open();
    output.write('one');
    await turns();
    output.write('');
    output.write('\x1b[?25h');
    output.write('\x1b[?2004h');
    await turns();
    expect(written).toHaveLength(1);
  });
});

describe('a resize', () => {
  it('clears and draws once, with what the program draws for the new size', async () => {
    const { output, written } = open();
    output.on('resize', () => output.write(`${output.columns}x${output.rows}`));
    output.write('20x4');
    await turns();
    output.resize({ columns: 30, rows: 5 });
    await turns();
    expect(written.slice(1)).toEqual(['\x1b[m\x1b[H\x1b[2J30x5']);
  });

  it('draws the old frame cut to size when the program draws nothing', async () => {
    const { output, written } = open();
    output.write('0123456789');
    await turns();
    output.resize({ columns: 5, rows: 2 });
    await turns();
    expect(written.slice(1)).toEqual(['\x1b[m\x1b[H\x1b[2J01234']);
  });
});

describe('the terminal of somebody else', () => {
  it('is not written to, and everything is drawn when it comes back', async () => {
    const { output, written } = open();
    output.write('one');
    await turns();
    output.pause();
    output.write('two');
    await turns();
    expect(written).toHaveLength(1);
    output.resume();
    await turns();
    expect(written.slice(1)).toEqual(['\x1b[m\x1b[H\x1b[2Jtwo']);
  });
});

describe('a tap', () => {
  it('gets what is written, with the milliseconds since the start, until it is closed', async () => {
    const { output, pass } = open();
    const events: TapEvent[] = [];
    const stop = output.tap((event) => events.push(event));
    pass(250);
    output.write('a');
    await turns();
    pass(250);
    output.resize({ columns: 30, rows: 5 });
    await turns();
    stop();
    output.write('b');
    await turns();
    expect(events).toEqual([
      { kind: 'output', time: 250, text: '\x1b[m\x1b[H\x1b[2Ja' },
      { kind: 'resize', time: 500, columns: 30, rows: 5 },
      { kind: 'output', time: 500, text: '\x1b[m\x1b[H\x1b[2Ja' },
    ]);
  });

  it('opened later shows the same screens on a blank terminal that begins with a snapshot', async () => {
    const { output } = open();
    const frames = [
      'state LISTEN',
      '\x1b[1;31mstate SYN-RECEIVED\x1b[m',
      '\x1b[31mstate\x1b[m ESTABLISHED',
      `${'x'.repeat(20)}\n中`,
    ];
    for (const opened of frames) {
      output.write(opened);
      await turns();
      const emulator = startEmulator(20, 4);
      await emulator.write(output.snapshot());
      const played: string[] = [];
      const stop = output.tap((event) => event.kind === 'output' && played.push(event.text));
      for (const frame of frames) {
        output.write(frame);
        await turns();
        await emulator.write(played.splice(0).join(''));
        expect(emulator.looks()).toEqual(looksOf(new FrameReader(ability).read(frame, 20, 4)));
      }
      stop();
    }
  });
});
