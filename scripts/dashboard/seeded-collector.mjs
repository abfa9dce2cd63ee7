/** A collector of its own with a past: embedded database, dashboard and tracker, visits taken in by import and rolled up. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createCollector } from '@liveinsight/collector';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { startDynalite } from '@liveinsight/collector/local';
import { toNodeListener } from '@liveinsight/collector/node';
import { files as dashboard } from '@liveinsight/dashboard/files';
import { script as tracker } from '@liveinsight/tracker/script';
import { visits } from './visits.mjs';

export const READ_KEY = 'a key to read all with';
export const ADMIN_KEY = 'a key to change with';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * @param {object} [options]
 * @param {number} [options.days] of visits up to now; 0 for none. Default 14.
 * @param {number} [options.quietHours] before now, without visits. Default 0.
 * @param {number} [options.perDay] sessions on an ordinary day. Default 60.
 * @param {import('@liveinsight/collector').Site[]} [options.sites] Default `shop` in UTC; visits are of the first.
 * @param {import('@liveinsight/collector/dynamodb').DynamoStoreOptions['middleware']} [options.middleware] Goes around each request to the database. Default: none.
 */
export async function startSeededCollector({
  days = 14,
  quietHours = 0,
  perDay = 60,
  sites = [{ id: 'shop' }],
  middleware = (next) => next,
} = {}) {
  const database = await startDynalite();
  await createTables({ endpoint: database.endpoint });
  const [site = { id: 'shop' }] = sites;
  const collector = createCollector({
    store: dynamoStore({ endpoint: database.endpoint, middleware }),
    secret: 'a secret of the dashboard suites',
    sites,
    defaultSite: site.id,
    readKeys: [READ_KEY],
    adminKeys: [ADMIN_KEY],
    assets: { tracker, dashboard },
    sessionEventsPerMinute: 100_000,
    rollUpEverySeconds: 0,
  });
  const answer = toNodeListener(collector);
  const server = createServer(answer);
  // A connection that is closed just as it is used again would fail a request by luck.
  server.keepAliveTimeout = 120_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const url = `http://127.0.0.1:${port}`;

  /** @param {string} path @param {RequestInit} [init] */
  async function ask(path, init = {}) {
    const reply = await fetch(`${url}/api${path}`, {
      ...init,
      headers: { Authorization: `Bearer ${ADMIN_KEY}`, ...init.headers },
    });
    const { status, data, message } = /** @type {any} */ (await reply.json());
    if (status !== 'success') throw new Error(`${path}: ${message}`);
    return data;
  }
  /** @param {object[]} lines @param {{ rollUp?: boolean }} [options] */
  async function load(lines, { rollUp = true } = {}) {
    const body = lines.map((line) => JSON.stringify(line)).join('\n');
    const { refused, retry } = await ask(`/import?site=${site.id}`, { method: 'POST', body });
    if (refused.length > 0 || retry) throw new Error(`not imported: ${JSON.stringify(refused[0])}`);
    if (rollUp) await collector.rollUp();
  }
  if (days > 0) {
    const to = Date.now() - quietHours * HOUR_MS;
    await load(visits({ from: to - days * DAY_MS, to, perDay, site: site.id }));
  }

  return {
    url,
    /** Asks the API as an administrator, and gives what it answers. */
    ask,
    /** Takes in lines of another time. */
    load,
    /** Stores a batch as a tracker would, and gives what became of it. @param {object} batch */
    send: (batch) => ask('/events', { method: 'POST', body: JSON.stringify({ site: site.id, ...batch }) }),
    /** Ends every connection, as a restart would. */
    cutLines: () => server.closeAllConnections(),
    /** A round of rolling up and of alerts, as a timer or a schedule would begin it. */
    rollUp: () => collector.rollUp(),
    async close() {
      server.close();
      server.closeAllConnections();
      await collector.close();
      await database.close();
    },
  };
}
