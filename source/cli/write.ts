// Files that are written for the user: whole or not at all, and nothing is overwritten unless they say so.

import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import type { Trouble } from '../session/notice.ts';
import { shown } from '../session/read.ts';
import { en } from '../view/words/en.ts';
import { UsageError } from './usage.ts';

/** Something could not be written; the message is one line. */
export class Unwritable extends Error {
  constructor(file: string, error: unknown) {
    super(`${shown(file).slice(1, -1)}: ${whyNot(error)}`);
    this.name = 'Unwritable';
  }
}

/** Throws UsageError where the file exists and may not be overwritten. */
export function refuseExisting(file: string, force: boolean): void {
  if (!force && existsSync(file)) throw existing(file);
}

function existing(file: string): UsageError {
  return new UsageError(`${shown(file).slice(1, -1)} exists: --force overwrites it`);
}

/** Makes a folder where there is none. Throws Unwritable. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new Unwritable(folder, error);
  }
}

/** Writes the file. Throws UsageError where it exists and `force` is not given, Unwritable where it cannot be written. */
export function writeFile(file: string, content: string | Uint8Array, force: boolean): void {
  const octets = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  try {
    const target = force && existsSync(file) ? realpathSync(file) : null;
    if (target === null) writeNew(file, octets);
    else if (statSync(target).isFile()) {
      // What was there stays until all of the new is written.
      const part = `${target}.part-${process.pid}`;
      writeNew(part, octets);
      renameSync(part, target);
    } else writeInto(target, octets);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw existing(file);
    throw new Unwritable(file, error);
  }
}

// Half a file is no file.
function writeNew(file: string, octets: Uint8Array): void {
  const fd = openSync(file, 'wx');
  try {
    writeAll(fd, octets);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    closeSync(fd);
  }
}

// A device or a pipe takes what is written into it; a folder refuses.
function writeInto(file: string, octets: Uint8Array): void {
  const fd = openSync(file, 'w');
  try {
    writeAll(fd, octets);
  } finally {
    closeSync(fd);
  }
}

function writeAll(fd: number, octets: Uint8Array): void {
  for (let from = 0; from < octets.length; ) from += writeSync(fd, octets, from);
}

/** The trouble that an error of the file system is. */
export function troubleOf(error: unknown): Trouble {
  switch (codeOf(error)) {
    case 'EEXIST':
      return 'exists';
    case 'ENOENT':
    case 'ENOTDIR':
      return 'no-folder';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'not-allowed';
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return 'disk-full';
  }
  return 'failed';
}

/** Why a file cannot be written, in words. */
export function whyNot(error: unknown): string {
  const code = codeOf(error);
  if (code === 'EISDIR' || code === 'EBUSY') return 'it is a folder';
  const trouble = troubleOf(error);
  return trouble === 'failed' ? `${en.trouble.failed} (${code ?? String(error)})` : en.trouble[trouble];
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
