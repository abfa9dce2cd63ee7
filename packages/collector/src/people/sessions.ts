/** `GET /api/sessions`: the sessions of a range, newest first, page by page. */
import { BREAKDOWNS, type SessionSummary, type SessionsData } from '@liveinsight/schema';
import { limitOf, refuseUnknown } from '../read/asked-site.js';
import { filtersOf } from '../read/filters.js';
import { zoneOf } from '../read/time-range.js';
import type { KnownSite } from '../site/sites.js';
import type { EventStore, Store, StoredBatch } from '../store/store.js';
import { isBehind, placeOf, writeCursor } from './cursor.js';
import { type ListedRange, listedRange } from './listed-range.js';
import { newestFirst } from './newest-first.js';
import { type SessionFilter, sessionFilter } from './session-filter.js';
import { readSessions, summaryOf, type WholeSession } from './whole-session.js';

const ROWS = { most: 200, usual: 50 };
/** What one page looks at, at the most: beyond it ends early, and its cursor goes on from there. */
const MAX_BATCHES = 5_000;
const MAX_SESSIONS_READ = 500;
const PARAMETERS = new Set<string>(['site', 'from', 'to', 'timezone', 'limit', 'cursor', ...BREAKDOWNS]);

export interface SessionsQuestion extends ListedRange {
  limit: number;
  filter: SessionFilter;
}

export async function sessionsQuestion(
  query: URLSearchParams,
  site: KnownSite,
  store: Store,
): Promise<SessionsQuestion> {
  refuseUnknown(query, PARAMETERS);
  const calendar = zoneOf(query, site.timezone);
  const range = await listedRange(query, calendar, site, store);
  const filter = sessionFilter(filtersOf(query), calendar);
  return { ...range, limit: limitOf(query, ROWS), filter };
}

export async function listSessions(
  store: EventStore,
  site: KnownSite,
  question: SessionsQuestion,
  countBots: boolean,
): Promise<SessionsData> {
  const { from, to, limit, cursor, filter, reads } = question;
  const rows: SessionSummary[] = [];
  const seen = new Set<string>();
  let waiting: string[] = [];
  let batches = 0;
  let read = 0;
  let last: StoredBatch | undefined;
  let ended: 'whole' | 'full' | 'cut' = 'whole';

  /** Reads whole the sessions that wait, and takes those that belong into this page. */
  async function take(): Promise<void> {
    const ids = waiting;
    waiting = [];
    read += ids.length;
    for (const session of await readSessions(store, site.id, ids)) {
      if (!session || wasListed(session, question) || !filter.passes(session)) continue;
      rows.push(summaryOf(session));
    }
  }

  const reading = newestFirst(store, site, {
    ...reads,
    pageBatches: Math.min(1_000, Math.max(100, limit * 4)),
  });
  for await (const batch of reading) {
    if (rows.length >= limit) ended = 'full';
    else if (batches >= MAX_BATCHES || read + waiting.length >= MAX_SESSIONS_READ) ended = 'cut';
    if (ended !== 'whole') break;
    batches += 1;
    if (cursor && !isBehind(batch, cursor)) continue;
    last = batch;
    if (seen.has(batch.session_id)) continue;
    seen.add(batch.session_id);
    if ((batch.bot && !countBots) || !filter.mayPass(batch)) continue;
    waiting.push(batch.session_id);
    if (waiting.length >= limit - rows.length) await take();
  }
  await take();
  const notes = [...question.notes, ...(ended === 'cut' && rows.length < limit ? [CUT] : [])];
  return {
    site: site.id,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    sessions: rows,
    searched_to: new Date(ended !== 'whole' && last ? last.received_at : question.reads.from).toISOString(),
    ...(ended !== 'whole' && last ? { cursor: writeCursor({ to, ...placeOf(last) }) } : {}),
    ...(notes.length > 0 ? { notes } : {}),
  };
}

const CUT = `a page looks at no more than ${MAX_BATCHES} batches or ${MAX_SESSIONS_READ} whole sessions: there may be more behind the cursor`;

/** A session stands where its last arrival within the range is: one that was before the cursor, on an earlier page. */
const wasListed = ({ batches }: WholeSession, { from, to, cursor }: SessionsQuestion): boolean =>
  cursor !== undefined &&
  batches.some((batch) => batch.received_at >= from && batch.received_at < to && !isBehind(batch, cursor));
