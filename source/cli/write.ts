// Files that are written for the user: whole or not at all, and nothing is overwritten unless they say so.

import {
  closeSync,
  constants,
  fchmodSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import type { Trouble } from '../session/notice.ts';
import { en } from '../view/words/en.ts';
import { plain, UsageError } from './usage.ts';

/** Something could not be written; the message is one line. */
export class Unwritable extends Error {
  readonly why: Trouble;

  constructor(file: string, error: unknown) {
    super(`${plain(file)}: ${whyNot(error)}`);
    this.why = troubleOf(error);
    this.name = 'Unwritable';
  }
}

/** What has this name: a file (or a link to one that is missing), a folder, a device or pipe, nothing that can be seen. */
type Standing = 'file' | 'folder' | 'device' | 'nothing';

function standingAt(file: string): Standing {
  try {
    const status = statSync(file, { throwIfNoEntry: false }) ?? lstatSync(file, { throwIfNoEntry: false });
    if (status === undefined) return 'nothing';
    if (status.isDirectory()) return 'folder';
    return status.isFile() || status.isSymbolicLink() ? 'file' : 'device';
  } catch {
    // Whoever writes it is told why it cannot be.
    return 'nothing';
  }
}

/** Whether a name stands for a folder: by its end, or because there is one. */
export function isFolder(name: string): boolean {
  return name.endsWith('/') || standingAt(name) === 'folder';
}

/**
 * Throws UsageError where the file exists and may not be overwritten, or is a folder. A device or a pipe holds nothing
 * that could be lost.
 */
export function refuseExisting(file: string, force: boolean): void {
  const standing = standingAt(file);
  if (standing === 'folder') throw new UsageError(`${plain(file)}: it is a folder`);
  if (standing === 'file' && !force) throw existing(file);
}

function existing(file: string): UsageError {
  return new UsageError(`${plain(file)} exists: --force overwrites it`);
}

/** Makes a folder where there is none. Throws UsageError for what is no folder, Unwritable. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw new UsageError(`${plain(folder)}: expected a folder, it is a file`);
    throw new Unwritable(folder, error);
  }
}

/** Writes the file. Throws UsageError where it exists and `force` is not given, Unwritable where it cannot be written. */
export function writeFile(file: string, content: string | Uint8Array, force: boolean): void {
  refuseExisting(file, force);
  const octets = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  try {
    const standing = standingAt(file);
    if (standing === 'nothing') writeNew(file, octets, null);
    else if (standing === 'file' && statSync(file, { throwIfNoEntry: false }) !== undefined) replace(file, octets);
    else writeInto(file, octets);
  } catch (error) {
    // Somebody else made it meanwhile.
    if (codeOf(error) === 'EEXIST' && !force) throw existing(file);
    throw new Unwritable(file, error);
  }
}

/**
 * Opens a file that is written bit by bit, and gives its descriptor. What exists is overwritten only with `force`. Never
 * waits: a pipe that nobody reads fails (ENXIO). Throws what the file system throws.
 */
export function openGrowing(file: string, force: boolean): number {
  const { O_WRONLY, O_CREAT, O_EXCL, O_TRUNC, O_NONBLOCK } = constants;
  const how = force || standingAt(file) === 'device' ? O_TRUNC : O_EXCL;
  return openSync(file, O_WRONLY | O_CREAT | O_NONBLOCK | how);
}

// What was there stays until all of the new is written; links, and who may read it, stay as they were.
function replace(file: string, octets: Uint8Array): void {
  const target = realpathSync(file);
  const part = `${target}.part-${process.pid}`;
  writeNew(part, octets, statSync(target).mode & 0o777);
  renameSync(part, target);
}

// Half a file is no file.
function writeNew(file: string, octets: Uint8Array, mode: number | null): void {
  const fd = openSync(file, 'wx');
  try {
    if (mode !== null) fchmodSync(fd, mode);
    writeAll(fd, octets);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    closeSync(fd);
  }
}

// A device or a pipe takes what is written into it, a link to a missing file makes that file.
function writeInto(file: string, octets: Uint8Array): void {
  const fd = openSync(file, 'w');
  try {
    writeAll(fd, octets);
  } finally {
    closeSync(fd);
  }
}

/** Writes all octets into an open file. Throws what the file system throws. */
export function writeAll(fd: number, octets: Uint8Array): void {
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
