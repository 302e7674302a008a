// Which lessons somebody has gone through here: one id a line, beside the saved sessions.

import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { goneThrough } from '../session/seek.ts';
import type { Session } from '../session/session.ts';
import { folderOf } from './config.ts';

/** The ids of the lessons that are done. What cannot be read or written is as if nothing had been done. */
export class Progress {
  private ids: Set<string> | null = null;
  private last: Session | null = null;
  private readonly folder: string;

  constructor(folder: string = folderOf('state')) {
    this.folder = folder;
  }

  /** Whether it has been gone through. */
  has(id: string): boolean {
    this.ids ??= this.read();
    return this.ids.has(id);
  }

  /** Takes the session as it is now. */
  follow(session: Session): void {
    const before = this.last;
    this.last = session;
    if (before !== null && before.cursor === session.cursor && before.subject === session.subject) return;
    const { id } = session.subject;
    if (!/^[a-z0-9-]{1,60}$/.test(id) || !goneThrough(session) || this.has(id)) return;
    this.ids?.add(id);
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      appendFileSync(this.file(), `${id}\n`, { mode: 0o600 });
    } catch {
      // A list without marks is no worse than a first start.
    }
  }

  private read(): Set<string> {
    try {
      return new Set(readFileSync(this.file(), 'utf8').split('\n'));
    } catch {
      return new Set();
    }
  }

  private file(): string {
    return join(this.folder, 'done');
  }
}

/** That of this process. */
export const progress = new Progress();
