/** All of LiveInsight in one process: database, collector, dashboard, demo shop. */
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import {
  type Collector,
  type CommonOptions,
  createCollector,
  type ExcludedReport,
  type Store,
} from '@liveinsight/collector';
import { toNodeListener } from '@liveinsight/collector/node';
import { createThreadedCollector } from '@liveinsight/collector/threads';
import { files as dashboard } from '@liveinsight/dashboard/files';
import { scripts as tracker } from '@liveinsight/tracker/script';
import { dataFolder } from '../database/data-folder.js';
import { openDynamo } from '../database/dynamo.js';
import { openEmbedded } from '../database/embedded.js';
import { serveStore } from '../database/store-server.js';
import { DEFAULT_DATA, DEFAULT_PORT, DEFAULT_SITE } from '../options.js';
import { recentUtcDays } from '../time.js';
import { drain, listen } from './listen.js';
import { reportRejections } from './report-rejections.js';
import { staticFiles } from './static-files.js';

/** Node's default is 16 KB. The collector rejects longer queries with an error that names the parameter. */
const MAX_HEADER_BYTES = 128 * 1024;

export interface DevOptions {
  /** TCP port; 0 takes a free one. Default 4000. */
  port?: number;
  /** Address to listen on. Default `127.0.0.1`: this machine alone. */
  host?: string;
  /** Folder of the data and the secret, made where missing. Default `.liveinsight`. */
  data?: string;
  /** Stores events in DynamoDB at this endpoint, where it creates its tables; `true`: in the AWS account of the environment. Default: in the folder. */
  dynamodb?: string | true;
  /** Whether bots stay out of the numbers, as they do when deployed. Default false: in development the visitor often is an automated browser. */
  excludeBots?: boolean;
  /** Called at the first events of a site since the start, and with the address of its numbers. Default: nothing. */
  onSite?: (site: string, dashboardUrl: string) => void;
  /** Called with why events were rejected, for each reason once. Default: nothing. */
  onRejected?: (reason: string) => void;
  /** Called when a rule of a site leaves events out: how many, and why. Default: nothing. */
  onExcluded?: (excluded: ExcludedReport) => void;
}

export interface DevServer {
  /** As `http://localhost:4000`. */
  url: string;
  /** Reads and changes everything here: send `Authorization: Bearer <key>`. Made at the first start and stored in the data's folder. */
  key: string;
  /** Opens the dashboard with the key. A fragment is sent to no server. */
  dashboardUrl: string;
  /** The data's folder, in full. */
  data: string;
  /** Answers what is under way, stores it, and lets go of port and data. */
  close(): Promise<void>;
}

/** Starts it. Rejects with a `CliError` where the port is taken or the data are another process's. */
export async function startDev(options: DevOptions = {}): Promise<DevServer> {
  const { port = DEFAULT_PORT, host = '127.0.0.1', data = DEFAULT_DATA } = options;
  const folder = dataFolder(data);
  const { dynamodb } = options;
  const embedded = dynamodb === undefined ? openEmbedded(folder) : undefined;
  const store = embedded ?? (await openDynamo(folder, dynamodb ?? true));
  let opened: Collector | undefined;
  try {
    const key = folder.key();
    const collectorOptions: CommonOptions = {
      secret: folder.secret(),
      sites: (await knownSites(store)).map((id) => ({ id })),
      anySite: true,
      defaultSite: DEFAULT_SITE,
      assets: { tracker, dashboard },
      adminKeys: [key],
      countBots: !(options.excludeBots ?? false),
      ...(options.onExcluded ? { onExcluded: options.onExcluded } : {}),
    };
    const collector = embedded
      ? createThreadedCollector({ ...collectorOptions, store: embedded })
      : createCollector({ ...collectorOptions, store });
    opened = collector;
    const shop = staticFiles(
      fileURLToPath(new URL('dist/shop', import.meta.resolve('liveinsight/package.json'))),
    );
    const { onSite = () => {}, onRejected = () => {} } = options;
    const answer = toNodeListener(reportRejections(collector, onRejected));
    const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) =>
      collector.matches(request.url ?? '/') ? answer(request, response) : shop(request, response),
    );
    const url = `http://${address(host)}:${await listen(server, port, host)}`;
    // Other commands reach DynamoDB by themselves.
    const shared = embedded && (await serveStore(embedded));
    if (shared) folder.lock({ pid: process.pid, endpoint: shared.endpoint, key: shared.key, url });
    const dashboardUrl = (query = '') => `${url}/dashboard${query}#key=${encodeURIComponent(key)}`;
    const told = new Set<string>();
    collector.onBatch(({ site }) => {
      if (told.has(site)) return;
      told.add(site);
      onSite(site, dashboardUrl(`?site=${site}`));
    });
    return {
      url,
      key,
      dashboardUrl: dashboardUrl(),
      data: folder.path,
      async close() {
        if (shared) folder.unlock();
        await shared?.close();
        await drain(server, () => collector.close());
      },
    };
  } catch (error) {
    await (opened ?? store).close();
    throw error;
  }
}

/** The retention of events. */
const RETENTION_DAYS = 30;

/** The default site, and sites with events within the retention: the dashboard lists them again after a restart. */
async function knownSites(store: Store): Promise<string[]> {
  const days = recentUtcDays(RETENTION_DAYS + 1);
  const active = await Promise.all(days.map((day) => store.activeSites(day)));
  return [...new Set([DEFAULT_SITE, ...active.flat()])];
}

/** What a browser on this machine would type. */
function address(host: string): string {
  if (['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
