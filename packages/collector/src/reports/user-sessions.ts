/** `GET /api/users/{user_id}/sessions`: the sessions in which a user was identified, by the links kept of them. */
import { MAX_ID_CHARS, type UserSessionsData } from '@liveinsight/schema';
import { invalid, parseLimit, rejectUnknown } from '../http/query-params.js';
import type { EventStore } from '../storage/event-store.js';
import { readSessions, toSummary } from './session-loader.js';

const ROWS = { max: 200, default: 50 };
const PARAMETERS = new Set(['site', 'limit', 'cursor']);

export interface UserSessionsQuery {
  limit: number;
  /** Session that the page before ended with. */
  after: string | undefined;
}

export function parseUserSessionsQuery(query: URLSearchParams): UserSessionsQuery {
  rejectUnknown(query, PARAMETERS);
  const after = query.get('cursor') ?? undefined;
  if (after !== undefined && !(after.length <= MAX_ID_CHARS && /^[\w.-]+$/.test(after)))
    throw invalid('cursor', 'is invalid: use the cursor of a previous response');
  return { limit: parseLimit(query, ROWS), after };
}

export async function sessionsOfUser(
  store: EventStore,
  site: string,
  userId: string,
  { limit, after }: UserSessionsQuery,
): Promise<UserSessionsData> {
  // Ids are in order of time where the tracker makes them: so a page is read without all that is before it.
  const ids = (await store.sessionsOfUser(site, userId))
    .sort()
    .reverse()
    .filter((id) => after === undefined || id < after);
  const found = await readSessions(store, site, ids.slice(0, limit));
  const last = ids[limit - 1];
  return {
    site,
    user_id: userId,
    sessions: found
      .filter((session) => session !== undefined)
      .sort((a, b) => b.newest.received_at - a.newest.received_at)
      .map((session) => toSummary(session)),
    ...(ids.length > limit && last !== undefined ? { cursor: last } : {}),
  };
}
