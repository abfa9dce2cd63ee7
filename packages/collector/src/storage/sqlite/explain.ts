/** What a failure of SQLite means and what to do about it. */
import { StoreUnavailableError } from '../event-store.js';

const REMEDIES: readonly [RegExp, string][] = [
  [/disk is full/i, 'the disk is full: free some space'],
  [/disk I\/O error/i, 'the disk cannot be read or written: check it, and the space that is left'],
  [/readonly database|unable to open/i, 'the file cannot be written: check its permissions'],
  [/malformed|not a database/i, 'the file is damaged: restore a backup'],
  [/not open/i, 'the store is closed'],
];

/** One line: what went wrong and the remedy, where one is known. */
export function explain(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const remedy = REMEDIES.find(([pattern]) => pattern.test(text))?.[1];
  return remedy === undefined ? text : `${text} (${remedy})`;
}

/** Whether the database failed, not what called it. */
export const isOfSqlite = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && String(error.code).includes('SQLITE')) || /not open/i.test(error.message));

/** The error that callers of the ports know. */
export const unavailable = (error: unknown): StoreUnavailableError =>
  new StoreUnavailableError(explain(error), { cause: error });
