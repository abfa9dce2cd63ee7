/** The read API: asks the store for what a question needs, folds it, bounded in cost. */
import type { RealtimeData, RejectionsData, SitesData, StatsData } from '@liveinsight/schema';
import type { SiteScope } from '../http/auth.js';
import { mayRead, rejectUnknown, requireSite, SITE_ALONE } from '../http/query-params.js';
import type { CollectorRequest } from '../http/request.js';
import type { Rejections } from '../ingest/rejections.js';
import { getRealtime } from '../live/realtime.js';
import type { SiteFeeds } from '../live/site-feeds.js';
import { liveStream } from '../live/sse.js';
import { getStats, parseStatsQuery } from '../query/stats.js';
import { parseSpan, parseTimezone } from '../query/time-range.js';
import type { RollupScheduler } from '../rollup/rollup-scheduler.js';
import type { Sites } from '../sites/site-registry.js';

export interface ReaderParts {
  sites: Sites;
  feeds: SiteFeeds;
  scheduler: RollupScheduler;
  rejections: Rejections;
}

export interface Reader {
  sites(query: URLSearchParams, scope: SiteScope): SitesData;
  realtime(query: URLSearchParams, scope: SiteScope): Promise<RealtimeData>;
  stats(query: URLSearchParams, scope: SiteScope): Promise<StatsData>;
  rejections(query: URLSearchParams, scope: SiteScope): RejectionsData;
  live(request: CollectorRequest, query: URLSearchParams, scope: SiteScope): ReadableStream<Uint8Array>;
}

const NONE: ReadonlySet<string> = new Set();
const OF_REALTIME = new Set(['site', 'cursor']);
const OF_REJECTIONS = new Set(['site', 'from', 'to', 'timezone']);

export function createReader({ sites, feeds, scheduler, rejections }: ReaderParts): Reader {
  return {
    sites(query, scope) {
      rejectUnknown(query, NONE);
      return {
        sites: sites.all
          .filter(({ id }) => mayRead(scope, id))
          .map(({ id, timezone, retentionDays, currency, rates }) => ({
            id,
            timezone,
            retention_days: retentionDays,
            ...(currency === undefined ? {} : { currency }),
            ...(rates === undefined ? {} : { rates }),
            ...(scheduler.context.countBots ? { counts_bots: true as const } : {}),
            ...(id === sites.default ? { default: true as const } : {}),
          })),
      };
    },

    async realtime(query, scope) {
      const site = requireSite(sites, query, scope);
      rejectUnknown(query, OF_REALTIME);
      return getRealtime(feeds.get(site), site.id, scheduler.context.rollups.now(), query.get('cursor'));
    },

    async stats(query, scope) {
      const site = requireSite(sites, query, scope);
      const stats = parseStatsQuery(query, site.timezone, scheduler.context.rollups.now());
      const statsSite = { known: site, rollup: scheduler.toRollupSite(site) };
      const { data, tailBatches } = await getStats(scheduler.context, statsSite, stats);
      scheduler.trigger(site, tailBatches);
      return data;
    },

    rejections(query, scope) {
      const site = requireSite(sites, query, scope);
      rejectUnknown(query, OF_REJECTIONS);
      const { from, to } = parseSpan(
        query,
        parseTimezone(query, site.timezone),
        scheduler.context.rollups.now(),
      );
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

    live(request, query, scope) {
      const site = requireSite(sites, query, scope);
      rejectUnknown(query, SITE_ALONE);
      return liveStream(feeds.get(site), {
        lastEventId: request.header('last-event-id'),
        signal: request.signal,
        closing: feeds.closing,
      });
    },
  };
}
