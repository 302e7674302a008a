// Lessons that have been gone through keep a mark in the list.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Progress } from '../../source/cli/progress.ts';
import { perform } from '../../source/session/perform.ts';
import type { Session } from '../../source/session/session.ts';
import { opened } from '../support/sessions.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'progress-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const toTheEnd = (progress: Progress, id: string): void => {
  let session: Session = opened(id);
  for (let steps = 0; steps < 100 && session.notice?.kind !== 'quiet'; steps++) {
    progress.follow(session);
    session = perform(session, { do: 'forward' });
  }
  progress.follow(session);
};

describe('progress', () => {
  it('marks a lesson once its last word has been read, and remembers it', () => {
    const progress = new Progress(folder);
    expect(progress.has('hs-basic')).toBe(false);
    toTheEnd(progress, 'hs-basic');
    toTheEnd(progress, 'hs-basic');
    expect(progress.has('hs-basic')).toBe(true);
    expect(readFileSync(join(folder, 'done'), 'utf8')).toBe('hs-basic\n');
    expect(new Progress(folder).has('hs-basic')).toBe(true);
    expect(new Progress(folder).has('close-4')).toBe(false);
  });

  it('marks nothing for a look at the beginning', () => {
    const progress = new Progress(folder);
    progress.follow(perform(opened('ack-lost'), { do: 'forward' }));
    expect(progress.has('ack-lost')).toBe(false);
  });

  it('goes on without a place to write', () => {
    writeFileSync(join(folder, 'taken'), '');
    const progress = new Progress(join(folder, 'taken'));
    toTheEnd(progress, 'hs-basic');
    expect(progress.has('hs-basic')).toBe(true);
  });
});
