// The config file, keys of one's own among it, and decisions typed on the command line: whatever they hold.
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { configFrom } from '../../source/cli/config.ts';
import { UsageError } from '../../source/cli/usage.ts';
import { readDo } from '../../source/scenario/share.ts';
import { Unreadable } from '../../source/scenario/unreadable.ts';
import { keys, rowsOf } from '../../source/ui/keys.ts';
import { hostile, runs } from './mutation.ts';

vi.setConfig({ testTimeout: 600_000 });

const valid = JSON.stringify(
  {
    lang: 'zh',
    glyphs: 'ascii',
    profile: 'linux',
    tour: false,
    'esc-timeout': 60,
    keys: { drop: ['x', 'ctrl-d'], undo: 'U', zoom: [], 'pane-wire': ['2'], palette: [':', 'ctrl-p'] },
  },
  null,
  2,
);

const oneLine = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,500}$/u;

/** Whatever it is made of, it is a config: what cannot be used is told in lines of its own. */
const holds = (text: string): boolean => {
  const config = configFrom(text, 'config.json');
  for (const complaint of config.complaints) expect(complaint).toMatch(oneLine);
  expect([null, 'en', 'zh']).toContain(config.language);
  expect([null, 'auto', 'unicode', 'ascii']).toContain(config.glyphs);
  expect([null, 'textbook', 'rfc9293', 'linux']).toContain(config.profile);
  expect(config.escapeTimeout ?? 0).toBeLessThanOrEqual(5_000);
  const rows = rowsOf({ keys: config.keys });
  const taken = rows.flatMap((row) => row.keys);
  expect(new Set(taken).size).toBe(taken.length);
  for (const key of taken) expect(key).toMatch(oneLine);
  for (const id of ['close', 'stop']) {
    expect(rows.find((row) => row.id === id)?.keys).toEqual(keys.find((row) => row.id === id)?.keys);
  }
  expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  expect(Object.keys(Object.prototype)).toEqual([]);
  return config.complaints.length === 0;
};

describe('a config file', () => {
  it('as it should be is used', () => {
    expect(holds(valid)).toBe(true);
  });

  it('that was tampered with is used as far as it can be, and what cannot be used is told', () => {
    const counts = { used: 0, told: 0 };
    fc.assert(
      fc.property(hostile(valid), (octets) => {
        counts[holds(Buffer.from(octets).toString()) ? 'used' : 'told'] += 1;
      }),
      { numRuns: runs },
    );
    expect(counts.used).toBeGreaterThan(0);
    expect(counts.told).toBeGreaterThan(0);
  });

  it('of any JSON at all is none that does harm', () => {
    const names = fc.constantFrom('keys', 'lang', '__proto__', 'constructor', 'esc-timeout', 'drop', 'toString', 'x');
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('any'), { maxLength: 4 }),
        fc.dictionary(names, tie('any'), { maxKeys: 5, noNullPrototype: true }),
      ),
    })).any;
    fc.assert(
      fc.property(fc.dictionary(names, value), (config) => {
        holds(JSON.stringify(config));
      }),
      { numRuns: runs },
    );
  });

  it('nested a hundred thousand times is told', () => {
    expect(holds(`{"keys":${'['.repeat(49_000)}${']'.repeat(49_000)}}`)).toBe(false);
  });
});

describe('decisions typed behind --do', () => {
  it('are understood, or refused in one line', () => {
    const typed = "0 drop #1; 1.05 client send 5; 2 server close; +50ms client send 'x'";
    const counts = { used: 0, refused: 0 };
    fc.assert(
      fc.property(hostile(typed), (octets) => {
        try {
          readDo(Buffer.from(octets).toString());
          counts.used += 1;
        } catch (error) {
          if (!(error instanceof Unreadable || error instanceof UsageError)) throw error;
          expect(error.message).toMatch(oneLine);
          counts.refused += 1;
        }
      }),
      { numRuns: runs },
    );
    expect(counts.refused).toBeGreaterThan(0);
  });
});
