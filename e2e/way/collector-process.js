// A collector as a process of its own on a database that others share: `fork(…, [endpoint, readKey])` sends its port.
import { createServer } from 'node:http';
import { createCollector } from '@liveinsight/collector';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { toNodeListener } from '@liveinsight/collector/node';
import { script } from '@liveinsight/tracker/script';

const PAGE = `<!doctype html><title>Shop</title>
<script>liveinsight=function(){(liveinsight.q=liveinsight.q||[]).push(arguments)}</script>
<script async src="/liveinsight.js" data-site="shop"></script>
<button id="buy">Buy</button>`;

const [endpoint = '', readKey = ''] = process.argv.slice(2);
const collector = createCollector({
  store: dynamoStore({ endpoint }),
  secret: 'a secret of at least sixteen',
  sites: [{ id: 'shop' }],
  readKeys: [readKey],
  assets: { tracker: script },
});
const listener = toNodeListener(collector);
const server = createServer((request, response) => {
  if (collector.matches(request.url ?? '/')) return listener(request, response);
  response.setHeader('content-type', 'text/html').end(PAGE);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : undefined);
});
// The parent process is gone.
process.once('disconnect', () => process.exit());
