/** `GET /api/properties`: which properties events have, and the numbers among their values. */
import type { PropertiesData, Property, PropertyNumbers, PropertyRow } from '@liveinsight/schema';
import type { ChunkSet } from '../columns/chunk-source.js';
import type { NumberStats } from '../engine/number-stats.js';
import { getPropertyGroups, type PropertyFact, PropertyFacts } from '../engine/property-facts.js';
import { getPropertyNumbersGroups, PropertyNumbers as NumbersByValue } from '../engine/property-numbers.js';
import type { Restriction } from '../engine/selection.js';
import { invalid, parseLimit, rejectUnknown } from '../http/query-params.js';
import { createNote, type Note, toNoteFields } from '../notes.js';
import { readFieldContext, readRowField } from '../query/axes.js';
import { FILTER_PARAMETERS } from '../query/filters.js';
import { knownSince } from '../query/points.js';
import type { QueryContext } from '../query/query-context.js';
import { readChunks } from '../query/read-chunks.js';
import { readFilters } from '../query/read-filters.js';
import { selectChunks } from '../query/select-chunks.js';
import { parseTimeRange } from '../query/time-range.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { toSampleNotes } from './report-notes.js';

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

  Object.assign(restriction, await readFieldContext(definitions, [field]));
  const { set, known } = await readChunks(context, site, restriction, (plan, span) =>
    field && key !== undefined
      ? getPropertyNumbersGroups({ ...plan, key, event, field }, span)
      : getPropertyGroups(plan, span),
  );
  const facts = new PropertyFacts({ event, key });
  const byValue =
    field && key !== undefined ? new NumbersByValue({ ...known, key, event, field }) : undefined;
  for await (const { chunk, selection } of selectChunks(set, known)) {
    facts.add(chunk, selection);
    byValue?.add(chunk, selection);
  }
  const rows = byValue && toRows(byValue);
  const properties = facts.list();
  return {
    site: site.id,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    timezone: calendar.timezone,
    as_of: new Date(Math.min(set.asOf, to)).toISOString(),
    ...knownSince(set.knownFrom),
    ...(event === undefined ? {} : { event }),
    properties: properties.slice(0, limit).map(toProperty),
    property_count: properties.length,
    ...(rows ? { rows: rows.slice(0, limit), row_count: rows.length } : {}),
    ...toNoteFields(toNotes(set, facts, byValue)),
  };
}

function toProperty({ key, events, values, numbers }: PropertyFact): Property {
  return { key, events, values: values ?? null, ...(numbers ? { numbers: toNumbers(numbers) } : {}) };
}

const toRows = (byValue: NumbersByValue): PropertyRow[] =>
  [...byValue.finish()]
    .map(([value, stats]) => ({ value, ...toNumbers(stats) }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));

function toNumbers({ count, sum, min, max, percentiles }: NumberStats): PropertyNumbers {
  const [p50 = null, p75 = null, p90 = null, p95 = null, p99 = null] = percentiles;
  return { count, sum, average: sum / count, min, max, p50, p75, p90, p95, p99 };
}

function toNotes({ notes }: ChunkSet, facts: PropertyFacts, byValue: NumbersByValue | undefined): Note[] {
  const sampled = byValue?.numbers.sampled ?? facts.numbers.sampled;
  const unlisted = facts.unlisted + (byValue?.unlisted ?? 0);
  return [
    ...notes,
    ...(unlisted === 0
      ? []
      : [
          createNote(
            'properties_dropped',
            `there are more properties or values than can be listed: ${unlisted} values are not counted`,
            { count: unlisted },
          ),
        ]),
    ...toSampleNotes(sampled),
  ];
}
