// A collector as a process of its own on a database that others share: `fork(…, [endpoint])` is told its port.
import { createServer } from 'node:http';
import { createCollector } from '@liveinsight/collector';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { toNodeListener } from '@liveinsight/collector/node';
import { script } from '@liveinsight/tracker/script';
import { READ_KEY } from './read-key.js';

const PAGE = `<!doctype html><title>Shop</title>
<script>liveinsight=function(){(liveinsight.q=liveinsight.q||[]).push(arguments)}</script>
<script async src="/liveinsight.js" data-site="shop"></script>
<button id="buy">Buy</button>`;

const collector = createCollector({
  store: dynamoStore({ endpoint: process.argv[2] ?? '' }),
  secret: 'a secret of at least sixteen',
  sites: [{ id: 'shop' }],
  readKeys: [READ_KEY],
  assets: { tracker: script },
});
const listener = toNodeListener(collector);
const server = createServer((request, response) => {
  if (collector.owns(request.url ?? '/')) return listener(request, response);
  response.setHeader('content-type', 'text/html').end(PAGE);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : undefined);
});
// Whoever started it is gone.
process.once('disconnect', () => process.exit());
