/** `GET /api/web-vitals`: how long pages take to load and to respond, and how many do so well. */
import type { VitalRating, WebVital, WebVitalsData } from '@liveinsight/schema';
import { getVitalsGroups, rateVital, type VitalStats, Vitals } from '../engine/vitals.js';
import { parseLimit, rejectUnknown } from '../http/query-params.js';
import { toNoteFields } from '../notes.js';
import { readFieldContext, readRowField } from '../query/axes.js';
import type { QueryContext } from '../query/query-context.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { toOtherNotes, toSampleNotes } from './report-notes.js';
import { REPORT_PARAMETERS, readRestriction, scanReport, toReportFrame } from './scan-report.js';

const ROWS = { max: 1_000, default: 100 };
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
  const plan = {
    ...(await readRestriction(context, site, query)),
    ...(await readFieldContext(context.definitions(site.id), [field])),
    field,
  };
  const { scan, set, share, notes } = await scanReport(
    context,
    site,
    plan,
    getVitalsGroups,
    (known, share) => ({
      all: new Vitals({ ...known, field: undefined }, share),
      rows: field && new Vitals(known, share),
      add(...added: Parameters<Vitals['add']>) {
        this.all.add(...added);
        this.rows?.add(...added);
      },
      get isFull() {
        return this.all.isFull;
      },
    }),
  );
  const [total] = scan.all.finish().values();
  const rows = scan.rows && toRows(scan.rows, share);
  const { sampled } = scan.all.numbers;
  return {
    ...toReportFrame(site, plan, set),
    metrics: (total ?? []).map((stats) => toMetric(stats, share)),
    ...(rows ? { breakdown: breakdown ?? '', rows: rows.slice(0, limit), row_count: rows.length } : {}),
    ...toNoteFields([...notes, ...toSampleNotes(sampled), ...toOtherNotes(scan.rows?.over ?? 0)]),
  };
}

/** Those with the most page loads first. */
const toRows = (vitals: Vitals, share: number) =>
  [...vitals.finish()]
    .map(([value, stats]) => ({ value, metrics: stats.map((one) => toMetric(one, share)) }))
    .map((row) => ({ row, count: Math.max(...row.metrics.map(({ count }) => count)) }))
    .sort((a, b) => b.count - a.count || (a.row.value < b.row.value ? -1 : 1))
    .map(({ row }) => row);

function toMetric({ vital, count, percentiles, ratings }: VitalStats, share: number): WebVital {
  const [p50 = null, p75 = null, p90 = null, p95 = null] = percentiles;
  const [good, needsImprovement, poor] = ratings;
  return {
    metric: vital,
    unit: vital === 'CLS' ? null : 'ms',
    count: share * count,
    ...{ p50, p75, p90, p95 },
    rating: p75 === null ? null : (RATINGS[rateVital(vital, p75)] ?? null),
    good: good / count,
    needs_improvement: needsImprovement / count,
    poor: poor / count,
  };
}
