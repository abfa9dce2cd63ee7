/** A page of the sessions of a range that are found by filters, a text or an order: from events by column, which have all of them; each is then read whole. */
import type { SessionSummary, SessionsData } from '@liveinsight/schema';
import { MAX_LISTED_SESSIONS } from '../budgets.js';
import type { Condition } from '../engine/condition.js';
import type { ColumnSort } from '../engine/session-facts.js';
import { getSessionRowsGroups, type SessionRow, SessionRows } from '../engine/session-rows.js';
import { startPosition, writeCursor } from '../event-log/cursor.js';
import { listPartitions, readPartition } from '../event-log/read-partition.js';
import { createNote, type Note, toNoteFields } from '../notes.js';
import type { QueryContext } from '../query/query-context.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { Calendar } from '../time/calendar.js';
import { utcDays } from '../time/ms.js';
import { findIds } from './find-ids.js';
import { findPage } from './find-page.js';
import type { ListedRange } from './pagination.js';
import { scanReport } from './scan-report.js';
import { readSessions, toSummary } from './session-loader.js';
import type { SessionOrder } from './session-order.js';
import { toSessionText } from './session-search.js';

/** As cursors name it where no order is asked for. */
export const NEWEST_FIRST = { sort: 'last_seen_at', ascending: false, by: 'newest' } as const;
/** Sessions whose names are looked for at a time. */
const AT_ONCE = 8;
const BATCHES_OF_A_MILLISECOND = 100;

export interface ColumnSessionsQuery extends ListedRange {
  /** Undefined: newest first. */
  order: (SessionOrder & { sort: ColumnSort }) | undefined;
  /** A text that sessions have in them; empty: any. */
  search: string;
  limit: number;
  conditions: Condition[];
  calendar: Calendar;
}

export async function listByColumns(
  context: QueryContext,
  site: ResolvedSite,
  query: ColumnSessionsQuery,
): Promise<SessionsData> {
  const { from, to, reads, cursor, search, limit, conditions, calendar } = query;
  const order = query.order ?? NEWEST_FIRST;
  const range = { from: reads.from, to };
  const ids = search === '' ? undefined : await findIds(context, site, search, range);
  const text = ids && toSessionText(search, context.hash, ids.sessions);
  const plan = { ...range, conditions, level: 'session' as const, calendar, sort: order.sort, text };
  const { scan, known, notes } = await scanReport(
    context,
    site,
    plan,
    getSessionRowsGroups,
    (knownPlan) => new SessionRows(knownPlan),
    { maySample: false },
  );
  const { page, left, sessions } = await findPage(scan.rows(), order, limit, cursor?.sorted?.after);
  const last = page.at(-1)?.key;
  const isComplete = known.from <= reads.from && !scan.isCut;
  const searchedTo = new Date(Math.max(known.from, scan.heldAfter + 1)).toISOString();
  return {
    ...{ site: site.id, from: new Date(from).toISOString(), to: new Date(to).toISOString() },
    sessions: await readRows(
      context,
      site,
      page.map(({ row }) => row),
    ),
    ...(query.order
      ? {
          sorted_over: {
            from: searchedTo,
            to: new Date(to).toISOString(),
            sessions,
            complete: isComplete,
          },
        }
      : {}),
    searched_to: searchedTo,
    ...(left > page.length && last
      ? { cursor: writeCursor({ to, ...startPosition(to), sorted: { by: order.by, after: last } }) }
      : {}),
    ...toNoteFields([
      ...query.notes,
      ...notes,
      ...(ids?.notes ?? []),
      ...(scan.isCut ? [cutNote(sessions, searchedTo)] : []),
    ]),
  };
}

function cutNote(count: number, at: string): Note {
  const message = `these are ${count} sessions from ${at} on: there are more than ${MAX_LISTED_SESSIONS} to look through in this range, take a shorter one`;
  return createNote('order_of_part', message, { count, at });
}

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
