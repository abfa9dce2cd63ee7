/** `GET /api/retention`: how many visitors come back in later days, weeks or months. */

import { RETENTION_PERIODS, type RetentionData, type RetentionPeriod } from '@liveinsight/schema';
import type { ChunkSet } from '../columns/chunk-source.js';
import { SAMPLE_GROUPS } from '../engine/sample.js';
import { getVisitsGroups, type VisitorCohort, Visits, type VisitsPlan } from '../engine/visits.js';
import { invalid, rejectUnknown } from '../http/query-params.js';
import { createNote, type Note, toNoteFields } from '../notes.js';
import { parseStep } from '../query/event-step.js';
import { FILTER_PARAMETERS } from '../query/filters.js';
import type { QueryContext } from '../query/query-context.js';
import { readFilters } from '../query/read-filters.js';
import { readSampled } from '../query/read-sampled.js';
import { getStandardError } from '../query/standard-errors.js';
import { parseSpan, parseTimezone } from '../query/time-range.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { RollupKey, RollupStore } from '../storage/rollup-store.js';
import type { Calendar } from '../time/calendar.js';
import { DAY_MS } from '../time/ms.js';

/** So long must be known before a period for anybody in it to be told to be new. */
const LOOK_BACK_MS: Record<RetentionPeriod, number> = {
  day: 7 * DAY_MS,
  week: 7 * DAY_MS,
  month: 28 * DAY_MS,
};
const KINDS = ['hour', 'day', 'month'] as const;
/** Each is a cohort, and a column of all before it. */
const MAX_PERIODS = 120;
const PARAMETERS = new Set<string>([
  ...['site', 'from', 'to', 'timezone', 'period', 'returning'],
  ...FILTER_PARAMETERS,
]);

export async function getRetention(
  context: QueryContext,
  site: ResolvedSite,
  query: URLSearchParams,
): Promise<RetentionData> {
  rejectUnknown(query, PARAMETERS);
  const now = context.rollups.now();
  const calendar = parseTimezone(query, site.timezone);
  const { from, to } = parseSpan(withDefault(query, `${site.retentionDays}d`), calendar, now);
  const period = parsePeriod(query);
  const returning = query.get('returning');
  const retainedFrom = now - site.retentionDays * DAY_MS;
  // Periods that have not begun have no cohorts.
  const end = Math.max(Math.min(to, now), from + 1);
  const wanted = listPeriods(calendar, period, from, end);

  const definitions = context.definitions(site.id);
  // Who came before is not new in the periods that are asked for.
  const plan: VisitsPlan = {
    ...{ calendar, to, from: Math.min(retainedFrom, from - LOOK_BACK_MS[period]) },
    ...(await readFilters(definitions, query)),
    starts: wanted,
    returning: returning === null ? undefined : (await parseStep(returning, definitions, 'returning')).rule,
  };
  const toStarts = (begins: number) =>
    begins > (wanted[0] ?? to) ? listPeriods(calendar, period, begins, end) : wanted;
  const { scan, set, known, sample, notes } = await readSampled(
    context,
    site,
    plan,
    getVisitsGroups,
    (known) => new Visits({ ...known, starts: toStarts(known.from) }),
  );
  const begins = known.from;
  const starts = toStarts(begins);
  const complete = !isCut(set) && (await isAllRetained(context.rollups, site, begins));
  const getErrors = sample && cohortErrors(scan, sample.share);
  const weigh = (count: number) => Math.round(count / (sample?.share ?? 1));
  return {
    site: site.id,
    from: new Date(starts[0] ?? to).toISOString(),
    to: new Date(to).toISOString(),
    timezone: calendar.timezone,
    period,
    ...(sample ? { sample } : {}),
    cohorts: scan.cohorts().map(({ start, visitors, returned }, index) => {
      const isKnown = complete || start >= begins + LOOK_BACK_MS[period];
      const instant = new Date(start).toISOString();
      const counted = isKnown
        ? {
            visitors: weigh(visitors),
            returned: returned.map(weigh),
            ...(getErrors ? { standard_errors: getErrors(index) } : {}),
          }
        : { visitors: null, returned: [] };
      return { start: instant, week: instant, ...counted, complete };
    }),
    ...toNoteFields([
      ...(starts === wanted ? [] : toNotes(starts[0] ?? to, isCut(set))),
      ...notes.filter(({ code }) => code === 'sampled'),
    ]),
  };
}

/** By place of a cohort: how far its numbers may be off. */
function cohortErrors(visits: Visits, share: number) {
  const ofGroups = Array.from({ length: SAMPLE_GROUPS }, (_, group) => visits.cohorts(group));
  const weight = SAMPLE_GROUPS / share;
  return (cohort: number) => {
    const error = (read: (one: VisitorCohort) => number) =>
      getStandardError(
        ofGroups.map((group) => (group[cohort] ? weight * read(group[cohort]) : undefined)),
        share,
      );
    const periods = ofGroups[0]?.[cohort]?.returned.length ?? 0;
    return {
      visitors: error(({ visitors }) => visitors),
      returned: Array.from({ length: periods }, (_, period) =>
        error(({ returned }) => returned[period] ?? 0),
      ),
    };
  };
}

/** Whether there is more of the log than was read. */
const isCut = ({ notes }: ChunkSet): boolean => notes.some(({ code }) => code === 'raw_events_cut');

function parsePeriod(query: URLSearchParams): RetentionPeriod {
  const raw = query.get('period') ?? 'week';
  const period = RETENTION_PERIODS.find((one) => one === raw);
  if (!period) throw invalid('period', `must be one of ${RETENTION_PERIODS.join(', ')}`);
  return period;
}

/** Whether no numbers are kept of a time before: then what is kept of the site is all there ever was. */
async function isAllRetained(rollups: RollupStore, site: ResolvedSite, before: number): Promise<boolean> {
  const shards = Math.max(...site.shards.steps.map(({ count }) => count));
  for (let shard = 0; shard < shards; shard += 1) {
    const older = await Promise.all(
      KINDS.map((kind) => hasOlder(rollups, { site: site.id, shard, kind }, before)),
    );
    if (older.includes(true)) return false;
  }
  return true;
}

/** A month that also has a later time may have nothing of the time before: its days say so. */
async function hasOlder(
  rollups: RollupStore,
  of: Omit<RollupKey, 'start'>,
  before: number,
): Promise<boolean> {
  const newest = await rollups.newest(of, before);
  if (!newest || of.kind !== 'month' || newest.through <= before) return newest !== undefined;
  return (await rollups.newest(of, newest.start)) !== undefined;
}

/** The periods from the first that begins at `from` or later; where none does, the one under way from there on. */
function listPeriods(calendar: Calendar, period: RetentionPeriod, from: number, to: number): number[] {
  const floor = calendar.floor(from, period);
  const first = floor === from ? from : calendar.next(floor, period);
  if (first >= to) return [from];
  const starts: number[] = [];
  for (let start = first; start < to; start = calendar.next(start, period)) starts.push(start);
  if (starts.length > MAX_PERIODS)
    throw invalid('period', `must give at most ${MAX_PERIODS} periods over this range: take a longer one`);
  return starts;
}

function withDefault(query: URLSearchParams, from: string): URLSearchParams {
  if (query.get('from')) return query;
  const params = new URLSearchParams(query);
  params.set('from', from);
  return params;
}

function toNotes(first: number, isCut: boolean): Note[] {
  const at = new Date(first).toISOString();
  if (isCut) {
    const message = `one response does not read more events: periods begin with ${at}`;
    return [createNote('weeks_cut', message, { at })];
  }
  return [createNote('weeks_expired', `events are stored no longer: periods begin with ${at}`, { at })];
}
