import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createCollector, optionsFromEnvironment } from '@liveinsight/collector';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { toExpress } from '@liveinsight/collector/express';
import { sqliteStore } from '@liveinsight/collector/sqlite';
import { files as dashboard } from '@liveinsight/dashboard/files';
import { script as tracker } from '@liveinsight/tracker/script';
import express from 'express';

const { env } = process;
// Without AWS variables, all data is stored in this folder.
const isLocal = !env.AWS_REGION && !env.AWS_ENDPOINT_URL_DYNAMODB && !env.AWS_ENDPOINT_URL;
const store = isLocal ? sqliteStore({ path: '.liveinsight/database' }) : dynamoStore();
const key = randomUUID();
const defaults = {
  ...(!env.LIVEINSIGHT_SITES && { LIVEINSIGHT_DEFAULT_SITE: 'shop' }),
  ...(isLocal && { LIVEINSIGHT_SECRET: 'for development only', LIVEINSIGHT_READ_KEYS: key }),
};

if (!isLocal) await createTables();
const collector = createCollector({
  ...optionsFromEnvironment({ ...defaults, ...env }),
  store,
  assets: { tracker, dashboard },
});

const app = express();
app.use(toExpress(collector));
app.get('/', (_request, response) => {
  response.send('<h1>Shop</h1><script async src="/liveinsight.js" data-site="shop"></script>');
});

// Raise Node's 16 KB header limit so that long query strings are not rejected with 431.
const server = createServer({ maxHeaderSize: 128 * 1024 }, app);
server.listen(env.PORT ?? 3000, () => {
  const address = server.address();
  const url = `http://localhost:${typeof address === 'object' ? address?.port : address}`;
  const withKey = isLocal && !env.LIVEINSIGHT_READ_KEYS ? `#key=${key}` : '';
  console.log(`Shop       ${url}/\nDashboard  ${url}/dashboard${withKey}`);
});
process.once('SIGTERM', async () => {
  server.close();
  await collector.close();
  server.closeAllConnections();
});
