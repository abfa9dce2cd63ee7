/** Copies a folder's database while it is in use. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findLogDamage } from './check-log.js';
import { DamagedFileError } from './damaged-file.js';
import { DATABASE_FILE } from './database.js';
import { openConnection } from './driver.js';
import { FolderInUseError, lockFolder } from './folder-lock.js';

/**
 * Writes what is stored at this moment to another folder, as one file without free space, and checks it. Whoever has the folder open
 * goes on storing meanwhile.
 * @param target created where missing; must have no database
 */
export function backUpDatabase(folder: string, target: string): void {
  const from = join(folder, DATABASE_FILE);
  if (!existsSync(from)) throw new Error(`there is no database in ${folder}`);
  const to = join(target, DATABASE_FILE);
  if (existsSync(to)) throw new Error(`there is a database in ${target} already`);
  rejectLogDamage(folder);
  mkdirSync(target, { recursive: true, mode: 0o700 });
  const source = openConnection(from, { readOnly: true });
  try {
    source.prepare('VACUUM INTO ?').run(to);
  } finally {
    source.close();
  }
  checkDatabase(target);
}

/** A backup of an older state would pass for one of what was acknowledged. While a process writes to the log, it is in order. */
function rejectLogDamage(folder: string): void {
  const file = join(folder, DATABASE_FILE);
  if (findLogDamage(file) === undefined) return;
  let unlock: () => void;
  try {
    ({ unlock } = lockFolder(folder));
  } catch (error) {
    if (error instanceof FolderInUseError) return;
    throw error;
  }
  try {
    const damage = findLogDamage(file);
    if (damage !== undefined) throw new DamagedFileError(folder, damage);
  } finally {
    unlock();
  }
}

/** @throws where SQLite does not find the folder's database in order */
export function checkDatabase(folder: string): void {
  const connection = openConnection(join(folder, DATABASE_FILE), { readOnly: true });
  try {
    const [{ quick_check: result } = { quick_check: 'no result' }] = connection
      .prepare('PRAGMA quick_check(1)')
      .all();
    if (result !== 'ok') throw new Error(`the database in ${folder} is damaged: ${result}`);
  } finally {
    connection.close();
  }
}
