/** `GET /api/attribution`: which source, channel or campaign the conversions of a range are owed to. */
import type { AttributionCredit, AttributionData } from '@liveinsight/schema';
import { Attribution, type AttributionPlan, getAttributionGroups } from '../engine/attribution.js';
import { isSessionField } from '../engine/column.js';
import type { Credit, Model } from '../engine/credit-touches.js';
import { onceAChunk } from '../engine/once-a-chunk.js';
import { SESSION_DIMENSIONS, type SessionDimension } from '../events/dimensions.js';
import { roundMicros } from '../events/money.js';
import { invalid, parseLimit, rejectUnknown } from '../http/query-params.js';
import { createNote, toNoteFields } from '../notes.js';
import type { QueryContext } from '../query/query-context.js';
import { hasText, parseSearch } from '../query/search-and-order.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { DAY_MS } from '../time/ms.js';
import { type AttributedGoal, readAttributedGoal } from './attributed-goal.js';
import { toOtherNotes } from './report-notes.js';
import { createErrors, toSampleFields } from './sampled-rows.js';
import { REPORT_PARAMETERS, readRestriction, scanReport, toReportFrame } from './scan-report.js';

const ROWS = { max: 1_000, default: 100 };
const MICRO = 1_000_000;
const NO_LIMIT = { conversions: Number.POSITIVE_INFINITY, touches: Number.POSITIVE_INFINITY };
const LOOKBACK_DAYS = { max: 90, default: 30 };
/** Conversions that happened earlier than they arrived have their time before them too. */
const LATE_MS = DAY_MS;
const PARAMETERS = new Set<string>([
  ...REPORT_PARAMETERS,
  ...['breakdown', 'goal', 'lookback', 'search', 'limit'],
]);

export async function getAttribution(
  context: QueryContext,
  site: ResolvedSite,
  query: URLSearchParams,
): Promise<AttributionData> {
  rejectUnknown(query, PARAMETERS);
  const [field, days] = [parseDimension(query), parseLookback(query)];
  const [search, limit] = [parseSearch(query), parseLimit(query, ROWS)];
  const restriction = await readRestriction(context, site, query, { measures: true });
  const lookbackMs = days * DAY_MS;
  const plan: AttributionPlan = {
    ...restriction,
    ...onceGoal(await readAttributedGoal(query, context.definitions(site.id))),
    ...{ field, lookbackMs, knownFrom: undefined },
    from: restriction.from - lookbackMs - LATE_MS,
    countFrom: restriction.from,
  };
  const report = await scanReport(
    context,
    site,
    plan,
    getAttributionGroups,
    (known, { share, isSample, isGroup }) =>
      new Attribution(
        {
          ...{ ...known, isByVisitor: isSample },
          knownFrom: known.from > plan.from ? known.from : undefined,
        },
        share,
        // Conversions and sessions are limited for all groups together.
        isGroup ? NO_LIMIT : undefined,
      ),
  );
  const { scan, set, weight, notes } = report;
  const readErrors = createErrors(report, (group, weight) =>
    [...group.finish()].flatMap(([value, row]) =>
      MODELS.map((model) => [toKey(value, model), toNumbers(toCredit(row[model], weight))] as const),
    ),
  );
  const toCredited = (value: string, model: Model, credit: Credit): AttributionCredit => {
    const found = toCredit(credit, weight);
    return { ...found, ...readErrors(toKey(value, model), toNumbers(found), found.conversions) };
  };
  const attributed = scan.finish();
  const rows = [...attributed]
    .map(([value, { first, last }]) => ({
      value,
      first_touch: toCredited(value, 'first', first),
      last_touch: toCredited(value, 'last', last),
    }))
    .filter(({ value }) => hasText(value, search))
    .sort(
      (a, b) =>
        b.last_touch.conversions - a.last_touch.conversions ||
        b.first_touch.conversions - a.first_touch.conversions ||
        (a.value < b.value ? -1 : 1),
    );
  const { knownFrom, ...rest } = set;
  const isCut = knownFrom !== undefined && knownFrom > restriction.from;
  return {
    ...toReportFrame(site, restriction, isCut ? set : rest),
    ...toSampleFields(report),
    breakdown: field,
    lookback_days: days,
    rows: rows.slice(0, limit),
    row_count: rows.length,
    ...toNoteFields([
      ...notes,
      ...(report.sample ? [BY_VISITOR] : []),
      ...toOtherNotes(attributed.over, weight),
    ]),
  };
}

function parseDimension(query: URLSearchParams): SessionDimension {
  const raw = query.get('breakdown') || 'source';
  if (!isSessionField(raw)) throw invalid('breakdown', `must be one of ${SESSION_DIMENSIONS.join(', ')}`);
  return raw;
}

/** Reads `?lookback=30d`. */
function parseLookback(query: URLSearchParams): number {
  const raw = query.get('lookback');
  if (raw === null) return LOOKBACK_DAYS.default;
  const days = Number(/^(\d{1,3})d$/.exec(raw)?.[1] ?? 0);
  if (days < 1 || days > LOOKBACK_DAYS.max) throw invalid('lookback', `must be 1d to ${LOOKBACK_DAYS.max}d`);
  return days;
}

/** Several scans go through each chunk. */
const onceGoal = ({ selectConversions, readAmounts, groups }: AttributedGoal): AttributedGoal => ({
  selectConversions: onceAChunk(selectConversions),
  readAmounts: onceAChunk(readAmounts),
  groups,
});

const MODELS: readonly Model[] = ['first', 'last'];
const toKey = (value: string, model: Model): string => `${model} ${value}`;

function toCredit({ conversions, money }: Credit, weight: number): AttributionCredit {
  const sorted = [...money].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    conversions: Math.round(weight * conversions),
    revenue: Object.fromEntries(
      sorted.map(([currency, micros]) => [currency, roundMicros(weight * micros) / MICRO]),
    ),
  };
}

/** Amounts by the names that they have as columns. */
const toNumbers = ({ conversions, revenue }: AttributionCredit): Record<string, number> => ({
  conversions,
  ...Object.fromEntries(Object.entries(revenue).map(([currency, amount]) => [`revenue_${currency}`, amount])),
});

const BY_VISITOR = createNote(
  'users_apart',
  'in a sample each browser is a person of its own: sessions of the same user in another one get no credit',
);
