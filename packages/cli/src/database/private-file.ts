/** Files that no other user may read. */
import { randomBytes } from 'node:crypto';
import { lstatSync, renameSync, writeFileSync } from 'node:fs';

/**
 * Whether it is a file of this user that no other user can read. A repository that brings such a file can't make it one:
 * git keeps no such permissions.
 */
export function isPrivate(file: string): boolean {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) return false;
  // Windows has neither these bits nor user ids; there the folder's own permissions hold.
  if (process.getuid === undefined) return true;
  return found.uid === process.getuid() && (found.mode & 0o077) === 0;
}

/** In place of what was there, at once. */
export function writePrivate(file: string, text: string): void {
  const part = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(part, text, { flag: 'wx', mode: 0o600 });
  renameSync(part, file);
}

export const randomText = (): string => randomBytes(32).toString('base64url');
