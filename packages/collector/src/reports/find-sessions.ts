/** Looks back through the log for sessions that pass, each read whole, as far as a budget goes. */
import type { SessionSummary, Traffic } from '@liveinsight/schema';
import { isAfter } from '../event-log/cursor.js';
import { scanBackward } from '../event-log/scan-backward.js';
import { isOfTraffic } from '../events/traffic.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { EventStore, StoredBatch } from '../storage/event-store.js';
import type { ListedRange } from './pagination.js';
import type { SessionFilter } from './session-filter.js';
import { type LoadedSession, readSessions, toSummary } from './session-loader.js';
import { isFoundBy } from './session-search.js';

/** Sessions read before it is looked whether there are enough. */
const READ_AT_ONCE = 200;

export interface SessionsQuery extends ListedRange {
  filter: SessionFilter;
  /** Text that sessions must have in them; empty: any. */
  search: string;
}

export interface SessionsBudget {
  /** Sessions to be found: then it ends. */
  rows: number;
  batches: number;
  /** Sessions read whole, a few more at most. */
  sessions: number;
}

export interface FoundSessions {
  /** By their last arrival within the range, newest first. */
  rows: SessionSummary[];
  /** The last batch that was looked at; undefined where there was none. */
  last: StoredBatch | undefined;
  /** At the end of the range, with as many rows as wanted, or at the end of the budget. */
  ended: 'whole' | 'full' | 'cut';
}

export async function findSessions(
  store: EventStore,
  site: ResolvedSite,
  query: SessionsQuery,
  budget: SessionsBudget,
  traffic: Traffic,
): Promise<FoundSessions> {
  const { cursor, filter, reads, search } = query;
  const rows: SessionSummary[] = [];
  const seen = new Set<string>();
  let waiting: string[] = [];
  let batches = 0;
  let read = 0;
  let last: StoredBatch | undefined;
  let ended: FoundSessions['ended'] = 'whole';

  /** Reads whole the sessions that wait, and takes those that belong into this page. */
  async function take(): Promise<void> {
    const ids = waiting;
    waiting = [];
    read += ids.length;
    for (const session of await readSessions(store, site.id, ids)) {
      if (!session || wasListed(session, query) || !filter.passes(session)) continue;
      const summary = toSummary(session);
      if (isFoundBy(summary, search)) rows.push(summary);
    }
  }

  const log = scanBackward(store, site, {
    ...reads,
    pageBatches: Math.min(1_000, Math.max(100, budget.rows * 4)),
  });
  for await (const batch of log) {
    if (rows.length >= budget.rows) ended = 'full';
    else if (batches >= budget.batches || read + waiting.length >= budget.sessions) ended = 'cut';
    if (ended !== 'whole') break;
    batches += 1;
    if (cursor && !isAfter(batch, cursor)) continue;
    last = batch;
    if (seen.has(batch.session_id)) continue;
    seen.add(batch.session_id);
    if (!isOfTraffic(batch, traffic) || !filter.mayPass(batch)) continue;
    waiting.push(batch.session_id);
    if (waiting.length >= Math.min(READ_AT_ONCE, budget.rows - rows.length)) await take();
  }
  await take();
  return { rows, last, ended };
}

/** A session stands where its last arrival within the range is: one that was before the cursor, on an earlier page. */
const wasListed = ({ batches }: LoadedSession, { from, to, cursor }: ListedRange): boolean =>
  cursor !== undefined &&
  batches.some((batch) => batch.received_at >= from && batch.received_at < to && !isAfter(batch, cursor));
