/** `GET /api/recent-events`: the events of a range, newest first, page by page: of a page, a referrer, an hour. */
import type { RecentEventsData, StreamEvent } from '@liveinsight/schema';
import { isOfField } from '../engine/condition.js';
import { isAfter, toPosition, writeCursor } from '../event-log/cursor.js';
import { scanBackward } from '../event-log/scan-backward.js';
import { streamEvent } from '../events/stream-event.js';
import { isOfTraffic } from '../events/traffic.js';
import { invalid, parseLimit, rejectUnknown } from '../http/query-params.js';
import { createNote, toNoteFields } from '../notes.js';
import type { Definitions } from '../query/definitions.js';
import { FILTERS } from '../query/filters.js';
import { readFilters } from '../query/read-filters.js';
import { parseTimezone } from '../query/time-range.js';
import { parseTraffic } from '../query/traffic.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { Store, StoredBatch } from '../storage/event-store.js';
import { type EventFilter, eventFilter } from './event-filter.js';
import { listedRange } from './pagination.js';

const ROWS = { max: 500, default: 100 };
/** What one page looks at, at most: beyond it ends early, and its cursor goes on from there. */
const MAX_BATCHES = 5_000;
const PARAMETERS = new Set<string>([
  'site',
  'from',
  'to',
  'timezone',
  'limit',
  'cursor',
  'traffic',
  ...FILTERS,
]);

export async function getRecentEvents(
  store: Store,
  site: ResolvedSite,
  query: URLSearchParams,
  definitions: Definitions,
): Promise<RecentEventsData> {
  rejectUnknown(query, PARAMETERS);
  if (query.has('exit_page')) throw invalid('exit_page', 'is of sessions, not of events');
  const calendar = parseTimezone(query, site.timezone);
  const { from, to, cursor, reads, notes: ofRange } = await listedRange(query, calendar, site, store);
  const limit = parseLimit(query, ROWS);
  const traffic = parseTraffic(query) ?? 'all';
  const { conditions } = await readFilters(definitions, query);
  if (conditions.some((one) => isOfField(one) && one.field === 'exit_page'))
    throw invalid('segment', 'has exit_page, which is of sessions, not of events');
  const filter = eventFilter(conditions, calendar);

  const events: StreamEvent[] = [];
  let scanned = 0;
  let last: StoredBatch | undefined;
  let isMore = false;
  const range = { ...reads, pageBatches: Math.min(1_000, 2 * limit) };
  for await (const batch of scanBackward(store, site, range)) {
    isMore = events.length >= limit || scanned >= MAX_BATCHES;
    if (isMore) break;
    scanned += 1;
    if (cursor && !isAfter(batch, cursor)) continue;
    last = batch;
    if (isOfTraffic(batch, traffic)) events.push(...matching(batch, filter));
  }
  const notes = [...ofRange, ...(isMore && events.length < limit ? [TRUNCATED] : [])];
  return {
    site: site.id,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    events,
    searched_to: new Date(isMore && last ? last.received_at : reads.from).toISOString(),
    ...(isMore && last ? { cursor: writeCursor({ to, ...toPosition(last) }) } : {}),
    ...toNoteFields(notes),
  };
}

const TRUNCATED = createNote(
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
