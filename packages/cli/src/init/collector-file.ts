/** The file that starts a collector within an application. */

const PACKAGES = ['@liveinsight/collector', '@liveinsight/tracker', '@liveinsight/dashboard', 'libsql'];
/** What a mount needs; `libsql` is SQLite for Node before 22.16. */
export const MOUNT_PACKAGES: readonly string[] = PACKAGES;

export const MOUNTED_AT = '/analytics';

export interface CollectorFile {
  site: string;
  language: 'ts' | 'js';
  /** Only proxies of the framework itself, or in front of it, say the address of a client. */
  trustedProxies?: number;
  /** Whether this ends the process on a signal: where the framework does so itself, it must not be cut short. */
  exits?: boolean;
}

/** @returns a module that exports `collector()`, one for each process: development servers load a changed file again */
export const collectorFile = ({
  site,
  language,
  trustedProxies,
  exits = false,
}: CollectorFile): string => `import { randomUUID } from 'node:crypto';
import { ${language === 'ts' ? 'type Collector, ' : ''}createCollector } from '@liveinsight/collector';
import { sqliteStore } from '@liveinsight/collector/sqlite';
import { files as dashboard } from '@liveinsight/dashboard/files';
import { script as tracker } from '@liveinsight/tracker/script';

function start()${language === 'ts' ? ': Collector' : ''} {
  // In production, set both: the secret to at least 16 random characters, which stay the same, the key to at least 20.
  const { LIVEINSIGHT_SECRET: secret = 'for development only', LIVEINSIGHT_READ_KEY: key = randomUUID() } =
    process.env;
  const collector = createCollector({
    store: sqliteStore({ path: '.liveinsight/database' }),
    secret,
    readKeys: [key],
    sites: [{ id: '${site}' }],
    basePath: '${MOUNTED_AT}',${
      trustedProxies === undefined
        ? ''
        : `
    trustedProxies: ${trustedProxies},`
    }
    assets: { tracker, dashboard },
  });
  process.once('SIGTERM', () => collector.close()${exits ? '.then(() => process.exit())' : ''});
  if (!process.env.LIVEINSIGHT_READ_KEY) console.log(\`Dashboard: ${MOUNTED_AT}/dashboard#key=\${key}\`);
  return collector;
}

const shared = globalThis${language === 'ts' ? ' as { liveInsight?: Collector }' : ''};

/** One for each process, also where a development server loads this file again. */
export function collector()${language === 'ts' ? ': Collector' : ''} {
  shared.liveInsight ??= start();
  return shared.liveInsight;
}
`;
