/** `GET /api/web-vitals`: how long pages take to load and to respond, and how many do so well. */
import type { VitalRating, WebVital, WebVitalsData } from '@liveinsight/schema';
import { MAX_EXACT_NUMBERS, MAX_ROW_FACTS } from '../budgets.js';
import { readField } from '../engine/field-values.js';
import { onceAChunk } from '../engine/once-a-chunk.js';
import { SAMPLE_GROUPS } from '../engine/sample.js';
import { getVitalsGroups, rateVital, readVitals, type VitalStats, Vitals } from '../engine/vitals.js';
import { parseLimit, rejectUnknown } from '../http/query-params.js';
import { toNoteFields } from '../notes.js';
import { readFieldContext, readRowField } from '../query/axes.js';
import { toPercentileNotes } from '../query/percentile-notes.js';
import type { QueryContext } from '../query/query-context.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { toOtherNotes } from './report-notes.js';
import { createErrors, type ReadErrors, toSampleFields } from './sampled-rows.js';
import { REPORT_PARAMETERS, readRestriction, scanReport, toReportFrame } from './scan-report.js';

const ROWS = { max: 1_000, default: 100 };
/** Reports are limited for all groups together. */
const OF_GROUP = {
  reports: Number.POSITIVE_INFINITY,
  rows: MAX_ROW_FACTS / SAMPLE_GROUPS,
  numbers: MAX_EXACT_NUMBERS / SAMPLE_GROUPS,
};
const PARAMETERS = new Set<string>([...REPORT_PARAMETERS, 'breakdown', 'limit']);
const RATINGS: readonly VitalRating[] = ['good', 'needs_improvement', 'poor'];

export async function getWebVitals(
  context: QueryContext,
  site: ResolvedSite,
  query: URLSearchParams,
): Promise<WebVitalsData> {
  rejectUnknown(query, PARAMETERS);
  const breakdown = query.get('breakdown') || undefined;
  const field = breakdown === undefined ? undefined : readRowField(breakdown);
  const limit = parseLimit(query, ROWS);
  const restriction = {
    ...(await readRestriction(context, site, query)),
    ...(await readFieldContext(context.definitions(site.id), [field])),
  };
  const readRow = field && onceAChunk((chunk) => readField(chunk, field, restriction));
  const plan = { ...restriction, field, readRow, readVitals: onceAChunk(readVitals) };
  const report = await scanReport(context, site, plan, getVitalsGroups, (known, { share, isGroup }) => {
    const max = isGroup ? OF_GROUP : undefined;
    return {
      all: new Vitals({ ...known, field: undefined, readRow: undefined }, share, max),
      rows: field && new Vitals(known, share, max),
      add(...added: Parameters<Vitals['add']>) {
        this.all.add(...added);
        this.rows?.add(...added);
      },
      get isFull() {
        return this.all.isFull;
      },
    };
  });
  const { scan, set, weight, notes } = report;
  const ofAll = createErrors(report, (group, weight) => listNumbers(group.all, weight));
  const ofRows = createErrors(report, (group, weight) => (group.rows ? listNumbers(group.rows, weight) : []));
  const [total] = scan.all.finish().values();
  const rows = scan.rows && toRows(scan.rows, weight);
  const { sampled } = scan.all.numbers;
  return {
    ...toReportFrame(site, plan, set),
    ...toSampleFields(report),
    metrics: (total ?? []).map((stats) => withErrors('', toMetric(stats, weight), ofAll)),
    ...(rows
      ? {
          breakdown: breakdown ?? '',
          rows: rows.slice(0, limit).map(({ value, metrics }) => ({
            value,
            metrics: metrics.map((metric) => withErrors(value, metric, ofRows)),
          })),
          row_count: rows.length,
        }
      : {}),
    ...toNoteFields([...notes, ...toPercentileNotes(sampled), ...toOtherNotes(scan.rows?.over ?? 0, weight)]),
  };
}

/** Those with the most page loads first. */
const toRows = (vitals: Vitals, weight: number) =>
  [...vitals.finish()]
    .map(([value, stats]) => ({ value, metrics: stats.map((one) => toMetric(one, weight)) }))
    .map((row) => ({ row, count: Math.max(...row.metrics.map(({ count }) => count)) }))
    .sort((a, b) => b.count - a.count || (a.row.value < b.row.value ? -1 : 1))
    .map(({ row }) => row);

const toKey = (value: string, metric: string): string => `${metric} ${value}`;

/** Of each vital of each row, what may be off. */
function* listNumbers(vitals: Vitals, weight: number): Generator<[string, Numbers]> {
  for (const [value, stats] of vitals.finish())
    for (const one of stats) yield [toKey(value, one.vital), toNumbers(toMetric(one, weight))];
}

type Numbers = Record<
  'count' | 'p50' | 'p75' | 'p90' | 'p95' | 'good' | 'needs_improvement' | 'poor',
  number | null
>;

const toNumbers = ({ count, p50, p75, p90, p95, good, needs_improvement, poor }: WebVital): Numbers => ({
  ...{ count, p50, p75, p90, p95 },
  ...{ good, needs_improvement, poor },
});

const withErrors = (value: string, metric: WebVital, read: ReadErrors): WebVital => ({
  ...metric,
  ...read(toKey(value, metric.metric), toNumbers(metric), metric.count),
});

function toMetric({ vital, count, percentiles, ratings }: VitalStats, weight: number): WebVital {
  const [p50 = null, p75 = null, p90 = null, p95 = null] = percentiles;
  const [good, needsImprovement, poor] = ratings;
  return {
    metric: vital,
    unit: vital === 'CLS' ? null : 'ms',
    count: Math.round(weight * count),
    ...{ p50, p75, p90, p95 },
    rating: p75 === null ? null : (RATINGS[rateVital(vital, p75)] ?? null),
    good: good / count,
    needs_improvement: needsImprovement / count,
    poor: poor / count,
  };
}
