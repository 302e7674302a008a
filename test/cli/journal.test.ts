// Sessions on the disk while they go on.
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Journal, savedSessions, sessionsFolder } from '../../source/cli/journal.ts';
import { readSaved, restore } from '../../source/scenario/save.ts';
import { readCondition } from '../../source/session/condition.ts';
import type { Intent } from '../../source/session/intent.ts';
import { perform } from '../../source/session/perform.ts';
import type { Session } from '../../source/session/session.ts';
import { intent, opened } from '../support/sessions.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tcpstep-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const noon = (): Date => new Date('2026-01-02T12:00:00Z');
const started = (session: Session): Journal => {
  const journal = new Journal(folder, null, noon);
  journal.follow(session);
  return journal;
};

/** The session after these, with the journal told of each. */
const played = (journal: Journal, session: Session, ...all: readonly (string | Intent)[]): Session =>
  all.reduce<Session>((one, next) => {
    const after = perform(one, typeof next === 'string' ? intent(next) : next);
    journal.follow(after);
    return after;
  }, session);

const onDisk = (journal: Journal): Session => {
  const file = journal.file ?? '';
  return restore(readSaved(readFileSync(file, 'utf8'), file));
};

const told = (session: Session) => ({
  current: session.current,
  branches: session.branches.map(({ name, timeline }) => [name, timeline.decisions]),
});

describe('a decision', () => {
  it('is on the disk when the next key can be pressed', () => {
    const first = opened('hs-basic');
    const journal = started(first);
    const session = played(journal, first, 'forward', 'drop');
    expect(journal.file).toBe(join(folder, '2026-01-02-120000-hs-basic.txt'));
    expect(told(onDisk(journal))).toEqual(told(session));
    expect(onDisk(journal).cursor).toEqual(session.cursor);
  });

  it('is appended: what stands there already is not written again', () => {
    const first = opened('hs-basic');
    const journal = started(first);
    const one = played(journal, first, 'forward', 'drop');
    const before = readFileSync(journal.file ?? '', 'utf8');
    const two = played(journal, one, 'forward', 'drop', 'forward', 'client send 5');
    const after = readFileSync(journal.file ?? '', 'utf8');
    expect(after.startsWith(before)).toBe(true);
    expect(told(onDisk(journal))).toEqual(told(two));
  });

  it('on a branch, undone, done again, or switched off is there as well', () => {
    const first = opened('hs-basic');
    const journal = started(first);
    let session = played(journal, first, 'forward', 'forward', 'forward', 'back', 'back', 'drop');
    for (const next of ['undo', 'redo', 'forward', 'client send 5', { do: 'switch', branch: 'main' }] as const) {
      session = played(journal, session, next);
      expect(told(onDisk(journal))).toEqual(told(session));
    }
  });

  it('after another name of its branch too', () => {
    const first = opened('hs-basic');
    const journal = started(first);
    const session = played(
      journal,
      first,
      'forward',
      'drop',
      { do: 'rename', branch: 'main', name: 'mine' },
      'forward',
      'client send 5',
    );
    expect(told(onDisk(journal))).toEqual(told(session));
    expect(onDisk(journal).current).toBe('mine');
  });

  it('together with breakpoints and the goal', () => {
    const first = opened('hs-basic');
    const journal = started(first);
    const when = readCondition('server enters ESTABLISHED');
    played(
      journal,
      first,
      'forward',
      'drop',
      { do: 'break', when },
      { do: 'goal', when: readCondition('both CLOSED') },
    );
    expect(onDisk(journal)).toMatchObject({ breaks: [{ when, off: false }], goal: { on: 'both', state: 'CLOSED' } });
  });
});

describe('a session', () => {
  it('of which nothing was looked at leaves no file', () => {
    const journal = started(opened('hs-basic'));
    journal.end();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that is left tells where it was', () => {
    const first = opened('hs-basic');
    const journal = started(first);
    const session = played(journal, first, 'forward', 'forward');
    expect(journal.file).toBeNull();
    journal.end();
    expect(onDisk(journal).cursor).toEqual(session.cursor);
  });

  it.each(['\n==== "main" no', '\n==== "main" now 1 0s\n0 server listen\n'])(
    'cut off in the middle of what was appended (%j) is told apart, and what stands before it is whole',
    (half) => {
      const first = opened('hs-basic');
      const journal = started(first);
      played(journal, first, 'forward', 'drop');
      const file = journal.file ?? '';
      const lines = readFileSync(file, 'utf8').split('\n').length;
      expect(readSaved(readFileSync(file, 'utf8'), file).damage).toBeNull();
      appendFileSync(file, half);
      const saved = readSaved(readFileSync(file, 'utf8'), file);
      expect(saved.damage).toBe(`it is cut off after line ${lines - 1 + half.split('\n').length - 1}`);
      expect(told(restore(saved))).toEqual(told(played(started(first), first, 'forward', 'drop')));
    },
  );

  it('of another scenario gets a file of its own', () => {
    const first = opened('hs-basic');
    const journal = started(first);
    played(journal, first, 'forward', 'drop');
    const other = opened('syn-lost');
    journal.follow(other);
    played(journal, other, 'forward', 'drop');
    expect(readdirSync(folder).sort()).toEqual(['2026-01-02-120000-hs-basic.txt', '2026-01-02-120000-syn-lost.txt']);
  });
});

describe('the folder', () => {
  it('is found below the state of the person, the latest session first', () => {
    const env = { XDG_STATE_HOME: folder };
    expect(savedSessions(env)).toEqual([]);
    const first = opened('hs-basic');
    for (const time of ['2026-01-02T12:00:00Z', '2026-01-02T12:00:01Z']) {
      const journal = new Journal(sessionsFolder(env), null, () => new Date(time));
      journal.follow(first);
      played(journal, first, 'forward', 'drop');
    }
    expect(savedSessions(env)).toHaveLength(2);
  });

  it('keeps the latest fifty', () => {
    for (let number = 0; number < 60; number++) writeFileSync(join(folder, `old-${number}.txt`), '');
    const first = opened('hs-basic');
    played(started(first), first, 'forward', 'drop');
    expect(readdirSync(folder)).toHaveLength(50);
  });

  it('that cannot be made is told once, and nothing else is disturbed', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const journal = new Journal(join(file, 'below'), null, noon);
    const first = opened('hs-basic');
    journal.follow(first);
    played(journal, first, 'forward', 'drop', 'forward', 'drop');
    journal.end();
    expect(journal.trouble).toContain('ENOTDIR');
    expect(journal.file).toBeNull();
    expect(existsSync(join(file, 'below'))).toBe(false);
  });
});
