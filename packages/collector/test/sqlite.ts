/** A SQLite store in a folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteStore } from '../src/storage/sqlite/store.js';

export function startSqlite() {
  const path = mkdtempSync(join(tmpdir(), 'liveinsight-'));
  const store = sqliteStore({ path });
  return {
    store,
    path,
    async close() {
      await store.close();
      rmSync(path, { recursive: true, force: true });
    },
  };
}
