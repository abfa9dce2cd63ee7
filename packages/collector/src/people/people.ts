/** What is asked of sessions and the people behind them: reads a question, asks the store, answers. */
import {
  MAX_ID_CHARS,
  MAX_USER_ID_CHARS,
  type SessionsData,
  type SessionTimeline,
  type UserSessionsData,
} from '@liveinsight/schema';
import { RequestFailure } from '../errors.js';
import type { Readable } from '../http/keys.js';
import { refuseUnknown, siteOf } from '../read/asked-site.js';
import type { Sites } from '../site/sites.js';
import type { Store } from '../store/store.js';
import { listSessions, sessionsQuestion } from './sessions.js';
import { timelineOf } from './timeline.js';
import { sessionsOfUser, userSessionsQuestion } from './user-sessions.js';
import { readSession } from './whole-session.js';

export interface PeopleParts {
  sites: Sites;
  store: Store;
  countBots: boolean;
}

export interface People {
  sessions(query: URLSearchParams, readable: Readable): Promise<SessionsData>;
  session(id: string, query: URLSearchParams, readable: Readable): Promise<SessionTimeline>;
  userSessions(userId: string, query: URLSearchParams, readable: Readable): Promise<UserSessionsData>;
}

const SITE_ALONE = new Set(['site']);

export function createPeople({ sites, store, countBots }: PeopleParts): People {
  return {
    async sessions(query, readable) {
      const site = siteOf(sites, query, readable);
      return listSessions(store, site, sessionsQuestion(query, site, store.now()), countBots);
    },

    async session(id, query, readable) {
      const site = siteOf(sites, query, readable);
      refuseUnknown(query, SITE_ALONE);
      const session = id.length <= MAX_ID_CHARS ? await readSession(store, site.id, id) : undefined;
      if (!session) throw new RequestFailure('not_found', `site ${site.id} has no such session`);
      return timelineOf(site.id, session);
    },

    async userSessions(userId, query, readable) {
      const site = siteOf(sites, query, readable);
      const question = userSessionsQuestion(query);
      if (userId.length > 2 * MAX_USER_ID_CHARS)
        throw new RequestFailure('not_found', `site ${site.id} has no such user`);
      return sessionsOfUser(store, site.id, userId, question);
    },
  };
}
