/** `GET /api/retention`: how many visitors come back in later weeks, from the visitor ids of raw batches. */

import type { RetentionData } from '@liveinsight/schema';
import { CLOCK_MARGIN_MS } from '../event-log/retention-window.js';
import { scanBackward } from '../event-log/scan-backward.js';
import { rejectUnknown } from '../http/query-params.js';
import { createNote, toNoteFields } from '../notes.js';
import { parseSpan, parseTimezone } from '../query/time-range.js';
import type { RollupContext } from '../rollup/rollup-context.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { RollupStore } from '../storage/rollup-store.js';
import type { Calendar } from '../time/calendar.js';
import { DAY_MS } from '../time/ms.js';
import { createCohortCounter } from './cohorts.js';

/** So long must be known before a week for anybody in it to be told to be new. */
const WEEK_MS = 7 * DAY_MS;
const KINDS = ['hour', 'day', 'month'] as const;
/** Batches read at most: of these nothing but the visitor is kept, so it can be more than for other questions. */
const MAX_BATCHES = 100_000;
const PAGE_BATCHES = 1_000;
const PARAMETERS = new Set(['site', 'from', 'to', 'timezone']);

export async function getRetention(
  { events, rollups, countBots }: RollupContext,
  site: ResolvedSite,
  query: URLSearchParams,
): Promise<RetentionData> {
  rejectUnknown(query, PARAMETERS);
  const now = rollups.now();
  const calendar = parseTimezone(query, site.timezone);
  const { from, to } = parseSpan(withDefault(query, `${site.retentionDays}d`), calendar, now);
  const retainedFrom = now - site.retentionDays * DAY_MS;
  const weeks = listWeeks(calendar, Math.max(from, retainedFrom), to);

  // Who came in the weeks before is not new in those that are asked for.
  const seen: { visitorId: string; at: number }[] = [];
  let begins = retainedFrom;
  const reads = { from: retainedFrom, to: Math.min(to, now + CLOCK_MARGIN_MS), pageBatches: PAGE_BATCHES };
  for await (const batch of scanBackward(events, site, reads)) {
    if (seen.length >= MAX_BATCHES) {
      begins = batch.received_at + 1;
      break;
    }
    if (countBots || !batch.bot) seen.push({ visitorId: batch.visitor_id, at: batch.received_at });
  }

  const isTruncated = begins > (weeks[0] ?? to);
  const known = isTruncated ? listWeeks(calendar, begins, to) : weeks;
  const counter = createCohortCounter(known);
  for (const { visitorId, at } of seen)
    counter.see(
      visitorId,
      known.findLastIndex((start) => start <= at),
    );
  const first = known[0] ?? to;
  const complete = begins === retainedFrom && (await isAllRetained(rollups, site, retainedFrom));
  return {
    site: site.id,
    from: new Date(first).toISOString(),
    to: new Date(to).toISOString(),
    timezone: calendar.timezone,
    cohorts: counter.cohorts().map((cohort, at) => {
      const isKnown = complete || (known[at] ?? 0) >= begins + WEEK_MS;
      return isKnown ? { ...cohort, complete } : { ...cohort, visitors: null, returned: [], complete };
    }),
    ...toNotes(first, { isTruncated, isExpired: query.has('from') && from < retainedFrom }),
  };
}

/** Whether no numbers are kept of a time before: then what is kept of the site is all there ever was. */
async function isAllRetained(rollups: RollupStore, site: ResolvedSite, before: number): Promise<boolean> {
  const shards = Math.max(...site.shards.steps.map(({ count }) => count));
  for (let shard = 0; shard < shards; shard += 1) {
    const older = await Promise.all(
      KINDS.map((kind) => rollups.newest({ site: site.id, shard, kind }, before)),
    );
    if (older.some((state) => state !== undefined)) return false;
  }
  return true;
}

/** The weeks from the first that begins at `from` or later; where none does, the one under way from there on. */
function listWeeks(calendar: Calendar, from: number, to: number): number[] {
  const floor = calendar.floor(from, 'week');
  const first = floor === from ? from : calendar.next(floor, 'week');
  if (first >= to) return [from];
  const weeks: number[] = [];
  for (let start = first; start < to; start = calendar.next(start, 'week')) weeks.push(start);
  return weeks;
}

function withDefault(query: URLSearchParams, from: string): URLSearchParams {
  if (query.get('from')) return query;
  const params = new URLSearchParams(query);
  params.set('from', from);
  return params;
}

function toNotes(first: number, { isTruncated, isExpired }: { isTruncated: boolean; isExpired: boolean }) {
  const at = new Date(first).toISOString();
  if (isTruncated) {
    const message = `this reads at most ${MAX_BATCHES} batches: weeks begin with ${at}`;
    return toNoteFields([createNote('weeks_cut', message, { at, limit: MAX_BATCHES })]);
  }
  if (!isExpired) return {};
  return toNoteFields([
    createNote('weeks_expired', `raw events are kept no longer: weeks begin with ${at}`, { at }),
  ]);
}
