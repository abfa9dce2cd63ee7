import { randomUUID } from 'node:crypto';
import { type Collector, createCollector } from '@liveinsight/collector';
import { sqliteStore } from '@liveinsight/collector/sqlite';
import { files as dashboard } from '@liveinsight/dashboard/files';
import { script as tracker } from '@liveinsight/tracker/script';

function start(): Collector {
  // In production, set both: the secret to at least 16 random characters, which stay the same, the key to at least 20.
  const { LIVEINSIGHT_SECRET: secret = 'for development only', LIVEINSIGHT_READ_KEY: key = randomUUID() } =
    process.env;
  const collector = createCollector({
    store: sqliteStore({ path: '.liveinsight/database' }),
    secret,
    readKeys: [key],
    sites: [{ id: 'shop' }],
    basePath: '/analytics',
    assets: { tracker, dashboard },
  });
  process.once('SIGTERM', () => collector.close());
  if (!process.env.LIVEINSIGHT_READ_KEY) console.log(`Dashboard: /analytics/dashboard#key=${key}`);
  return collector;
}

const shared = globalThis as { liveInsight?: Collector };

/** One for each process, also where a development server loads this file again. */
export function collector(): Collector {
  shared.liveInsight ??= start();
  return shared.liveInsight;
}
