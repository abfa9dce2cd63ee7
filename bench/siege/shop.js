/** The README's Express app, whose collector rolls up as often as the bench wants it to; its address goes to the parent. */
import { createServer } from 'node:http';
import { createCollector } from '@liveinsight/collector';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { toExpress } from '@liveinsight/collector/express';
import { script } from '@liveinsight/tracker/script';
import express from 'express';

await createTables();
const collector = createCollector({
  store: dynamoStore(),
  secret: process.env.LIVEINSIGHT_SECRET ?? '',
  sites: [{ id: 'shop' }],
  defaultSite: 'shop',
  readKeys: [process.env.LIVEINSIGHT_READ_KEYS ?? ''],
  assets: { tracker: script },
  rollUpEverySeconds: Number(process.env.ROLL_UP_EVERY_SECONDS ?? 60),
});
const app = express();
app.use(toExpress(collector));
app.get('/', (_request, response) => {
  response.send('<h1>Shop</h1><script async src="/liveinsight.js" data-site="shop"></script>');
});
const server = createServer({ maxHeaderSize: 128 * 1024 }, app);
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  process.send?.({ port: server.address().port });
});
setInterval(() => process.send?.({ rss: process.memoryUsage().rss }), 200).unref();
