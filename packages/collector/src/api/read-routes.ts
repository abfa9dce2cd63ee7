/** The routes of statistics, and of how fresh they are. */
import type { StatusData } from '@liveinsight/schema';
import type { SiteScope } from '../http/auth.js';
import { mayRead, rejectUnknown } from '../http/query-params.js';
import type { Route } from '../http/router.js';
import { getStats } from '../query/stats.js';
import { isCsv, readStatsQuery } from '../query/stats-query.js';
import type { Tails } from '../tail/tails.js';
import type { SiteReads } from './site-reads.js';
import { getStatsFile } from './stats-file.js';

export interface ReadParts {
  tails: Tails;
}

const NONE: ReadonlySet<string> = new Set();

export function readRoutes({ tails }: ReadParts, read: SiteReads): Route[] {
  function getStatus(query: URLSearchParams, scope: SiteScope): StatusData {
    rejectUnknown(query, NONE);
    return {
      tails: tails
        .reports()
        .filter(({ site }) => mayRead(scope, site))
        .map(({ asOf, behindMs, ...held }) => ({
          ...held,
          ...(asOf === undefined ? {} : { as_of: new Date(asOf).toISOString() }),
          ...(behindMs === undefined ? {} : { behind_ms: behindMs }),
        })),
    };
  }

  const stats = read.rollups(async (context, site, query) =>
    getStats(context, site, await readStatsQuery(context, site.known, query)),
  );
  const statsFile = read.rollupFile(async (context, site, request) =>
    getStatsFile(context, site, await readStatsQuery(context, site.known, request.query), request),
  );

  return [
    { path: '/status', GET: read.allSites(getStatus) },
    {
      path: '/stats',
      GET: (context) => (isCsv(context.query) ? statsFile(context) : stats(context)),
    },
  ];
}
