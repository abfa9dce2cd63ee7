/** The read API: asks the store for what a question needs, folds it, bounded in cost. */
import { MAX_ID_CHARS, type RealtimeData, type SitesData, type StatsData } from '@liveinsight/schema';
import { RequestFailure } from '../errors.js';
import type { Readable } from '../http/keys.js';
import type { CollectorRequest } from '../http/request.js';
import { answerRealtime } from '../live/realtime.js';
import { liveStream } from '../live/stream.js';
import type { Watches } from '../live/watches.js';
import { LONG_TAIL_BATCHES } from '../rollup/context.js';
import type { Roller } from '../rollup/roller.js';
import type { Sites } from '../site/sites.js';
import type { EventStore } from '../store/store.js';
import { mayRead, siteOf } from './asked-site.js';
import { type SessionTimeline, sessionTimeline } from './session.js';
import { answerStats, statsQuestion } from './stats.js';

export interface ReaderParts {
  sites: Sites;
  store: EventStore;
  watches: Watches;
  roller: Roller;
}

export interface Reader {
  sites(readable: Readable): SitesData;
  realtime(query: URLSearchParams, readable: Readable): Promise<RealtimeData>;
  stats(query: URLSearchParams, readable: Readable): Promise<StatsData>;
  session(id: string, query: URLSearchParams, readable: Readable): Promise<SessionTimeline>;
  live(request: CollectorRequest, query: URLSearchParams, readable: Readable): ReadableStream<Uint8Array>;
}

export function createReader({ sites, store, watches, roller }: ReaderParts): Reader {
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
      return answerRealtime(watches.of(site), site.id, roller.context.rollups.now(), query.get('cursor'));
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
      liveStream(watches.of(siteOf(sites, query, readable)), {
        lastEventId: request.header('last-event-id'),
        signal: request.signal,
        closing: watches.closing,
      }),
  };
}
