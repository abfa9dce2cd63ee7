// A collector with a timer of a second, as a service runs it.
import { createServer } from 'node:http';
import { createCollector } from '@liveinsight/collector';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { toNodeListener } from '@liveinsight/collector/node';

const collector = createCollector({
  store: dynamoStore({ endpoint: process.argv[2] }),
  secret: 'a secret of at least sixteen',
  sites: [{ id: 'shop' }],
  defaultSite: 'shop',
  allowPrivateWebhooks: true,
  rollUpEverySeconds: 1,
  onRollupError: (error) => console.error(error),
});
createServer(toNodeListener(collector)).listen(0, '127.0.0.1', () => process.send('ready'));
process.once('disconnect', () => process.exit());
