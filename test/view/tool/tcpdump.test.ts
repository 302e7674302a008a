// What tcpdump 4.99.3 prints of a capture at one end of the wire: tcpdump/ holds its own output (`tcpdump -n -r`, TZ=UTC)
// for captures that `tcpstep export --to pcapng --profile linux` wrote.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tcpdump } from '../../../source/view/tool/tcpdump.ts';
import { courseOf } from '../../support/fixtures.ts';

const folder = join(import.meta.dirname, 'tcpdump');

describe('tcpdump -n', () => {
  it.each(readdirSync(folder))('%s', (file) => {
    const [scenario = '', end] = file.split('.');
    const printed = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n');
    const course = courseOf(scenario, 'linux');
    const lines = tcpdump(course, end === 'client' ? 0 : 1, course.reach(2_000));
    expect(printed.length).toBeGreaterThan(3);
    expect(lines.slice(0, printed.length)).toEqual(printed);
    // The capture goes as far as the lesson does; the course may go on.
    expect(lines.length).toBeGreaterThanOrEqual(printed.length);
  });
});
