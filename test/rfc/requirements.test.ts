// Which of the numbered requirements of RFC 9293 (appendix B) have a test, by the names of the tests.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Those that belong to two hosts and a wire, and can be tested there. */
const whole =
  'MUST-1 MUST-3 MUST-5 MUST-6 MUST-8 MUST-10 MUST-11 MUST-12 MUST-13 MUST-14 MUST-15 MUST-16 MUST-17 MUST-18 MUST-19 ' +
  'MUST-20 MUST-21 MUST-22 MUST-23 MUST-24 MUST-25 MUST-26 MUST-27 MUST-28 MUST-29 MUST-34 MUST-35 MUST-36 MUST-37 ' +
  'MUST-38 MUST-39 MUST-40 MUST-41 MUST-42 MUST-45 MUST-58 MUST-59 MUST-60 MUST-61 MUST-65 MUST-66 SHLD-1 SHLD-3 ' +
  'SHLD-4 SHLD-5 SHLD-7 SHLD-9 SHLD-10 SHLD-11 SHLD-12 SHLD-14 SHLD-15 SHLD-16 SHLD-17 SHLD-18 SHLD-19 SHLD-27 SHLD-28 ' +
  'SHLD-29 SHLD-30 SHLD-31 MAY-1 MAY-2 MAY-3 MAY-5 MAY-8 MAY-12 MAY-13 MAY-16 REC-1';

/** Those of which a part belongs there: options as octets, urgent data, messages of the network, choices. */
const partial =
  'MUST-2 MUST-4 MUST-7 MUST-30 MUST-31 MUST-32 MUST-33 MUST-47 MUST-49 MUST-54 MUST-56 MUST-62 MUST-64 MUST-68 MUST-69 ' +
  'SHLD-2 SHLD-8 SHLD-25 SHLD-26 MAY-6 MAY-7 MAY-15 MAY-18';

// The title of a test follows an opening parenthesis, also after a table.
const titled = /\(\s*['"`]((?:MUST|SHLD|MAY|REC)-\d+)(?: \(\d\))?: /g;

const named = new Set(
  readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.test.ts'))
    .flatMap((name) => [...readFileSync(join(import.meta.dirname, name), 'utf8').matchAll(titled)])
    .map(([, id]) => id ?? ''),
);

it('every requirement that belongs to two hosts has a test named after it', () => {
  expect(whole.split(' ')).toHaveLength(70);
  expect(whole.split(' ').filter((id) => !named.has(id))).toEqual([]);
});

it('every requirement of which a part belongs there has one as well', () => {
  expect(partial.split(' ')).toHaveLength(23);
  expect(partial.split(' ').filter((id) => !named.has(id))).toEqual([]);
});

it('no test is named after a requirement that is in neither list', () => {
  const known = [...whole.split(' '), ...partial.split(' ')];
  expect([...named].filter((id) => !known.includes(id))).toEqual([]);
});
