/** The store of one machine: a file of SQLite, which this process alone writes. */
import * as v from 'valibot';
import { assertValid, callable, filledText, strictObject } from '../../validation/closed.js';
import { type Store, StoreUnavailableError } from '../event-store.js';
import { createAppend } from './append.js';
import { createArrivals } from './arrivals.js';
import { createContexts } from './contexts.js';
import { openDatabase } from './database.js';
import { createDeletes } from './deletes.js';
import { createGroupCommit, retry } from './group-commit.js';
import { startHousekeeping } from './housekeeping.js';
import { createPresence } from './presence.js';
import { createRollups } from './rollups.js';
import { createSalts } from './salts.js';
import { createSegments } from './segments.js';
import { createSessions } from './sessions.js';
import { createSettings } from './settings.js';
import { createSweep } from './sweep.js';
import { inTurns } from './turns.js';

export interface SqliteStoreOptions {
  /** Folder of the data, created where missing. One process can have it open at a time. Default: memory alone. */
  path?: string;
  /**
   * Called when something fails that no request waits for: deleting what has expired, or the check of a large file.
   * Default: writes it to standard error.
   */
  onProblem?: (error: Error) => void;
}

export interface SqliteStore extends Store {
  /** The folder, in full; undefined for one in memory. */
  readonly folder: string | undefined;
}

const OptionsSchema = strictObject(
  { path: v.optional(filledText), onProblem: v.optional(callable) },
  'the options of the store',
);

/**
 * Opens the folder. Stores of one process on the same folder share it.
 * @throws OptionsError that names what is wrong with the options
 * @throws FolderInUseError where another process has the folder open
 * @throws DamagedFileError where its database is damaged, empty or missing
 * @throws NewerSchemaError where a newer version of LiveInsight has written it
 */
export function sqliteStore(options: SqliteStoreOptions = {}): SqliteStore {
  assertValid(OptionsSchema, options, 'sqliteStore');
  const database = openDatabase(options.path);
  let latest = 0;
  /** Never goes back, so that arrivals are numbered in the order in which they are written. */
  const now = (): number => {
    latest = Math.max(latest, Date.now());
    return latest;
  };
  const contexts = createContexts(database);
  const group = createGroupCommit(database, createAppend(database, contexts, createPresence(database)), now);
  const { onProblem = (error: Error) => console.error(error.message) } = options;
  const housekeeping = startHousekeeping(database, createSweep(database, contexts), now, onProblem);
  let closed = false;

  return {
    folder: database.folder,
    now,
    append: async (batch) => (closed ? retry(batch, 'the store is closed') : group.append(batch)),
    ...inTurns({
      arrivals: createArrivals(database, contexts, now),
      ...createSessions(database, contexts, now),
      ...createDeletes(database, contexts),
      ...createRollups(database),
      ...createSegments(database),
      ...createSettings(database),
      ...createSalts(database),
      async ping() {
        const damage = housekeeping.damage();
        if (damage) throw new StoreUnavailableError(damage.message, { cause: damage });
        database.sql('SELECT count(*) FROM sites').get();
      },
    }),
    async close() {
      if (closed) return;
      closed = true;
      group.flush();
      await housekeeping.stop();
      database.close();
    },
  };
}
