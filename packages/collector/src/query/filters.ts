/** Filters: which sessions a question is about. Pure. */
import { BREAKDOWNS, type Breakdown, MAX_URL_CHARS } from '@liveinsight/schema';
import { boundKey } from '../events/bound-key.js';
import { clickTarget, eventName, sessionValue } from '../events/dimensions.js';
import { namedPage, toPage } from '../events/page-path.js';
import { invalid } from '../http/query-params.js';
import type { StoredBatch } from '../storage/event-store.js';
import type { Calendar } from '../time/calendar.js';
import { hourOfWeek } from './derived-metrics.js';

const MAX_VALUES = 50;
const HOUR_OF_WEEK = /^!?[1-7]-(?:[01]\d|2[0-3])$/;
/** Breakdowns whose values are pages. */
const PAGES: ReadonlySet<Breakdown> = new Set<Breakdown>(['page', 'entry_page', 'exit_page']);

/** A session passes that has one of the values, or with `not` none of them. */
export interface Filter {
  breakdown: Breakdown;
  values: ReadonlySet<string>;
  not: boolean;
}

/** Reads `?<breakdown>=value`, any number of times each: one of them; `!value`: none of them. */
export function parseFilters(query: URLSearchParams): Filter[] {
  return BREAKDOWNS.flatMap((breakdown) => {
    const raw = query.getAll(breakdown);
    if (raw.length === 0) return [];
    if (raw.length > MAX_VALUES) throw invalid(breakdown, `must be given at most ${MAX_VALUES} times`);
    for (const value of raw) {
      if (value.length > MAX_URL_CHARS)
        throw invalid(breakdown, `must have at most ${MAX_URL_CHARS} characters`);
    }
    if (breakdown === 'hour_of_week') raw.forEach(checkHourOfWeek);
    const normalize = PAGES.has(breakdown) ? namedPage : (value: string) => value;
    const included = raw.filter((value) => !value.startsWith('!')).map(normalize);
    const excluded = raw.filter((value) => value.startsWith('!')).map((value) => normalize(value.slice(1)));
    return [
      ...(included.length > 0 ? [{ breakdown, values: new Set(included.map(boundKey)), not: false }] : []),
      ...(excluded.length > 0 ? [{ breakdown, values: new Set(excluded.map(boundKey)), not: true }] : []),
    ];
  });
}

/** Any other would be answered with zeros that look like a number. */
function checkHourOfWeek(value: string): void {
  if (!HOUR_OF_WEEK.test(value))
    throw invalid('hour_of_week', 'must be an ISO weekday and an hour as 1-09 (Monday, from 9 o’clock)');
}

/** @param batches all of one session within the range, in order of arrival */
export function passes(batches: StoredBatch[], filters: Filter[], calendar: Calendar): boolean {
  return filters.every(
    ({ breakdown, values, not }) =>
      getValues(batches, breakdown, calendar).some((value) => values.has(value)) !== not,
  );
}

function getValues(batches: StoredBatch[], breakdown: Breakdown, calendar: Calendar): string[] {
  const events = () => batches.flatMap((batch) => batch.events);
  const pages = () =>
    events().flatMap((event) => (event.event_type === 'page_view' ? [toPage(event.page_url)] : []));
  switch (breakdown) {
    case 'page':
      return pages();
    case 'exit_page':
      return pages().slice(-1);
    case 'event_name':
      return events().map(eventName);
    case 'click_target':
      return events().flatMap((event) => clickTarget(event) ?? []);
    case 'conversion_type':
      return events().flatMap((event) => (event.event_type === 'conversion' ? [event.conversion_type] : []));
    case 'hour_of_week':
      return batches.map(({ received_at }) => hourOfWeek(received_at, calendar));
    default:
      return batches.flatMap((batch) => sessionValue(batch, breakdown) ?? []);
  }
}
