/** The one connection of a folder that writes, shared by all stores of this process that are opened on it. */
import { chmodSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findLogDamage } from './check-log.js';
import { checkConnection, DamagedFileError, toOpenError } from './damaged-file.js';
import { type Connection, openConnection, type Statement } from './driver.js';
import { lockFolder, markHasData } from './folder-lock.js';
import { checkVersion, isNew, migrate } from './schema.js';

export const DATABASE_FILE = 'liveinsight.db';

/** Pages of 4 KB: as long as the write-ahead log grows before it is moved into the file. */
const CHECKPOINT_PAGES = 1_000;
/** Of the log's file, which a large transaction may have grown. */
const MAX_LOG_FILE_BYTES = 8 * 1_024 * 1_024;
/** A file up to this is looked at when it is opened, in some 10 ms; a larger one by a process of its own. */
const MAX_CHECKED_BYTES = 4 * 1_024 * 1_024;
const CACHE_KB = 16_000;
/** How long to wait for whoever reads the file, as a backup does: until then, the process does nothing else. */
const BUSY_MS = 250;

export interface Database {
  /** Where its file is; undefined in memory. */
  folder: string | undefined;
  /** Whether the file is so large that nobody has looked yet whether it is whole. */
  isUnchecked: boolean;
  /** Prepared once for each text. */
  sql(text: string): Statement;
  exec(sql: string): void;
  /** All of it or nothing. `work` must not wait. */
  transaction<Result>(work: () => Result): Result;
  /** Called when a transaction was undone: what was remembered of it is not there. */
  onRollback(forget: () => void): void;
  /**
   * Without a flush of its own: for what can be made again of the log. It is in the files in the order in which it was written, so that
   * a power failure takes the newest of it at most, and nothing that was stored before.
   */
  withoutFlush<Result>(work: () => Result): Result;
  /** Data that were deleted shall not stand in the files either. */
  eraseDeleted<Result>(work: () => Result): Result;
  close(): void;
}

interface Shared {
  database: Database;
  users: number;
}

const open = new Map<string, Shared>();

/** @param folder created where missing; memory alone without one @throws FolderInUseError, NewerSchemaError, DamagedFileError */
export function openDatabase(folder?: string): Database {
  if (folder === undefined) return connect(openConnection(':memory:'), undefined, () => {});
  // Nobody else on this machine may read what visitors did.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = realpathSync(folder);
  const known = open.get(path);
  const shared = known ?? { database: openFolder(path), users: 0 };
  open.set(path, shared);
  shared.users += 1;
  let closed = false;
  return {
    ...shared.database,
    close() {
      if (closed) return;
      closed = true;
      shared.users -= 1;
      if (shared.users > 0) return;
      open.delete(path);
      shared.database.close();
    },
  };
}

function openFolder(folder: string): Database {
  const { unlock, hadData } = lockFolder(folder);
  let connection: Connection | undefined;
  try {
    const file = join(folder, DATABASE_FILE);
    if (hadData && getBytes(file) === 0)
      throw new DamagedFileError(folder, 'its database is missing or empty');
    // Before SQLite opens the file: it drops what it cannot read of the log, and the index with it.
    const damage = findLogDamage(file);
    if (damage !== undefined) throw new DamagedFileError(folder, damage);
    connection = openConnection(file);
    chmodSync(file, 0o600);
    // Its tables were in a log that was not copied with it.
    if (hadData && isNew(connection)) throw new DamagedFileError(folder, 'its tables are missing');
    const database = connect(connection, folder, unlock);
    markHasData(folder);
    if (getBytes(file) + getBytes(`${file}-wal`) > MAX_CHECKED_BYTES)
      return { ...database, isUnchecked: true };
    checkConnection(connection, folder);
    return database;
  } catch (error) {
    connection?.close();
    unlock();
    throw toOpenError(folder, error);
  }
}

const getBytes = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** A connection that reads what the one that writes has stored, in another thread. Its file must be there. */
export function openForReading(file: string): Database {
  const connection = openConnection(file, { readOnly: true });
  connection.exec(
    `PRAGMA busy_timeout = ${BUSY_MS}; PRAGMA mmap_size = 0; PRAGMA cache_size = -${CACHE_KB};`,
  );
  const rejectWrite = (): never => {
    throw new Error('this connection only reads');
  };
  return {
    folder: dirname(file),
    isUnchecked: false,
    sql: prepareOnce(connection),
    exec: rejectWrite,
    transaction: rejectWrite,
    withoutFlush: rejectWrite,
    onRollback: () => {},
    eraseDeleted: rejectWrite,
    close: () => connection.close(),
  };
}

function prepareOnce(connection: Connection): (text: string) => Statement {
  const statements = new Map<string, Statement>();
  return (text) => {
    const known = statements.get(text);
    if (known) return known;
    const statement = connection.prepare(text);
    statements.set(text, statement);
    return statement;
  };
}

function connect(connection: Connection, folder: string | undefined, unlock: () => void): Database {
  checkVersion(connection, folder ?? 'memory');
  // Before the first table: it can't be changed later.
  connection.exec('PRAGMA auto_vacuum = INCREMENTAL');
  connection.exec('PRAGMA journal_mode = WAL');
  connection.exec(`
    PRAGMA busy_timeout = ${BUSY_MS};
    PRAGMA synchronous = FULL;
    PRAGMA mmap_size = 0;
    PRAGMA cache_size = -${CACHE_KB};
    PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};
    PRAGMA journal_size_limit = ${MAX_LOG_FILE_BYTES};`);
  migrate(connection);
  const sql = prepareOnce(connection);
  const forgetters: (() => void)[] = [];

  return {
    folder,
    isUnchecked: false,
    sql,
    exec: (text) => connection.exec(text),
    transaction(work) {
      // As one that writes from its beginning, so that it never fails half way for want of the right to.
      sql('BEGIN IMMEDIATE').run();
      try {
        const result = work();
        sql('COMMIT').run();
        return result;
      } catch (error) {
        for (const forget of forgetters) forget();
        rollBack(connection);
        throw error;
      }
    },
    onRollback: (forget) => void forgetters.push(forget),
    withoutFlush(work) {
      sql('PRAGMA synchronous = NORMAL').run();
      try {
        return work();
      } finally {
        sql('PRAGMA synchronous = FULL').run();
      }
    },
    eraseDeleted(work) {
      connection.exec('PRAGMA secure_delete = ON');
      try {
        return work();
      } finally {
        connection.exec('PRAGMA secure_delete = OFF; PRAGMA wal_checkpoint(TRUNCATE)');
      }
    },
    close() {
      // With statements that are still prepared, closing alone leaves the log for the next to read.
      connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      connection.close();
      unlock();
    },
  };
}

/** A full disk has ended the transaction already. */
function rollBack(connection: Connection): void {
  try {
    connection.exec('ROLLBACK');
  } catch {
    // There is none.
  }
}
