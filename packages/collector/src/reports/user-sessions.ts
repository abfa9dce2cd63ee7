/** `GET /api/users/{user_id}/sessions`: the sessions in which a user was identified, by the links kept of them. */
import { MAX_ID_CHARS, type UserSessionsData } from '@liveinsight/schema';
import { invalid, limitOf, rejectUnknown } from '../http/query-params.js';
import type { EventStore } from '../storage/event-store.js';
import { readSessions, summaryOf } from './session-loader.js';

const ROWS = { most: 200, usual: 50 };
const PARAMETERS = new Set(['site', 'limit', 'cursor']);

export interface UserSessionsQuestion {
  limit: number;
  /** Session that the page before ended with. */
  behind: string | undefined;
}

export function userSessionsQuestion(query: URLSearchParams): UserSessionsQuestion {
  rejectUnknown(query, PARAMETERS);
  const behind = query.get('cursor') ?? undefined;
  if (behind !== undefined && !(behind.length <= MAX_ID_CHARS && /^[\w.-]+$/.test(behind)))
    throw invalid('cursor', 'must be one that an earlier answer gave');
  return { limit: limitOf(query, ROWS), behind };
}

export async function sessionsOfUser(
  store: EventStore,
  site: string,
  userId: string,
  { limit, behind }: UserSessionsQuestion,
): Promise<UserSessionsData> {
  // Ids are in order of time where the tracker makes them: so a page is read without all that is before it.
  const ids = (await store.sessionsOfUser(site, userId))
    .sort()
    .reverse()
    .filter((id) => behind === undefined || id < behind);
  const found = await readSessions(store, site, ids.slice(0, limit));
  const last = ids[limit - 1];
  return {
    site,
    user_id: userId,
    sessions: found
      .filter((session) => session !== undefined)
      .sort((a, b) => b.newest.received_at - a.newest.received_at)
      .map((session) => summaryOf(session)),
    ...(ids.length > limit && last !== undefined ? { cursor: last } : {}),
  };
}
