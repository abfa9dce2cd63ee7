/** LiveInsight in production on one machine: collector, dashboard and database in one process, with a thread for questions. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Collector } from '@liveinsight/collector';
import { toNodeListener } from '@liveinsight/collector/node';
import { createThreadedCollector } from '@liveinsight/collector/threads';
import { files as dashboard } from '@liveinsight/dashboard/files';
import { scripts as tracker } from '@liveinsight/tracker/script';
import { dataFolder } from '../database/data-folder.js';
import { openEmbedded } from '../database/embedded.js';
import { serveStore } from '../database/store-server.js';
import { drain, listen } from '../dev/listen.js';
import { errorText, type Log } from './log.js';
import { createMetrics } from './metrics.js';
import { keysOf, readServerOptions } from './server-options.js';
import { createSummed } from './summed.js';

/** Node's default is 16 KB. The collector rejects longer queries with an error that names the parameter. */
const MAX_HEADER_BYTES = 128 * 1024;

export interface ServeOptions {
  port: number;
  host: string;
  data: string;
  trustedProxies: number;
  env: NodeJS.ProcessEnv;
  log: Log;
}

export interface RunningServer {
  /** As `http://127.0.0.1:4000`. */
  url: string;
  /** Answers what is under way, stores it, and releases port and data. */
  close(): Promise<void>;
}

export async function startServer(options: ServeOptions): Promise<RunningServer> {
  const { port, host, data, trustedProxies, env, log } = options;
  const folder = dataFolder(data);
  const store = openEmbedded(folder, (error) => log('error', 'database', { message: error.message }));
  let collector: Collector | undefined;
  try {
    const settings = readServerOptions(folder, env);
    const metrics = createMetrics();
    const storeFailed = createSummed((events, cause) => log('error', 'store_failed', { events, cause }));
    const wrongKey = createSummed((requests) => log('warning', 'wrong_key', { requests }));
    const threaded = createThreadedCollector({
      ...settings,
      store,
      trustedProxies,
      assets: { tracker, dashboard },
      onRollupError(error) {
        metrics.rollupFailed();
        log('error', 'rollup_failed', { message: errorText(error) });
      },
      onStoreError({ events, cause }) {
        metrics.events('retry', events);
        storeFailed(events, cause);
      },
      onWrongKey: () => wrongKey(1),
      onThreadEnd: (cause) => log('error', 'question_thread_ended', { message: cause.message }),
    });
    collector = threaded;
    threaded.onBatch(({ events }) => metrics.events('stored', events.length));
    const isKnown = createKeyCheck(keysOf(settings));
    const files = ['', '-wal'].map((suffix) => join(folder.database, `liveinsight.db${suffix}`));
    const answer = toNodeListener(threaded);
    const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
      response.once('finish', () => metrics.request(response.statusCode));
      if (request.url === '/metrics') sendMetrics(request, response, isKnown, () => metrics.toText(files));
      else answer(request, response);
    });
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${await listen(server, port, host)}`;
    const shared = await serveStore(store);
    folder.lock({ pid: process.pid, endpoint: shared.endpoint, key: shared.key, url });
    return {
      url,
      async close() {
        folder.unlock();
        await shared.close();
        await drain(server, () => threaded.close());
        metrics.close();
      },
    };
  } catch (error) {
    await (collector ?? store).close();
    throw error;
  }
}

function sendMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  isKnown: (authorization: string | undefined) => boolean,
  toText: () => string,
): void {
  if (!isKnown(request.headers.authorization))
    response.writeHead(401, { 'www-authenticate': 'Bearer' }).end('send Authorization: Bearer <key>\n');
  else response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(toText());
}

function createKeyCheck(keys: readonly string[]): (authorization: string | undefined) => boolean {
  const known = keys.map((key) => digest(`Bearer ${key}`));
  return (authorization = '') => {
    const given = digest(authorization);
    return known.filter((key) => timingSafeEqual(key, given)).length > 0;
  };
}

const digest = (text: string) => createHash('sha256').update(text).digest();
