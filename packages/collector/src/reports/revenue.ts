/** `GET /api/revenue`: orders and revenue by source, campaign, product and so on, each currency by itself. */
import { CURRENCIES, MAX_NAME_CHARS, type RevenueAmount, type RevenueData } from '@liveinsight/schema';
import { MAX_REPORT_GROUPS, MAX_ROW_DISTINCT_BYTES } from '../budgets.js';
import { readField } from '../engine/field-values.js';
import { onceAChunk } from '../engine/once-a-chunk.js';
import { getRevenueGroups, type Money, Revenue, type RevenueRow } from '../engine/revenue.js';
import { SAMPLE_GROUPS } from '../engine/sample.js';
import { roundMicros } from '../events/money.js';
import { invalid, parseLimit, rejectUnknown } from '../http/query-params.js';
import { toNoteFields } from '../notes.js';
import { readFieldContext, readRowField } from '../query/axes.js';
import type { QueryContext } from '../query/query-context.js';
import { hasText, parseSearch } from '../query/search-and-order.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { toOtherNotes, toRowShareNotes } from './report-notes.js';
import { createErrors, type ReadErrors, toSampleFields } from './sampled-rows.js';
import { REPORT_PARAMETERS, readRestriction, scanReport, toReportFrame } from './scan-report.js';

const ROWS = { max: 1_000, default: 100 };
const MICRO = 1_000_000;
/** All groups of a sample share a budget; of rows, a part of it is enough for those that matter. */
const OF_GROUP = { rows: MAX_REPORT_GROUPS / 4, distinctBytes: MAX_ROW_DISTINCT_BYTES / SAMPLE_GROUPS };
const PARAMETERS = new Set<string>([
  ...REPORT_PARAMETERS,
  ...['breakdown', 'type', 'currency', 'search', 'limit'],
]);

export async function getRevenue(
  context: QueryContext,
  site: ResolvedSite,
  query: URLSearchParams,
): Promise<RevenueData> {
  rejectUnknown(query, PARAMETERS);
  const breakdown = query.get('breakdown') || 'source';
  const field = readRowField(breakdown);
  const type = query.get('type') || undefined;
  if (type !== undefined && type.length > MAX_NAME_CHARS)
    throw invalid('type', `must have at most ${MAX_NAME_CHARS} characters`);
  const currency = query.get('currency') || undefined;
  if (currency !== undefined && !CURRENCIES.has(currency))
    throw invalid('currency', 'must be a currency as EUR (ISO 4217, in capital letters)');
  const [search, limit] = [parseSearch(query), parseLimit(query, ROWS)];
  const restriction = {
    ...(await readRestriction(context, site, query)),
    ...(await readFieldContext(context.definitions(site.id), [field])),
  };
  const readValue = onceAChunk((chunk) => readField(chunk, field, restriction));
  const plan = { ...restriction, field, type, readValue };
  const report = await scanReport(
    context,
    site,
    plan,
    getRevenueGroups,
    (known, { isGroup }) => new Revenue(known, isGroup ? OF_GROUP : undefined),
  );
  const { scan, set, notes, weight } = report;
  const ofTotals = createErrors(report, (group, weight) => listAmounts('', group.total, weight));
  const ofRows = createErrors(report, (group, weight) =>
    group
      .rows()
      .flatMap(({ value, visitors, money }) => [
        [toKey(value, VISITORS), { visitors: Math.round(weight * visitors) }] as const,
        ...listAmounts(value, money, weight),
      ]),
  );
  const withErrors = (value: string, money: ReadonlyMap<string, Money>, read: ReadErrors) =>
    toAmounts(money, weight).map((amount) => ({
      ...amount,
      ...read(toKey(value, amount.currency), toNumbers(amount), amount.orders + amount.refunds),
    }));
  const first = currency ?? findMain(scan.total);
  const rows = scan.rows().filter(({ value }) => hasText(value, search));
  return {
    ...toReportFrame(site, plan, set),
    ...toSampleFields(report),
    totals: withErrors('', scan.total, ofTotals),
    breakdown,
    rows: sortRows(rows, first)
      .slice(0, limit)
      .map(({ value, visitors: counted, money }) => {
        const visitors = Math.round(weight * counted);
        const errors = ofRows(toKey(value, VISITORS), { visitors }, visitors);
        return { value, visitors, ...errors, amounts: withErrors(value, money, ofRows) };
      }),
    row_count: rows.length,
    ...toNoteFields([
      ...notes,
      ...toRowShareNotes('visitors', scan.share),
      ...toOtherNotes(scan.over, weight),
    ]),
  };
}

/** The currency with the most orders. */
const findMain = (total: ReadonlyMap<string, Money>): string | undefined =>
  [...total].sort(([a, left], [b, right]) => right.orders - left.orders || (a < b ? -1 : 1))[0]?.[0];

/** By revenue in one currency, then by orders in all. */
function sortRows(rows: RevenueRow[], currency: string | undefined): RevenueRow[] {
  const getNet = ({ money }: RevenueRow) => money.get(currency ?? '')?.net ?? Number.NEGATIVE_INFINITY;
  const getOrders = ({ money }: RevenueRow) =>
    [...money.values()].reduce((sum, { orders }) => sum + orders, 0);
  // −∞ less itself is no number.
  const compare = (a: number, b: number) => (a === b ? 0 : b - a);
  return rows.sort(
    (a, b) => compare(getNet(a), getNet(b)) || getOrders(b) - getOrders(a) || (a.value < b.value ? -1 : 1),
  );
}

/** No currency is named so. */
const VISITORS = 'visitors';
const toKey = (value: string, name: string): string => `${name} ${value}`;
const toNumbers = ({ currency: _, standard_errors: __, ...numbers }: RevenueAmount) => numbers;

const listAmounts = (value: string, money: ReadonlyMap<string, Money>, weight: number) =>
  toAmounts(money, weight).map((amount) => [toKey(value, amount.currency), toNumbers(amount)] as const);

const toAmounts = (money: ReadonlyMap<string, Money>, weight: number): RevenueAmount[] =>
  [...money]
    .sort(([a, left], [b, right]) => right.orders - left.orders || (a < b ? -1 : 1))
    .map(([currency, { orders, gross, refunds, net }]) => ({
      currency,
      orders: Math.round(weight * orders),
      refunds: Math.round(weight * refunds),
      revenue: roundMicros(weight * net) / MICRO,
      average_order_value: orders === 0 ? null : gross / MICRO / orders,
    }));
