import { createServer } from 'node:http';
import { createCollector } from '@liveinsight/collector';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { toExpress } from '@liveinsight/collector/express';
import { script } from '@liveinsight/tracker/script';
import express from 'express';

// In AWS, or in the database that AWS_ENDPOINT_URL_DYNAMODB names.
await createTables();
const collector = createCollector({
  store: dynamoStore(),
  secret: process.env.LIVEINSIGHT_SECRET ?? '',
  sites: [{ id: 'shop' }],
  defaultSite: 'shop',
  assets: { tracker: script },
});

const app = express();
app.use(toExpress(collector));
app.get('/', (_request, response) => {
  response.send('<h1>Shop</h1><script async src="/liveinsight.js" data-site="shop"></script>');
});

// Long questions come whole: Node alone answers more than 16 KB of headers with a bare 431.
const server = createServer({ maxHeaderSize: 128 * 1024 }, app);
server.listen(process.env.PORT ?? 3000, () => console.log('listening', server.address()));
process.once('SIGTERM', async () => {
  server.close();
  await collector.close();
  server.closeAllConnections();
});
