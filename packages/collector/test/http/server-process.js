// A collector as a service runs it: it drains on SIGTERM.
import { createServer } from 'node:http';
import { createCollector } from '@liveinsight/collector';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { toNodeListener } from '@liveinsight/collector/node';

const collector = createCollector({
  store: dynamoStore({ endpoint: process.argv[2] }),
  secret: 'a secret of at least sixteen',
  sites: [{ id: 'shop' }],
  defaultSite: 'shop',
  sessionEventsPerMinute: 1_000_000,
});
const server = createServer(toNodeListener(collector)).listen(0, '127.0.0.1', () => {
  process.send(server.address().port);
});
process.once('SIGTERM', async () => {
  server.close();
  await collector.close();
  process.disconnect();
});
