/** The database of a folder is not whole: what is said of it, and how it is found when the folder is opened. */
import type { Connection } from './driver.js';

export class DamagedFileError extends Error {
  override name = 'DamagedFileError';
  constructor(folder: string, what: string, options?: ErrorOptions) {
    super(`the data in ${folder} are damaged (${what}): restore a backup`, options);
  }
}

const DAMAGE = /malformed|not a database|disk image|file is encrypted/i;

/** The error to throw: what SQLite says of a damaged file is no remedy. */
export const toOpenError = (folder: string, error: unknown): unknown =>
  error instanceof Error && DAMAGE.test(error.message)
    ? new DamagedFileError(folder, error.message, { cause: error })
    : error;

/** Throws a `DamagedFileError` where SQLite does not find the file in order. It reads all of it. */
export function checkConnection(connection: Connection, folder: string): void {
  const [first] = connection.prepare('PRAGMA quick_check(1)').all();
  const found = String(first?.quick_check ?? 'no result');
  if (found !== 'ok') throw new DamagedFileError(folder, found);
}
