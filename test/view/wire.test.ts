// What the wire shows: every segment with what became of it.
import { describe, expect, it } from 'vitest';
import type { Session } from '../../source/session/session.ts';
import { lookOf } from '../../source/ui/look.ts';
import { ladder } from '../../source/view/ladder.ts';
import { textOf } from '../../source/view/line.ts';
import { sceneOf } from '../../source/view/scene.ts';
import { wire } from '../../source/view/wire.ts';
import { opened, press } from '../support/sessions.ts';

const look = lookOf({ language: 'en', glyphs: 'ascii' });
const list = (session: Session, width = 24, height = 10): string[] =>
  wire(sceneOf(session), look, width, height).map((line) => textOf(line).trimEnd());
const rungs = (session: Session): string[] =>
  ladder(sceneOf(session), look, 42, 9).map((line) => textOf(line).trimEnd());

describe('the list', () => {
  it('shows a segment in flight with its landing time, under the cursor', () => {
    const lines = list(press(opened('hs-basic'), 'forward'));
    expect(lines[0]).toBe('>#1  --SYN==>    0.050');
    expect(lines[7]).toBe(' seq 100');
    expect(lines[9]).toBe(' 1 in flight  0 lost');
  });

  it('shows a delivered one with a single line, and the answer from the other side', () => {
    const lines = list(press(opened('hs-basic'), 'forward', 'forward'));
    expect(lines.slice(0, 2)).toEqual([' #1  --SYN-->    0.050', '>#2  <==SYN,ACK- 0.100']);
  });

  it('keeps a dropped one with the reason', () => {
    const lines = list(press(opened('hs-basic'), 'forward', 'drop'));
    expect(lines.slice(0, 2)).toEqual([' #1  --SYN--x    dropped', '   by you, at 0.000s']);
    expect(lines[9]).toBe(' 0 in flight  1 lost');
  });

  it('says by whom and when below one that a person decided about, never the reason twice', () => {
    const refused = list(press(opened('hs-basic'), 'forward', 'refuse #1 hard'));
    expect(refused.slice(0, 2)).toEqual([' #1  --SYN--x    refused', '   by you, at 0.000s']);
  });

  it('does not take a loss by a rule for a deed of whoever called', () => {
    const there = press(opened('hs-basic'), 'end', 'drop where flags=FIN', 'client close');
    const lines = list(there);
    expect(lines[3]).toMatch(/^ #4 +-+FIN,ACK-+x by rule$/);
    expect(lines[4]).toBe('');
  });

  it('names the segment that a retransmission repeats', () => {
    const lines = list(press(opened('hs-basic'), 'forward', 'drop', 'forward'));
    expect(lines[2]).toBe('>#2  --SYN==>    1.050');
    expect(lines.slice(7, 9)).toEqual([' seq 100', ' RTX of #1']);
  });

  it('does not take a SYN,ACK for a repetition of the SYN before it (simultaneous open)', () => {
    const lines = list(press(opened('sim-open'), 'forward', 'forward', 'forward', 'select-next'));
    expect(lines.join('\n')).toContain('SYN,ACK');
    expect(lines.join('\n')).not.toContain('RTX of');
  });

  it('tells the copies of one segment apart, those of copies too', () => {
    const one = press(opened('hs-basic'), 'forward', 'duplicate #1', 'duplicate #2', 'duplicate #1', 'duplicate #4');
    expect(list(one, 26, 16).flatMap((line) => /#\S+/.exec(line)?.[0] ?? [])).toEqual([
      '#1',
      "#1'",
      "#1''",
      "#1'3",
      "#1'4",
    ]);
  });

  it('shows a held one with dots', () => {
    const session = press(opened('hs-basic'), 'forward', { do: 'delay', until: null });
    expect(list(session)[0]).toMatch(/^.#1 {2}\.\.SYN\.\.> {4}held$/);
  });

  it('names a duplicate after its original', () => {
    const lines = list(press(opened('hs-basic'), 'forward', 'duplicate'));
    expect(lines[1]).toBe(" #1' --SYN==>    0.050");
  });

  it('stands still while segments are added to a full list: it turns pages', () => {
    const session = press(opened('data-lost'), 'end');
    const tops = [6, 7, 8, 9, 10].map((height) => list(session, 24, height)[0]);
    expect(new Set(tops).size).toBeLessThan(tops.length);
  });
});

describe('the ladder', () => {
  it('has the time of each end beside its post, once', () => {
    expect(rungs(press(opened('hs-basic'), 'forward', 'forward')).slice(0, 2)).toEqual([
      '   0.000 |--#1 SYN seq=100------>| 0.050',
      '>  0.100 |<==#2 SYN,ACK ack=101--|',
    ]);
  });

  it('stops a lost segment half-way and says why', () => {
    expect(rungs(press(opened('hs-basic'), 'forward', 'drop')).slice(0, 2)).toEqual([
      '   0.000 |-#1 SYN seq=100-x      | dropped',
      '         |   by you, at 0.000s   |',
    ]);
  });
});
