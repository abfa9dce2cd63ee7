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
import type { Readable } from '../http/auth.js';
import { siteOf } from '../http/query-params.js';
import type { StatsSite } from '../query/bucketed-rollup.js';
import { getClickMap } from '../reports/click-map.js';
import { getFunnel } from '../reports/funnel.js';
import { getJourneys } from '../reports/journeys.js';
import { getPageReport } from '../reports/page-report.js';
import { getRecentEvents } from '../reports/recent-events.js';
import { getRetention } from '../reports/retention.js';
import { readSession } from '../reports/session-loader.js';
import { listSessions, sessionsQuestion } from '../reports/sessions.js';
import { timelineOf, timelineQuestion } from '../reports/timeline.js';
import { sessionsOfUser, userSessionsQuestion } from '../reports/user-sessions.js';
import type { RollupContext } from '../rollup/rollup-context.js';
import type { RollupScheduler } from '../rollup/rollup-scheduler.js';
import type { Sites } from '../sites/site-registry.js';
import type { Store } from '../storage/event-store.js';

export interface PeopleParts {
  sites: Sites;
  store: Store;
  roller: RollupScheduler;
}

type Answer<Data> = (query: URLSearchParams, readable: Readable) => Promise<Data>;

export interface People {
  sessions: Answer<SessionsData>;
  session(id: string, query: URLSearchParams, readable: Readable): Promise<SessionTimeline>;
  userSessions(userId: string, query: URLSearchParams, readable: Readable): Promise<UserSessionsData>;
  recentEvents: Answer<RecentEventsData>;
  journeys: Answer<JourneysData>;
  clickMap: Answer<ClickMapData>;
  page: Answer<PageData>;
  funnel: Answer<FunnelData>;
  retention: Answer<RetentionData>;
}

/** No session has a `#` in its id: what is kept beside sessions is named by it. */
const isSessionId = (id: string): boolean => id.length <= MAX_ID_CHARS && !id.includes('#');

export function createPeople({ sites, store, roller }: PeopleParts): People {
  const { context } = roller;
  /** Lists show a session by the same facts as its numbers do. */
  const numbered: Store = { ...store, ...context.events };

  /** What is answered from rollups and their tail: a long one is due to be rolled up. */
  function fromNumbers<Data>(
    answer: (
      context: RollupContext,
      site: StatsSite,
      query: URLSearchParams,
    ) => Promise<{ data: Data; tailBatches: number }>,
  ): Answer<Data> {
    return async (query, readable) => {
      const known = siteOf(sites, query, readable);
      const { data, tailBatches } = await answer(context, { known, rollup: roller.siteOf(known) }, query);
      roller.nudge(known, tailBatches);
      return data;
    };
  }

  return {
    async sessions(query, readable) {
      const site = siteOf(sites, query, readable);
      return listSessions(
        context.events,
        site,
        await sessionsQuestion(query, site, store),
        context.countBots,
      );
    },

    async session(id, query, readable) {
      const site = siteOf(sites, query, readable);
      const behind = timelineQuestion(query);
      const session = isSessionId(id) ? await readSession(store, site.id, id) : undefined;
      if (!session) throw new ApiError('not_found', `site ${site.id} has no such session`);
      return timelineOf(site.id, session, behind);
    },

    async userSessions(userId, query, readable) {
      const site = siteOf(sites, query, readable);
      const question = userSessionsQuestion(query);
      if (userId.length > 2 * MAX_USER_ID_CHARS)
        throw new ApiError('not_found', `site ${site.id} has no such user`);
      return sessionsOfUser(store, site.id, userId, question);
    },

    async recentEvents(query, readable) {
      return getRecentEvents(numbered, siteOf(sites, query, readable), query);
    },

    journeys: fromNumbers(getJourneys),
    clickMap: fromNumbers(getClickMap),
    page: fromNumbers(getPageReport),

    async funnel(query, readable) {
      return getFunnel(context, siteOf(sites, query, readable), query);
    },

    async retention(query, readable) {
      return getRetention(context, siteOf(sites, query, readable), query);
    },
  };
}
