/** `GET /api/recent-events`: the events of a range, newest first, page by page: of a page, a referrer, an hour. */
import { BREAKDOWNS, type RecentEventsData, type StreamEvent } from '@liveinsight/schema';
import { isBehind, placeOf, writeCursor } from '../event-log/cursor.js';
import { newestFirst } from '../event-log/scan-backward.js';
import { streamEvent } from '../events/stream-event.js';
import { invalid, limitOf, rejectUnknown } from '../http/query-params.js';
import { noteOf, tellNotes } from '../notes.js';
import { filtersOf } from '../query/filters.js';
import { zoneOf } from '../query/time-range.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { Store, StoredBatch } from '../storage/event-store.js';
import { type EventFilter, eventFilter } from './event-filter.js';
import { listedRange } from './pagination.js';

const ROWS = { most: 500, usual: 100 };
/** What one page looks at, at the most: beyond it ends early, and its cursor goes on from there. */
const MAX_BATCHES = 5_000;
const PARAMETERS = new Set<string>(['site', 'from', 'to', 'timezone', 'limit', 'cursor', ...BREAKDOWNS]);

export async function getRecentEvents(
  store: Store,
  site: ResolvedSite,
  query: URLSearchParams,
): Promise<RecentEventsData> {
  rejectUnknown(query, PARAMETERS);
  if (query.has('exit_page')) throw invalid('exit_page', 'is of sessions, not of events');
  const calendar = zoneOf(query, site.timezone);
  const { from, to, cursor, reads, notes: ofRange } = await listedRange(query, calendar, site, store);
  const limit = limitOf(query, ROWS);
  const filter = eventFilter(filtersOf(query), calendar);

  const events: StreamEvent[] = [];
  let looked = 0;
  let last: StoredBatch | undefined;
  let isMore = false;
  const range = { ...reads, pageBatches: Math.min(1_000, 2 * limit) };
  for await (const batch of newestFirst(store, site, range)) {
    isMore = events.length >= limit || looked >= MAX_BATCHES;
    if (isMore) break;
    looked += 1;
    if (cursor && !isBehind(batch, cursor)) continue;
    last = batch;
    events.push(...matching(batch, filter));
  }
  const notes = [...ofRange, ...(isMore && events.length < limit ? [CUT] : [])];
  return {
    site: site.id,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    events,
    searched_to: new Date(isMore && last ? last.received_at : reads.from).toISOString(),
    ...(isMore && last ? { cursor: writeCursor({ to, ...placeOf(last) }) } : {}),
    ...tellNotes(notes),
  };
}

const CUT = noteOf(
  'page_ended_early',
  `a page looks at no more than ${MAX_BATCHES} batches: there may be more behind the cursor`,
  { limit: MAX_BATCHES },
);

/** All of a batch go into the same page, which may so have some more events than its limit. */
const matching = (batch: StoredBatch, filter: EventFilter): StreamEvent[] =>
  batch.events
    .filter((event) => filter(batch, event))
    .map((event) => streamEvent(event, batch))
    .reverse();
