// A server to be measured: `bare` parses JSON and forgets it; `sqlite` and `dynalite` are the collector on that store, in one process.
import { createServer } from 'node:http';
import { createCollector } from '@liveinsight/collector';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { lean } from '@liveinsight/collector/lean';
import { startDynalite } from '@liveinsight/collector/local';
import { toNodeListener } from '@liveinsight/collector/node';
import { sqliteStore } from '@liveinsight/collector/sqlite';
import { createThreadedCollector } from '@liveinsight/collector/threads';
import { READ_KEY } from './load.js';

const [kind = 'bare', path = ''] = process.argv.slice(2);

const isSqlite = kind.startsWith('sqlite');

async function open() {
  if (isSqlite) return { store: sqliteStore({ path }), close: async () => {} };
  const { endpoint, close } = await startDynalite({ path });
  await createTables({ driver: lean({ endpoint }) });
  return { store: dynamoStore({ driver: lean({ endpoint }) }), close };
}

async function start() {
  if (kind === 'bare') {
    const answer = JSON.stringify({ status: 'success' });
    return {
      close: async () => {},
      listener: async (request, response) => {
        let text = '';
        for await (const chunk of request.setEncoding('utf8')) text += chunk;
        JSON.parse(text);
        response.setHeader('content-type', 'application/json');
        response.end(answer);
      },
    };
  }
  const { store, close } = await open();
  const create = kind === 'sqlite' ? createThreadedCollector : createCollector;
  const collector = create({
    store,
    secret: 'a secret of the measurement',
    sites: [{ id: 'shop' }],
    readKeys: [READ_KEY],
    countBots: true,
    sessionEventsPerMinute: 1_000_000,
    rollUpEverySeconds: Number(process.env.ROLL_UP_EVERY_SECONDS ?? 60),
  });
  return {
    listener: toNodeListener(collector),
    close: async () => {
      await collector.close();
      await close();
    },
  };
}

const { listener, close } = await start();
const server = createServer(listener).listen(0, '127.0.0.1', () =>
  process.send({ port: server.address().port }),
);
process.on('message', async (message) => {
  if (message === 'usage') {
    const { user, system } = process.cpuUsage();
    process.send({ cpu: user + system, rss: process.memoryUsage.rss() });
    return;
  }
  server.closeAllConnections();
  server.close();
  await close();
  process.disconnect();
});
