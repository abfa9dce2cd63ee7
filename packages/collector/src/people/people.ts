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
import { RequestFailure } from '../errors.js';
import type { Readable } from '../http/keys.js';
import { siteOf } from '../read/asked-site.js';
import type { StatsSite } from '../read/stretches.js';
import type { RollupContext } from '../rollup/context.js';
import type { Roller } from '../rollup/roller.js';
import type { Sites } from '../site/sites.js';
import type { Store } from '../store/store.js';
import { answerClickMap } from './click-map.js';
import { answerFunnel } from './funnel.js';
import { answerJourneys } from './journeys.js';
import { answerPage } from './page.js';
import { answerRecentEvents } from './recent-events.js';
import { answerRetention } from './retention.js';
import { listSessions, sessionsQuestion } from './sessions.js';
import { timelineOf, timelineQuestion } from './timeline.js';
import { sessionsOfUser, userSessionsQuestion } from './user-sessions.js';
import { readSession } from './whole-session.js';

export interface PeopleParts {
  sites: Sites;
  store: Store;
  roller: Roller;
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
      if (!session) throw new RequestFailure('not_found', `site ${site.id} has no such session`);
      return timelineOf(site.id, session, behind);
    },

    async userSessions(userId, query, readable) {
      const site = siteOf(sites, query, readable);
      const question = userSessionsQuestion(query);
      if (userId.length > 2 * MAX_USER_ID_CHARS)
        throw new RequestFailure('not_found', `site ${site.id} has no such user`);
      return sessionsOfUser(store, site.id, userId, question);
    },

    async recentEvents(query, readable) {
      return answerRecentEvents(numbered, siteOf(sites, query, readable), query);
    },

    journeys: fromNumbers(answerJourneys),
    clickMap: fromNumbers(answerClickMap),
    page: fromNumbers(answerPage),

    async funnel(query, readable) {
      return answerFunnel(context, siteOf(sites, query, readable), query);
    },

    async retention(query, readable) {
      return answerRetention(context, siteOf(sites, query, readable), query);
    },
  };
}
