/** The read API: asks the store for what a question needs, folds it, bounded in cost. */
import type { RealtimeData, RejectionsData, SitesData, StatsData } from '@liveinsight/schema';
import type { Readable } from '../http/auth.js';
import { mayRead, rejectUnknown, SITE_ALONE, siteOf } from '../http/query-params.js';
import type { CollectorRequest } from '../http/request.js';
import type { Rejections } from '../ingest/rejections.js';
import { getRealtime } from '../live/realtime.js';
import type { Watches } from '../live/site-feeds.js';
import { liveStream } from '../live/sse.js';
import { getStats, parseStatsQuery } from '../query/stats.js';
import { spanOf, zoneOf } from '../query/time-range.js';
import type { RollupScheduler } from '../rollup/rollup-scheduler.js';
import type { Sites } from '../sites/site-registry.js';

export interface ReaderParts {
  sites: Sites;
  watches: Watches;
  roller: RollupScheduler;
  rejections: Rejections;
}

export interface Reader {
  sites(query: URLSearchParams, readable: Readable): SitesData;
  realtime(query: URLSearchParams, readable: Readable): Promise<RealtimeData>;
  stats(query: URLSearchParams, readable: Readable): Promise<StatsData>;
  rejections(query: URLSearchParams, readable: Readable): RejectionsData;
  live(request: CollectorRequest, query: URLSearchParams, readable: Readable): ReadableStream<Uint8Array>;
}

const NONE: ReadonlySet<string> = new Set();
const OF_REALTIME = new Set(['site', 'cursor']);
const OF_REJECTIONS = new Set(['site', 'from', 'to', 'timezone']);

export function createReader({ sites, watches, roller, rejections }: ReaderParts): Reader {
  return {
    sites(query, readable) {
      rejectUnknown(query, NONE);
      return {
        sites: sites.all
          .filter(({ id }) => mayRead(readable, id))
          .map(({ id, timezone, retentionDays, currency, rates }) => ({
            id,
            timezone,
            retention_days: retentionDays,
            ...(currency === undefined ? {} : { currency }),
            ...(rates === undefined ? {} : { rates }),
            ...(roller.context.countBots ? { counts_bots: true as const } : {}),
            ...(id === sites.default ? { default: true as const } : {}),
          })),
      };
    },

    async realtime(query, readable) {
      const site = siteOf(sites, query, readable);
      rejectUnknown(query, OF_REALTIME);
      return getRealtime(watches.of(site), site.id, roller.context.rollups.now(), query.get('cursor'));
    },

    async stats(query, readable) {
      const site = siteOf(sites, query, readable);
      const question = parseStatsQuery(query, site.timezone, roller.context.rollups.now());
      const asked = { known: site, rollup: roller.siteOf(site) };
      const { data, tailBatches } = await getStats(roller.context, asked, question);
      roller.nudge(site, tailBatches);
      return data;
    },

    rejections(query, readable) {
      const site = siteOf(sites, query, readable);
      rejectUnknown(query, OF_REJECTIONS);
      const { from, to } = spanOf(query, zoneOf(query, site.timezone), roller.context.rollups.now());
      const { knownFrom, count, rows } = rejections.between(site.id, from, to);
      return {
        site: site.id,
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        known_from: new Date(knownFrom).toISOString(),
        count,
        rejections: rows,
      };
    },

    live(request, query, readable) {
      const site = siteOf(sites, query, readable);
      rejectUnknown(query, SITE_ALONE);
      return liveStream(watches.of(site), {
        lastEventId: request.header('last-event-id'),
        signal: request.signal,
        closing: watches.closing,
      });
    },
  };
}
