/** `GET /api/realtime`: who is on the site now. */
import type { RealtimeData } from '@liveinsight/schema';
import { invalid } from '../http/query-params.js';
import { toStreamEvents } from './recent-arrivals.js';
import type { SiteFeed } from './site-feed.js';

const FIRST_EVENTS = 100;
/** Of one answer to a reader that goes on. */
const MAX_EVENTS = 500;

export async function getRealtime(
  feed: SiteFeed,
  site: string,
  now: number,
  cursor: string | null,
): Promise<RealtimeData> {
  await feed.refresh();
  const { recent } = feed;
  const since = cursor === null ? recent.arrivals.from(0) : feed.after(cursor);
  if (!since) throw invalid('cursor', 'is invalid: use the cursor of a previous response');
  return {
    site,
    as_of: new Date(now).toISOString(),
    cursor: feed.cursor(),
    active_sessions: {
      last_5_minutes: recent.activeSessions(now, 5),
      last_30_minutes: recent.activeSessions(now, 30),
    },
    sessions: recent.sessions(),
    pages: recent.top(({ current }) => current?.page ?? ''),
    sources: recent.top(({ facts }) => facts.source ?? ''),
    countries: recent.top(({ facts }) => facts.country ?? ''),
    devices: recent.top(({ facts }) => facts.device ?? ''),
    events_per_5_minutes: recent.per5Minutes(now),
    events_per_second: recent.perSecond(now),
    events: toStreamEvents(since, cursor === null ? FIRST_EVENTS : MAX_EVENTS),
    ...(recent.isEstimate(now) ? { estimated: true as const } : {}),
  };
}
