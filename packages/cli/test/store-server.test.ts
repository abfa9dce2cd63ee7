/** The store of another process does what a store must do. */
import { sqliteStore } from '@liveinsight/collector/sqlite';
import { describeStore } from '@liveinsight/testing/contracts';
import { remoteStore } from '../src/database/remote-store.js';
import { serveStore } from '../src/database/store-server.js';

describeStore('a store through the process that has it open', async () => {
  const store = sqliteStore();
  const server = await serveStore(store);
  return {
    open: () => remoteStore(server),
    async close() {
      await server.close();
      await store.close();
    },
  };
});
