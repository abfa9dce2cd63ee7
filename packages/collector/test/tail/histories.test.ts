/** Random histories: each response equals a plain aggregation at its `as_of`, none counts an item twice, at rest all is equal. */
import type { Store } from '@liveinsight/collector';
import { describe, it } from 'vitest';
import { startSqlite } from '../sqlite.js';
import { startDynamoStack } from '../stack.js';
import { backUpFile } from './file-backup.js';
import { History } from './history.js';
import { runHistory } from './run-history.js';
import { type BackedUpSite, backUpTables, type TableBackup } from './table-backup.js';

const SEED = Number(process.env.TAIL_SEED ?? 1);
const HISTORIES = Number(process.env.TAIL_HISTORIES ?? 4);

async function run(store: Store, backUp: (site: BackedUpSite) => Promise<TableBackup>): Promise<void> {
  for (let seed = SEED; seed < SEED + HISTORIES; seed += 1) {
    try {
      await runHistory(new History(store, backUp, seed));
    } catch (error) {
      if (error instanceof Error) error.message = `history ${seed}: ${error.message}`;
      throw error;
    }
  }
}

describe('are answered as a plain aggregation at their as_of answers', () => {
  it('on dynalite', async () => {
    const { store, endpoint, close } = await startDynamoStack({ rollUpEverySeconds: 0 });
    await run(store, (site) => backUpTables(endpoint, site)).finally(close);
  }, 120_000);

  it('on SQLite', async () => {
    const { store, path, close } = startSqlite();
    await run(store, (site) => backUpFile(path, site)).finally(close);
  }, 120_000);
});
