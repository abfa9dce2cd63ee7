/** `GET /api/sessions`: the sessions of a range, newest first or in another order, page by page. */
import type { SessionsData, Traffic } from '@liveinsight/schema';
import { MAX_SORTED_BATCHES, MAX_SORTED_SESSIONS } from '../budgets.js';
import type { Condition } from '../engine/condition.js';
import { toColumnSort } from '../engine/session-rows.js';
import { toPosition, writeCursor } from '../event-log/cursor.js';
import { defaultTraffic } from '../events/traffic.js';
import { parseLimit, rejectUnknown } from '../http/query-params.js';
import { createNote, toNoteFields } from '../notes.js';
import type { Definitions } from '../query/definitions.js';
import { FILTERS } from '../query/filters.js';
import type { QueryContext } from '../query/query-context.js';
import { readFilters } from '../query/read-filters.js';
import { parseSearch } from '../query/search-and-order.js';
import { parseTimezone } from '../query/time-range.js';
import { parseTraffic } from '../query/traffic.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { EventStore, Store } from '../storage/event-store.js';
import type { Calendar } from '../time/calendar.js';
import { findSessions, type SessionsBudget, type SessionsQuery } from './find-sessions.js';
import { listedRange } from './pagination.js';
import { sessionFilter } from './session-filter.js';
import { type SessionOrder, sessionOrder } from './session-order.js';
import { listByColumns, NEWEST_FIRST } from './sessions-by-columns.js';
import { listSorted } from './sorted-sessions.js';

const ROWS = { max: 200, default: 50 };
/** What one page looks at, at most: beyond it ends early, and its cursor goes on from there. */
const MAX_BATCHES = 5_000;
const MAX_SESSIONS_READ = 500;
const PARAMETERS = new Set<string>([
  ...['site', 'from', 'to', 'timezone', 'search', 'sort', 'order', 'limit', 'cursor', 'traffic'],
  ...FILTERS,
]);

export interface ListSessionsQuery extends SessionsQuery {
  limit: number;
  conditions: Condition[];
  calendar: Calendar;
  /** Undefined: by arrival. */
  order: SessionOrder | undefined;
  /** Undefined: what the collector counts. */
  traffic: Traffic | undefined;
}

/** Whether not all sessions are wanted. */
const isFound = ({ search, conditions }: Pick<ListSessionsQuery, 'search' | 'conditions'>): boolean =>
  search !== '' || conditions.length > 0;

export async function parseSessionsQuery(
  query: URLSearchParams,
  site: ResolvedSite,
  store: Store,
  definitions: Definitions,
): Promise<ListSessionsQuery> {
  rejectUnknown(query, PARAMETERS);
  const calendar = parseTimezone(query, site.timezone);
  const [search, order, limit] = [parseSearch(query), sessionOrder(query), parseLimit(query, ROWS)];
  const { conditions } = await readFilters(definitions, query);
  const filter = sessionFilter(conditions, calendar);
  const by = order?.by ?? (isFound({ search, conditions }) ? NEWEST_FIRST.by : undefined);
  const range = await listedRange(query, calendar, site, store, by);
  return { ...range, limit, search, order, filter, conditions, calendar, traffic: parseTraffic(query) };
}

/**
 * All sessions, newest first, are as the log has them: it is read page by page. So are those that are sorted by users, whom
 * columns do not have. What is found by filters or a text is found in columns, and so is every other order.
 */
export async function listSessions(
  context: QueryContext,
  site: ResolvedSite,
  query: ListSessionsQuery,
): Promise<SessionsData> {
  const { order } = query;
  const sort = order && toColumnSort(order.sort);
  if (order && sort) return listByColumns(context, site, { ...query, order: { ...order, sort } });
  if (!order && isFound(query)) return listByColumns(context, site, { ...query, order });
  return listFromLog(context.events, site, query, context.countBots);
}

async function listFromLog(
  store: EventStore,
  site: ResolvedSite,
  query: ListSessionsQuery,
  countBots: boolean,
): Promise<SessionsData> {
  const {
    limit,
    order,
    conditions: _conditions,
    calendar: _calendar,
    traffic = defaultTraffic(countBots),
    ...selection
  } = query;
  const find = (budget: SessionsBudget) => findSessions(store, site, selection, budget, traffic);
  const frame = {
    site: site.id,
    from: new Date(query.from).toISOString(),
    to: new Date(query.to).toISOString(),
  };
  if (order) {
    const found = await find({
      rows: Number.POSITIVE_INFINITY,
      batches: MAX_SORTED_BATCHES,
      sessions: MAX_SORTED_SESSIONS,
    });
    return { ...frame, ...listSorted(found, { ...query, order }) };
  }
  const { rows, last, ended } = await find({
    rows: limit,
    batches: MAX_BATCHES,
    sessions: MAX_SESSIONS_READ,
  });
  const isMore = ended !== 'whole' && last !== undefined;
  return {
    ...frame,
    sessions: rows,
    searched_to: new Date(isMore ? last.received_at : query.reads.from).toISOString(),
    ...(isMore ? { cursor: writeCursor({ to: query.to, ...toPosition(last) }) } : {}),
    ...toNoteFields([...query.notes, ...(ended === 'cut' && rows.length < limit ? [TRUNCATED] : [])]),
  };
}

const TRUNCATED = createNote(
  'page_ended_early',
  `a page looks at no more than ${MAX_BATCHES} batches or ${MAX_SESSIONS_READ} whole sessions: there may be more behind the cursor`,
  { limit: MAX_BATCHES },
);
