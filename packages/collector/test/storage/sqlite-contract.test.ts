import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteStore } from '@liveinsight/collector/sqlite';
import { describeStore } from '@liveinsight/testing/contracts';

describeStore('the SQLite store', async () => {
  const path = mkdtempSync(join(tmpdir(), 'liveinsight-'));
  return { open: () => sqliteStore({ path }), close: async () => rmSync(path, { recursive: true }) };
});
