/** The routes of reports, and of sessions and the users behind them. */
import {
  MAX_ID_CHARS,
  MAX_USER_ID_CHARS,
  type SessionTimeline,
  type UserSessionsData,
} from '@liveinsight/schema';
import { ApiError } from '../errors.js';
import type { Route } from '../http/router.js';
import type { QueryContext } from '../query/query-context.js';
import { getActions } from '../reports/actions.js';
import { getAttribution } from '../reports/attribution.js';
import { getClickMap } from '../reports/click-map.js';
import { getErrors } from '../reports/errors.js';
import { getExperiment } from '../reports/experiment.js';
import { getFunnel } from '../reports/funnel.js';
import { getJourneys } from '../reports/journeys.js';
import { getPageReport } from '../reports/page-report.js';
import { getProperties } from '../reports/properties.js';
import { getRecentEvents } from '../reports/recent-events.js';
import { getRetention } from '../reports/retention.js';
import { getRevenue } from '../reports/revenue.js';
import { readSession } from '../reports/session-loader.js';
import { listSessions, parseSessionsQuery } from '../reports/sessions.js';
import { parseTimelineQuery, toTimeline } from '../reports/timeline.js';
import { parseUserSessionsQuery, sessionsOfUser } from '../reports/user-sessions.js';
import { getWebVitals } from '../reports/web-vitals.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { Store } from '../storage/event-store.js';
import type { SiteReads } from './site-reads.js';

/** No session has a `#` in its id: what is kept beside sessions is named by it. */
const isSessionId = (id: string): boolean => id.length <= MAX_ID_CHARS && !id.includes('#');

export function reportRoutes(store: Store, context: QueryContext, read: SiteReads): Route[] {
  /** Lists show a session by the same facts as its numbers do. */
  const numbered: Store = { ...store, ...context.events };

  async function getSession(
    site: ResolvedSite,
    id: string,
    query: URLSearchParams,
  ): Promise<SessionTimeline> {
    const after = parseTimelineQuery(query);
    const session = isSessionId(id) ? await readSession(store, site.id, id) : undefined;
    if (!session) throw new ApiError('not_found', `site ${site.id} has no such session`);
    return toTimeline(site.id, session, after);
  }

  async function getUserSessions(
    site: ResolvedSite,
    userId: string,
    query: URLSearchParams,
  ): Promise<UserSessionsData> {
    const parsed = parseUserSessionsQuery(query);
    if (userId.length > 2 * MAX_USER_ID_CHARS)
      throw new ApiError('not_found', `site ${site.id} has no such user`);
    return sessionsOfUser(store, site.id, userId, parsed);
  }

  return [
    {
      path: '/sessions',
      GET: read.events(async (context, site, query) => {
        const parsed = await parseSessionsQuery(query, site, store, context.definitions(site.id));
        return listSessions(context, site, parsed);
      }),
    },
    {
      path: '/sessions/:session_id',
      GET: read.site((site, { param, query }) => getSession(site, param, query)),
    },
    {
      path: '/users/:user_id/sessions',
      GET: read.site((site, { param, query }) => getUserSessions(site, param, query)),
    },
    {
      path: '/recent-events',
      GET: read.site((site, { query }) =>
        getRecentEvents(numbered, site, query, context.definitions(site.id)),
      ),
    },
    { path: '/pages', GET: read.rollups(getPageReport) },
    { path: '/journeys', GET: read.rollups(getJourneys) },
    { path: '/click-map', GET: read.rollups(getClickMap) },
    { path: '/funnel', GET: read.events(getFunnel) },
    { path: '/experiment', GET: read.events(getExperiment) },
    { path: '/properties', GET: read.events(getProperties) },
    { path: '/attribution', GET: read.events(getAttribution) },
    { path: '/revenue', GET: read.events(getRevenue) },
    { path: '/errors', GET: read.events(getErrors) },
    { path: '/actions', GET: read.events(getActions) },
    { path: '/web-vitals', GET: read.events(getWebVitals) },
    { path: '/retention', GET: read.events(getRetention) },
  ];
}
