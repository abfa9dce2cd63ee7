/** Keeps a folder to one process: a lock that the system releases when the process ends, however it ends. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Connection, openConnection } from './driver.js';

/** The folder belongs to another process. */
export class FolderInUseError extends Error {
  override name = 'FolderInUseError';
  constructor(
    readonly folder: string,
    /** Its process id, where it is known. */
    readonly pid: number | undefined,
    options?: ErrorOptions,
  ) {
    const process = pid === undefined ? 'another process' : `process ${pid}`;
    super(`the data in ${folder} are in use by ${process}: stop it, or choose another folder`, options);
  }
}

/** Locked by SQLite, so that it works on every platform. It holds nothing, and is never read: closing a file would release its lock. */
const LOCK = 'lock';
const HOLDER = 'process.json';

export interface FolderLock {
  unlock(): void;
  /** Whether the folder has had a database before: one that is not there any more is no new one. */
  hadData: boolean;
}

/** Throws a `FolderInUseError`. */
export function lockFolder(folder: string): FolderLock {
  const lock = openConnection(join(folder, LOCK));
  try {
    lock.exec('PRAGMA busy_timeout = 0');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if (!isLocked(cause)) throw cause;
    throw new FolderInUseError(folder, readHolder(folder).pid, { cause });
  }
  const { hadData } = readHolder(folder);
  writeHolder(folder, hadData);
  return { unlock: () => release(lock), hadData };
}

/** To be called once the database is there. */
export const markHasData = (folder: string): void => writeHolder(folder, true);

const writeHolder = (folder: string, hasData: boolean): void =>
  writeFileSync(join(folder, HOLDER), JSON.stringify({ pid: process.pid, has_data: hasData }), {
    mode: 0o600,
  });

function release(lock: Connection): void {
  lock.exec('ROLLBACK');
  lock.close();
}

const isLocked = (error: unknown): boolean => error instanceof Error && error.message.includes('locked');

function readHolder(folder: string): { pid: number | undefined; hadData: boolean } {
  try {
    const { pid, has_data } = JSON.parse(readFileSync(join(folder, HOLDER), 'utf8'));
    return { pid: typeof pid === 'number' ? pid : undefined, hadData: has_data === true };
  } catch {
    return { pid: undefined, hadData: false };
  }
}
