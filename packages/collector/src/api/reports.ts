/** What is asked of sessions and the people behind them: reads a question, asks the store, answers. */
import {
  type ClickMapData,
  type FunnelData,
  type JourneysData,
  MAX_ID_CHARS,
  MAX_USER_ID_CHARS,
  type PageData,
  type RecentEventsData,
  type RetentionData,
  type SessionsData,
  type SessionTimeline,
  type UserSessionsData,
} from '@liveinsight/schema';
import { ApiError } from '../errors.js';
import type { SiteScope } from '../http/auth.js';
import { requireSite } from '../http/query-params.js';
import type { StatsSite } from '../query/bucketed-rollup.js';
import { getClickMap } from '../reports/click-map.js';
import { getFunnel } from '../reports/funnel.js';
import { getJourneys } from '../reports/journeys.js';
import { getPageReport } from '../reports/page-report.js';
import { getRecentEvents } from '../reports/recent-events.js';
import { getRetention } from '../reports/retention.js';
import { readSession } from '../reports/session-loader.js';
import { listSessions, parseSessionsQuery } from '../reports/sessions.js';
import { parseTimelineQuery, toTimeline } from '../reports/timeline.js';
import { parseUserSessionsQuery, sessionsOfUser } from '../reports/user-sessions.js';
import type { RollupContext } from '../rollup/rollup-context.js';
import type { RollupScheduler } from '../rollup/rollup-scheduler.js';
import type { Sites } from '../sites/site-registry.js';
import type { Store } from '../storage/event-store.js';

export interface PeopleParts {
  sites: Sites;
  store: Store;
  scheduler: RollupScheduler;
}

type Report<Data> = (query: URLSearchParams, scope: SiteScope) => Promise<Data>;

export interface People {
  sessions: Report<SessionsData>;
  session(id: string, query: URLSearchParams, scope: SiteScope): Promise<SessionTimeline>;
  userSessions(userId: string, query: URLSearchParams, scope: SiteScope): Promise<UserSessionsData>;
  recentEvents: Report<RecentEventsData>;
  journeys: Report<JourneysData>;
  clickMap: Report<ClickMapData>;
  page: Report<PageData>;
  funnel: Report<FunnelData>;
  retention: Report<RetentionData>;
}

/** No session has a `#` in its id: what is kept beside sessions is named by it. */
const isSessionId = (id: string): boolean => id.length <= MAX_ID_CHARS && !id.includes('#');

export function createPeople({ sites, store, scheduler }: PeopleParts): People {
  const { context } = scheduler;
  /** Lists show a session by the same facts as its numbers do. */
  const numbered: Store = { ...store, ...context.events };

  /** What is answered from rollups and their tail: a long one is due to be rolled up. */
  function fromRollups<Data>(
    report: (
      context: RollupContext,
      site: StatsSite,
      query: URLSearchParams,
    ) => Promise<{ data: Data; tailBatches: number }>,
  ): Report<Data> {
    return async (query, scope) => {
      const known = requireSite(sites, query, scope);
      const { data, tailBatches } = await report(
        context,
        { known, rollup: scheduler.toRollupSite(known) },
        query,
      );
      scheduler.trigger(known, tailBatches);
      return data;
    };
  }

  return {
    async sessions(query, scope) {
      const site = requireSite(sites, query, scope);
      return listSessions(
        context.events,
        site,
        await parseSessionsQuery(query, site, store),
        context.countBots,
      );
    },

    async session(id, query, scope) {
      const site = requireSite(sites, query, scope);
      const after = parseTimelineQuery(query);
      const session = isSessionId(id) ? await readSession(store, site.id, id) : undefined;
      if (!session) throw new ApiError('not_found', `site ${site.id} has no such session`);
      return toTimeline(site.id, session, after);
    },

    async userSessions(userId, query, scope) {
      const site = requireSite(sites, query, scope);
      const question = parseUserSessionsQuery(query);
      if (userId.length > 2 * MAX_USER_ID_CHARS)
        throw new ApiError('not_found', `site ${site.id} has no such user`);
      return sessionsOfUser(store, site.id, userId, question);
    },

    async recentEvents(query, scope) {
      return getRecentEvents(numbered, requireSite(sites, query, scope), query);
    },

    journeys: fromRollups(getJourneys),
    clickMap: fromRollups(getClickMap),
    page: fromRollups(getPageReport),

    async funnel(query, scope) {
      return getFunnel(context, requireSite(sites, query, scope), query);
    },

    async retention(query, scope) {
      return getRetention(context, requireSite(sites, query, scope), query);
    },
  };
}
