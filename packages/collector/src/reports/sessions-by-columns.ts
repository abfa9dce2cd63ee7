/** A page of the sessions of a range in an order: from events by column, which have all of them; each is then read whole. */
import type { SessionSummary, SessionsData } from '@liveinsight/schema';
import { MAX_LISTED_SESSIONS } from '../budgets.js';
import type { Condition } from '../engine/condition.js';
import {
  type ColumnSort,
  getSessionRowsGroups,
  type SessionRow,
  SessionRows,
} from '../engine/session-rows.js';
import { type SortKey, startPosition, writeCursor } from '../event-log/cursor.js';
import { listPartitions, readPartition } from '../event-log/read-partition.js';
import { createNote, type Note, toNoteFields } from '../notes.js';
import type { QueryContext } from '../query/query-context.js';
import { decodeValue } from '../query/search-and-order.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { Calendar } from '../time/calendar.js';
import { utcDays } from '../time/ms.js';
import type { ListedRange } from './pagination.js';
import { scanNewest } from './scan-report.js';
import { readSessions, toSummary } from './session-loader.js';
import { inSessionOrder, type SessionOrder } from './session-order.js';

/** Sessions whose names are looked for at a time. */
const AT_ONCE = 8;
const BATCHES_OF_A_MILLISECOND = 100;

export interface ColumnSessionsQuery extends ListedRange {
  order: SessionOrder & { sort: ColumnSort };
  limit: number;
  conditions: Condition[];
  calendar: Calendar;
}

export async function listByColumns(
  context: QueryContext,
  site: ResolvedSite,
  query: ColumnSessionsQuery,
): Promise<SessionsData> {
  const { from, to, reads, cursor, order, limit, conditions, calendar } = query;
  const plan = { from: reads.from, to, conditions, level: 'session' as const, calendar, sort: order.sort };
  const { scan, known, notes } = await scanNewest(
    context,
    site,
    plan,
    getSessionRowsGroups,
    (knownPlan) => new SessionRows(knownPlan),
  );
  const keyed = scan
    .rows()
    .map((row) => ({ row, key: toKey(row) }))
    .sort((a, b) => inSessionOrder(a.key, b.key, order));
  const after = cursor?.sorted?.after;
  const left = after ? keyed.filter(({ key }) => inSessionOrder(key, after, order) > 0) : keyed;
  const page = left.slice(0, limit);
  const last = page.at(-1)?.key;
  const isComplete = known.from <= reads.from && !scan.isCut;
  const searchedTo = new Date(known.from).toISOString();
  return {
    ...{ site: site.id, from: new Date(from).toISOString(), to: new Date(to).toISOString() },
    sessions: await readRows(
      context,
      site,
      page.map(({ row }) => row),
    ),
    sorted_over: {
      from: searchedTo,
      to: new Date(to).toISOString(),
      sessions: keyed.length,
      complete: isComplete,
    },
    searched_to: searchedTo,
    ...(left.length > page.length && last
      ? { cursor: writeCursor({ to, ...startPosition(to), sorted: { by: order.by, after: last } }) }
      : {}),
    ...toNoteFields([...query.notes, ...notes, ...(scan.isCut ? [cutNote(searchedTo)] : [])]),
  };
}

function cutNote(at: string): Note {
  const message = `the order is over ${MAX_LISTED_SESSIONS} sessions: there are more in this range, take a shorter one`;
  return createNote('order_of_part', message, { count: MAX_LISTED_SESSIONS, at });
}

const toKey = ({ high, low, value }: SessionRow): SortKey => ({
  value: typeof value === 'string' ? decodeValue(value) : value,
  session: `${high.toString(16).padStart(8, '0')}${low.toString(16).padStart(8, '0')}`,
});

/** Columns have hashes of sessions: their names are where they arrived in the log. */
async function readRows(
  context: QueryContext,
  site: ResolvedSite,
  rows: readonly SessionRow[],
): Promise<SessionSummary[]> {
  const ids = new Map<SessionRow, string>();
  const left = [...rows];
  const worker = async () => {
    for (let row = left.shift(); row !== undefined; row = left.shift()) {
      const id = await findId(context, site, row);
      if (id !== undefined) ids.set(row, id);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, rows.length) }, worker));
  const named = rows.flatMap((row) => ids.get(row) ?? []);
  const sessions = await readSessions(context.events, site.id, named);
  return sessions.flatMap((session) => (session ? [toSummary(session)] : []));
}

/** Undefined for one that was erased meanwhile. */
async function findId(
  { events, hash }: QueryContext,
  site: ResolvedSite,
  { high, low, lastArrival }: SessionRow,
): Promise<string | undefined> {
  const wanted = (BigInt(high) << 32n) | BigInt(low);
  const span = { from: lastArrival, to: lastArrival + 1 };
  for (const partition of listPartitions(site, utcDays(span.from, span.to))) {
    const pages = readPartition(events, { ...partition, ...span, pageBatches: BATCHES_OF_A_MILLISECOND });
    for await (const { batches } of pages) {
      const found = batches.find(({ session_id }) => hash(session_id) === wanted);
      if (found) return found.session_id;
    }
  }
  return undefined;
}
