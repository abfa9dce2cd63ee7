/** `GET /api/retention`: how many visitors come back in later weeks, from the visitor ids of raw batches. */
import type { RetentionData } from '@liveinsight/schema';
import { refuseUnknown } from '../read/asked-site.js';
import { CLOCK_MARGIN_MS } from '../read/kept.js';
import { spanOf, zoneOf } from '../read/time-range.js';
import type { Calendar } from '../rollup/calendar.js';
import type { RollupContext } from '../rollup/context.js';
import type { KnownSite } from '../site/sites.js';
import { newestFirst } from './newest-first.js';
import { retentionFold } from './retention-fold.js';

const DAY_MS = 86_400_000;
/** Batches read at the most: of these nothing but the visitor is kept, so it can be more than for other questions. */
const MAX_BATCHES = 100_000;
const PAGE_BATCHES = 1_000;
const PARAMETERS = new Set(['site', 'from', 'to', 'timezone']);

export async function answerRetention(
  { events, rollups, countBots }: RollupContext,
  site: KnownSite,
  query: URLSearchParams,
): Promise<RetentionData> {
  refuseUnknown(query, PARAMETERS);
  const now = rollups.now();
  const calendar = zoneOf(query, site.timezone);
  const { from, to } = spanOf(withDefault(query, `${site.retentionDays}d`), calendar, now);
  const kept = now - site.retentionDays * DAY_MS;
  const weeks = weeksOf(calendar, Math.max(from, kept), to);
  const begin = weeks[0] ?? to;

  const seen: { visitorId: string; at: number }[] = [];
  let cutAt: number | undefined;
  const reads = { from: begin, to: Math.min(to, now + CLOCK_MARGIN_MS), pageBatches: PAGE_BATCHES };
  for await (const batch of newestFirst(events, site, reads)) {
    if (seen.length >= MAX_BATCHES) {
      cutAt = batch.received_at;
      break;
    }
    if (countBots || !batch.bot) seen.push({ visitorId: batch.visitor_id, at: batch.received_at });
  }

  const known = cutAt === undefined ? weeks : weeksOf(calendar, cutAt + 1, to);
  const fold = retentionFold(known);
  for (const { visitorId, at } of seen) {
    const week = known.findLastIndex((start) => start <= at);
    if (week >= 0) fold.see(visitorId, week);
  }
  const first = known[0] ?? to;
  return {
    site: site.id,
    from: new Date(first).toISOString(),
    to: new Date(to).toISOString(),
    timezone: calendar.timezone,
    cohorts: fold.cohorts(),
    ...notesOf(first, { isCut: cutAt !== undefined, isExpired: query.has('from') && from < kept }),
  };
}

/** The weeks from the first that begins at `from` or later; where none does, the one under way from there on. */
function weeksOf(calendar: Calendar, from: number, to: number): number[] {
  const floor = calendar.floor(from, 'week');
  const first = floor === from ? from : calendar.next(floor, 'week');
  if (first >= to) return [from];
  const weeks: number[] = [];
  for (let start = first; start < to; start = calendar.next(start, 'week')) weeks.push(start);
  return weeks;
}

function withDefault(query: URLSearchParams, from: string): URLSearchParams {
  if (query.get('from')) return query;
  const asked = new URLSearchParams(query);
  asked.set('from', from);
  return asked;
}

function notesOf(first: number, { isCut, isExpired }: { isCut: boolean; isExpired: boolean }) {
  const at = new Date(first).toISOString();
  if (isCut) return { notes: [`this reads at most ${MAX_BATCHES} batches: weeks begin with ${at}`] };
  if (isExpired) return { notes: [`raw events are kept no longer: weeks begin with ${at}`] };
  return {};
}
