/** The database that needs nothing: a file of SQLite in a folder. */
import { FolderInUseError, type SqliteStore, sqliteStore } from '@liveinsight/collector/sqlite';
import { CliError } from '../cli-error.js';
import type { DataFolder } from './data-folder.js';
import type { StoreAccess } from './lock-file.js';
import { remoteStore } from './remote-store.js';

/** Opens the folder's database. The folder is this process's until the store is closed. */
export function openEmbedded(folder: DataFolder, onProblem?: (error: Error) => void): SqliteStore {
  folder.make();
  try {
    return sqliteStore({ path: folder.database, ...(onProblem ? { onProblem } : {}) });
  } catch (error) {
    throw explainOpening(folder, error);
  }
}

/** Whether the process that says it has the folder's database open still answers for it. */
export async function isServed(holder: StoreAccess): Promise<boolean> {
  return remoteStore(holder)
    .ping()
    .then(
      () => true,
      () => false,
    );
}

function explainOpening(folder: DataFolder, error: unknown): CliError {
  if (error instanceof FolderInUseError) {
    const holder = folder.readLock();
    const pid = error.pid ?? holder?.pid;
    const who = pid === undefined ? '' : ` (process ${pid}${holder?.url ? `, ${holder.url}` : ''})`;
    return new CliError(
      `the data in ${folder.path} is in use by another process${who}`,
      'Stop that process, or choose another folder with --data <folder>.',
      { cause: error },
    );
  }
  return new CliError(
    `cannot open the database in ${folder.database}: ${error instanceof Error ? error.message : error}`,
    'Fix what the message names, or use an empty folder with --data <folder>.',
    { cause: error },
  );
}
