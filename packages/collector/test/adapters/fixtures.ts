/** How a client reaches a collector on each platform. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Store } from '@liveinsight/collector';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { lean } from '@liveinsight/collector/lean';
import { startDynalite } from '@liveinsight/collector/local';
import type { MountedCollector, StoreFixture } from '@liveinsight/testing/contracts';

export async function startStore(): Promise<StoreFixture<Store>> {
  const { endpoint, close } = await startDynalite();
  await createTables({ driver: lean({ endpoint }) });
  return { open: () => dynamoStore({ driver: lean({ endpoint }) }), close };
}

/** Over a real socket, to what Node's server is given. */
export async function listen(
  listener: RequestListener,
  prefix = '',
): Promise<MountedCollector & { url: string }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    fetch: (path, init) => fetch(`${url}${prefix}${path}`, init),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
