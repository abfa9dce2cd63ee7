/** The read API: asks the store for what a question needs, folds it, bounded in cost. */
import { MAX_ID_CHARS, type RealtimeData, type SitesData, type StatsData } from '@liveinsight/schema';
import { RequestFailure } from '../errors.js';
import type { Readable } from '../http/keys.js';
import type { CollectorRequest } from '../http/request.js';
import { LONG_TAIL_BATCHES } from '../rollup/context.js';
import type { Roller } from '../rollup/roller.js';
import type { Sites } from '../site/sites.js';
import type { EventStore } from '../store/store.js';
import { readArrivals } from './arrivals.js';
import { invalid, mayRead, siteOf } from './asked-site.js';
import type { Feed } from './feed.js';
import { liveStream } from './live.js';
import { REALTIME_WINDOW_MS, realtimeOf } from './realtime.js';
import { type SessionTimeline, sessionTimeline } from './session.js';
import { answerStats, statsQuestion } from './stats.js';

/** Batches that one question reads at the most. */
const MAX_BATCHES = 20_000;

export interface ReaderParts {
  sites: Sites;
  store: EventStore;
  feed: Feed;
  roller: Roller;
  countBots: boolean;
}

export interface Reader {
  sites(readable: Readable): SitesData;
  realtime(query: URLSearchParams, readable: Readable): Promise<RealtimeData>;
  stats(query: URLSearchParams, readable: Readable): Promise<StatsData>;
  session(id: string, query: URLSearchParams, readable: Readable): Promise<SessionTimeline>;
  live(request: CollectorRequest, query: URLSearchParams, readable: Readable): ReadableStream<Uint8Array>;
}

export function createReader({ sites, store, feed, roller, countBots }: ReaderParts): Reader {
  return {
    sites: (readable) => ({
      sites: sites.all
        .filter(({ id }) => mayRead(readable, id))
        .map(({ id, timezone, retentionDays }) => ({
          id,
          timezone,
          retention_days: retentionDays,
          ...(id === sites.default ? { default: true as const } : {}),
        })),
    }),

    async realtime(query, readable) {
      const site = siteOf(sites, query, readable);
      const now = Date.now();
      const since = cursorOf(query);
      const range = { from: now - REALTIME_WINDOW_MS, to: now + 1_000, limit: MAX_BATCHES };
      const { batches, cut } = await readArrivals(store, site, range);
      const data = realtimeOf(batches, { site: site.id, now, since, countBots });
      return cut ? { ...data, estimated: true } : data;
    },

    async stats(query, readable) {
      const site = siteOf(sites, query, readable);
      const question = statsQuestion(query, site.timezone, roller.context.rollups.now());
      const asked = { known: site, rollup: roller.siteOf(site) };
      const { data, tailBatches } = await answerStats(roller.context, asked, question);
      if (tailBatches > LONG_TAIL_BATCHES) roller.nudge();
      return data;
    },

    async session(id, query, readable) {
      const site = siteOf(sites, query, readable);
      const batches = id.length <= MAX_ID_CHARS ? await store.session(site.id, id) : [];
      const timeline = sessionTimeline(site.id, batches);
      if (!timeline) throw new RequestFailure('not_found', `site ${site.id} has no such session`);
      return timeline;
    },

    live: (request, query, readable) =>
      liveStream(feed, {
        site: siteOf(sites, query, readable).id,
        lastEventId: request.header('last-event-id'),
        signal: request.signal,
      }),
  };
}

function cursorOf(query: URLSearchParams): number {
  const said = query.get('cursor') ?? '0';
  if (!/^\d{1,16}$/.test(said)) throw invalid('cursor', 'must be one that an earlier answer gave');
  return Number(said);
}
