// Sessions on the disk while they go on: written when something is decided, so that a connection that drops loses
// nothing, and found again by --resume.

import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { printChange, printSession } from '../scenario/save.ts';
import { touched } from '../session/branch.ts';
import { eventNumbers, type Session } from '../session/session.ts';
import { folderOf } from './config.ts';
import { writeAll } from './write.ts';

const ending = '.txt';

/** Sessions that are kept; the oldest go. */
const kept = 50;

/** The folder of the saved sessions. */
export function sessionsFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(folderOf('state', env), 'sessions');
}

/** The files of the saved sessions, the latest first. */
export function savedSessions(env: NodeJS.ProcessEnv = process.env): readonly string[] {
  const folder = sessionsFolder(env);
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .map((name) => ({ file: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
      .sort((a, b) => b.at - a.at)
      .map(({ file }) => file);
  } catch {
    return [];
  }
}

/** Follows a session and keeps it on the disk. What cannot be written is told once, and disturbs nobody further. */
export class Journal {
  /** The file; null while there is nothing worth keeping. */
  file: string | null = null;
  /** Why it cannot be written; null where it can. */
  trouble: string | null = null;
  private last: Session | null = null;
  private readonly folder: string;
  private readonly now: () => Date;

  /** `file`: that of the session that is gone on with; null: a new one as soon as there is something to keep. */
  constructor(folder: string, file: string | null = null, now: () => Date = () => new Date()) {
    this.folder = folder;
    this.file = file;
    this.now = now;
  }

  /** Takes the session as it is now: whatever has been decided since the last time is on the disk when this returns. */
  follow(session: Session): void {
    const before = this.last;
    this.last = session;
    if (before === null) return;
    if (before.subject !== session.subject) {
      // Another scenario: what was done with the one before stays as it was left.
      this.finish(before);
      this.file = null;
      return;
    }
    const change = printChange(before, session);
    if (change === null) return;
    if (this.file === null || 'whole' in change) this.write(session);
    else this.append(change.append);
  }

  /** The session is left: the file also tells where. */
  end(): void {
    if (this.last !== null) this.finish(this.last);
  }

  private finish(session: Session): void {
    const begun = session.branches.some(touched) || eventNumbers(session).at > 0;
    if (this.file !== null || begun) this.write(session);
  }

  private append(text: string): void {
    this.attempt((file) => put(file, 'a', text));
  }

  private write(session: Session): void {
    this.attempt((file) => {
      // Whoever reads it meanwhile, or after a crash, finds the old one or the new one.
      put(`${file}.new`, 'w', printSession(session));
      renameSync(`${file}.new`, file);
    }, session);
  }

  private attempt(act: (file: string) => void, session: Session | null = this.last): void {
    if (this.trouble !== null || session === null) return;
    try {
      if (this.file === null) {
        mkdirSync(this.folder, { recursive: true, mode: 0o700 });
        this.file = freeFile(this.folder, session.subject.id, this.now());
        this.prune();
      }
      act(this.file);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      this.trouble = `the session cannot be kept in ${this.folder} (${code})`;
      this.file = null;
    }
  }

  private prune(): void {
    const files = readdirSync(this.folder).filter((name) => name.endsWith(ending));
    const old = files
      .map((name) => ({ name, at: statSync(join(this.folder, name)).mtimeMs }))
      .sort((a, b) => b.at - a.at)
      .slice(kept - 1);
    for (const { name } of old) rmSync(join(this.folder, name), { force: true });
  }
}

function put(file: string, how: 'a' | 'w', text: string): void {
  const fd = openSync(file, how, 0o600);
  try {
    writeAll(fd, Buffer.from(text));
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

// `2026-11-21-093012-hs-basic.txt`; of several in one second the later ones with a number.
function freeFile(folder: string, id: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
  const name = `${stamp}-${id.replace(/[^A-Za-z0-9-]/g, '_').slice(0, 40)}`;
  const taken = new Set(readdirSync(folder));
  let free = name;
  for (let number = 2; taken.has(`${free}${ending}`); number++) free = `${name}-${number}`;
  return join(folder, `${free}${ending}`);
}
