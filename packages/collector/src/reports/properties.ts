/** `GET /api/properties`: which properties events have, and the numbers among their values. */
import type { PropertiesData } from '@liveinsight/schema';
import { getPropertyGroups } from '../engine/property-facts.js';
import { getPropertyNumbersGroups } from '../engine/property-numbers.js';
import type { Restriction } from '../engine/selection.js';
import { invalid, parseLimit, rejectUnknown } from '../http/query-params.js';
import { type Note, toNoteFields } from '../notes.js';
import { readFieldContext, readRowField } from '../query/axes.js';
import { FILTER_PARAMETERS } from '../query/filters.js';
import { toPercentileNotes } from '../query/percentile-notes.js';
import { knownSince } from '../query/points.js';
import type { QueryContext } from '../query/query-context.js';
import { readFilters } from '../query/read-filters.js';
import { readSampled } from '../query/read-sampled.js';
import { toUnlistedNotes } from '../query/row-numbers.js';
import { parseTimeRange } from '../query/time-range.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { listSampled, type PropertiesPart, PropertiesScan } from './properties-scan.js';

const ROWS = { max: 1_000, default: 100 };
const PARAMETERS = new Set<string>([
  ...['site', 'from', 'to', 'timezone', 'event', 'key', 'breakdown', 'limit'],
  ...FILTER_PARAMETERS,
]);

export async function getProperties(
  context: QueryContext,
  site: ResolvedSite,
  query: URLSearchParams,
): Promise<PropertiesData> {
  rejectUnknown(query, PARAMETERS);
  const { from, to, calendar } = parseTimeRange(query, site.timezone, context.rollups.now());
  const definitions = context.definitions(site.id);
  const restriction: Restriction = {
    ...{ from, to, calendar },
    ...(await readFilters(definitions, query)),
  };
  const [event, key, limit] = [
    query.get('event') ?? undefined,
    query.get('key') || undefined,
    parseLimit(query, ROWS),
  ];
  const breakdown = query.get('breakdown') || undefined;
  if (breakdown !== undefined && key === undefined)
    throw invalid('key', 'must be given with breakdown: the property whose numbers are broken down');
  const field = breakdown === undefined ? undefined : readRowField(breakdown);
  const fields = field && ([field] as const);

  Object.assign(restriction, await readFieldContext(definitions, [field]));
  const { scan, set, sample, notes } = await readSampled(
    context,
    site,
    restriction,
    (plan, span) =>
      fields && key !== undefined
        ? getPropertyNumbersGroups({ ...plan, key, event, fields }, span)
        : getPropertyGroups(plan, span),
    (known, isSample) => new PropertiesScan({ ...known, key, event, fields }, isSample),
  );
  const { properties, rows } = listSampled(scan, sample?.share);
  return {
    site: site.id,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    timezone: calendar.timezone,
    as_of: new Date(Math.min(set.asOf, to)).toISOString(),
    ...knownSince(set.knownFrom),
    ...(event === undefined ? {} : { event }),
    ...(sample ? { sample } : {}),
    properties: properties.slice(0, limit),
    property_count: properties.length,
    ...(rows ? { rows: rows.slice(0, limit), row_count: rows.length } : {}),
    ...toNoteFields([...notes, ...toNotes(scan.complete)]),
  };
}

function toNotes({ facts, byValue }: PropertiesPart): Note[] {
  const sampled = byValue?.numbers.sampled ?? facts.numbers.sampled;
  const unlisted = facts.unlisted + (byValue?.unlisted ?? 0);
  return [...toUnlistedNotes(unlisted), ...toPercentileNotes(sampled)];
}
