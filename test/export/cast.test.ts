// Recordings line by line, and what is read of them again.
import { describe, expect, it } from 'vitest';
import { type Cast, castVersions, eventLine, headLine, isCast, printCast, readCast } from '../../source/export/cast.ts';

const cast: Cast = {
  head: { columns: 80, rows: 24, title: 'A title', session: 'session: 1\n' },
  events: [
    { at: 0, kind: 'output', text: '\u001b[2Jx' },
    { at: 0, kind: 'marker', text: 'ev 0: start' },
    { at: 1_250, kind: 'input', text: '\u001b[C' },
    { at: 1_250, kind: 'session', text: 'session: 1\n0 you drop #1\n' },
    { at: 1_500, kind: 'resize', text: '100x30' },
    { at: 2_000, kind: 'marker', text: 'ev 1: ESTABLISHED' },
  ],
};

const lines = (version: 2 | 3): unknown[] =>
  printCast(cast, version)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('a recording', () => {
  it('of version 2 has the size in its head and times since the start', () => {
    const [head, ...events] = lines(2);
    expect(head).toMatchObject({ version: 2, width: 80, height: 24, title: 'A title' });
    expect(head).not.toHaveProperty('timestamp');
    expect(events).toEqual([
      [0, 'o', '\u001b[2Jx'],
      [0, 'm', 'ev 0: start'],
      [1.25, 'i', '\u001b[C'],
      [1.25, 's', 'session: 1\n0 you drop #1\n'],
      [1.5, 'r', '100x30'],
      [2, 'm', 'ev 1: ESTABLISHED'],
    ]);
  });

  it('of version 3 has a terminal in its head and times since the event before', () => {
    const [head, ...events] = lines(3) as [unknown, ...(readonly [number, string, string])[]];
    expect(head).toMatchObject({ version: 3, term: { cols: 80, rows: 24 }, title: 'A title' });
    expect(events.map(([time]) => time)).toEqual([0, 0, 1.25, 0, 0.25, 0.5]);
  });

  it('holds no octet that a terminal would obey', () => {
    const evil = { at: 0, kind: 'marker', text: 'a\u009b2J\u0007\u2028\u001b]0;x' } as const;
    for (const version of castVersions) {
      const line = eventLine(evil, version, 0) + headLine({ ...cast.head, title: evil.text }, version);
      expect(line.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      expect(JSON.parse(eventLine(evil, version, 0))[2]).toBe(evil.text);
    }
  });
});

describe('a recording read again', () => {
  it.each(castVersions)('of version %i gives the session of each marker', (version) => {
    expect(readCast(printCast(cast, version))).toEqual({
      session: 'session: 1\n0 you drop #1\n',
      marks: [
        { label: 'ev 0: start', session: 'session: 1\n' },
        { label: 'ev 1: ESTABLISHED', session: 'session: 1\n0 you drop #1\n' },
      ],
      damage: null,
    });
  });

  it.each(castVersions)('of version %i and cut off anywhere is read up to there', (version) => {
    const text = printCast(cast, version);
    const head = text.indexOf('\n') + 1;
    for (let length = head; length < text.length; length++) {
      const found = readCast(text.slice(0, length));
      const whole = text[length - 1] === '\n' || text[length] === '\n';
      if (whole) expect(found).toMatchObject({ damage: null });
      else
        expect(found).toMatchObject({
          damage: expect.stringMatching(/^it is cut off or damaged in line \d+, after \d markers$/),
        });
    }
  });

  it('cut off in its first line is refused with that line', () => {
    const text = printCast(cast, 2);
    for (let length = 12; length < text.indexOf('\n'); length++) {
      expect(readCast(text.slice(0, length))).toEqual({
        wrong: 'this recording is cut off or damaged in its first line',
        line: 1,
      });
    }
  });

  it.each([
    [
      '{"version":2,"width":80,"height":24}',
      'this recording carries no session: only those that tcpstep made can be opened',
    ],
    ['{"version":1,"stdout":[]}', 'expected an asciicast of version 2 or 3'],
    [
      '{"version":2,"tcpstep":{"session":7}}',
      'this recording carries no session: only those that tcpstep made can be opened',
    ],
    [
      '{"version":2,"__proto__":{"tcpstep":{"session":"x"}}}',
      'this recording carries no session: only those that tcpstep made can be opened',
    ],
  ])('%s is refused', (head, wrong) => {
    expect(isCast(head)).toBe(true);
    expect(readCast(`${head}\n[0,"o","x"]\n`)).toEqual({ wrong, line: 1 });
  });

  it('with any line replaced by nonsense says which', () => {
    const good = printCast(cast, 2).trimEnd().split('\n');
    for (let at = 1; at < good.length; at++) {
      for (const nonsense of ['x', '[]', '[1,2,3]', '{"a":1}', 'null', '[0,"o"]', '["0","o","x"]']) {
        const text = good.with(at, nonsense).join('\n');
        expect(readCast(text)).toMatchObject({ damage: expect.stringContaining(`in line ${at + 1},`) });
      }
    }
  });

  it('passes over comments, which version 3 has', () => {
    const text = printCast(cast, 3).replace('\n[0,', '\n# a comment\n[0,');
    expect(readCast(text)).toMatchObject({ damage: null });
  });
});
